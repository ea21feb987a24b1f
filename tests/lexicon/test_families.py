"""Families of concepts: which rows of the lexicon have words of one root."""

import pytest

from searchkit import lexicon
from searchkit.lexicon.families import begin_alike, families

ISLAND = {"en": ["malta"], "ru": ["malta"], "kk": ["malta"]}
OF_THE_ISLAND = {"en": ["maltes"], "ru": ["maltiyskiy"], "kk": ["maltalıq"]}


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("immigratsiya", "immigratsionnıy", True),
        ("malta", "maltiyskiy", False),  # too little of the longer
        ("state", "station", False),
        ("ray", "rayon", False),  # too short
        ("portret", "portativnıy", False),
    ],
)
def test_words_that_begin_alike(one, other, alike):
    assert begin_alike(one, other) is begin_alike(other, one) is alike


def test_words_alike_in_two_languages_make_a_family():
    assert families({"1": ISLAND, "2": OF_THE_ISLAND}) == {"1": ["2"], "2": ["1"]}


def test_one_language_is_not_enough():
    other = {"en": ["malter"], "ru": ["solod"], "kk": ["uıt"]}
    assert families({"1": ISLAND, "2": other}) == {}


def test_languages_whose_stems_say_little_need_another_that_agrees():
    price = {"en": ["price"], "kk": ["bağala"], "uz": ["bahola"]}
    mark = {"en": ["mark"], "kk": ["bağala"], "uz": ["bahola"]}
    assert families({"1": price, "2": mark}, ("kk", "uz")) == {}
    assert families({"1": price, "2": mark}) == {"1": ["2"], "2": ["1"]}


def test_those_alike_in_most_languages_come_first():
    farther = {"en": ["maltin"], "ru": ["malta"], "kk": ["basqa"]}
    assert families({"1": ISLAND, "2": farther, "3": OF_THE_ISLAND | {"ru": ["malta"]}})["1"] == ["3", "2"]


def test_a_word_further_back_in_a_cell_is_of_another_sense():
    later = {"en": ["one", "two", "three", "maltes"], "ru": ["odin", "dva", "tri", "malta"]}
    assert families({"1": ISLAND, "2": later}) == {}


@pytest.mark.parametrize(
    ("code", "stem", "words"),
    [("en", "hungary", {"венгерский", "Hungarian"}), ("ru", "geologicheskiy", {"geology", "геология"})],
)
def test_a_concept_has_the_words_of_its_family(code, stem, words):
    family = {word for sense in lexicon.default().senses(code, (stem,)) for _, _, _, word in sense.family}
    assert family >= words
