"""Persons as a facet: who is named in the documents of an answer, on every engine, by the names of the whole collection."""

import pytest

import searchkit
from searchkit import Document, QueryError

DOCUMENTS = [
    Document("a", "The memorandum was signed by Gaziza Nurgaliyeva.", language="en", date="2025"),
    Document("b", "Меморандумға Ғазиза Нұрғалиева мен Дәулет Әлімов қол қойды.", language="kk", date="2026"),
    Document("c", "Письмо подписал Даулет Алимов.", language="ru", date="2026"),
    Document("d", "A memorandum without names.", language="en"),
]


@pytest.fixture(params=["whoosh", "tantivy"])
def index(request, tmp_path):
    if request.param == "tantivy":
        pytest.importorskip("tantivy")
    with searchkit.open(tmp_path / "index", request.param, create=True) as index:
        index.add(DOCUMENTS)
        yield index


def named(index, query, **filters):
    """The persons among the documents of an answer by a spelling of theirs that the test knows, with the documents."""
    found = index.facets(query, ["person"], **filters)["person"]
    assert list(found.values()) == sorted(found.values(), reverse=True)
    people = {person.name: {form for form, _ in person.forms} for person in index.people()}
    return {min(people[name]): count for name, count in found.items()}


def test_persons_are_counted_among_the_documents_of_an_answer(index):
    assert named(index, "memorandum") == {"Gaziza Nurgaliyeva": 2, "Даулет Алимов": 1}
    assert named(index, "path:*") == {"Gaziza Nurgaliyeva": 2, "Даулет Алимов": 2}
    assert named(index, "memorandum", language="en") == {"Gaziza Nurgaliyeva": 1}
    assert named(index, "memorandum", date="2026") == {"Gaziza Nurgaliyeva": 1, "Даулет Алимов": 1}
    assert named(index, "without") == {}


def test_the_names_are_those_of_the_list_of_persons(index):
    everybody = {person.name: person.documents for person in index.people()}
    assert index.facets("path:*", ["person"])["person"] == everybody


def test_facets_come_as_they_are_asked_for(index):
    found = index.facets("memorandum", ["person", "language"])
    assert list(found) == ["person", "language"]
    assert list(index.facets("memorandum")) == ["language", "year", "type", "folder"]
    with pytest.raises(QueryError, match="There is no facet “colour”: choose one of language, year"):
        index.facets("memorandum", ["colour"])


def test_who_is_named_follows_the_index(index):
    assert named(index, "letter") == {"Даулет Алимов": 1}
    index.add([Document("e", "A letter of Daulet Alimov to Gaziza Nurgaliyeva.", language="en")])
    index.remove(["c"])
    assert sorted(index.facets("letter", ["person"])["person"].values()) == [1, 1]
    assert len(index.people()) == 2
