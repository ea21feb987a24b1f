"""The documents that answer a tree, with what Tantivy can do of the formula of `engines.base`: enough to choose candidates.

Tantivy scores each form of a word by itself, with rounded lengths; the formula counts all forms together.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import log
from typing import TYPE_CHECKING

from searchkit.engines.base import FIELD_BOOSTS, K1
from searchkit.engines.tantivy import schema
from searchkit.engines.tantivy.query_builder import QueryBuilder, is_optional
from searchkit.engines.tantivy.snapshot import Snapshot, any_of, unscored
from searchkit.engines.tantivy.term_queries import Alternative, TermQueries
from searchkit.terms import query_tree

if TYPE_CHECKING:
    from tantivy import Query

_TIE = 0.05
"""The tie breaker of a disjunction (dismax): the weight of a word's other forms beside the best; found by trying, see docs/engines.md."""
_FREQUENT = 20
"""So many of a prefix's terms are scored."""


class Approximation:
    """Scores by Tantivy."""

    def __init__(self, snapshot: Snapshot, terms: TermQueries, builder: QueryBuilder) -> None:
        self._snapshot = snapshot
        self._terms = terms
        self._builder = builder
        self._idfs: dict[int, float] = {}
        """By the identity of the group."""

    def idf(self, node: query_tree.Group) -> float:
        """That of the formula."""
        known = self._idfs.get(id(node))
        if known is None:
            shares = (min(1.0, one.weight) * self._terms.frequency(one) for one in node.alternatives)
            frequency = max(shares, default=0.0)
            known = log(1 + (self._snapshot.documents - frequency + 0.5) / (frequency + 0.5))
            self._idfs[id(node)] = known
        return known

    def query(self, node: query_tree.Node) -> Query:
        """The documents that answer a node, with what Tantivy can do of the formula."""
        from tantivy import Occur, Query

        if isinstance(node, query_tree.Group) and node.boost:
            return self._group(node)
        if isinstance(node, query_tree.And) and may_score(node):
            clauses = [
                (Occur.MustNot, self._builder.query(child.child))
                if isinstance(child, query_tree.Not)
                else (Occur.Should, any_of(map(self.query, child.children)))
                if isinstance(child, query_tree.Or) and is_optional(child)
                else (Occur.Must, self.query(child))
                for child in node.children
                if not isinstance(child, query_tree.Everything)
            ]
            if not any(occur == Occur.Must for occur, _ in clauses):
                clauses.append((Occur.Must, unscored(self._snapshot.everything)))
            return Query.boolean_query(clauses)
        if isinstance(node, query_tree.Or) and may_score(node):
            return any_of(map(self.query, node.children))
        return unscored(self._builder.query(node))

    def _group(self, node: query_tree.Group) -> Query:
        """The forms of a word: the one that scores best counts, and the others a little."""
        from tantivy import Query

        idf = node.boost * self.idf(node)
        parts: list[Query] = []
        for one in node.alternatives:
            found = self._terms.places(one)
            if not found:
                continue
            factor = one.weight * FIELD_BOOSTS[field_of(one)]
            share = idf * factor / (factor + K1)
            if isinstance(one, query_tree.Prefix):
                parts.append(self._prefix(one, share))
                continue
            for places in found:
                own = self._snapshot.idf(places.kind, places.words)
                if own and places.finding is places.query:
                    parts.append(Query.boost_query(places.query, share / own))
                else:
                    parts.append(Query.const_score_query(places.finding, share))
        if len(parts) < 2:
            return any_of(parts)
        return Query.disjunction_max_query(parts, _TIE)

    def _prefix(self, node: query_tree.Prefix, share: float) -> Query:
        """The documents with a prefix; its most frequent terms say which have it often."""
        from tantivy import Query

        some = [Query.const_score_query(query, 0.0) for query in self._terms.alternative(node)]
        kind = schema.KIND_OF[node.field]
        for term in self._terms.most_frequent(node, _FREQUENT):
            own = self._snapshot.idf(kind, (term,))
            some.append(Query.boost_query(self._snapshot.term(kind, term), share / own) if own else Query.empty_query())
        return any_of(some)


def field_of(node: Alternative) -> str:
    """The field that an alternative is scored in: of a sequence, that of its first term."""
    if isinstance(node, query_tree.Sequence):
        return next((slot[0].field for slot in node.slots if slot), "word")
    return node.field


def groups(node: query_tree.Node) -> Iterator[query_tree.Group]:
    """The groups that add to scores, as often as they do."""
    return (leaf for leaf in query_tree.leaves(node, denied=False) if isinstance(leaf, query_tree.Group) and leaf.boost)


def alternatives(node: query_tree.Node) -> Iterator[Alternative]:
    """The alternatives of all groups that add to scores."""
    for group in groups(node):
        yield from group.alternatives


def may_score(node: query_tree.Node) -> bool:
    """Whether a node may add to scores."""
    return any(groups(node))
