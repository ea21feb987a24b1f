"""Groups that were looked up once are known to the next query, until something is committed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from searchkit.engines.base import Record
from searchkit.engines.whoosh.engine import WhooshEngine
from searchkit.engines.whoosh.searching import recent_groups
from searchkit.engines.whoosh.searching.term_lookup import TermLookup
from searchkit.terms import query_tree
from searchkit.terms.fields import FIELDS


def record(id: str, *words: str) -> Record:
    fields: dict[str, tuple[str, ...]] = dict.fromkeys(FIELDS, ())
    fields |= {"word": words, "stem": words, "name": ("",) * len(words)}
    return Record(id, "", fields, b"")


def group(*words: str) -> query_tree.Group:
    """Words, or those words side by side."""
    terms = tuple(query_tree.Term("word", word) for word in words)
    return query_tree.Group((*terms, query_tree.Sequence(tuple((term,) for term in terms))))


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[WhooshEngine]:
    opened = WhooshEngine.open(tmp_path)
    with opened.write() as batch:
        batch.add(record("one", "town", "hall"))
        batch.add(record("two", "hall", "town"))
    yield opened
    opened.close()


@pytest.fixture
def looked_up(monkeypatch: pytest.MonkeyPatch) -> list[query_tree.Group]:
    """The groups that were really looked up."""
    found: list[query_tree.Group] = []
    real = TermLookup.group

    def noting(self: TermLookup, node: query_tree.Group) -> object:
        found.append(node)
        return real(self, node)

    monkeypatch.setattr(TermLookup, "group", noting)
    return found


def test_the_same_words_are_looked_up_once(engine: WhooshEngine, looked_up: list[query_tree.Group]) -> None:
    first = engine.search(group("town", "hall"))
    assert engine.search(group("town", "hall")) == first
    assert engine.search(query_tree.And((group("town", "hall"), query_tree.Not(group("hill"))))).total == 2
    assert engine.facets(group("town", "hall"), ["language"]) == {"language": {"": 2}}
    assert looked_up == [group("town", "hall"), group("hill")]


def test_what_is_committed_is_found_and_what_is_deleted_is_not(engine: WhooshEngine) -> None:
    assert engine.search(group("town")).total == 2
    with engine.write() as batch:
        batch.remove(["one"])
        batch.add(record("three", "town", "square"))
    assert sorted(id for id, _ in engine.search(group("town")).matches) == ["three", "two"]


def test_a_group_of_another_boost_is_another(engine: WhooshEngine) -> None:
    with engine.write() as batch:
        batch.add(record("three", "square"))
    plain, strong = group("square"), query_tree.Group(group("square").alternatives, boost=3.0)
    ((_, low),), ((_, high),) = engine.search(plain).matches, engine.search(strong).matches
    assert high == pytest.approx(3 * low)


def test_the_oldest_make_room(
    engine: WhooshEngine, looked_up: list[query_tree.Group], monkeypatch: pytest.MonkeyPatch
) -> None:
    engine.search(group("town"))
    monkeypatch.setattr(recent_groups, "MEMORY", 3 * recent_groups._size(engine._recent._kept[group("town")]))
    for word in ("hall", "hill", "square"):
        engine.search(group(word))
    looked_up.clear()
    engine.search(group("square"))
    engine.search(group("town"))
    assert looked_up == [group("town")]


def test_closing_lets_go_of_the_files(engine: WhooshEngine) -> None:
    engine.search(group("town"))
    engine.close()
    assert not engine._recent._kept
    assert engine._recent._snapshot is None
