"""The best documents are found without scoring all: large generated collections, whose whole ranking is compared."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from searchkit.engines.base import Order, Record
from searchkit.engines.whoosh.engine import WhooshEngine
from searchkit.engines.whoosh.searching import score_bounds, search
from searchkit.terms import query_tree
from searchkit.terms.fields import FIELDS, TEXT_FIELDS, TITLE_FIELDS

WORDS = [f"w{number}" for number in range(300)]
COMMON = [1 / (number + 1) for number in range(300)]
"""How often each stands, beside the others."""
DOCUMENTS = 3000


class Generator:
    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def record(self, number: int) -> Record:
        choose = self.random
        fields: dict[str, list[str]] = dict.fromkeys(FIELDS, [])
        size = choose.choice((0, 1, 10, 10, 20, 40, 400))
        words = choose.choices(WORDS, COMMON, k=size)
        if number % 400 == 7:
            words = words[:5] * 100
        fields["word"] = words
        fields["stem"] = [word[:2] for word in words]
        fields["name"] = [word if word.endswith("7") else "" for word in words]
        for field in TITLE_FIELDS:
            fields[field] = fields[field.removeprefix("title_")][: number % 4]
        date = choose.choice(("", "2024", "2024-05", "2025-01-02", f"2023-{choose.randint(1, 12):02}"))
        return Record(f"{choose.choice('abc')}{number}", "", fields, b"", ("kk",) if number % 3 else (), date, "")

    def term(self) -> query_tree.Term | query_tree.Prefix:
        text = self.random.choices(WORDS, [weight + 0.02 for weight in COMMON])[0]
        weight = self.random.choice((1.0, 1.0, 0.3, 0.055))
        field = self.random.choice(FIELDS)
        if self.random.random() < 0.1:
            return query_tree.Prefix(field, text[:2], weight)
        return query_tree.Term(field, text[:2] if field.endswith("stem") else text, weight)

    def group(self) -> query_tree.Group:
        alternatives: list[query_tree.Term | query_tree.Prefix | query_tree.Sequence] = [
            self.term() for _ in range(self.random.choice((1, 1, 2, 5, 30)))
        ]
        if self.random.random() < 0.3:
            text = [query_tree.Term(self.random.choice(TEXT_FIELDS[:2]), word) for word in ("w0", "w1", "w2")]
            alternatives.append(query_tree.Sequence(((text[0], text[1]), (text[2],)), 0.7))
            alternatives.append(query_tree.Sequence(((text[2],), (), (text[0], text[1]))))
        return query_tree.Group(tuple(alternatives), boost=self.random.choice((1.0, 1.0, 0.2, 3.0)))

    def tree(self, depth: int = 2) -> query_tree.Node:
        kind = self.random.random() if depth else 1.0
        if kind < 0.3:
            return query_tree.And(tuple(self.tree(depth - 1) for _ in range(self.random.choice((1, 2, 3)))))
        if kind < 0.6:
            return query_tree.Or(tuple(self.tree(depth - 1) for _ in range(self.random.choice((1, 2, 3)))))
        if kind < 0.65:
            return query_tree.Or((self.group(), query_tree.Everything()))
        if kind < 0.7:
            return query_tree.And((self.group(), query_tree.InLanguage("kk")))
        if kind < 0.75:
            return query_tree.And((self.group(), query_tree.Not(self.group())))
        return self.group()


@pytest.fixture(scope="module", params=["one segment", "several segments and deletions"])
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[WhooshEngine]:
    generator = Generator(1)
    records = [generator.record(number) for number in range(DOCUMENTS)]
    opened = WhooshEngine.open(tmp_path_factory.mktemp("bounds"))
    parts = 1 if request.param == "one segment" else 3
    for part in range(parts):
        with opened.write() as batch:
            for one in records[part::parts]:
                batch.add(one)
    if parts > 1:
        with opened.write() as batch:
            for one in records[::10]:
                batch.remove([one.id])
    yield opened
    opened.close()


@pytest.mark.parametrize("seed", range(8))
def test_a_page_is_the_head_of_the_whole_ranking(engine: WhooshEngine, seed: int) -> None:
    generator = Generator(seed)
    for turn in range(12):
        query = generator.tree()
        order: Order = generator.random.choice(("score", "score", "score", "newest", "oldest"))
        whole = engine.search(query, limit=DOCUMENTS, order=order)
        assert len(whole.matches) == whole.total, (seed, turn)
        for limit, offset in ((1, 0), (10, 0), (10, 30), (200, 0)):
            page = engine.search(query, limit=limit, offset=offset, order=order)
            expected = whole.matches[offset : offset + limit]
            assert (page.total, page.matches) == (whole.total, expected), (seed, turn, limit, offset)


@pytest.mark.parametrize(("limit", "value"), [("_MOST_TERMS", 1), ("_MOST_GROUPS", 1), ("_MOST_FREQUENCY", 0.5)])
def test_queries_beyond_the_limits_of_bounds(
    engine: WhooshEngine, monkeypatch: pytest.MonkeyPatch, limit: str, value: float
) -> None:
    monkeypatch.setattr(score_bounds, limit, value)
    generator = Generator(20)
    for turn in range(6):
        query = generator.tree()
        whole = engine.search(query, limit=DOCUMENTS)
        assert engine.search(query).matches == whole.matches[:10], turn


def test_few_of_many_matches_are_scored(engine: WhooshEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bounds are narrow enough to be of use."""
    scored = 0
    real = search.Search._scores

    def counting(self: search.Search, number: int, documents: set[int]) -> dict[int, float]:
        nonlocal scored
        scored += len(documents)
        return real(self, number, documents)

    monkeypatch.setattr(search.Search, "_scores", counting)
    group = query_tree.Group(
        (query_tree.Term("word", "w0"), query_tree.Term("stem", "w1"), query_tree.Term("title_word", "w0"))
    )
    page = engine.search(query_tree.And((group, query_tree.Group((query_tree.Term("stem", "w2", 0.5),)))))
    assert page.total > DOCUMENTS / 4
    assert 0 < scored < page.total / 4


def test_no_score_is_above_its_bound(engine: WhooshEngine) -> None:
    for seed in range(100, 130):
        group = Generator(seed).group()
        asked = search.Search(engine._current(), group)
        (looked_up,) = asked._scoring(group)
        step = looked_up.factor / 254
        of_group = score_bounds.ScoreBounds(looked_up, step)
        for number, leaf in enumerate(engine._current().leaves):
            documents = set(looked_up.documents(number))
            content = of_group.of_leaf(number, leaf).to_bytes(leaf.count, "little")
            for document, score in asked._scores(number, documents).items():
                assert score <= content[document] * step * (1 + 1e-9), (seed, document)
