"""The formula of `engines.base` as a query of OpenSearch.

The similarity of the fields makes the score of a term its boost times its count (see `mapping`), which is summed; scripts
make the formula of the sums:

    of a field    _score / (1 - B + B * length / mean length)        its part of tf
    of a group    boost * idf * (K1 + 1) * _score / (_score + K1)
    of a tree     the sum of its groups, times the sum of the weights (boost * idf, of 1 in all) of the groups that are held

No script has numbers in it: they are parameters, since a cluster compiles only so many scripts a minute.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import log
from typing import Any

from searchkit.engines.base import FIELD_BOOSTS, K1, B
from searchkit.engines.opensearch.frequencies import Frequencies
from searchkit.engines.opensearch.mapping import KIND_OF
from searchkit.engines.opensearch.match_queries import NOTHING, MatchQueries, Query, any_of
from searchkit.terms import query_tree
from searchkit.terms.query_tree import Group, Node, Sequence

_OF_COUNT = "params.w * Math.round(_score / (1 - _score))"
"""The score of intervals is count / (count + 1)."""
_OF_FIELD = "_score / (params.a + params.b * doc[params.f].value)"
_OF_GROUP = "params.c * _score / (_score + params.k)"


class ScoreQueries:
    """Makes queries for a committed state."""

    def __init__(self, frequencies: Frequencies, matching: MatchQueries) -> None:
        self._frequencies = frequencies
        self._matching = matching

    def query(self, node: Node) -> Query:
        """The documents that answer a node, with their scores."""
        parts = list(_groups(node))
        self._frequencies.learn(single for group, *_ in parts for one in group.alternatives for single in _singles(one))
        scored = self._sum(node)
        weights = [group.boost * self._idf(group) for group, *_ in parts]
        whole = sum(weights)
        if not whole or all(required for _, required, _ in parts):
            return scored
        # What every match holds is not looked for once more: beside the scores that was a third of the work for three words.
        everywhere = sum(weight for (_, required, _), weight in zip(parts, weights, strict=True) if required)
        functions: list[dict[str, Any]] = [{"weight": everywhere / whole}] if everywhere else []
        for (group, required, within), weight in zip(parts, weights, strict=True):
            if weight and not required and (held := self._held(group, within)) != NOTHING:
                functions.append({"filter": held, "weight": weight / whole})
        if not functions:
            return scored
        return {
            "function_score": {"query": scored, "functions": functions, "score_mode": "sum", "boost_mode": "multiply"}
        }

    def _held(self, group: Group, within: tuple[Node, ...]) -> Query:
        """The documents to whose score a group adds."""
        conditions = [self._matching.query(node) for node in (group, *within)]
        if NOTHING in conditions:
            return NOTHING
        return conditions[0] if len(conditions) == 1 else {"bool": {"filter": conditions}}

    def _sum(self, node: Node) -> Query:
        """With the sum of the scores of the groups."""
        if isinstance(node, Group) and node.boost:
            return self._group(node)
        if isinstance(node, query_tree.And):
            return self._matching.all_of(node, self._sum)
        if isinstance(node, query_tree.Or):
            return any_of(map(self._sum, node.children))
        matching = self._matching.query(node)
        return NOTHING if matching == NOTHING else {"constant_score": {"filter": matching, "boost": 0}}

    def _group(self, node: Group) -> Query:
        by_field: dict[str, list[Query]] = {}
        for one in node.alternatives:
            if self._frequencies.of(one):
                field = _field(one)
                by_field.setdefault(field, []).extend(self._counted(one, one.weight * FIELD_BOOSTS[field]))
        parts = []
        for field, queries in by_field.items():
            summed = any_of(queries)
            if summed != NOTHING:
                mean = self._frequencies.means[field] or 1
                params = {"a": 1 - B, "b": B / mean, "f": f"length_{field}"}
                parts.append(_scripted(summed, _OF_FIELD, params))
        if not parts:
            return NOTHING
        return _scripted(any_of(parts), _OF_GROUP, {"c": node.boost * self._idf(node) * (K1 + 1), "k": K1})

    def _counted(self, one: Any, boost: float) -> Iterator[Query]:
        """Queries whose scores, summed, are `boost` times how often an alternative stands in a document."""
        if not isinstance(one, Sequence):
            kind = KIND_OF[one.field]
            for text in self._frequencies.held(one):
                yield {"term": {kind: {"value": text, "boost": boost}}}
        elif phrase := self._matching.phrase(one):
            kind, text = phrase
            intervals = {"intervals": {kind: {"match": {"query": text, "max_gaps": 0, "ordered": True}}}}
            yield _scripted(intervals, _OF_COUNT, {"w": boost})

    def _idf(self, node: Group) -> float:
        df = max((min(1.0, one.weight) * self._frequencies.of(one) for one in node.alternatives), default=0.0)
        return log(1 + (self._frequencies.documents - df + 0.5) / (df + 0.5))


def scores(node: Node) -> bool:
    """Whether a tree has a group that adds to scores."""
    return any(group.boost for group, *_ in _groups(node))


def _groups(
    node: Node, required: bool = True, within: tuple[Node, ...] = ()
) -> Iterator[tuple[Group, bool, tuple[Node, ...]]]:
    """The groups that may add to scores; whether every match holds them; what else must hold, where they add to them."""
    if isinstance(node, Group):
        yield node, required, within
    elif isinstance(node, query_tree.And):
        for child in node.children:
            others = tuple(other for other in node.children if other is not child)
            yield from _groups(child, required, within if required else (*within, *others))
    elif isinstance(node, query_tree.Or):
        for child in node.children:
            yield from _groups(child, required and len(node.children) == 1, within)


def _singles(one: Any) -> Iterator[Any]:
    if isinstance(one, Sequence):
        for slot in one.slots:
            yield from slot
    else:
        yield one


def _field(one: Any) -> str:
    if isinstance(one, Sequence):
        return next((slot[0].field for slot in one.slots if slot), "word")
    return str(one.field)


def _scripted(query: Query, source: str, params: dict[str, Any]) -> Query:
    return {"script_score": {"query": query, "script": {"source": source, "params": params}}}
