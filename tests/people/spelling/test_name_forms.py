"""Forms of one given name, and spellings of Belarusian and of mixed letters: what meets, and what must not."""

import pytest

from searchkit.people.names.inflection import declined_patronymic, same_father
from searchkit.people.names.name_parser import make_part
from searchkit.people.names.part_match import match


@pytest.mark.parametrize(
    ("name", "word", "language"),
    [
        ("Николай", "Мікалай", "ru"),  # Belarusian
        ("Николай", "Миколи", "ru"),  # Ukrainian, in the genitive
        ("Volodymyr", "Владимира", "ru"),  # Ukrainian in Latin letters
        ("Дмитрий", "Dzmitry", "en"),  # Belarusian in Latin letters
        ("Григорий", "Рыгор", "ru"),  # without its first consonant
        ("Alexander", "Аляксандр", "ru"),  # English x
        ("Anvar", "Enver", "tr"),  # Turkish e
        ("Фотима", "Fatma", "tr"),
        ("Айнұр", "Айнура", "ru"),  # the -а of Russian
        ("Тарасевич", "Тарасевіч", "ru"),
        ("Демидов", "Дзямідаў", "ru"),  # Belarusian дз, ў and unstressed vowels
        ("Тихонов", "Ціханаў", "ru"),  # Belarusian ц
        ("Наталья", "Hаталья", "ru"),  # a Latin H
        ("Кузьма", "ĸузьма", "ru"),  # the letter kra for к
        ("Ольга", "Voľha", "en"),
        ("Комаров", "Kamarou", "en"),  # the Belarusian ў at the end, without its mark
        ("Медведев", "Miadzvedzeu", "en"),  # Belarusian dz and unstressed ia
    ],
)
def test_forms_of_one_name(name, word, language):
    assert match(make_part(name), word, language, False) is not None


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("Иван", "Ян"),  # a translation
        ("Николай", "Михаил"),
        ("Анна", "Инна"),
        ("Амина", "Эмилия"),
        ("Мустафа", "Мансур"),
        ("Айнұр", "Айнар"),
    ],
)
def test_other_names(name, word):
    assert match(make_part(name), word, "ru", False) is None


@pytest.mark.parametrize(
    ("patronymic", "other"),
    [
        ("Николаевич", "Мікалаевіч"),
        ("Николаевна", "Миколаївна"),
        ("Марковна", "Марківна"),
        ("Сергеевна", "Serhiivna"),
        ("Григорьевич", "Рыгоравіч"),
        ("Александровна", "Аляксандраўна"),
        ("Vladimirovich", "Uladzimiravich"),
    ],
)
def test_patronymics_of_one_father(patronymic, other):
    assert same_father(make_part(patronymic), other)


@pytest.mark.parametrize("word", ["Главный", "Державной", "Активная", "Православный"])
def test_an_adjective_is_no_patronymic(word):
    assert not declined_patronymic(word)
