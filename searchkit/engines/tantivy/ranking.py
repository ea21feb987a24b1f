"""Scores by the formula of `engines.base`, and the documents that score best.

Tantivy scores each form of a word by itself, with rounded lengths; the formula counts all forms together. So Tantivy's
scores only choose candidates, for which the formula is then worked out. Up to EXACT matches all are candidates.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import log
from typing import TYPE_CHECKING

from searchkit.engines.base import FIELD_BOOSTS, K1, B, Order, Page
from searchkit.engines.tantivy import schema
from searchkit.engines.tantivy.counting import Candidates, Counts
from searchkit.engines.tantivy.matching import Alternative, Matcher
from searchkit.engines.tantivy.snapshot import Snapshot, all_of, any_of, unscored
from searchkit.query import tree

if TYPE_CHECKING:
    from tantivy import DocAddress, Query

EXACT = 1000
"""So many matches are all scored by the formula."""
_CHOSEN = 250
"""So many candidates are chosen among more matches, and at least so many times the documents wanted:"""
_TIMES = 4

_TIE_OF_FORMS = 0.1
_TIE_OF_KINDS = 0.1
"""What a form of a word counts beside the one that scores best: found by trying, see docs/engines.md."""
_FREQUENT = 20
"""So many of a prefix's terms are scored when candidates are chosen."""
_FEW = 50
"""So few documents are sooner picked by their numbers than found again by the query."""

Row = tuple[str, float]


