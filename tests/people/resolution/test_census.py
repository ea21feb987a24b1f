"""Persons merged over documents."""

# Tests as well, in searchkit/: people/resolution: clusters

from searchkit.people import Census
from searchkit.people.recognition.document_names import document_names


def census(*documents, language="kk"):
    """The persons of documents, each a text or a (language, text)."""
    counted = Census()
    for document in documents:
        code, text = (language, document) if isinstance(document, str) else document
        counted.read(document_names([(text, [(0, len(text), code)])]))
    return counted.persons()


def test_scripts_and_languages_are_merged():
    (person,) = census(
        "Кітапханашы Гүлнар Әбенованың сөзі.",
        ("en", "The librarian Gulnar Abenova spoke."),
        ("ru", "Встреча с Гульнар Абеновой."),
        ("uz", "Kutubxonachi Gulnar Abenova gapirdi."),
    )
    assert (person.mentions, person.documents) == (4, 4)
    assert person.name == "Gulnar Abenova"
    assert person.forms == (("Gulnar Abenova", 2), ("Гульнар Абенова", 1), ("Гүлнар Әбенова", 1))


def test_of_equally_frequent_forms_the_one_with_letters_of_its_own_is_shown():
    (person,) = census("Кеше Гүлнар Әбенова келді.", ("ru", "Вчера приехала Гульнар Абенова."))
    assert person.name == "Гүлнар Әбенова"


def test_men_and_women_of_one_surname_are_two_persons():
    found = census("Кеше Асқар Әбенов келді.", "Кеше Айгүл Әбенова келді.", "Кеше Алма Әбенова келді.")
    assert [person.name for person in found] == ["Айгүл Әбенова", "Алма Әбенова", "Асқар Әбенов"]


def test_patronymics_tell_persons_apart_and_may_be_missing():
    found = census(
        "Кеше Асқар Болатұлы Әбенов келді.", "Кеше Асқар Маратұлы Әбенов келді.", "Кеше Асқар Маратұлы Әбенов кетті."
    )
    assert [(person.name, person.mentions) for person in found] == [
        ("Асқар Маратұлы Әбенов", 2),
        ("Асқар Болатұлы Әбенов", 1),
    ]
    (person,) = census("Кеше Асқар Болатұлы Әбенов келді. Асқар Әбенов сөйледі.")
    assert person.mentions == 2


def test_given_name_and_patronymic_join_the_person_of_this_father():
    found = census(
        "Кеше Асқар Болатұлы Әбенов келді.",
        "Кеше Асқар Болатұлы келді. Асқар Болатұлы кетті.",
        "Асқар Әбенов. Асқар Әбенов.",
        "Кеше Асқар Маратұлы сөйледі.",
    )
    assert [(person.name, person.mentions) for person in found] == [("Асқар Әбенов", 5), ("Асқар Маратұлы", 1)]


def test_the_order_of_the_parts_does_not_matter():
    (person,) = census("Кеше Әбенов Асқар Болатұлы келді.", "Кеше Асқар Әбенов келді. Асқар Әбенов кетті.")
    assert (person.name, person.mentions) == ("Асқар Әбенов", 3)


def test_initials_join_the_only_one_they_fit():
    (person,) = census("Кеше Асқар Әбенов келді.", "Мұны А. Әбенов айтты.")
    assert (person.name, person.mentions, person.documents) == ("Асқар Әбенов", 2, 2)


def test_initials_that_fit_two_are_a_person_of_their_own():
    found = census("Кеше Асқар Әбенов келді.", "Кеше Алмас Әбенов келді.", "Мұны А. Әбенов айтты.")
    assert {person.name: person.mentions for person in found} == {"А. Әбенов": 1, "Алмас Әбенов": 1, "Асқар Әбенов": 1}


def test_initials_join_the_person_of_their_document_first():
    found = census(
        "Кеше Асқар Әбенов келді. Мұны А. Әбенов айтты.",
        "Кеше Алмас Әбенов келді. А. Әбенов те кетті.",
        "Алмас Әбенов.",
    )
    assert {person.name: (person.mentions, person.documents) for person in found} == {
        "Алмас Әбенов": (3, 2),
        "Асқар Әбенов": (2, 1),
    }


def test_initials_alone_are_merged_over_alphabets():
    (person,) = census("Мұны Қ. Әбенов айтты.", ("ru", "Это сказал К. Абенов."))
    assert (person.mentions, person.documents) == (2, 2)


def test_a_place_that_nothing_tells_to_be_a_name_counts_where_another_does():
    certain = ("en", "The ambassador Zelkan Ordus spoke.")
    doubtful = ("en", "Then came Zelkan Ordus.")
    assert census(doubtful) == []
    (person,) = census(certain, doubtful)
    assert (person.name, person.mentions, person.documents) == ("Zelkan Ordus", 2, 2)


def test_two_forms_in_one_document_make_one_document():
    (person,) = census("Кеше Асқар Әбенов келді. Asqar Äbenov keşe keldi. А. Әбенов айтты.")
    assert person.documents == 1
    assert person.mentions == 3


def test_persons_come_most_mentioned_first_then_by_name():
    found = census("Кеше Болат Әбенов, Асқар Мұсаев және Дана Серікова келді. Дана Серікова сөйледі.")
    assert [person.name for person in found] == ["Дана Серікова", "Асқар Мұсаев", "Болат Әбенов"]


def test_nothing_is_found_in_no_text():
    assert census("") == []
    assert census() == []


def test_the_order_of_documents_does_not_change_the_persons():
    documents = [
        "Кеше Асқар Әбенов келді.",
        "Мұны А. Әбенов айтты.",
        ("ru", "Встреча с Аскаром Абеновым."),
        "Кеше Алма Әбенова келді.",
        ("en", "Askar Abenov spoke, and Alma Abenova."),
    ]
    assert census(*documents) == census(*reversed(documents))


def test_what_is_held_grows_with_the_forms_alone():
    counted = Census()
    text = "Кеше Асқар Әбенов келді. Мұны А. Әбенов айтты."
    names = document_names([(text, [(0, len(text), "kk")])])
    sizes = set()
    for _ in range(50):
        counted.read(names)
        sizes.add((len(counted._counts), len(counted._together), len(counted._certain)))
    assert len(sizes) == 1
    assert counted.persons()[0].mentions == 100
