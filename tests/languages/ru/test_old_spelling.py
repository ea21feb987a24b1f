"""Russian before 1918."""

from __future__ import annotations

import pytest

import searchkit
from searchkit.languages.ru.old_spelling import to_new


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("хлѣбъ", "хлеб"),
        ("аѳины", "афины"),
        ("сѵнодъ", "синод"),
        ("имперія", "империя"),
        ("русскія", "русские"),
        ("древнія", "древния"),  # a soft adjective, which is told from a noun by no letter
        ("старыя", "старые"),
        ("московскаго", "московского"),
        ("большаго", "большого"),
        ("синяго", "синего"),
        ("въ", "в"),
        # words of today stay
        ("подъезд", "подъезд"),
        ("благо", "благо"),
        ("объ", "об"),
        ("чикаго", "чикаго"),
        ("", ""),
    ],
)
def test_old_spelling_becomes_new(old: str, new: str) -> None:
    assert to_new(old) == new


def test_an_old_text_is_russian_and_meets_a_new_one() -> None:
    old = searchkit.analyze("Въ губернскомъ городѣ открылась народная библіотека, исторія коей описана.")
    new = searchkit.analyze("В губернском городе открылась народная библиотека, история коей описана.")
    assert {token.language for token in old} == {"ru"}
    assert [token.stem for token in old] == [token.stem for token in new]


def test_an_old_word_in_kazakh_is_russian() -> None:
    text = "Газеттің атауы «Степныя вѣдомости» болған, ол орыс тілінде шыққан еді."
    assert {token.text: token.language for token in searchkit.analyze(text)}["вѣдомости"] == "ru"
