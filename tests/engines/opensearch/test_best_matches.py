"""The best of many matches are those of the formula: with a stand-in of the cluster, and on generated collections, which needs a node."""

# Tests as well, in searchkit/: engines/opensearch: within_reach

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from searchkit import engines
from searchkit.engines.opensearch import best_matches
from searchkit.engines.opensearch.match_queries import EVERYTHING
from searchkit.engines.opensearch.within_reach import WithinReach
from searchkit.terms.query_tree import And, Everything, Group, InLanguage, Node, Or, Sequence, Term

from ..conformance import record, word
from ..reference import Reference
from ..test_scores import Generator

BODY = {
    "query": {"bool": {"must": [{"script_score": {}}] * best_matches.SCRIPTS}},
    "from": 0,
    "size": 2,
    "sort": [{"_score": "desc"}, {"id": "asc"}],
}
NEAR = {"near": {}}


def answer(*found: float, early: bool = False) -> dict[str, Any]:
    return {"hits": {"hits": [{"_score": score} for score in found]}, "terminated_early": early}


def asked(*answers: dict[str, Any], body: Any = BODY, near: Any = NEAR, shards: int = 1) -> tuple[Any, list[Any]]:
    """What is found by a cluster that gives these answers, and what it was asked."""
    bodies: list[Any] = []

    def ask(body: dict[str, Any]) -> dict[str, Any]:
        bodies.append(body)
        return answers[len(bodies) - 1]

    hits = best_matches.found(ask, body, EVERYTHING, lambda least: near, shards)["hits"]["hits"]
    return [hit["_score"] for hit in hits], bodies


def test_few_matches_are_one_request() -> None:
    found, bodies = asked(answer(3.0, 2.0, 1.0), body=BODY | {"from": 1})
    assert found == [2.0, 1.0]
    assert [(body["from"], body["size"], body["terminate_after"]) for body in bodies] == [(0, 3, 1_000)]


def test_of_many_only_those_are_scored_that_may_be_among_the_best() -> None:
    found, bodies = asked(answer(3.0, 2.0, early=True), answer(4.0, 2.0), shards=4)
    assert found == [4.0, 2.0]
    assert bodies[0]["terminate_after"] == 250
    assert bodies[1]["query"]["bool"]["should"] == [{"bool": {"filter": [NEAR], "should": [BODY["query"]]}}]
    assert bodies[1]["query"]["bool"]["filter"] == [EVERYTHING], "all are counted"


@pytest.mark.parametrize("second", [answer(4.0, 1.9), answer(4.0)])
def test_an_index_that_was_changed_meanwhile_is_asked_for_all_scores(second: dict[str, Any]) -> None:
    """Documents that were in the first answer may be gone: others may be better than what is left."""
    found, bodies = asked(answer(3.0, 2.0, early=True), second, answer(4.0, 1.95))
    assert found == [4.0, 1.95]
    assert bodies[2] is BODY


def test_where_it_cannot_be_told_all_are_scored() -> None:
    assert asked(answer(3.0, 2.0, early=True), answer(4.0, 2.0), near=None)[1][1] is BODY
    assert asked(answer(3.0, early=True), answer(4.0, 2.0))[0] == [4.0, 2.0]
    simple = BODY | {"query": {"script_score": {}}}
    assert asked(answer(4.0), body=simple)[1] == [simple], "which costs little"
    deep = BODY | {"from": best_matches.MOST}
    assert asked(answer(4.0), body=deep)[1] == [deep]


# ------------------------------------------------------------------ on a node


@pytest.mark.parametrize(("seed", "shards"), [(400, 1), (401, 3)])
def test_the_best_of_many_are_those_of_the_formula(
    folder: Path, monkeypatch: pytest.MonkeyPatch, seed: int, shards: int
) -> None:
    monkeypatch.setenv("SEARCHKIT_OPENSEARCH_SHARDS", str(shards))
    monkeypatch.setattr(best_matches, "SAMPLE", 9)
    monkeypatch.setattr(best_matches, "SCRIPTS", 0)
    left_out: list[int] = []
    expected: list[tuple[str, float]] = []
    engine = engines.open("opensearch", folder)
    reach = WithinReach.within_reach

    def within_reach(self: WithinReach, node: Node, least: float) -> Any:
        near = reach(self, node, least)
        if near:
            left_out.append(_left_out(engine, near, node, expected, least))
        return near

    monkeypatch.setattr(WithinReach, "within_reach", within_reach)
    generator = Generator(seed)
    records = {(made := generator.record(number)).id: made for number in range(90)}
    with engine.write() as batch:
        for one in records.values():
            batch.add(one)
    reference = Reference(list(records.values()))
    for turn in range(20):
        query = generator.node()
        expected = reference.search(query)
        for limit, offset in ((3, 0), (2, 2)):
            page = engine.search(query, limit, offset)
            assert page.total == len(expected), (seed, turn, query)
            some = expected[offset : offset + limit]
            assert [score for _, score in page.matches] == pytest.approx(
                [score for _, score in some], rel=1e-6, abs=1e-9
            ), (seed, turn, query)
            of_all = dict(expected)
            assert all(of_all[id] == pytest.approx(score, rel=1e-6) for id, score in page.matches), (seed, turn, query)
    assert len(left_out) > 3, "some queries must find many"
    assert sum(left_out) > 30, "and not all of these must be scored"


def _left_out(engine: Any, near: Any, node: Node, expected: list[tuple[str, float]], least: float) -> int:
    """How many matches are not to be scored, none of which has the score."""
    matching = engine._queries()[0].query(node)
    kept = {id for id, *_ in engine._rows({"bool": {"filter": [matching, near]}}, [])}
    assert {id for id, score in expected if score >= least} <= kept
    return len(expected) - len(kept)


def test_words_that_count_more_in_a_document_s_language(folder: Path) -> None:
    """A tree as searches have it: whether a match holds a word that all matches hold is not looked for again."""
    engine = engines.open("opensearch", folder)
    records = [
        record(
            f"{number:02}",
            " ".join(["old book", *["leaf"] * (number % 7), *["book of"] * (number % 3)]) if number % 5 else "book old",
            languages=(("en",), ("ru",), ("en", "kk"))[number % 3],
        )
        for number in range(40)
    ]
    with engine.write() as batch:
        for one in records:
            batch.add(one)
    old, book = Term("word", "old"), Term("word", "book")
    phrase = Sequence(((old,), (book,)), 0.5)
    reference = Reference(records)
    for first in (Group((old,)), Group((old, phrase)), Group((phrase,)), Group((Term("stem", "old"), old)), Group(())):
        every = (first, Group((book,)))
        tree = And(
            (
                And(every),
                Or((And((Or((Group((old,)), Group((book,)), word("leaf"))), InLanguage("en"))), Everything())),
            )
        )
        expected = reference.search(tree)
        page = engine.search(tree, 100)
        assert page.total == len(expected)
        assert dict(page.matches) == pytest.approx(dict(expected), rel=1e-6)
