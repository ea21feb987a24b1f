"""The same documents and the same queries on two engines: the same ids, in the same order up to ties.

Documents and queries of every operator are generated (see test_scores); the seeds are others and the collections larger.
"""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from searchkit import engines
from searchkit.terms.fields import FIELDS

from .test_scores import Generator

pytest.importorskip("tantivy")

NAMES = ("whoosh", "tantivy")


def fill(generator: Generator, folder: Path) -> list[Any]:
    """Both engines, with the same batches written to them."""
    opened = []
    for name in NAMES:
        (folder / name).mkdir()
        opened.append(engines.open(name, folder / name))
    records = [generator.record(number) for number in range(400)]
    records += [generator.record(number) for number in range(0, 400, 9)]
    removed = generator.random.sample([record.id for record in records], 60)
    for engine in opened:
        for start in range(0, len(records), 150):
            with engine.write() as batch:
                for record in records[start : start + 150]:
                    batch.add(record)
        with engine.write() as batch:
            for id in removed:
                batch.remove([id])
    return opened


def ties(matches: Any) -> list[tuple[float, list[str]]]:
    """The ids of each score, in order; scores that differ by rounding alone are one."""
    return [(score, sorted(id for id, _ in rows)) for score, rows in groupby(matches, key=lambda row: round(row[1], 5))]


@pytest.mark.parametrize("seed", range(100, 104))
def test_both_engines_give_the_same_hits(tmp_path: Path, seed: int) -> None:
    generator = Generator(seed)
    whoosh, tantivy = fill(generator, tmp_path)
    assert len(whoosh) == len(tantivy)
    assert list(whoosh.ids()) == list(tantivy.ids())
    found = 0
    for turn in range(120):
        query = generator.node()
        label = f"seed {seed}, turn {turn}, {query}"
        assert list(tantivy.select(query)) == list(whoosh.select(query)), label
        for order in ("score", "newest", "oldest"):
            ours, theirs = (engine.search(query, 1000, 0, order) for engine in (tantivy, whoosh))
            assert ours.total == theirs.total == len(ours.matches), label
            assert dict(ours.matches) == pytest.approx(dict(theirs.matches), rel=1e-6, abs=1e-9), label
            if order == "score":
                assert ties(ours.matches) == ties(theirs.matches), label
            first = tantivy.search(query, 10, 0, order)
            assert first.matches == ours.matches[:10], label
        found += ours.total > 0
    assert found > 60, "most queries must find something"
    for field in FIELDS:
        for word in ("ана", "балам", "book", "absent"):
            assert tantivy.frequency(field, word) == whoosh.frequency(field, word)
            assert tantivy.suggest(field, word) == whoosh.suggest(field, word)
    for engine in (whoosh, tantivy):
        engine.close()
