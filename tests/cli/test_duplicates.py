"""searchkit duplicates: documents of one text."""

# Tests as well, in searchkit/: display: duplicates

import json

import pytest

import searchkit

TEXTS = {"d": "two", "a": "three", "b": "one", "c": "three", "e": "two", "f": "three", "g": "three ", "h": "other"}


@pytest.fixture
def copies(run):
    with searchkit.open("index", create=True) as index:
        index.add([searchkit.Document(id, text, language="en") for id, text in TEXTS.items()])
    return run


def test_the_largest_group_comes_first(copies):
    with searchkit.open("index", create=True) as index:
        found = index.duplicates()
        assert [group.ids for group in found] == [("a", "c", "f"), ("d", "e")]
        assert index.duplicates(language="ru") == []


def test_a_text_is_known_by_it_wherever_it_stands():
    assert searchkit.Document("", "Қазақ").fingerprint == searchkit.Document("", "Қазақ").fingerprint
    assert searchkit.Document("", "Қазақ").fingerprint != searchkit.Document("", "Қазак").fingerprint
    assert len(searchkit.Document("", "\ud800").fingerprint) == 16


def test_the_command(copies):
    shown = copies("duplicates").stdout.splitlines()
    assert shown[0].startswith("3 documents of one text  ")
    assert shown[1:4] == ["   a", "   c", "   f"]
    assert shown[-1] == "2 texts in 5 documents."
    *groups, end = map(json.loads, copies("duplicates", "--json").stdout.splitlines())
    assert [group["ids"] for group in groups] == [["a", "c", "f"], ["d", "e"]]
    assert end == {"end": {"groups": 2, "documents": 5}}
    rows = copies("duplicates", "--csv").stdout_bytes.decode("utf-8-sig").splitlines()
    assert (rows[0], rows[1][:2], rows[5][:2]) == ("group,fingerprint,id", "1,", "2,")


def test_where_there_is_none(indexed):
    result = indexed("duplicates")
    assert (result.exit_code, result.stdout) == (1, "No two documents have the same text.\n")
