"""The table of given names by its keys."""

from searchkit.people.names import given_names
from searchkit.people.spelling.data_files import rows
from searchkit.people.spelling.key_expansion import skeleton
from searchkit.people.spelling.phonemes import is_cyrillic, readings


def test_the_letters_of_cyrillic_names_have_the_classes_of_their_sounds():
    for _, names in rows("given_names.tsv"):
        for name in filter(is_cyrillic, names.split()):
            sounds = readings(name.replace("-", ""))[0].sounds
            assert given_names._skeletons_of_letters(name) == (skeleton(sounds),), name
