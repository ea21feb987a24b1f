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
        ("библиотеки", "biblioteka"),
        ("съездов", "sezd"),
        ("щуки", "shuka"),
        ("циркуляры", "tsirkulyar"),
        ("выборов", "vıborı"),
        ("эхом", "eho"),
        ("брать", "braʼ"),  # not brat
        ("бьются", "biʼʼ"),
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


def test_the_apostrophe_of_typewriters_is_a_hard_sign() -> None:
    assert LANGUAGE.normalise("подʼезд") == LANGUAGE.normalise("подʻезд") == "подъезд"


@pytest.mark.parametrize(
    ("word", "wanted"),
    [
        ("подписывает", "подписать"),  # the aspect pair by endings
        ("построили", "строить"),  # the one with a prefix
        ("учится", "учить"),  # the verb without -ся
        ("стоит", "стоять"),  # another lemma of the form
        ("семей", "семее"),  # a name that is a form of another word
        ("семее", "семей"),
    ],
)
def test_a_query_asks_for_what_readers_take_for_the_same_word(word: str, wanted: str) -> None:
    assert stem(wanted) in {reading.stem for reading in LANGUAGE.readings(word)}


def test_a_seldom_lemma_is_not_asked_for() -> None:
    assert stem("сталь") not in {reading.stem for reading in LANGUAGE.readings("стали")}


@pytest.mark.parametrize(
    ("infinitive", "form"),
    [("знать", "знает"), ("стать", "стали"), ("пропасть", "пропал"), ("пропасть", "пропасти"), ("напасть", "напали")],
)
def test_an_infinitive_that_is_a_noun_too_finds_the_forms_of_both(infinitive: str, form: str) -> None:
    assert stem(form) in {reading.stem for reading in LANGUAGE.readings(infinitive)}
