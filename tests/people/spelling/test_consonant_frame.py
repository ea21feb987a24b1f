"""The quick estimate of an alignment's cost."""

import pytest

from searchkit.people.spelling.alignment import FAR, HIGHEST, cost, tolerance
from searchkit.people.spelling.consonant_frame import frame, framed_cost, may_have_more
from searchkit.people.spelling.phonemes import readings

PAIRS = [
    # two spellings of one name in the same frame of consonants
    ("Ботир", "Батур"),
    ("Мұхтар", "Mukhtar"),
    ("Шолпан", "Чолпон"),
    ("Давлет", "Дәулет"),
    ("Нұрсұлтан", "Nursulton"),
    ("Айгерім", "Эгерим"),
    ("Гульнара", "Гүлнар"),
    ("Жүсіп", "Юсуп"),
]


def sounds(name: str) -> str:
    return readings(name)[0].sounds


@pytest.mark.parametrize(("a", "b"), PAIRS)
def test_it_is_never_less_than_the_alignment_but_where_nothing_is_known(a, b):
    found = framed_cost(frame(sounds(a)), frame(sounds(b)), HIGHEST)
    assert found == 0 or found >= cost(sounds(a), sounds(b)) - 1e-9


@pytest.mark.parametrize(("a", "b"), PAIRS[:7])
def test_two_spellings_of_one_name_are_near(a, b):
    shorter = min(len(sounds(a)), len(sounds(b)))
    assert framed_cost(frame(sounds(a)), frame(sounds(b)), HIGHEST) <= tolerance(shorter) + 0.2


def test_other_vowels_are_far():
    assert framed_cost(frame(sounds("Марат")), frame(sounds("Мерит")), tolerance(5)) == FAR


def test_nothing_is_known_of_another_number_of_consonants():
    assert framed_cost(frame("marat"), frame("marta"), HIGHEST) != 0
    assert framed_cost(frame("marat"), frame("mara"), HIGHEST) == 0


def test_a_frame():
    assert frame("botır") == ("btr", ("", "o", "ı", ""), "botır")
    assert frame("ali") == ("l", ("a", "i"), "ali")


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Фатиҳ", "Фати"),  # h may be left out of a long name alone, and these are told by their tolerance
        ("Нуриддин", "Нуритдин"),
        ("Мұхамбет", "Мухамет"),
        ("Жүсіп", "Юсуп"),
        ("Дінмұхамед", "Димухамед"),
        ("Шавкат", "Шафкат"),
        ("Жансая", "Джансая"),
        ("Баграт", "Ваграт"),
    ],
)
def test_spellings_that_align_may_have_another_number_of_consonants(a, b):
    a, b = frame(sounds(a)), frame(sounds(b))
    limit = tolerance(min(len(a.sounds), len(b.sounds)))
    assert cost(a.sounds, b.sounds) > limit or may_have_more(a, b, limit)


@pytest.mark.parametrize(("a", "b"), [("Марат", "Мара"), ("Болат", "Болатс"), ("Саид", "Саидр"), ("Анна", "Ананд")])
def test_a_consonant_more_makes_another_name(a, b):
    assert not may_have_more(frame(sounds(a)), frame(sounds(b)), HIGHEST)
    assert cost(sounds(a), sounds(b)) > HIGHEST
