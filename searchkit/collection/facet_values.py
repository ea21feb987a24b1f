"""Facets of an answer: how many of its documents have each language, year, type and folder.

A facet is counted under all filters but its own (disjunctive facets), so that each number says what choosing that value would
give, also beside one that is chosen.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby

from searchkit.engines.base import Engine, Facet
from searchkit.query.filtering import filters
from searchkit.terms.query_tree import And, Node

OWN_FILTER: dict[Facet, str] = {"language": "language", "year": "date", "type": "type", "folder": "folder"}
"""The filter of a search that chooses a value of the facet."""


def counts(
    engine: Engine, asked: Node, names: Iterable[Facet], given: Mapping[str, str | None]
) -> dict[Facet, dict[str, int]]:
    """By facet and value, most frequent first, years in order of time; "" is for documents without one.

    `given` are the filters of the search by name. Facets whose own filter is not given are counted in one pass.
    """
    found: dict[Facet, dict[str, int]] = {}
    for own, those in groupby(names, key=lambda name: OWN_FILTER[name] if given.get(OWN_FILTER[name]) else ""):
        others = filters(**{name: value for name, value in given.items() if name != own})
        found |= engine.facets(And((asked, *others)), list(those))
    return {
        name: dict(sorted(values.items(), key=_by_time if name == "year" else _by_count))
        for name, values in found.items()
    }


def _by_count(counted: tuple[str, int]) -> tuple[int, str]:
    value, count = counted
    return -count, value


def _by_time(counted: tuple[str, int]) -> tuple[int, str]:
    value, _ = counted
    return int(not value), value
