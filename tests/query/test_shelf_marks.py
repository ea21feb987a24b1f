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


@pytest.mark.parametrize("word", ["", "4417", "инвентарь", "a1", "covid19x", "нв4417б"])
def test_other_words_have_no_parts(word):
    assert parted(word) is None


def test_words_without_digits_are_not_joined():
    assert joined("Kassym-Jomart", ["kassym", "jomart"]) is None
    assert joined("12 345", ["12", "345"]) is None
    assert joined("КП-12", ["кп", "12"]).text == "кп12"