class Search:
    """A query on a snapshot."""

    def __init__(self, snapshot: Snapshot, query: tree.Node) -> None:
        self._snapshot = snapshot
        self._matcher = Matcher(snapshot)
        self._node = query
        self._counts: dict[int, Counts] = {}
        """By the identity of the places that are counted."""
        self._query = self._matcher.query(query)

    def page(self, limit: int, offset: int, order: Order) -> Page:
        """The matches from `offset` on, and how many there are in all."""
        # Tantivy makes room for as many as it is asked for, and ends the process where there is none.
        wanted = min(offset + limit, self._snapshot.documents) if limit > 0 else 0
        if order == "score":
            total, rows = self._best(self._query, wanted)
        else:
            total = self._snapshot.count(self._query)
            rows = self._by_date(min(wanted, total), order)
        return Page(total, tuple(rows[offset:wanted]))

    def ids(self) -> list[str]:
        """The ids of all matches, in order."""
        return [id for id, _ in self._snapshot.entries(self._query)]

    # -------------------------------------------------------------- orders
    def _best(self, query: Query, wanted: int) -> tuple[int, list[Row]]:
        """How many matches a query has that is ours, or narrows it, and the best of them."""
        if not wanted or not _scores(self._node):
            total = self._snapshot.count(query)
            rows = self._first(query, min(wanted, total)) if wanted and total else []
            return total, rows
        chosen = max(_CHOSEN, _TIMES * wanted)
        scored = self._scored(self._node)
        if query is not self._query:
            scored = all_of((unscored(query), scored))
        found = self._snapshot.searcher.search(scored, max(EXACT, chosen))
        total = int(found.count)
        addresses = [address for _, address in found.hits]
        if total > len(addresses):
            addresses = addresses[:chosen]
        if total > len(addresses) or self._matcher.is_costly or total <= _FEW:
            return total, self._rows(self._chosen(addresses), wanted)
        return total, self._rows(Candidates(self._snapshot, query, addresses), wanted)

    def _chosen(self, addresses: list[DocAddress]) -> Candidates:
        numbers = self._snapshot.numbers("number", addresses)
        query = any_of(self._snapshot.term("number", number) for number in numbers)
        return Candidates(self._snapshot, query, addresses)

    def _first(self, query: Query, wanted: int) -> list[Row]:
        """The first by id, for a query that scores nothing."""
        rows = []
        for id, _ in self._snapshot.entries(query):
            rows.append((id, 0.0))
            if len(rows) == wanted:
                break
        return rows

    def _by_date(self, wanted: int, order: Order) -> list[Row]:
        """The first `wanted` by date; those of one day by score, those without one last."""
        from tantivy import Order as Direction

        if not wanted:
            return []
        dated = all_of((self._query, self._matcher.days("first_day", 1, 99999999)))
        direction = Direction.Desc if order == "newest" else Direction.Asc
        found = self._snapshot.searcher.search(dated, wanted, order_by_field="first_day", order=direction)
        days = [day for day, _ in found.hits]
        last = days[-1] if len(days) == wanted else 0
        rows = []
        whole = [address for day, address in found.hits if day != last]
        if whole:
            scored = self._rows(self._chosen(whole), len(whole))
            day_of = dict(zip((self._snapshot.id(address) for address in whole), days, strict=False))
            sign = -1 if order == "newest" else 1
            rows = sorted(scored, key=lambda row: sign * day_of[row[0]])
        if len(rows) < wanted:
            rest = all_of((self._query, self._matcher.days("first_day", last, last)))
            rows += self._best(rest, wanted - len(rows))[1][: wanted - len(rows)]
        return rows

    # -------------------------------------------------------------- scores
    def _rows(self, candidates: Candidates, wanted: int) -> list[Row]:
        """The best of some documents, those of one score by id."""
        scores = dict.fromkeys(candidates.addresses, 0.0)
        places = [places for one in _alternatives(self._node) for places in self._matcher.places(one)]
        self._counts = {id(one): counts for one, counts in zip(places, candidates.counts(places), strict=True)}
        self._add_scores(self._node, candidates, scores, True)
        bar = sorted(scores.values(), reverse=True)[min(wanted, len(scores)) - 1] if scores else 0.0
        rows = [
            (self._snapshot.id(candidates.addresses[number]), score) for number, score in scores.items() if score >= bar
        ]
        rows.sort(key=lambda row: (-row[1], row[0]))
        return rows[:wanted]

    def _add_scores(self, node: tree.Node, candidates: Candidates, scores: dict[int, float], whole: bool) -> None:
        """Add what a node gives to the scores of the candidates that answer it; `whole`: all of them do."""
        if isinstance(node, tree.Group):
            for number, score in self._group(node, candidates):
                if number in scores:
                    scores[number] += score
        elif isinstance(node, tree.Or):
            for child in node.children:
                self._add_scores(child, candidates, scores, False)
        elif isinstance(node, tree.And) and any(map(_scores, node.children)):
            if whole:
                for child in node.children:
                    self._add_scores(child, candidates, scores, True)
                return
            inner = dict.fromkeys(candidates.within(self._matcher.query(node)) & scores.keys(), 0.0)
            for child in node.children:
                self._add_scores(child, candidates, inner, False)
            for number, score in inner.items():
                scores[number] += score

    def _group(self, node: tree.Group, candidates: Candidates) -> list[tuple[int, float]]:
        """The score of a group for the candidates that hold it."""
        if not node.boost:
            return []
        frequencies: dict[int, float] = {}
        for one in node.alternatives:
            field = field_of(one)
            found = [counts for places in self._matcher.places(one) if (counts := self._counts[id(places)])]
            if not found:
                continue
            lengths, slope = candidates.values(f"length_{field}"), B / self._snapshot.means[field]
            factor = one.weight * FIELD_BOOSTS[field]
            for number, count in (row for counts in found for row in counts.items()):
                part = factor * count / (1 - B + slope * lengths[number])
                frequencies[number] = frequencies.get(number, 0.0) + part
        factor = node.boost * self._idf(node) * (K1 + 1)
        return [(number, factor * frequency / (frequency + K1)) for number, frequency in frequencies.items()]

    def _idf(self, node: tree.Group) -> float:
        frequency = max((min(1.0, one.weight) * self._matcher.frequency(one) for one in node.alternatives), default=0)
        return log(1 + (self._snapshot.documents - frequency + 0.5) / (frequency + 0.5))

    # -------------------------------------------------------------- candidates
    def _scored(self, node: tree.Node) -> Query:
        """The documents that answer a node, with what Tantivy can do of the formula."""
        from tantivy import Occur, Query

        if isinstance(node, tree.Group) and node.boost:
            return self._scored_group(node)
        if isinstance(node, tree.And) and _scores(node):
            clauses = [
                (Occur.MustNot, self._matcher.query(child.child))
                if isinstance(child, tree.Not)
                else (Occur.Must, self._scored(child))
                for child in node.children
            ]
            return Query.boolean_query(clauses)
        if isinstance(node, tree.Or) and _scores(node):
            clauses = [(Occur.Should, self._scored(child)) for child in node.children]
            return Query.boolean_query(clauses)
        return unscored(self._matcher.query(node))

    def _scored_group(self, node: tree.Group) -> Query:
        """The forms of a word: the one that scores best counts, and the others a little."""
        from tantivy import Query

        idf = node.boost * self._idf(node)
        parts: dict[str, list[Query]] = {kind: [] for kind in schema.KINDS}
        for one in node.alternatives:
            factor = one.weight * FIELD_BOOSTS[field_of(one)]
            share = idf * factor * (K1 + 1) / (factor + K1)
            some = parts[schema.KIND_OF[field_of(one)]]
            if isinstance(one, tree.Prefix):
                some.append(self._scored_prefix(one, share))
                continue
            for places in self._matcher.places(one):
                own = self._snapshot.idf(places.kind, places.words)
                some.append(Query.boost_query(places.query, share / own) if own else places.query)
        best = [Query.disjunction_max_query(some, _TIE_OF_FORMS) for some in parts.values() if some]
        return Query.disjunction_max_query(best, _TIE_OF_KINDS) if best else Query.empty_query()

    def _scored_prefix(self, node: tree.Prefix, share: float) -> Query:
        """The documents with a prefix; its most frequent terms say which have it often."""
        from tantivy import Query

        some = [Query.const_score_query(query, 0.0) for query in self._matcher.alternative(node)]
        kind = schema.KIND_OF[node.field]
        for term in self._matcher.most_frequent(node, _FREQUENT):
            own = self._snapshot.idf(kind, (term,))
            some.append(Query.boost_query(self._snapshot.term(kind, term), share / own) if own else Query.empty_query())
        return any_of(some)


def field_of(node: Alternative) -> str:
    """The field that an alternative is scored in: of a sequence, that of its first term."""
    if isinstance(node, tree.Sequence):
        return next((slot[0].field for slot in node.slots if slot), "word")
    return node.field


def _alternatives(node: tree.Node) -> Iterator[Alternative]:
    """The alternatives of all groups that add to scores."""
    if isinstance(node, (tree.And, tree.Or)):
        for child in node.children:
            yield from _alternatives(child)
    elif isinstance(node, tree.Group) and node.boost:
        yield from node.alternatives


def _scores(node: tree.Node) -> bool:
    """Whether a node may add to scores."""
    if isinstance(node, (tree.And, tree.Or)):
        return any(map(_scores, node.children))
    return isinstance(node, tree.Group) and node.boost != 0
