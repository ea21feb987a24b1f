"""Facets: how many documents have each value, beside counting them one by one."""

# Tests as well, in searchkit/: engines/whoosh/searching: facets; engines/tantivy: facets

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from searchkit.engines import filter_meaning
from searchkit.engines.base import FACETS, Record
from searchkit.terms import query_tree

from .conformance import record, word
from .reference import Reference
from .test_scores import Generator


def fill(engine: Any, records: list[Record]) -> None:
    for start in range(0, len(records), 40):
        with engine.write() as batch:
            for one in records[start : start + 40]:
                batch.add(one)


def test_facets_of_some_documents(engine: Any) -> None:
    fill(
        engine,
        [
            record("a", "word", languages=("kk", "ru"), date="1937-05-01", file="Қор/1937/a.PDF"),
            record("b", "word", languages=("kk",), date="1937", file="Қор/1937/b.pdf"),
            record("c", "word", languages=(), date="", file="c.tar.gz"),
            record("d", "word", languages=("uz",), date="0987-01", file=".profile"),
            record("e", "word", languages=("uz",), date="nonsense", file=""),
            record("f", "other", languages=("en",), date="2020", file="Қор/f.docx"),
        ],
    )
    assert engine.facets(word("word")) == {
        "language": {"kk": 2, "ru": 1, "uz": 2, "": 1},
        "year": {"1937": 2, "0987": 1, "": 2},
        "type": {"pdf": 2, "gz": 1, "": 2},
        "folder": {"Қор/1937": 2, "": 3},
    }
    assert engine.facets(query_tree.InLanguage("en"), ["type"]) == {"type": {"docx": 1}}
    assert engine.facets(word("absent")) == {name: {} for name in FACETS}
    assert engine.facets(word("word"), []) == {}


def test_facets_of_an_empty_index(engine: Any) -> None:
    assert engine.facets(query_tree.Everything()) == {name: {} for name in FACETS}


def test_removed_documents_are_not_counted(engine: Any) -> None:
    fill(engine, [record(f"{n}", "word", languages=("kk",), date="2001", file=f"a/{n}.txt") for n in range(9)])
    with engine.write() as batch:
        batch.remove(["0"])
        batch.add(record("1", "word", languages=("ru",), date="2002", file="b/1.csv"))
    assert engine.facets(query_tree.Everything()) == {
        "language": {"kk": 7, "ru": 1},
        "year": {"2001": 7, "2002": 1},
        "type": {"txt": 7, "csv": 1},
        "folder": {"a": 7, "b": 1},
    }


@pytest.mark.parametrize("seed", [41, 42])
def test_facets_are_those_of_the_matches(engine: Any, seed: int) -> None:
    generator = Generator(seed)
    records = {(made := generator.record(number)).id: made for number in range(150)}
    fill(engine, list(records.values()))
    reference = Reference(list(records.values()))
    for turn in range(15):
        query = generator.node()
        matches = [records[id] for id, _ in reference.search(query)]
        expected: dict[str, Counter[str]] = {
            "language": Counter(code for one in matches for code in one.languages or ("",)),
            "year": Counter(one.date[:4] for one in matches),
            "type": Counter(filter_meaning.type_of(one.file) for one in matches),
            "folder": Counter(filter_meaning.folder_of(one.file) for one in matches),
        }
        assert engine.facets(query) == expected, (seed, turn, query)


@pytest.mark.parametrize(
    ("file", "type", "folder"),
    [
        ("", "", ""),
        ("a.txt", "txt", ""),
        ("Архив/2020/Б.PDF", "pdf", "Архив/2020"),
        ("archive.zip/inner/page.html", "html", "archive.zip/inner"),
        ("folder.d/name", "", "folder.d"),
        ("x/.hidden", "", "x"),
        ("a.", "", ""),
        ("a.tar.gz", "gz", ""),
    ],
)
def test_the_type_and_folder_of_a_file(file: str, type: str, folder: str) -> None:
    assert filter_meaning.type_of(file) == type
    assert filter_meaning.folder_of(file) == folder
