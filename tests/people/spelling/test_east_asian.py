"""The two systems of syllables: what one alphabet has for a Chinese or Korean name, and which names are taken for one."""

import pytest

from searchkit.people.spelling.data_files import rows
from searchkit.people.spelling.east_asian import is_east_asian, other_alphabet
from searchkit.people.spelling.phonemes import readings


@pytest.mark.parametrize(
    ("latin", "cyrillic"),
    [
        ("Xi", "Си"),
        ("Keqiang", "Кэцян"),
        ("Zedong", "Цзэдун"),  # -ong is -ун
        ("Zhou", "Чжоу"),
        ("Yuan", "Юань"),
        ("Juan", "Цзюань"),  # u after j is юй
        ("Zi", "Цзы"),  # i after z is ы
        ("Ji", "Цзи"),
        ("Ru", "Жу"),
        ("Geunhye", "Кынхе"),
        ("Jongun", "Ченын"),
        ("Jaein", "Чжэин"),
        ("Seunghoon", "Сынхун"),
    ],
)
def test_each_alphabet_has_the_other(latin, cyrillic):
    assert readings(cyrillic)[0].sounds in [form.sounds for form in other_alphabet(latin)]
    assert readings(latin)[0].sounds in [form.sounds for form in other_alphabet(cyrillic)]


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        ("Kim Jong Un", True),
        ("Jongun Kim", True),  # as in the West
        ("Ма Юнь", True),
        ("Ли Анна", True),  # An-na; its forms are spelled alike
        ("Dan Brown", False),  # no frequent surname
        ("Lee Harper", False),  # no syllables
        ("Цой Виктор", False),
        ("Kim Филби", False),  # two alphabets
        ("Ким", False),
        ("Kim Jong Un Il", False),
    ],
)
def test_a_name_of_syllables_with_a_frequent_surname(name, is_one):
    assert is_east_asian(name.split()) is is_one


def test_every_row_is_of_a_known_kind():
    assert {kind for kind, _, _ in rows("east_asian_syllables.tsv")} == {"initial", "final", "Chinese", "Korean"}
