"""The terms of a word stand at one position in Tantivy, whichever way they are handed on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from searchkit import engines
from searchkit.terms import query_tree
from searchkit.terms.fields import TEXT_FIELDS, TITLE_FIELDS

from ..conformance import found, group, record
from ..reference import Reference
from ..test_scores import Generator

pytest.importorskip("tantivy")

from searchkit.engines.tantivy import encoding, positions  # noqa: E402


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Any]:
    engine = engines.open("tantivy", tmp_path)
    yield engine
    engine.close()


def test_positions_begin_again_with_the_library_that_is_installed() -> None:
    """Where they do not, everything still works, but adding documents takes several times as long."""
    assert positions.begins_again()


def sequences(generator: Generator) -> query_tree.Group:
    """A sequence that leaves out words at its ends and in between."""
    fields = generator.random.choice((TEXT_FIELDS, TITLE_FIELDS))
    slots = [
        tuple(generator.term(fields) for _ in range(generator.random.choice((0, 1, 1, 2))))
        for _ in range(generator.random.randint(1, 5))
    ]
    return group(query_tree.Sequence(tuple(slots)))


@pytest.mark.parametrize("ways", [(True,), (False,), (True, False)])
def test_sequences_are_found_whichever_way_documents_were_added(
    opened: Any, monkeypatch: pytest.MonkeyPatch, ways: tuple[bool, ...]
) -> None:
    generator = Generator(31)
    records = [generator.record(number) for number in range(120)]
    for place, way in enumerate(ways):
        monkeypatch.setattr(positions, "begins_again", lambda way=way: way)
        with opened.write() as batch:
            for each in records[place :: len(ways)]:
                batch.add(each)
    reference = Reference(records)
    hits = 0
    for turn in range(80):
        query = sequences(generator)
        expected = dict(reference.search(query))
        assert dict(opened.search(query, 200).matches) == pytest.approx(expected, rel=1e-6), (turn, query)
        assert list(opened.select(query)) == sorted(expected), (turn, query)
        hits += bool(expected)
    assert hits > 10


def test_terms_that_are_cut_keep_their_places(opened: Any) -> None:
    long = "x" * 20_000
    with opened.write() as batch:
        batch.add(record("one", f"a {long}y b {long}z", name=f"_ {long} _ _"))
        batch.add(record("two", f"a {long}z b"))
    for word, ids in (("y", ["one"]), ("z", ["one", "two"]), ("", [])):
        assert found(opened, group(query_tree.Term("word", long + word))) == ids
    between = (query_tree.Term("word", "a"),), (query_tree.Term("stem", f"{long}y"),), (query_tree.Term("word", "b"),)
    assert found(opened, group(query_tree.Sequence(between))) == ["one"]
    same = (query_tree.Term("name", long),), (query_tree.Term("word", "b"),)
    assert found(opened, group(query_tree.Sequence(same))) == ["one"]
    assert len(encoding.term("word", long)) < len(long)


@pytest.mark.parametrize("text", ["w", "s", "n", "^", "$", "<", "a b", "a\tb", "\u3000", "\ud800", "\ud7ff", "*", "\0"])
def test_terms_that_look_like_marks_or_hold_blanks(opened: Any, text: str) -> None:
    fields = dict.fromkeys((*TEXT_FIELDS, *TITLE_FIELDS), ["x", "", "y"])
    with opened.write() as batch:
        made = record("id")
        batch.add(made.__class__("with", "1", {**fields, "word": ["x", text, "y"]}, b""))
        batch.add(made.__class__("without", "2", fields, b""))
    assert found(opened, group(query_tree.Term("word", text))) == ["with"]
    assert opened.frequency("word", text) == 1
    sequence = query_tree.Sequence(
        ((query_tree.Term("stem", "x"),), (query_tree.Term("word", text),), (query_tree.Term("name", "y"),))
    )
    assert found(opened, group(sequence)) == ["with"]
    assert found(opened, group(query_tree.Prefix("word", text))) == ["with"]
