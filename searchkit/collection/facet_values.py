"""Facets of an answer: how many of its documents have each language, year, type and folder.

A facet is counted under all filters but its own (disjunctive facets), so that each number says what choosing that value would
give, also beside one that is chosen.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Literal

from searchkit.collection.who_is_named import WhoIsNamed
from searchkit.engines.base import FACETS, Engine, Facet
from searchkit.query.filtering import filters
from searchkit.terms.query_tree import And, Node

OWN_FILTER: dict[Facet, str] = {"language": "language", "year": "date", "type": "type", "folder": "folder"}
"""The filter of a search that chooses a value of the facet."""
AnyFacet = Facet | Literal["person"]
"""The facets that engines count, and the persons whom the documents name."""
ALL_FACETS: tuple[AnyFacet, ...] = (*FACETS, "person")


def counts(
    engine: Engine, asked: Node, names: Iterable[AnyFacet], given: Mapping[str, str | None], named: WhoIsNamed
) -> dict[AnyFacet, dict[str, int]]:
    """By facet and value, most frequent first, years in order of time; "" is for documents without one.

    `given` are the filters of the search by name. Facets whose own filter is not given are counted in one pass. Persons have no
    filter; a document that names nobody is not counted among them.
    """
    wanted = list(names)
    found: dict[AnyFacet, dict[str, int]] = {}
    of_engine: list[Facet] = [name for name in wanted if name != "person"]
    for own, those in groupby(of_engine, key=lambda name: OWN_FILTER[name] if given.get(OWN_FILTER[name]) else ""):
        others = filters(**{name: value for name, value in given.items() if name != own})
        for name, values in engine.facets(And((asked, *others)), list(those)).items():
            found[name] = dict(sorted(values.items(), key=_by_time if name == "year" else _by_count))
    if "person" in wanted:
        found["person"] = named.count(engine, engine.select(And((asked, *filters(**given)))))
    return {name: found[name] for name in wanted if name in found}


def _by_count(counted: tuple[str, int]) -> tuple[int, str]:
    value, count = counted
    return -count, value


def _by_time(counted: tuple[str, int]) -> tuple[int, str]:
    value, _ = counted
    return int(not value), value
