"""Runs a query tree on a snapshot: first which documents match, then which can be among the best, then what those score.

Segment by segment, with sets of documents and numbers for all documents at once (`doc_set`, `score_bounds`): no step but the
last asks a document anything by itself.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable, Iterator, Set
from functools import cached_property, reduce
from itertools import islice
from operator import or_
from typing import TYPE_CHECKING, Any

from searchkit.engines.base import Facet, Order, Page
from searchkit.engines.whoosh.doc_set import DocSet
from searchkit.engines.whoosh.searching import filters
from searchkit.engines.whoosh.searching.group_scorer import GroupScorer
from searchkit.engines.whoosh.searching.recent_groups import RecentGroups
from searchkit.engines.whoosh.searching.term_lookup import TermLookup
from searchkit.engines.whoosh.segment.segment import to_text
from searchkit.engines.whoosh.snapshot import Leaf, Snapshot, merged
from searchkit.terms import query_tree

if TYPE_CHECKING:
    from searchkit.engines.whoosh.searching.score_bounds import ScoreBounds

Value = float | tuple[int, float]
"""The sort key of a document; the larger, the earlier."""
_FEW, _SPARSE = 200, 64
"""Of so few documents, and of fewer than one in so many, all are scored."""
_TOLERANCE = 1 - 1e-9
"""Sums of the same numbers in another order may differ by less."""


class Search:
    """A query on a snapshot."""

    def __init__(self, snapshot: Snapshot, query: query_tree.Node, recent: RecentGroups | None = None) -> None:
        """`recent` are the groups of other queries of the same engine."""
        self._leaves = snapshot.leaves
        self._query = query
        self._groups: dict[int, GroupScorer] = {}
        self._recent = recent or RecentGroups()
        self._look_up(snapshot, TermLookup(snapshot), query)
        self._found: list[dict[int, Set[int]]] = [{} for _ in self._leaves]
        """For each leaf, the documents that match, by node."""
        self._step = 0.0
        """The unit of `_bounds`."""

    def page(self, limit: int, offset: int, order: Order) -> Page:
        """The matches from `offset` on, and how many there are in all."""
        wanted = offset + limit if limit > 0 else 0
        total = 0
        best: list[tuple[Value, bytes, float]] = []
        # The large leaves first: what they find spares scoring in the others.
        for number in sorted(range(len(self._leaves)), key=lambda number: -self._leaves[number].count):
            documents = self._matches(self._query, number)
            total += len(documents)
            if wanted and documents:
                best += self._best(number, documents, wanted, order, best)
        best.sort(key=lambda row: row[1])
        best.sort(key=lambda row: row[0], reverse=True)
        return Page(total, tuple((to_text(id), score) for _, id, score in best[offset:wanted]))

    def ids(self) -> Iterator[str]:
        """The ids of all matches, in order."""
        found = ((leaf, self._matches(self._query, number)) for number, leaf in enumerate(self._leaves))
        return (to_text(id) for id, _, _ in merged(found))

    def facets(self, names: Iterable[Facet]) -> dict[Facet, dict[str, int]]:
        """How many matches have each value of each facet."""
        from searchkit.engines.whoosh.searching import facets

        found: dict[Facet, Counter[str]] = {name: Counter() for name in names}
        for number, leaf in enumerate(self._leaves):
            documents = self._matches(self._query, number)
            for name, counts in found.items():
                if documents:
                    counts += facets.count(name, leaf, documents)
        # Adding left out what there is none of.
        return {name: dict(counts) for name, counts in found.items()}

    # ---------------------------------------------------------------- matching
    def _look_up(self, snapshot: Snapshot, lookup: TermLookup, node: query_tree.Node) -> None:
        if isinstance(node, query_tree.Group):
            self._groups[id(node)] = self._recent.scorer(snapshot, lookup, node)
        elif isinstance(node, query_tree.Not):
            self._look_up(snapshot, lookup, node.child)
        elif isinstance(node, (query_tree.And, query_tree.Or)):
            for child in node.children:
                self._look_up(snapshot, lookup, child)

    def _matches(self, node: query_tree.Node, number: int) -> Set[int]:
        """The living documents of a leaf that answer a node."""
        found = self._found[number].get(id(node))
        if found is None:
            found = self._found[number][id(node)] = self._match(node, number, self._leaves[number])
        return found

    def _match(self, node: query_tree.Node, number: int, leaf: Leaf) -> Set[int]:
        if isinstance(node, query_tree.Group):
            return self._groups[id(node)].documents(number)
        if isinstance(node, query_tree.And):
            return self._match_all(node, number, leaf)
        if _takes_all(node):
            return leaf.living()
        if isinstance(node, query_tree.Or):
            return reduce(or_, (self._matches(child, number) for child in node.children), frozenset())
        if isinstance(node, query_tree.Not):
            return leaf.living() - self._matches(node.child, number)
        if isinstance(node, query_tree.InLanguage):
            return filters.in_language(leaf, node.code) - leaf.deleted
        if isinstance(node, query_tree.DateRange):
            return filters.dated(leaf, node) - leaf.deleted
        if isinstance(node, query_tree.InPath):
            return filters.on_path(leaf, node.pattern) - leaf.deleted
        raise TypeError(f"{type(node).__name__} is not a node of an expanded tree")

    def _match_all(self, node: query_tree.And, number: int, leaf: Leaf) -> Set[int]:
        positive = [child for child in node.children if not isinstance(child, query_tree.Not) and not _takes_all(child)]
        positive.sort(
            key=lambda child: (
                self._groups[id(child)].size(number) if isinstance(child, query_tree.Group) else leaf.count
            )
        )
        found: Set[int] | None = None
        for child in positive:
            matches = self._matches(child, number)
            found = matches if found is None else found & matches
            if not found:
                return frozenset()
        if found is None:
            found = leaf.living()
        for refused in node.children:
            if isinstance(refused, query_tree.Not):
                found = found - self._matches(refused.child, number)
        return found

    # ---------------------------------------------------------------- ranking
    @cached_property
    def _bounds(self) -> list[ScoreBounds]:
        """Of all groups that give scores; empty where they cannot be added up."""
        # Small collections do without, and are to be searched at once.
        from searchkit.engines.whoosh.searching.score_bounds import ScoreBounds, possible

        groups = [group for group in self._scoring(self._query) if group.factor]
        if not possible(groups):
            return []
        self._step = sum(group.factor for group in groups) / (255 - len(groups))
        return [ScoreBounds(group, self._step) for group in groups]

    def _best(
        self, number: int, documents: Set[int], wanted: int, order: Order, known: list[tuple[Value, bytes, float]]
    ) -> list[tuple[Value, bytes, float]]:
        """The first `wanted` documents of a leaf, unordered: (what to rank by, id, score).

        `known` are those of other leaves; documents that come after `wanted` of them may be absent.
        """
        leaf = self._leaves[number]
        values: list[Value]
        if order == "score":
            best = heapq.nlargest(wanted, (score for _, _, score in known))
            scores = self._likeliest(number, documents, wanted, best)
            documents = scores.keys()
            values = list(scores.values())
        else:
            days = _by_date(leaf, documents, wanted, order)
            scores = self._scores(number, set(days))
            documents = days.keys()
            values = [(day, scores[document]) for document, day in days.items()]
        ids = leaf.segment.texts("ids")
        return [
            (value, ids[document], scores[document]) for value, document in _largest(values, documents, wanted, leaf)
        ]

    def _likeliest(self, number: int, documents: Set[int], wanted: int, best: list[float]) -> dict[int, float]:
        """The scores of all documents that can be among the first `wanted`, and of some others.

        `best` are the scores of the best documents so far.
        """
        leaf = self._leaves[number]
        if not any(group.factor for group in self._scoring(self._query)):
            return dict.fromkeys(islice(leaf.in_order(documents), wanted), 0.0)
        matches = len(documents)
        if matches <= max(wanted, _FEW) or matches * _SPARSE < leaf.count or not self._bounds:
            return self._scores(number, documents)
        from searchkit.engines.whoosh.searching.score_bounds import between, nth_largest

        step = self._step
        total = sum(of_group.of_leaf(number, leaf) for of_group in self._bounds)
        flags = DocSet.of(documents, leaf.count)
        reach = (total & flags.number * 255).to_bytes(leaf.count, "little")

        def lowest() -> int:
            """The lowest bound with which a document can still be among the first."""
            return int(best[-1] * _TOLERANCE / step) if len(best) == wanted else 0

        low = max(lowest(), nth_largest(reach, wanted))
        scores = self._scores(number, between(reach, max(1, low), 256))
        best = heapq.nlargest(wanted, [*best, *scores.values()])
        scores.update(self._scores(number, between(reach, max(1, lowest()), low)))
        if not lowest():
            without = flags - DocSet.of_counts(total, leaf.count)
            scores.update(dict.fromkeys(islice(leaf.in_order(without), wanted), 0.0))
        return scores

    def _scoring(self, node: query_tree.Node) -> Iterator[GroupScorer]:
        """The groups that give scores, as often as they do."""
        if isinstance(node, query_tree.Group):
            yield self._groups[id(node)]
        elif isinstance(node, (query_tree.And, query_tree.Or)):
            for child in node.children:
                yield from self._scoring(child)

    def _scores(self, number: int, documents: Set[int]) -> dict[int, float]:
        if isinstance(documents, DocSet):
            documents = set(documents)
        scores = dict.fromkeys(documents, 0.0)
        if not scores:
            return scores
        covered = scores.copy()
        self._add_scores(self._query, number, documents, scores, covered)
        everything = sum(group.factor for group in self._scoring(self._query))
        if not everything:
            return scores
        return {document: score * covered[document] / everything for document, score in scores.items()}

    def _add_scores(
        self,
        node: query_tree.Node,
        number: int,
        documents: Set[int],
        scores: dict[int, float],
        covered: dict[int, float],
    ) -> None:
        """Add what a node gives to the scores of some documents, and to what they cover; only groups give any."""
        if isinstance(node, query_tree.Group):
            self._groups[id(node)].add_scores(number, documents, scores, covered)
        elif isinstance(node, query_tree.And):
            if node is not self._query:
                documents = documents & self._matches(node, number)
            for child in node.children:
                self._add_scores(child, number, documents, scores, covered)
        elif isinstance(node, query_tree.Or):
            for child in node.children:
                self._add_scores(child, number, documents, scores, covered)


def _by_date(leaf: Leaf, documents: Set[int], wanted: int, order: Order) -> dict[int, int]:
    """The documents that their dates put first, at least `wanted`, and what their dates are ranked by."""
    first = leaf.segment.numbers("days.first")
    sign, undated = (1, 0) if order == "newest" else (-1, -(10**8))
    days = {document: sign * first[document] or undated for document in documents}
    if len(days) <= wanted:
        return days
    bar = heapq.nlargest(wanted, days.values())[-1]
    return {document: day for document, day in days.items() if day >= bar}


def _largest(values: list[Any], documents: Set[int], wanted: int, leaf: Leaf) -> list[tuple[Any, int]]:
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


def _takes_all(node: query_tree.Node) -> bool:
    """Whether a node matches all documents by its form; a word that is welcome but not required has such a one."""
    return isinstance(node, query_tree.Everything) or (
        isinstance(node, query_tree.Or) and any(map(_takes_all, node.children))
    )
