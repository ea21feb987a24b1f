"""Inventory numbers with and without hyphens."""

import pytest

import searchkit
from searchkit.query.shelf_marks import joined, parted

MARKS = {"hyphen": "Инв. НВ-4417, фото.", "blank": "Инв. НВ 4417, фото.", "joined": "Инв. НВ4417, фото."}


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    with searchkit.open(tmp_path_factory.mktemp("marks") / "index", create=True) as made:
        made.add([searchkit.Document(key, text) for key, text in {**MARKS, "other": "Инв. НВ-4418, КП-4417."}.items()])
        yield made


@pytest.mark.parametrize("query", ["НВ-4417", "НВ4417", "нв4417", '"НВ 4417"'])
def test_every_spelling_is_found(index, query):
    found = {hit.id for hit in index.search(query)}
    assert found >= {"hyphen", "blank"}
    assert "other" not in found
    assert "joined" in found or query.startswith('"')


def test_a_mark_in_capitals_beside_its_number_is_the_mark_too(index):
    assert [hit.id for hit in index.search("НВ 4417")][:3] == ["blank", "hyphen", "joined"]
    assert "joined" not in {hit.id for hit in index.search("нв 4417")}


@pytest.mark.parametrize("word", ["", "4417", "инвентарь", "a1", "covid19x", "нв4417б"])
def test_other_words_have_no_parts(word):
    assert list(parted(word)) == []


def test_words_without_digits_are_not_joined():
    assert list(joined("Kassym-Jomart", ["kassym", "jomart"])) == []
    assert list(joined("12 345", ["12", "345"])) == []
    assert [one.text for one in joined("КП-12", ["кп", "12"])] == ["кп12"]


@pytest.mark.parametrize(
    ("spellings", "queries", "other"),
    [
        # ISBNs of ten digits, of Moscow, London, Almaty and Tashkent
        (
            ["ISBN 5-02-016391-0", "ISBN 5020163910", "ISBN 5 02 016391 0"],
            ["5-02-016391-0", "5020163910"],
            "ISBN 5-02-016392-9",
        ),
        (["ISBN 0-19-852663-6", "isbn:0198526636"], ["0-19-852663-6", "0198526636"], "ISBN 0-19-852011-5"),
        (["ISBN 9965-32-001-2", "ISBN 9965320012"], ["9965-32-001-2", "9965320012"], "ISBN 9965-32-002-0"),
        # a check digit that is an X
        (["ISBN 0-9752298-0-X", "ISBN 097522980X"], ["0-9752298-0-X", "097522980x"], "ISBN 0-9752298-1-8"),
        # a mark with a part after its number
        (["КП-2210/7", "КП 2210/7", "КП2210/7"], ["КП-2210/7", "КП2210/7"], "КП-2210/8"),
    ],
)
def test_numbers_are_found_in_every_spelling(tmp_path, spellings, queries, other):
    with searchkit.open(tmp_path / "index", create=True) as index:
        index.add(searchkit.Document(text, f"Книга. {text}.") for text in [*spellings, other])
        for query in queries:
            assert {hit.id for hit in index.search(query)} == set(spellings), query


def test_ten_digits_that_are_no_isbn_have_no_parts():
    assert list(parted("5020163911")) == []
