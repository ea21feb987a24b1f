"""The `name` term: where spellings meet, and which words get none."""

# Tests as well, in searchkit/: people/spelling: key_expansion

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.people import key
from searchkit.people.spelling.phonetic_key import LENGTH


def key_of(surface, language=""):
    return key(surface, surface.lower(), language)


@pytest.mark.parametrize(
    "spellings",
    [
        "Жүзеева Джузеева Juzeeva Zhuzeyeva Dzhuzeeva Jüzeeva Joʻzeyeva Cüzeyeva",
        "Тоқаев Токаев Tokayev Tokaev Toqaev Toqayev",
        "Ғазиза Газиза Gaziza Ghaziza Ğaziza",
        "Хасанов Hasanov Khasanov Xasanov Һасанов",
        "Шавкат Shavkat Shaukat Şevket",
        "Мирзиёев Mirziyoyev Mirziyaev",
        "Еркін Ерқин Yerkin Erkin Иеркин",
        "Бақытжан Бакытжан Бахытджан Baqytjan Bakhytzhan Bahıtcan",
        "Дәулет Даулет Daulet Dawlet Davlet",
        "Мұсин Mwsïn Mussin",
        "Қасымжомарт KASSYMZHOMART",
        "Шыңғыс Shyngys Shinggʻis Şıñğıs Chinghis",
        "Мұхамбет Мухамет Muhammed Mukhambet",
        "Lőrinc Lorinc",
        "Gerencsér Gerencser",
    ],
)
def test_spellings_meet(spellings):
    keys = {spelling: key_of(spelling) for spelling in spellings.split()}
    assert len(set(keys.values())) == 1, keys
    assert "" not in keys.values(), keys


@pytest.mark.parametrize(
    ("a", "b"), [("Айгүл", "Айнұр"), ("Марат", "Болат"), ("Асқар", "Асан"), ("Тоқаев", "Мамин"), ("Нұрлан", "Ерлан")]
)
def test_different_names_differ(a, b):
    assert key_of(a) != key_of(b)


@pytest.mark.parametrize("word", ["Каримов1", "Каримов¹", "Каримов12"])
def test_the_number_of_a_note_is_no_part_of_a_name(word):
    assert key(word, word.lower().replace("¹", "1"), "") == key_of("Каримов")


@pytest.mark.parametrize("word", ["кітап", "book", "oʻzbek", "2025", "COVID19", "А4", "", "北京", "الله", "ʻ", "ъ"])
def test_words_that_cannot_name_a_person_have_no_key(word):
    assert key_of(word) == ""


@pytest.mark.parametrize(
    ("initial", "expected"),
    [
        ("Қ", ".K"),
        ("K", ".K"),
        ("H", ".K"),
        ("Х", ".K"),
        ("D", ".T"),
        ("Ш", ".S"),
        ("C", ".S"),
        ("А", ".A"),
        ("Ю", ".A"),
        ("V", ".A"),
    ],
)
def test_an_initial_has_a_key_of_its_own(initial, expected):
    assert key_of(initial) == expected


def test_endings_do_not_change_a_long_key():
    assert {key_of(form) for form in ("Нұрмағамбетов", "Нұрмағамбетовтың", "Нурмагамбетовым")} == {
        key_of("Nurmagambetov")
    }


def test_a_key_depends_on_the_normalised_word_not_on_look_alike_letters():
    assert key("Cерік", "серік", "kk") == key_of("Серік")


@given(st.text(max_size=40))
def test_any_text_has_a_short_key(text):
    found = key(text, text.lower(), "")
    assert len(found) <= LENGTH
    assert set(found) <= set(".APTKSMRL")
