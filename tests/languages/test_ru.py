"""Russian."""

from __future__ import annotations

import pytest

from searchkit.languages.ru import LANGUAGE


def stem(word: str) -> str:
    return LANGUAGE.stem(LANGUAGE.normalise(word))


@pytest.mark.parametrize("word", ["меморандум", "меморандумы", "меморандуме", "меморандумов", "меморандумами"])
def test_a_loan_has_the_stem_it_has_in_english(word: str) -> None:
    assert stem(word) == "memorandum"


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("университета", "universitet"),
        ("библиотеки", "bibliotek"),
        ("съездов", "sezd"),
        ("щука", "shuk"),
        ("циркуляры", "tsirkulyar"),
        ("выборы", "vıbor"),
        ("эхо", "eh"),
        ("хлеб", "hleb"),
    ],
)
def test_stems_are_in_the_shared_alphabet(word: str, expected: str) -> None:
    assert stem(word) == expected


def test_yo_is_ye() -> None:
    assert LANGUAGE.normalise("ёлка") == "елка"
    assert stem("ёлки") == stem("елка")


def test_stress_marks_go() -> None:
    assert LANGUAGE.normalise("за\u0301мок") == "замок"


def test_different_words_stay_apart() -> None:
    assert stem("президент") != stem("президиум")
    assert stem("Париж".casefold()) == "parij"


def test_latin_words_stay_as_they_are() -> None:
    assert stem("iphone") == "iphone"


def test_signs_alone_are_their_own_stem() -> None:
    assert stem("ъ") == "ъ"
