"""Turkish and Hungarian."""

from __future__ import annotations

import pytest

from searchkit.languages import get
from searchkit.text.normalise import fold


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("tr", ["kitap", "kitaplar", "kitaplardan"]),
        ("tr", ["Ankara", "Ankara'da", "Ankara’nın"]),
        ("tr", ["Isparta", "ISPARTA", "Isparta'da"]),
        ("tr", ["İstanbul", "İSTANBUL", "istanbul'dan"]),
        ("hu", ["könyv", "könyvek", "könyvből"]),
        ("hu", ["ház", "házak", "HÁZBAN"]),
    ],
)
def test_forms_of_a_word_meet(code: str, words: list[str]) -> None:
    language = get(code)
    assert len({language.stem(language.normalise(fold(word, code == "tr"))) for word in words}) == 1


def test_turkish_keeps_the_two_i_apart() -> None:
    turkish = get("tr")
    assert turkish.normalise(fold("ISI", True)) == "ısı"
    assert turkish.normalise(fold("İSİ", True)) == "isi"
    assert turkish.stem("ısı") != turkish.stem("isi")


def test_turkish_stems_are_in_the_shared_alphabet() -> None:
    assert get("tr").stem("şeker") == "sheker"
    assert get("tr").stem("çocuk") == "chojuk"


def test_hungarian_keeps_its_accents() -> None:
    assert get("hu").stem("kör") != get("hu").stem("kor")
    assert get("hu").stem("ő") == get("hu").stem("ö")
