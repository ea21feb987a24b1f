"""Which documents may have a score: told by one script, where the formula has some for each group of the query.

No group adds more than the tangent of its formula at some tf0:

    limit * tf / (tf + K1)  <=  limit * (tf0² + K1 * tf) / (tf0 + K1)²        limit = boost * idf * (K1 + 1)

This is linear in tf, so that the terms of all groups are summed together and one script divides the sum by the length. tf0 is where the
groups, all with the same tf, have the score that is asked for. Beside that, none of which makes a score lower:

- The length of a document is the shorter one of its lengths in words and in stems, which differ little.
- A sequence stands in a document as often as one of its words.
- What a group adds only to some documents counts for all, and the share of the query that a document covers is 1.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from searchkit.engines.base import FIELD_BOOSTS, K1, B
from searchkit.engines.opensearch.frequencies import Frequencies, Key
from searchkit.engines.opensearch.match_queries import Query, any_of
from searchkit.engines.opensearch.score_queries import ScoreQueries, field_of, groups, scripted
from searchkit.terms.query_tree import Group, Node, Sequence

_TOGETHER = {"word": ("word", "stem"), "title_word": ("title_word", "title_stem")}
_TOGETHER |= {fields[1]: fields for fields in _TOGETHER.values()}
"""Fields of much the same length, which are summed together."""
_ROUNDING = 1e-4
"""Of the highest score. Scores of a cluster have seven digits, and sums of them a few less."""
_TERMS = 250
"""A cluster allows so many in a query (1,024 by default), and here are those of the formula as well."""
Fields = tuple[str, ...]
Boosts = dict[Key, float]


class WithinReach:
    """Makes queries for a committed state."""

    def __init__(self, frequencies: Frequencies, scoring: ScoreQueries) -> None:
        self._frequencies = frequencies
        self._scoring = scoring

    def within_reach(self, node: Node, least: float) -> Query | None:
        """The documents that answer a node and whose score may be `least` or more; None where it cannot be told, or by too many terms."""
        limits = [(group, required, self._scoring.limit(group)) for group, required, _ in groups(node) if group.boost]
        most = sum(limit for *_, limit in limits)
        if not 0 < least < most:
            return None
        tf = K1 * least / (most - least)
        reached = least - most * (tf / (tf + K1)) ** 2 - _ROUNDING * most
        sums: dict[Fields, Boosts] = {}
        everywhere: dict[Fields, list[set[Key]]] = {}
        for group, required, limit in limits:
            weights = self._weights(group)
            for fields, boosts in weights.items():
                summed = sums.setdefault(fields, {})
                for key, weight in boosts.items():
                    summed[key] = summed.get(key, 0.0) + weight * limit * K1 / (tf + K1) ** 2
            if required and len(weights) == 1:
                ((fields, boosts),) = weights.items()
                everywhere.setdefault(fields, []).append(set(boosts))
        if reached <= 0 or sum(map(len, sums.values())) > _TERMS:
            return None
        scores = any_of(self._divided(fields, boosts, everywhere.get(fields, ())) for fields, boosts in sums.items())
        query = {"bool": {"filter": [self._scoring.matching.query(node)], "must": [scores]}}
        return {"function_score": {"query": query, "min_score": reached}}

    def _weights(self, group: Group) -> dict[Fields, Boosts]:
        """What the tf of a group is made of at most: the weight of each term, by the fields whose length it is divided by."""
        singles = self._scoring.matching.keys(one for one in group.alternatives if not isinstance(one, Sequence))
        found: dict[Fields, Boosts] = {}
        for one in group.alternatives:
            field = field_of(one)
            for key in self._at_least(one, singles):
                boosts = found.setdefault(_TOGETHER.get(field, (field,)), {})
                boosts[key] = boosts.get(key, 0.0) + one.weight * FIELD_BOOSTS[field]
        return found

    def _at_least(self, one: Any, known: set[Key]) -> set[Key]:
        """Terms that stand in a document, all together, at least as often as an alternative does: for one of several words, those of a
        word that is looked for anyhow, or of its rarest."""
        slots = [slot for slot in one.slots if slot] if isinstance(one, Sequence) else [(one,)]
        held = map(self._scoring.matching.keys, slots)
        return min(held, key=lambda keys: (not keys <= known, sum(map(self._frequencies.of_term, keys))), default=set())

    def _divided(self, fields: Fields, boosts: Boosts, everywhere: Iterable[set[Key]]) -> Query:
        """The sum of terms with these boosts, divided by the shortest length; a term of each of the sets `everywhere` stands in every match,
        which is quicker to look for."""
        left, must = dict(boosts), []
        for keys in everywhere:
            if keys and keys <= left.keys():  # else a term of it was in a set before
                must.append(any_of(_term(key, left.pop(key)) for key in keys))
        should = [_term(key, boost) for key, boost in left.items()]
        summed = {"bool": {"must": must, "should": should}} if must else any_of(should)
        params = {f"b{place}": B / self._scoring.mean(field) for place, field in enumerate(fields)}
        lengths = [f"b{place} * doc['length_{field}'].value" for place, field in enumerate(fields)]
        shortest = lengths[0] if len(lengths) == 1 else f"Math.min({', '.join(lengths)})"
        taken = " ".join(f"double {name} = params.{name};" for name in params)
        return scripted(summed, f"{taken} return _score / ({1 - B} + {shortest});", params)


def _term(key: Key, boost: float) -> Query:
    kind, text = key
    return {"term": {kind: {"value": text, "boost": boost}}}
