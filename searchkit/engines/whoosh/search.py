"""Runs a query tree on a snapshot: first which documents match, then what they score, then the best of them.

Leaf by leaf, with sets of documents and one pass over each posting list: no step asks a document anything by itself.
"""

from __future__ import annotations

import heapq
from bisect import bisect_right
from collections.abc import Iterator
from itertools import islice
from typing import Any

from searchkit.engines import filters
from searchkit.engines.base import Order, Page
from searchkit.engines.whoosh.groups import Group
from searchkit.engines.whoosh.segment import LANGUAGE, to_bytes, to_text
from searchkit.engines.whoosh.snapshot import Leaf, Scores, Snapshot, merged
from searchkit.query import tree

Value = float | tuple[int, float]
"""What a document is ranked by; the larger, the earlier."""


class Search:
    """A query on a snapshot."""

    def __init__(self, snapshot: Snapshot, query: tree.Node) -> None:
        self._leaves = snapshot.leaves
        self._query = query
        self._groups: dict[int, Group] = {}
        self._look_up(snapshot, query)
        self._found: list[dict[int, set[int]]] = [{} for _ in self._leaves]
        """For each leaf, the documents that match, by node."""

    def page(self, limit: int, offset: int, order: Order) -> Page:
        """The matches from `offset` on, and how many there are in all."""
        wanted = offset + limit if limit > 0 else 0
        total = 0
        best: list[tuple[Value, bytes, float]] = []
        for number, leaf in enumerate(self._leaves):
            documents = self._matches(self._query, number)
            total += len(documents)
            if wanted and documents:
                best += self._best(number, leaf, documents, wanted, order)
        best.sort(key=lambda row: row[1])
        best.sort(key=lambda row: row[0], reverse=True)
        return Page(total, tuple((to_text(id), score) for _, id, score in best[offset:wanted]))

    def ids(self) -> Iterator[str]:
        """The ids of all matches, in order."""
        found = ((leaf, self._matches(self._query, number)) for number, leaf in enumerate(self._leaves))
        return (to_text(id) for id, _, _ in merged(found))

    # ---------------------------------------------------------------- matching
    def _look_up(self, snapshot: Snapshot, node: tree.Node) -> None:
        if isinstance(node, tree.Group):
            self._groups[id(node)] = Group(snapshot, node)
        elif isinstance(node, tree.Not):
            self._look_up(snapshot, node.child)
        elif isinstance(node, (tree.And, tree.Or)):
            for child in node.children:
                self._look_up(snapshot, child)

    def _matches(self, node: tree.Node, number: int) -> set[int]:
        """The living documents of a leaf that answer a node."""
        found = self._found[number].get(id(node))
        if found is None:
            found = self._found[number][id(node)] = self._match(node, number, self._leaves[number])
        return found

    def _match(self, node: tree.Node, number: int, leaf: Leaf) -> set[int]:
        if isinstance(node, tree.Group):
            return self._groups[id(node)].documents(number)
        if isinstance(node, tree.And):
            return self._match_all(node, number, leaf)
        if _takes_all(node):
            return leaf.living()
        if isinstance(node, tree.Or):
            return set().union(*(self._matches(child, number) for child in node.children))
        if isinstance(node, tree.Not):
            return leaf.living() - self._matches(node.child, number)
        if isinstance(node, tree.InLanguage):
            postings = leaf.segment.postings(LANGUAGE, to_bytes(node.code))
            return set(postings.ids() if postings else ()) - leaf.deleted
        if isinstance(node, tree.DateRange):
            return _dated(leaf, node) - leaf.deleted
        if isinstance(node, tree.InPath):
            return _on_path(leaf, node.pattern) - leaf.deleted
        raise TypeError(f"{type(node).__name__} is not a node of an expanded tree")

    def _match_all(self, node: tree.And, number: int, leaf: Leaf) -> set[int]:
        positive = [child for child in node.children if not isinstance(child, tree.Not) and not _takes_all(child)]
        positive.sort(
            key=lambda child: self._groups[id(child)].size(number) if isinstance(child, tree.Group) else leaf.count
        )
        found: set[int] | None = None
        for child in positive:
            matches = self._matches(child, number)
            found = matches if found is None else found & matches
            if not found:
                return set()
        if found is None:
            found = leaf.living()
        for refused in node.children:
            if isinstance(refused, tree.Not):
                found = found - self._matches(refused.child, number)
        return found

    # ---------------------------------------------------------------- ranking
    def _best(
        self, number: int, leaf: Leaf, documents: set[int], wanted: int, order: Order
    ) -> list[tuple[Value, bytes, float]]:
        """The first `wanted` documents of a leaf, unordered: (what to rank by, id, score)."""
        scores: Scores = [0.0] * leaf.count if len(documents) * 2 > leaf.count else dict.fromkeys(documents, 0.0)
        self._add_scores(self._query, number, documents, scores)
        values: list[Value]
        if order == "score":
            values = [scores[document] for document in documents]
        else:
            days = leaf.segment.numbers("days.first")
            sign, undated = (1, 0) if order == "newest" else (-1, -(10**8))
            values = [(sign * days[document] or undated, scores[document]) for document in documents]
        ids = leaf.segment.texts("ids")
        return [
            (value, ids[document], scores[document]) for value, document in _largest(values, documents, wanted, leaf)
        ]

    def _add_scores(self, node: tree.Node, number: int, documents: set[int], scores: Scores) -> None:
        """Add what a node gives to the scores of some documents; only groups give any."""
        if isinstance(node, tree.Group):
            self._groups[id(node)].add_scores(number, documents, scores)
        elif isinstance(node, tree.And):
            matches = self._matches(node, number)
            if matches is not documents:
                documents = documents & matches
            for child in node.children:
                self._add_scores(child, number, documents, scores)
        elif isinstance(node, tree.Or):
            for child in node.children:
                self._add_scores(child, number, documents, scores)


