"""Generated collections and trees: every engine gives the matches, the scores and the order of `reference`.

The random numbers are seeded, so that a failure comes again; its message holds the seed.
"""

# Tests as well, in searchkit/: engines: base; engines/whoosh/searching: doc_counts group_scorer search term_lookup;
#   engines/tantivy: approximation counting ranking

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from searchkit import engines
from searchkit.engines.base import Record
from searchkit.terms import query_tree
from searchkit.terms.fields import FIELDS, TEXT_FIELDS, TITLE_FIELDS

from .reference import Reference

WORDS = [
    "ана",
    "анау",
    "анам",
    "бала",
    "балам",
    "балама",
    "балкон",
    "ел",
    "елім",
    "ба",
    "б",
    "аб",
    "кітап",
    "кітапхана",
    "kitap",
    "kitob",
    "book",
    "books",
]
CODES = ("en", "kk", "ru", "uz")


class Generator:
    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def record(self, number: int) -> Record:
        choose = self.random
        fields = {}
        for kind, longest in ((TEXT_FIELDS, choose.choice((0, 3, 30, 200))), (TITLE_FIELDS, 5)):
            size = choose.randint(0, longest)
            for field in kind:
                empty = 0.8 if field.endswith("name") else 0.1
                fields[field] = ["" if choose.random() < empty else self.word() for _ in range(size)]
        date = choose.choice(("", "{0}", "{0}-{1:02}", "{0}-{1:02}-{2:02}"))
        date = date.format(choose.randint(2019, 2026), choose.randint(1, 12), choose.randint(1, 28))
        path = f"Архив/{choose.choice(('a', 'B', 'ә'))}/{number % 7}.TXT"
        languages = tuple(choose.sample(CODES, choose.randint(0, 2)))
        return Record(
            f"{choose.choice('abc')}{number}", f"hash {number}", fields, b"", languages, date, path, path[::3]
        )

    def word(self) -> str:
        return WORDS[min(int(self.random.expovariate(0.25)), len(WORDS) - 1)]

    def weight(self) -> float:
        return self.random.choice((0.25, 0.5, 0.9, 1.0, 1.0, 1.5))

    def term(self, fields: tuple[str, ...]) -> query_tree.Term | query_tree.Prefix | query_tree.Fuzzy:
        field, kind = self.random.choice(fields), self.random.random()
        if kind < 0.7:
            return query_tree.Term(field, self.word() if kind < 0.65 else "absent", self.weight())
        if kind < 0.85:
            return query_tree.Prefix(field, self.word()[: self.random.randint(0, 3)], self.weight())
        return query_tree.Fuzzy(field, self.word(), self.random.randint(0, 2), self.weight())

    def alternative(self) -> Any:
        if self.random.random() < 0.7:
            return self.term(FIELDS)
        fields = self.random.choice((TEXT_FIELDS, TITLE_FIELDS))
        slots = [
            tuple(self.term(fields) for _ in range(self.random.choice((0, 1, 1, 2))))
            for _ in range(self.random.randint(1, 3))
        ]
        return query_tree.Sequence(tuple(slots), self.weight())

    def node(self, depth: int = 3) -> query_tree.Node:
        choose, kind = self.random, self.random.random()
        if not depth or kind < 0.45:
            alternatives = tuple(self.alternative() for _ in range(choose.choice((0, 1, 1, 2, 4))))
            return query_tree.Group(alternatives, boost=choose.choice((1.0, 1.0, 2.0, 0.5)))
        if kind < 0.75:
            children = tuple(self.node(depth - 1) for _ in range(choose.randint(1, 3)))
            return query_tree.And(children) if choose.random() < 0.5 else query_tree.Or(children)
        if kind < 0.85:
            return query_tree.Not(self.node(depth - 1))
        dates = ("", "2020", "2021-06", "2022-02-14", "2024")
        return choose.choice(
            (
                query_tree.Everything(),
                query_tree.InLanguage(choose.choice(CODES)),
                query_tree.DateRange(choose.choice(dates), choose.choice(dates)),
                query_tree.InPath(choose.choice(("/b/", "архив", "*.txt", "?рхив/*/3.*", "*Ә*", "[a]", "*"))),
            )
        )


@pytest.mark.parametrize("seed", range(12))
def test_engine_and_reference_agree(engine_name: str, tmp_path: Path, seed: int) -> None:
    generator = Generator(seed)
    kept: dict[str, Record] = {}
    engine = engines.open(engine_name, tmp_path)
    number = 0
    for _ in range(generator.random.randint(1, 9)):
        with engine.write() as batch:
            for _ in range(generator.random.choice((1, 5, 20))):
                record = generator.record(number % 40 if generator.random.random() < 0.5 else number)
                number += 1
                batch.add(record)
                kept[record.id] = record
            for id in generator.random.sample(sorted(kept), len(kept) // 6):
                assert batch.remove([id])
                del kept[id]
    reference = Reference(list(kept.values()))
    assert len(engine) == len(kept)
    for turn in range(60):
        query, order = generator.node(), generator.random.choice(("score", "score", "newest", "oldest"))
        expected = reference.search(query, order)
        page = engine.search(query, limit=1000, order=order)
        label = f"seed {seed}, turn {turn}, {order}, {query}"
        assert page.total == len(expected), label
        scores = dict(page.matches)
        assert scores == pytest.approx(dict(expected), rel=1e-6, abs=1e-9), label
        assert list(engine.select(query)) == sorted(scores), label
        assert _in_order(page.matches, expected, kept, order), label
        start, size = generator.random.randint(0, 5), generator.random.randint(1, 5)
        assert engine.search(query, size, start, order).matches == page.matches[start : start + size], label
    for field in FIELDS:
        for term in WORDS:
            assert engine.frequency(field, term) == reference.frequency(query_tree.Term(field, term))
    engine.close()


def _in_order(matches: Any, expected: Any, records: dict[str, Record], order: str) -> bool:
    """Whether the ids come as expected; documents whose scores differ by rounding alone may change places."""
    rounded = dict(expected)

    def key(id: str) -> tuple[str, float]:
        return ("" if order == "score" else records[id].date), round(rounded[id], 7)

    return [key(id) for id, _ in matches] == [key(id) for id, _ in expected]
