"""How many documents have each value of a facet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from searchkit.engines import filter_meaning
from searchkit.engines.base import Facet
from searchkit.engines.tantivy import encoding
from searchkit.engines.tantivy.snapshot import Snapshot, all_of, any_of

if TYPE_CHECKING:
    from tantivy import Query


def count(facet: Facet, snapshot: Snapshot, query: Query) -> dict[str, int]:
    """The values of the documents that a query finds; "" is for those without one."""
    found = _years(snapshot, query) if facet == "year" else _terms(facet, snapshot, query)
    without = snapshot.count(query) - sum(found.values())
    if facet == "language":
        every = any_of(snapshot.term("language", encoding.escaped(code)) for code in found)
        without = snapshot.count(query) - (snapshot.count(all_of((query, every))) if found else 0)
    if without > 0:
        found[""] = without
    return found


def _terms(field: str, snapshot: Snapshot, query: Query) -> dict[str, int]:
    rows = snapshot.searcher.terms_with_prefix(field, "", filter_query=query)
    return {encoding.unescaped(term): held for term, held in rows}


def _years(snapshot: Snapshot, query: Query) -> dict[str, int]:
    years = {"years": {"histogram": {"field": "first_day", "interval": 10_000, "min_doc_count": 1}}}
    buckets = snapshot.searcher.aggregate(query, years)["years"]["buckets"]
    return {year: int(bucket["doc_count"]) for bucket in buckets if (year := filter_meaning.year(int(bucket["key"])))}