def _largest(values: list[Any], documents: set[int], wanted: int, leaf: Leaf) -> list[tuple[Any, int]]:
    """The documents of the largest values, unordered; of those that tie for the last places, the first by id."""
    if len(values) <= wanted:
        return list(zip(values, documents, strict=True))
    bar = heapq.nlargest(wanted, values)[-1]
    rows = [row for row in zip(values, documents, strict=True) if row[0] >= bar]
    if len(rows) > wanted:
        ties = {document for value, document in rows if value == bar}
        rows = [row for row in rows if row[0] > bar]
        rows += ((bar, document) for document in islice(leaf.in_order(ties), wanted - len(rows)))
    return rows


def _takes_all(node: tree.Node) -> bool:
    """Whether a node matches all documents by its form; a word that is welcome but not required has such a one."""
    return isinstance(node, tree.Everything) or (isinstance(node, tree.Or) and any(map(_takes_all, node.children)))


def _dated(leaf: Leaf, node: tree.DateRange) -> set[int]:
    """The documents whose period meets the range's; one without a date is in none."""
    days = filters.days(node.low, node.high)
    if days is None:
        return set()
    low, high = days
    periods = zip(leaf.segment.numbers("days.first"), leaf.segment.numbers("days.last"), strict=True)
    return {document for document, (first, last) in enumerate(periods) if last >= low and high >= first > 0}


def _on_path(leaf: Leaf, pattern: str) -> set[int]:
    """The documents whose path fits: those that hold the pattern's longest part are looked at one by one."""
    fits = filters.path_test(pattern)
    paths = leaf.segment.texts("paths")
    content, starts = paths.content.tobytes(), paths.starts
    part = to_bytes(filters.literals(pattern))
    if not part:
        return {document for document in range(leaf.count) if fits(to_text(paths[document]))}
    found: set[int] = set()
    place = content.find(part)
    while place >= 0:
        document = bisect_right(starts, place) - 1
        if fits(to_text(paths[document])):
            found.add(document)
        place = content.find(part, starts[document + 1])
    return found
