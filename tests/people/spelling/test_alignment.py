"""Alignment of two spellings: near ones cost little, different names cost more than is tolerated."""

# Tests as well, in searchkit/: people/spelling: phonemes pronunciation

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.people import similarity
from searchkit.people.spelling.alignment import cost, tolerance
from searchkit.people.spelling.phonemes import readings


def near(a, b):
    found = similarity(a, b)
    return found.cost <= tolerance(min(len(found.a), len(found.b)))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Жүзеева", "Dschusejewa"),
        ("Тоқаев", "Tokajew"),
        ("Болат", "Булат"),
        ("Орал", "Урал"),
        ("Шоқан", "Чокан"),
        ("Уәлиханов", "Валиханов"),
        ("Сәтбаев", "Сатпаев"),
        ("Досмұханбетов", "Dosmukhambetov"),
        ("Әбділдин", "Абдильдин"),
        ("Сауранбай", "Szooronbaj"),
        ("Ғазиз", "Gaziz"),
    ],
)
def test_spellings_of_one_name_are_near(a, b):
    assert near(a, b), similarity(a, b)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Марат", "Мұрат"),
        ("Серік", "Берік"),
        ("Ерлан", "Арлан"),
        ("Асқар", "Асхан"),
        ("Ли", "Лю"),
        ("Ким", "Тим"),
        ("Нұрғалиев", "Нұралиев"),
        ("Ахметов", "Мұхаметов"),
        ("Есенова", "Есімова"),
    ],
)
def test_different_names_are_far(a, b):
    assert not near(a, b), similarity(a, b)


def test_the_steps_make_up_both_spellings_and_the_cost():
    found = similarity("Досмұханбет", "Dosmukhambet")
    assert "".join(step.a for step in found.steps) == found.a
    assert "".join(step.b for step in found.steps) == found.b
    assert sum(step.cost for step in found.steps) == pytest.approx(found.cost)
    assert any("н before lips" in step.reason for step in found.steps)


def test_a_spelling_without_letters_cannot_be_aligned():
    with pytest.raises(ValueError, match="at least one"):
        similarity("123", "Асан")


SOUNDS = st.text("aäeiıoöuüybvgğdžǰzkqlmnŋprstfhčšc", max_size=10)


@given(SOUNDS)
def test_the_same_sounds_cost_nothing(sounds):
    assert cost(sounds, sounds) == 0


@given(SOUNDS, SOUNDS)
def test_cost_does_not_depend_on_the_order(a, b):
    assert cost(a, b) == pytest.approx(cost(b, a))


def test_tolerance_never_reaches_an_unrelated_consonant():
    assert max(tolerance(length) for length in range(100)) < 1


@pytest.mark.parametrize(
    ("word", "sounds"),
    [
        ("Ералиев", "eraliev"),
        ("Yeraliyev", "eraliev"),
        ("Мирзиёев", "mirzioev"),
        ("Khassen", "hasen"),
        ("Сыздықов", "sızdıqov"),
        ("Syzdykov", "sızdıkov"),
        ("Gerencse\u0301r", "gerenkser"),
    ],
)
def test_first_reading(word, sounds):
    assert readings(word)[0].sounds == sounds


@pytest.mark.parametrize(
    ("word", "sounds"),
    [
        ("Achmetow", "ahmetov"),
        ("Szooronbaj", "soronbay"),
        ("Äszymżan", "äšımžan"),
        ("Ceenbekov", "ǰenbekov"),
        ("Mwsïn", "musin"),
        ("Ishak", "ishak"),
        ("Alexander", "aleksander"),
        ("Noursoultan", "nursultan"),
    ],
)
def test_other_readings(word, sounds):
    assert sounds in {reading.sounds for reading in readings(word)}


@given(st.text(max_size=30))
def test_reading_ends_lie_within_the_word(word):
    for reading in readings(word):
        assert len(reading.ends) == len(reading.sounds)
        assert list(reading.ends) == sorted(reading.ends)
        assert reading.ends[-1] <= len(word)


def test_spellings_of_nothing_in_common_have_steps_too():
    assert sum(step.cost for step in similarity("а", "б").steps) == similarity("а", "б").cost
