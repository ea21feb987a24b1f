"""Scores by the formula of `engines.base`, and the documents that score best.

Tantivy's own scores only choose candidates, for which the formula is then worked out. Up to EXACT matches all are
candidates.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from searchkit.engines.base import FIELD_BOOSTS, K1, B, Facet, Order, Page
from searchkit.engines.tantivy.approximation import Approximation, alternatives, field_of, groups, may_score
from searchkit.engines.tantivy.counting import Candidates
from searchkit.engines.tantivy.query_builder import QueryBuilder, check_depth
from searchkit.engines.tantivy.snapshot import Hits, Snapshot, all_of, unscored
from searchkit.engines.tantivy.term_occurrences import Counts, Occurrences
from searchkit.engines.tantivy.term_queries import TermQueries
from searchkit.terms import query_tree

if TYPE_CHECKING:
    from tantivy import DocAddress, Query

EXACT = 1000
"""So many matches are all scored by the formula."""
_CHOSEN = 80
"""So many candidates are chosen among more matches,"""
_CHOSEN_WITH_PREFIX = 250
"""so many where there is a prefix, of which Tantivy knows less,"""
_TIMES = 4
"""and at least so many times the documents that are wanted."""

Row = tuple[str, float]
Sums = tuple[float, float]
"""The sum of the scores of groups, and of what they are at most."""
_NOTHING = (0.0, 0.0)


class Search:
    """A query on a snapshot."""

    def __init__(self, snapshot: Snapshot, query: query_tree.Node) -> None:
        self._snapshot = snapshot
        self._terms = TermQueries(snapshot)
        self._builder = QueryBuilder(snapshot, self._terms)
        self._approximation = Approximation(snapshot, self._terms, self._builder)
        self._node = query
        self._counts: dict[int, Counts] = {}
        """By the identity of the places that are counted."""

    @cached_property
    def _query(self) -> Query:
        return self._builder.query(self._node)

    def page(self, limit: int, offset: int, order: Order) -> Page:
        """The matches from `offset` on, and how many there are in all."""
        # Tantivy makes room for as many as it is asked for, and ends the process where memory does not suffice.
        wanted = min(offset + limit, self._snapshot.documents) if limit > 0 else 0
        if order == "score":
            total, rows = self._best(None, wanted)
        else:
            total = self._snapshot.count(self._query)
            rows = self._by_date(min(wanted, total), order)
        return Page(total, tuple(rows[offset:wanted]))

    def ids(self) -> Iterator[str]:
        """The ids of all matches, in order."""
        query = self._query
        if self._terms.is_costly:
            query = self._snapshot.numbered(query)
        return (id for id, *_ in self._snapshot.entries(query))

    def facets(self, names: Iterable[Facet]) -> dict[Facet, dict[str, int]]:
        """How many matches have each value of each facet."""
        from searchkit.engines.tantivy import facets

        query = unscored(self._query)
        return {name: facets.count(name, self._snapshot, query) for name in names}

    # -------------------------------------------------------------- orders
    def _best(self, within: Query | None, wanted: int) -> tuple[int, list[Row]]:
        """How many matches there are, of those that a query finds if there is one, and the best of them."""
        if not wanted or not may_score(self._node):
            query = all_of((self._query, within)) if within else self._query
            total = self._snapshot.count(query)
            rows = self._first(query, min(wanted, total)) if wanted and total else []
            return total, rows
        check_depth(self._node)
        found = None if within else self._sequences(wanted)
        return found or self._chosen(within, wanted)

    def _chosen(self, within: Query | None, wanted: int) -> tuple[int, list[Row]]:
        """The best of the documents that Tantivy takes for the best."""
        scored = self._approximation.query(self._node)
        if within:
            scored = all_of((unscored(within), scored))
        places = self._all_places()
        effort = sum(map(self._terms.effort, places))
        prefixes = any(isinstance(one, query_tree.Prefix) for one in alternatives(self._node))
        chosen = self._at_most(_CHOSEN_WITH_PREFIX if prefixes else _CHOSEN, wanted)
        total, hits = self._snapshot.best(scored, chosen, effort)
        if chosen < total <= EXACT:
            _, hits = self._snapshot.best(scored, total, effort)
        everything = total == len(hits) and not self._terms.is_costly
        candidates = Candidates(self._snapshot, scored if everything else None, [address for _, address in hits])
        return total, self._rows(self._counted(candidates), wanted)

    def _at_most(self, least: int, wanted: int) -> int:
        """How many candidates are chosen, at least so many, for so many documents that are wanted."""
        return min(max(least, _TIMES * wanted), self._snapshot.documents or 1)

    def _sequences(self, wanted: int) -> tuple[int, list[Row]] | None:
        """The best of a group of sequences alone; None where another way is better.

        Each is looked for once, which finds out how often it stands, since that takes longer than all the rest.
        """
        node = self._node
        if not isinstance(node, query_tree.Group) or not all(
            isinstance(one, query_tree.Sequence) for one in node.alternatives
        ):
            return None
        limit = self._at_most(EXACT, wanted)
        held: list[tuple[Occurrences, int, Hits]] = []
        for places in (places for one in node.alternatives for places in self._terms.places(one)):
            if places.finding is not places.query and not self._snapshot.count(places.finding):
                continue
            count, hits = self._snapshot.best(places.query, limit, self._terms.effort(places))
            if count:
                held.append((places, count, hits))
            if len(held) > 1 and any(count > limit for _, count, _ in held):
                return None
        addresses: dict[int, DocAddress] = {}
        scores = []
        for places, count, hits in held:
            if count > limit:
                hits = hits[: self._at_most(_CHOSEN, wanted)]
            numbers = self._snapshot.numbers("number", [address for _, address in hits])
            addresses.update(zip(numbers, (address for _, address in hits), strict=True))
            scores.append((places, [(number, score) for number, (score, _) in zip(numbers, hits, strict=True)]))
        candidates = Candidates(self._snapshot, None, list(addresses.values()))
        self._counts = {id(places): candidates.decoded(places, rows) for places, rows in scores}
        total = held[0][1] if len(held) == 1 else len(addresses)
        return total, self._rows(candidates, wanted)

    def _first(self, query: Query, wanted: int) -> list[Row]:
        """The first by id, for a query that scores nothing."""
        rows = []
        for id, *_ in self._snapshot.entries(query):
            rows.append((id, 0.0))
            if len(rows) == wanted:
                break
        return rows

    def _by_date(self, wanted: int, order: Order) -> list[Row]:
        """The first `wanted` by date; those of one day by score, those without one last."""
        from tantivy import Order as Direction

        if not wanted:
            return []
        dated = all_of((self._query, self._builder.days("first_day", 1, 99999999)))
        direction = Direction.Desc if order == "newest" else Direction.Asc
        found = self._snapshot.searcher.search(dated, wanted, order_by_field="first_day", order=direction)
        days = [day for day, _ in found.hits]
        last = days[-1] if len(days) == wanted else 0
        rows = []
        whole = [address for day, address in found.hits if day != last]
        if whole:
            scored = self._rows(self._counted(Candidates(self._snapshot, None, whole)), len(whole))
            day_of = dict(zip((self._snapshot.id(address) for address in whole), days, strict=False))
            sign = -1 if order == "newest" else 1
            rows = sorted(scored, key=lambda row: sign * day_of[row[0]])
        if len(rows) < wanted:
            rest = self._builder.days("first_day", last, last)
            rows += self._best(rest, wanted - len(rows))[1][: wanted - len(rows)]
        return rows

    # -------------------------------------------------------------- scores
    def _all_places(self) -> list[Occurrences]:
        """Of all that adds to scores."""
        return [places for one in alternatives(self._node) for places in self._terms.places(one)]

    def _counted(self, candidates: Candidates) -> Candidates:
        """The candidates, of which it is now known how often each alternative stands in them."""
        places = self._all_places()
        self._counts = {id(one): counts for one, counts in zip(places, candidates.counts(places), strict=True)}
        return candidates

    def _rows(self, candidates: Candidates, wanted: int) -> list[Row]:
        """The best of some documents that are counted, those of one score by id."""
        scores = self._scores(candidates)
        bar = sorted(scores.values(), reverse=True)[min(wanted, len(scores)) - 1] if scores else 0.0
        rows = [
            (self._snapshot.id(candidates.addresses[number]), score) for number, score in scores.items() if score >= bar
        ]
        rows.sort(key=lambda row: (-row[1], row[0]))
        return rows[:wanted]

    def _scores(self, candidates: Candidates) -> dict[int, float]:
        """The scores of candidates that are counted, by number."""
        sums = dict.fromkeys(candidates.addresses, _NOTHING)
        self._add_scores(self._node, candidates, sums, True)
        everything = sum(self._greatest(group) for group in groups(self._node))
        if not everything:
            return {number: score for number, (score, _) in sums.items()}
        return {number: score * covered / everything for number, (score, covered) in sums.items()}

    def _greatest(self, node: query_tree.Group) -> float:
        """An upper bound of a group's score."""
        return node.boost * self._approximation.idf(node) * (K1 + 1)

    def _add_scores(self, node: query_tree.Node, candidates: Candidates, sums: dict[int, Sums], whole: bool) -> None:
        """Add what a node gives to the candidates that answer it; `whole`: all of them do."""
        if isinstance(node, query_tree.Group):
            greatest = self._greatest(node)
            for number, score in self._group(node, candidates):
                if number in sums:
                    before, covered = sums[number]
                    sums[number] = before + score, covered + greatest
        elif isinstance(node, query_tree.Or):
            for child in node.children:
                self._add_scores(child, candidates, sums, False)
        elif isinstance(node, query_tree.And) and any(map(may_score, node.children)):
            if whole:
                for child in node.children:
                    self._add_scores(child, candidates, sums, True)
                return
            inner = dict.fromkeys(self._answering(node, candidates) & sums.keys(), _NOTHING)
            for child in node.children:
                self._add_scores(child, candidates, inner, False)
            for number, (score, covered) in inner.items():
                before, covered_before = sums[number]
                sums[number] = before + score, covered_before + covered

    def _answering(self, node: query_tree.Node, candidates: Candidates) -> set[int]:
        """The candidates that answer a node."""
        if isinstance(node, query_tree.Group) and node.boost:
            counts = (
                self._counts.get(id(places), ()) for one in node.alternatives for places in self._terms.places(one)
            )
            return set().union(*counts)
        if isinstance(node, query_tree.And) and node.children:
            return set.intersection(*(self._answering(child, candidates) for child in node.children))
        if isinstance(node, query_tree.Or):
            return set().union(*(self._answering(child, candidates) for child in node.children))
        if isinstance(node, query_tree.Not):
            return candidates.addresses.keys() - candidates.within(self._builder.query(node.child))
        if isinstance(node, query_tree.Everything):
            return set(candidates.addresses)
        return candidates.within(self._builder.query(node))

    def _group(self, node: query_tree.Group, candidates: Candidates) -> list[tuple[int, float]]:
        """The score of a group for the candidates that hold it."""
        if not node.boost:
            return []
        frequencies: dict[int, float] = {}
        for one in node.alternatives:
            field = field_of(one)
            found = [counts for places in self._terms.places(one) if (counts := self._counts.get(id(places)))]
            if not found:
                continue
            lengths, slope = candidates.values(f"length_{field}"), B / self._snapshot.means[field]
            factor = one.weight * FIELD_BOOSTS[field]
            for counts in found:
                for number, count in counts.items():
                    part = factor * count / (1 - B + slope * lengths[number])
                    frequencies[number] = frequencies.get(number, 0.0) + part
        factor = self._greatest(node)
        return [(number, factor * frequency / (frequency + K1)) for number, frequency in frequencies.items()]
