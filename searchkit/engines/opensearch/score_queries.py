"""The formula of `engines.base` as a query of OpenSearch.

The similarity of the fields makes the score of a term its boost times its count (see `mapping`), which is summed; scripts
make the formula of the sums:

    of a field    _score / (1 - B + B * length / mean length)        its part of tf
    of a group    boost * idf * (K1 + 1) * _score / (_score + K1)
    of a tree     the sum of its groups, times the sum of the weights (boost * idf, of 1 in all) of the groups that are held

No script has numbers of a query in it: they are parameters, since a cluster compiles only so many scripts a minute.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from math import log
from typing import Any

from searchkit.engines.base import FIELD_BOOSTS, K1, B
from searchkit.engines.opensearch.frequencies import Frequencies
from searchkit.engines.opensearch.mapping import KIND_OF
from searchkit.engines.opensearch.match_queries import EVERYTHING, NOTHING, HeldQueries, Query, any_of
from searchkit.terms import query_tree
from searchkit.terms.query_tree import Group, Node, Sequence

_OF_COUNT = "params.w * Math.round(_score / (1 - _score))"
"""The score of intervals is count / (count + 1)."""
_OF_FIELD = f"double b = params.b; return _score / ({1 - B} + b * doc['length_%s'].value);"
_OF_GROUP = f"double c = params.c; return c * _score / (_score + {K1});"
Part = tuple[Group, bool, tuple[Node, ...]]
"""A group, whether every match holds it, and what else must hold where it adds to the score."""


class ScoreQueries:
    """Makes queries for a committed state."""

    def __init__(self, frequencies: Frequencies, matching: HeldQueries) -> None:
        self._frequencies = frequencies
        self.matching = matching

    def query(self, node: Node) -> Query:
        """The documents that answer a node, with their scores."""
        node = _with_own_groups(node)
        parts = list(groups(node))
        self._frequencies.learn(single for group, *_ in parts for one in group.alternatives for single in _singles(one))
        everywhere = [group for group, required, _ in parts if required and group.boost]
        scored = self._sum(node, self._repeated(parts, everywhere))
        weights = [group.boost * self._idf(group) for group, *_ in parts]
        whole = sum(weights)
        if not whole or all(required for _, required, _ in parts):
            return scored
        # What every match holds is not looked for once more: beside the scores that was a third of the work for three words.
        shares = []
        for (group, required, within), weight in zip(parts, weights, strict=True):
            implied = required or any(self.matching.implies(one.alternatives, group.alternatives) for one in everywhere)
            held = self._all_of(() if required else within if implied else (group, *within))
            shares.append((held, weight / whole))
        return _multiplied(scored, shares)

    def _all_of(self, nodes: Iterable[Node]) -> Query:
        """The documents that answer all nodes."""
        return self.matching.query(query_tree.And(tuple(nodes)))

    def _repeated(self, parts: list[Part], everywhere: list[Group]) -> dict[int, list[tuple[Query, float]]]:
        """Groups of which the counts are those of one that every match holds, by their identities, with nothing; and by the identity of that,
        which documents they add to and how much more than it does."""
        counts = [(group, self._counts(group)) for group in everywhere]
        found: dict[int, list[tuple[Query, float]]] = {}
        for group, required, within in parts:
            if required or not group.boost:
                continue
            own = self._counts(group)
            same = next((other for other, of_other in counts if of_other == own), None)
            if same is not None:
                found[id(group)] = []
                shares = found.setdefault(id(same), [(EVERYTHING, 1.0)])
                shares.append((self._all_of(within), self.limit(group) / self.limit(same)))
        return found

    def _counts(self, node: Group) -> dict[Any, float]:
        """What the tf of a group is made of: the weight of each term and of each sequence."""
        made: dict[Any, float] = {}
        for one in node.alternatives:
            keys: Iterable[Any] = (one.slots,) if isinstance(one, Sequence) else self.matching.keys((one,))
            for key in keys:
                made[field_of(one), key] = made.get((field_of(one), key), 0.0) + one.weight
        return made

    def _sum(self, node: Node, repeated: dict[int, list[tuple[Query, float]]]) -> Query:
        """With the sum of the scores of the groups."""
        if any(group.boost and repeated.get(id(group), True) for group, *_ in groups(node)):
            if isinstance(node, Group):
                return _multiplied(self._group(node), repeated.get(id(node), ()))
            make = partial(self._sum, repeated=repeated)
            if isinstance(node, query_tree.And):
                return self.matching.all_of(node, make)
            if isinstance(node, query_tree.Or):
                return any_of(map(make, node.children))
        matching = self.matching.query(node)
        return NOTHING if matching == NOTHING else {"constant_score": {"filter": matching, "boost": 0}}

    def _group(self, node: Group) -> Query:
        by_field: dict[str, list[Query]] = {}
        for one in node.alternatives:
            if self._frequencies.of(one):
                field = field_of(one)
                by_field.setdefault(field, []).extend(self._counted(one, one.weight * FIELD_BOOSTS[field]))
        summed = any_of(self._of_field(field, queries) for field, queries in by_field.items())
        return scripted(summed, _OF_GROUP, {"c": self.limit(node)})

    def _of_field(self, field: str, queries: list[Query]) -> Query:
        """The sum of some queries of a field, divided by its length."""
        return scripted(any_of(queries), _OF_FIELD % field, {"b": B / self.mean(field)})

    def mean(self, field: str) -> float:
        """The mean length of a field; 1 where no document has it."""
        return self._frequencies.means[field] or 1.0

    def limit(self, node: Group) -> float:
        """What a group adds to a score at most."""
        return node.boost * self._idf(node) * (K1 + 1)

    def _counted(self, one: Any, boost: float) -> Iterator[Query]:
        """Queries whose scores, summed, are `boost` times how often an alternative stands in a document."""
        if not isinstance(one, Sequence):
            kind = KIND_OF[one.field]
            for text in self._frequencies.held(one):
                yield {"term": {kind: {"value": text, "boost": boost}}}
        elif phrase := self.matching.phrase(one):
            kind, text = phrase
            intervals = {"intervals": {kind: {"match": {"query": text, "max_gaps": 0, "ordered": True}}}}
            yield scripted(intervals, _OF_COUNT, {"w": boost})

    def _idf(self, node: Group) -> float:
        df = max((min(1.0, one.weight) * self._frequencies.of(one) for one in node.alternatives), default=0.0)
        return log(1 + (self._frequencies.documents - df + 0.5) / (df + 0.5))


def scores(node: Node) -> bool:
    """Whether a tree has a group that adds to scores."""
    return any(group.boost for group, *_ in groups(node))


def groups(node: Node, required: bool = True, within: tuple[Node, ...] = ()) -> Iterator[Part]:
    """The groups that may add to scores."""
    if isinstance(node, Group):
        yield node, required, within
    elif isinstance(node, query_tree.And):
        for child in node.children:
            others = tuple(other for other in node.children if other is not child)
            yield from groups(child, required, within if required else (*within, *others))
    elif isinstance(node, query_tree.Or):
        for child in node.children:
            yield from groups(child, required and len(node.children) == 1, within)


def _with_own_groups(node: Node) -> Node:
    """The tree with each group an object of its own, so that they can be told apart where they are alike."""
    if isinstance(node, Group):
        return replace(node)
    if isinstance(node, (query_tree.And, query_tree.Or)):
        return replace(node, children=tuple(map(_with_own_groups, node.children)))
    return node


def _multiplied(query: Query, shares: Iterable[tuple[Query, float]]) -> Query:
    """With the scores multiplied by the sum of the shares of which a document is among those of their queries."""
    sums: dict[str, tuple[Query, float]] = {}
    for held, share in shares:
        if share and held != NOTHING:
            key = json.dumps(held, sort_keys=True)
            sums[key] = held, sums.get(key, (held, 0.0))[1] + share
    functions = [{"weight": share} | ({} if held == EVERYTHING else {"filter": held}) for held, share in sums.values()]
    if not functions or query == NOTHING:
        return query
    return {"function_score": {"query": query, "functions": functions, "score_mode": "sum", "boost_mode": "multiply"}}


def _singles(one: Any) -> Iterator[Any]:
    if isinstance(one, Sequence):
        for slot in one.slots:
            yield from slot
    else:
        yield one


def field_of(one: Any) -> str:
    """The field whose length the counts of an alternative are divided by."""
    if isinstance(one, Sequence):
        return next((slot[0].field for slot in one.slots if slot), "word")
    return str(one.field)


def scripted(query: Query, source: str, params: dict[str, Any]) -> Query:
    """With the scores that a script makes of those of a query."""
    return (
        NOTHING
        if query == NOTHING
        else {"script_score": {"query": query, "script": {"source": source, "params": params}}}
    )
