"""Turkish."""

from __future__ import annotations

import pytest

from searchkit.languages.tr import LANGUAGE
from searchkit.text.normalise import fold


@pytest.mark.parametrize(
    "words",
    [
        ["kitap", "kitaplar", "kitaplardan"],
        ["Ankara", "Ankara'da", "Ankara’nın"],
        ["Isparta", "ISPARTA", "Isparta'da"],
        ["İstanbul", "İSTANBUL", "istanbul'dan"],
    ],
)
def test_forms_of_a_word_meet(words: list[str]) -> None:
    assert len({LANGUAGE.stem(LANGUAGE.normalise(fold(word, True))) for word in words}) == 1


def test_the_two_i_stay_apart() -> None:
    assert LANGUAGE.normalise(fold("ISI", True)) == "ısı"
    assert LANGUAGE.normalise(fold("İSİ", True)) == "isi"
    assert LANGUAGE.stem("ısı") != LANGUAGE.stem("isi")


def test_stems_are_in_the_shared_alphabet() -> None:
    assert LANGUAGE.stem("şeker") == "sheker"
    assert LANGUAGE.stem("çocuk") == "chojuk"
