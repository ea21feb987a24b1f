"""Every node of the query tree, with documents and expected ids from searches.json.

A query is written there as {node: [its fields]}; alternatives and children of a node are the list itself.
"""

# Tests as well, in searchkit/: engines/tantivy: query_builder term_occurrences term_queries

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from searchkit import engines
from searchkit.terms import query_tree

from .conformance import found, record, word

DATA = json.loads(Path(__file__).with_name("searches.json").read_text(encoding="utf-8"))


def node(written: Any) -> Any:
    """The tree of what is written in the data file."""
    if isinstance(written, list):
        return tuple(map(node, written))
    if not isinstance(written, dict):
        return written
    ((name, fields),) = written.items()
    values = node(fields)
    if name in ("Group", "And", "Or"):
        return getattr(query_tree, name)(values)
    return getattr(query_tree, name)(*values)


def fill(engine: Any, batches: int) -> None:
    """Write the documents in so many batches, the last of which replaces and removes some."""
    documents = [record(**{**row, "languages": tuple(row.get("languages", ()))}) for row in DATA["documents"]]
    size = -(-len(documents) // batches)
    for start in range(0, len(documents), size):
        with engine.write() as batch:
            for document in documents[start : start + size]:
                batch.add(document)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[tuple[str, int], Any]]:
    """Opened once for all searches: engine by name and number of batches."""
    opened: dict[tuple[str, int], Any] = {}
    yield opened
    for engine in opened.values():
        engine.close()


@pytest.mark.parametrize("batches", [1, 4])
@pytest.mark.parametrize("search", DATA["searches"], ids=lambda search: search["why"])
def test_search(
    engine_name: str,
    filled: dict[tuple[str, int], Any],
    tmp_path_factory: pytest.TempPathFactory,
    search: dict[str, Any],
    batches: int,
) -> None:
    if (engine_name, batches) not in filled:
        filled[engine_name, batches] = engines.open(engine_name, tmp_path_factory.mktemp(engine_name))
        fill(filled[engine_name, batches], batches)
    assert found(filled[engine_name, batches], node(search["query"])) == search["ids"], search["why"]


def test_all_nodes_are_in_the_data() -> None:
    text = json.dumps(DATA["searches"])
    expanded = [
        "Group",
        "Term",
        "Prefix",
        "Fuzzy",
        "Sequence",
        "And",
        "Or",
        "Not",
        "Everything",
        "InLanguage",
        "DateRange",
        "InPath",
    ]
    assert [name for name in expanded if f'"{name}"' not in text] == []


def test_an_empty_index_answers_every_search(engine: Any) -> None:
    for search in DATA["searches"]:
        assert found(engine, node(search["query"])) == [], search["why"]


def test_a_tree_of_the_greatest_depth(engine: Any) -> None:
    fill(engine, 2)
    deep: query_tree.Node = word("memorandum")
    for level in range(query_tree.MAX_DEPTH):
        deep = (
            query_tree.And((deep,)),
            query_tree.Or((deep, query_tree.Or(()))),
            query_tree.Not(query_tree.Not(deep)),
        )[level % 3]
    assert found(engine, deep) == ["memo-en", "memo-uz"]


def test_a_group_of_two_thousand_alternatives(engine: Any) -> None:
    fill(engine, 2)
    many = [query_tree.Term("word", f"absent{number}") for number in range(1999)]
    assert found(engine, query_tree.Group((*many, query_tree.Term("word", "c")))) == ["order"]


def test_an_or_of_two_thousand_children(engine: Any) -> None:
    fill(engine, 2)
    many = [word(f"absent{number}") for number in range(1999)]
    assert found(engine, query_tree.Or((*many, word("c")))) == ["order"]


def test_a_slot_of_two_thousand_terms(engine: Any) -> None:
    fill(engine, 2)
    slot = tuple(query_tree.Term("word", f"absent{number}") for number in range(1999))
    sequence = query_tree.Sequence(((*slot, query_tree.Term("word", "b")), (query_tree.Term("word", "c"), *slot)))
    assert found(engine, query_tree.Group((sequence,))) == ["order"]


def test_a_glob_of_many_stars_is_answered_at_once(engine: Any) -> None:
    with engine.write() as batch:
        batch.add(record("long", path="a" * 3000))
    assert found(engine, query_tree.InPath("*a" * 200 + "b")) == []
    assert found(engine, query_tree.InPath("*a" * 200 + "*")) == ["long"]
