"""Persons whose spellings in Latin and Cyrillic letters only their sound joins."""

import pytest

from searchkit.people import Census
from searchkit.people.recognition.document_names import document_names


def census(*documents):
    counted = Census()
    for language, text in documents:
        counted.read(document_names([(text, [(0, len(text), language)])]))
    return {person.name: person.mentions for person in counted.persons()}


@pytest.mark.parametrize(
    ("english", "russian", "together", "why"),
    [
        ("Michael Fletcher", "Майкл Флетчер", True, "both parts by sound"),
        ("Charles Vaughan", "Чарльз Воан", True, "augh is о"),
        ("George Wright", "Джордж Райт", True, "mute letters"),
        ("Robert Kennedy", "Рональд Кеннеди", False, "another given name"),
        ("Michael Fletcher", "Майкл Фишер", False, "another surname"),
        ("Michelle Wright", "Майкл Райт", False, "a woman"),
    ],
)
def test_given_name_and_surname_must_both_sound_alike(english, russian, together, why):
    found = census(("en", f"Minister {english} spoke."), ("ru", f"Министр {russian} сказал это."))
    assert len(found) == (1 if together else 2), why
    assert sum(found.values()) == 2


def test_nothing_is_looked_for_where_all_is_in_one_alphabet():
    found = census(("en", "Minister Michael Fletcher spoke."), ("en", "Minister Michelle Fletcher spoke."))
    assert found == {"Michael Fletcher": 1, "Michelle Fletcher": 1}
