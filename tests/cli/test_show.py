"""How a document is named on the command line, and how it is shown."""

# Tests as well, in searchkit/: display: metadata

import json
import os
import sys

import pytest

import searchkit
from searchkit.cli import output, recent


@pytest.mark.parametrize(
    ("given", "id"),
    [
        ("papers/one.txt", "papers/one.txt"),
        ("one", "papers/one.txt"),  # a part that no other id has
        ("ONE.TXT", "papers/one.txt"),
    ],
)
def test_a_document_by_its_id_or_a_part_of_it(indexed, given, id):
    assert json.loads(indexed("show", given, "--json").stdout)["id"] == id


def test_a_part_that_fits_several_names_them(indexed):
    result = indexed("show", "papers")
    assert result.exit_code == 2
    assert "“papers” fits papers/one.txt, papers/two.txt: give more of the name" in result.stderr


def test_a_part_that_fits_too_many_names_some(indexed):
    with searchkit.open("index", create=True) as index:
        index.add(searchkit.Document(f"more{number}", "word") for number in range(10))
    assert "more4 and others: give more" in indexed("show", "more").stderr


def test_the_number_of_a_hit_of_the_last_search(indexed):
    assert indexed("show", "1").exit_code == 1  # nothing was searched yet
    ids = indexed("search", "memorandum", "--ids").stdout.splitlines()
    assert indexed("show", "1").exit_code == 1  # ids have no numbers
    indexed("search", "memorandum")
    assert json.loads(indexed("show", "2", "--json").stdout)["id"] == ids[1]
    indexed("search", "memorandum", "-n", "1", "--page", "2")
    assert json.loads(indexed("show", "2", "--json").stdout)["id"] == ids[1]
    assert indexed("show", "3").exit_code == 1
    assert indexed("show", "0").exit_code == 1


def test_the_last_search_is_kept_for_each_index(indexed):
    indexed("search", "memorandum")
    with searchkit.open("other", create=True) as index:
        index.add([searchkit.Document("a", "memorandum")])
    indexed("search", "memorandum", "--index", "other")
    assert json.loads(indexed("show", "1", "--json", "--index", "other").stdout)["id"] == "a"
    assert json.loads(indexed("show", "1", "--json").stdout)["id"].startswith("papers/")


def test_a_document_whose_id_is_a_number_comes_first(indexed):
    with searchkit.open("index", create=True) as index:
        index.add([searchkit.Document("1", "a number")])
    indexed("search", "memorandum")
    assert json.loads(indexed("show", "1", "--json").stdout)["text"] == "a number"


@pytest.mark.parametrize("content", ["", "[]", '{"x": 1}', "\x00", '{"a": {"first": "b", "ids": 3}}'])
def test_a_broken_memory_is_forgotten(indexed, tmp_path, content):
    indexed("search", "memorandum")
    (file,) = (tmp_path / "home").rglob("last-search.json")
    file.write_text(content)
    assert indexed("show", "1").exit_code == 1
    assert indexed("search", "memorandum").exit_code == 0
    assert indexed("show", "1").exit_code == 0
    if os.name == "posix":
        assert file.stat().st_mode & 0o077 == 0  # nobody else is told what was searched


def test_where_nothing_can_be_kept_a_search_works(indexed, monkeypatch, tmp_path):
    (tmp_path / "home").write_text("no folder")
    assert indexed("search", "memorandum").exit_code == 0
    assert recent.hit(tmp_path / "index", 1) is None


def test_a_long_text_goes_to_the_pager(monkeypatch):
    paged = []
    monkeypatch.setattr(output, "styled", lambda err=False: True)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("click.echo_via_pager", lambda lines, color: paged.extend(lines))
    output.page(["short"])
    assert paged == []
    output.page(["\x1b[31m"] * 500)
    assert paged == ["␛[31m\n"] * 500


def test_show_marks_a_query(indexed):
    assert "**memorandum**" in indexed("show", "papers/one.txt", "--query", "memorandum").output


def test_what_is_known_of_a_document_is_shown_as_people_write_it(indexed):
    with searchkit.open("index", create=True) as index:
        facts = {"subjects": ["novel", "history"], "copies": {"hall": 1, "stacks": [2, 3]}, "note": "a\nb"}
        index.add([searchkit.Document("card", "word", metadata=facts)])
    lines = indexed("show", "card").stdout.splitlines()
    assert {"subjects: novel, history", "copies: hall 1; stacks 2, 3", "note: a b"} <= set(lines)
