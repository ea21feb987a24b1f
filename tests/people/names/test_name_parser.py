"""Names as people type them, taken apart."""

# Tests as well, in searchkit/: people/names: name_suffixes name_titles

import pytest

from searchkit.people import parse
from searchkit.people.names.name_parser import LONGEST_NAME


def parts(name):
    found = parse(name)
    return (
        " ".join(part.text for part in found.given),
        found.surname.text if found.surname else "",
        found.patronymic.text if found.patronymic else "",
    )


@pytest.mark.parametrize(
    ("name", "given", "surname", "patronymic"),
    [
        ("Ғазиза Нұрғалиева", "Ғазиза", "Нұрғалиева", ""),
        ("нұрғалиева ғазиза", "ғазиза", "нұрғалиева", ""),
        ("NURGALIYEVA Gaziza", "Gaziza", "NURGALIYEVA", ""),
        ("Тоқаев Қасым-Жомарт Кемелұлы", "Қасым-Жомарт", "Тоқаев", "Кемелұлы"),
        ("Қасым-Жомарт Кемелұлы Тоқаев", "Қасым-Жомарт", "Тоқаев", "Кемелұлы"),
        ("Токаев, Касым-Жомарт Кемелевич", "Касым-Жомарт", "Токаев", "Кемелевич"),
        ("Смағұл, Бақытбек", "Бақытбек", "Смағұл", ""),
        ("СМАҒҰЛ Бақытбек", "Бақытбек", "СМАҒҰЛ", ""),
        ("Бақытбек Смағұл", "Бақытбек", "Смағұл", ""),
        ("Д. Қадыров", "Д", "Қадыров", ""),
        ("D.Kadyrov", "D", "Kadyrov", ""),
        ("Қадыров Д.А.", "Д А", "Қадыров", ""),
        ("Ш.М. Мирзиёев", "Ш М", "Мирзиёев", ""),
        ("Sh. Mirziyoyev", "Sh", "Mirziyoyev", ""),
        ("К.-Ж. Токаев", "К-Ж", "Токаев", ""),
        ("Mr. Daniyar Kadyrov", "Daniyar", "Kadyrov", ""),
        ("президент Шавкат Мирзиёев", "Шавкат", "Мирзиёев", ""),
        ("Абылай Мырзахметов мырза", "Абылай", "Мырзахметов", ""),
        ("Каримов Ислом Абдуғаниевич", "Ислом", "Каримов", "Абдуғаниевич"),
        ("Karimov Islom Abdugʻani oʻgʻli", "Islom", "Karimov", "Abdugʻanioʻgʻli"),
        ("Rahimova Nilufar Karim qizi", "Nilufar", "Rahimova", "Karimqizi"),
        ("Асан Болат ұлы Серіков", "Асан", "Серіков", "Болатұлы"),
        ("Нұрсұлтан Әбішұлы", "Нұрсұлтан", "Әбішұлы", ""),
        ("Болатұлы Асан", "Асан", "Болатұлы", ""),
        ("Kassym Jomart Tokayev", "Kassym Jomart", "Tokayev", ""),
        ("KOZHAKHMETOV ArmanTuleshovich", "Arman", "KOZHAKHMETOV", "Tuleshovich"),
        ("Абай", "Абай", "", ""),
        ("Stephen King", "Stephen", "King", ""),
        ("King Stephen Báthory", "Stephen", "Báthory", ""),
        ("Mr. Kadyrov", "Kadyrov", "", ""),
        ("Владимир Зеленский", "Владимир", "Зеленский", ""),
    ],
)
def test_parts(name, given, surname, patronymic):
    assert parts(name) == (given, surname, patronymic)


@pytest.mark.parametrize("name", ["", "...", "123", "\x00", "\ud800", "北京", "А.А.", "Асан " * LONGEST_NAME])
def test_what_is_no_name_has_no_surname(name):
    assert parse(name).surname is None


def test_whether_the_roles_are_certain():
    assert parse("Смағұлов Бақытбек").certain
    assert not parse("Смағұл Бақытбек").certain


def test_a_title_alone_is_read_as_a_name():
    assert parts("Мырза") == ("Мырза", "", "")
