"""The Latin alphabets of Kazakh by themselves; how the packs of `transliterate` use them is in test_kk_transliteration."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.languages.kk import LANGUAGE
from searchkit.languages.kk.latin import ALPHABETS, Alphabet
from searchkit.languages.kk.transliteration import packs
from searchkit.text.normalise import fold

NAMES = [alphabet.code for alphabet in ALPHABETS]
LETTERS = "абвгғдежзийкқлмнңоөпрстуұүфхһшыіэәяюёцчщъь"


@pytest.mark.parametrize("alphabet", ALPHABETS, ids=NAMES)
def test_case_is_kept(alphabet: Alphabet) -> None:
    for word in ("Қазақстан", "қазақстан", "Шымкент", "Ілияс"):
        latin = alphabet.to_latin(word)
        assert latin[0].isupper() == word[0].isupper()
        assert alphabet.to_cyrillic(latin) == word


@pytest.mark.parametrize("alphabet", ALPHABETS, ids=NAMES)
def test_what_is_written_is_written_in_its_own_letters(alphabet: Alphabet) -> None:
    written = set(alphabet.to_latin(LETTERS.replace("ц", "").replace("щ", "").replace("э", "").replace("ё", "")))
    assert written <= alphabet.latin_letters | set("xh")


@given(st.text(LETTERS + LETTERS.upper() + "abcäğıñşū ʼ-1", max_size=12))
def test_a_pack_of_the_library_gives_the_same(text: str) -> None:
    for alphabet, pack in zip(ALPHABETS, packs(), strict=True):
        assert pack.translit(text) == alphabet.to_cyrillic(text)
        assert pack.translit(text, reversed=True) == alphabet.to_latin(text)


@pytest.mark.parametrize(
    ("code", "latin", "cyrillic"),
    [
        # one letter is и and й: й after a vowel, and in я and ю
        ("kk", "qoi", "қой"),
        ("kk", "iağni", "яғни"),
        ("kk", "iun", "юн"),
        ("kk", "kiım", "киім"),
        # y is й beside a vowel
        ("kk-bgn", "ay", "ай"),
        ("kk-bgn", "qyzyl", "қызыл"),
        ("kk-bgn", "tyyn", "тыйн"),
        # the longest letters are read first
        ("kk-bgn", "shchuka", "щұка"),
        ("kk-2017", "sʼasʼ", "шаш"),
    ],
)
def test_what_the_neighbours_decide(code: str, latin: str, cyrillic: str) -> None:
    assert ALPHABETS[NAMES.index(code)].to_cyrillic(latin) == cyrillic


@pytest.mark.parametrize(
    ("latin", "cyrillic"),
    [
        ("federasia", "федерация"),
        ("operasiasy", "операциясы"),
        ("akademiia", "академия"),
        ("inspeksiiasynda", "инспекциясында"),
        ("stansia", "станция"),
        ("evolüsia", "эволюция"),
        ("ınstıtýtsıa", "институция"),
        ("sessia", "сессия"),  # the few in -сия keep it
        ("pensiasy", "пенсиясы"),
        ("siaqty", "сияқты"),  # no loan
    ],
)
def test_loans_in_iya_meet_their_cyrillic(latin: str, cyrillic: str) -> None:
    assert LANGUAGE.stem(fold(latin)) == LANGUAGE.stem(cyrillic)


@pytest.mark.parametrize(
    ("latin", "cyrillic"),
    [("ȯner", "өнер"), ("ku̇n", "күн"), ("tan͡g", "таң"), ("bīlīm", "білім"), ("redakt͡sii͡a", "редакция")],
)
def test_the_romanization_of_libraries(latin: str, cyrillic: str) -> None:
    assert LANGUAGE.stem(fold(latin)) == LANGUAGE.stem(cyrillic)
