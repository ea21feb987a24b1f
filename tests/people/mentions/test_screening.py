"""The quick look before the analysis: what may name the person passes, and most of the rest does not."""

import pytest

from searchkit.analysis import analyse
from searchkit.people import Screen, parse


def passes(name, text, language):
    screen = Screen(parse(name))
    return screen.passes(analyse.surface_words(text, [(0, len(text), language)]))


@pytest.mark.parametrize(
    ("name", "text", "language"),
    [
        ("Асқар Әбенов", "Мұны Асқар Әбеновтің өзі айтты.", "kk"),  # a case ending
        ("Michael Fletcher", "Приехал Майкл Флетчер.", "ru"),  # by sound
        ("Қасым-Жомарт Тоқаев", "ТОҚАЕВ Қасым Жомарт", "kk"),  # capitals
        ("Дана Ермекқызы", "Дана Ермек қызы келді.", "kk"),  # one part in two words
        ("Асқар Болатұлы Әбенов", "Асқар Болатұлы келді.", "kk"),  # no surname, but a patronymic
        ("Нина Каримова-Тилляева", "Статья Н. Каримовой.", "ru"),  # one surname of two
        ("Арман Төлешов", "арман ArmanTuleshov", "kk"),  # two words run together
    ],
)
def test_a_text_that_names_the_person_passes(name, text, language):
    assert passes(name, text, language)


@pytest.mark.parametrize(
    ("name", "text", "language"),
    [
        ("Асқар Әбенов", "Асқар Бекенов келді.", "kk"),  # another surname
        ("Fletcher, Michael", "Майкл Флаэрти приехал во Флоренцию.", "ru"),  # surnames that begin alike
        ("Асқар Әбенов", "Сөз бұл туралы емес.", "kk"),  # no name at all
    ],
)
def test_a_text_without_the_surname_does_not(name, text, language):
    assert not passes(name, text, language)
