"""Statistics of a collection: documents, languages, dates, files that could not be read."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Any

from searchkit import languages
from searchkit.collection import repaired
from searchkit.collection.fetching import fetched
from searchkit.collection.records import unpack
from searchkit.documents import scans
from searchkit.engines.base import Engine, Order
from searchkit.model import Failure
from searchkit.terms.query_tree import DateRange, InLanguage

EXAMPLES = 20
"""Mended documents of one kind that are named; there may be thousands."""


def statistics(engine: Engine, failures: Iterable[Failure] | None) -> dict[str, Any]:
    """See `Index.statistics`; `failures` is None where they are not known."""
    counts: dict[str, Any] = {"engine": engine.name, **engine.statistics()}
    found = {code: engine.search(InLanguage(code), limit=0).total for code in languages.codes()}
    counts["languages"] = {code: count for code, count in found.items() if count}
    counts["earliest"], counts["latest"] = _first_date(engine, "oldest"), _first_date(engine, "newest")
    counts["repaired"] = [
        {"reason": repair, "documents": count, "examples": list(islice(repaired.having(engine, repair), EXAMPLES))}
        for repair, count in repaired.counts(engine).items()
    ]
    if failures is None:
        return {**counts, "failed": None, "scans": None}
    failed, scanned = scans.divided(failures)
    counts["failed"] = [{"path": failure.path, "reason": failure.reason} for failure in failed]
    counts["scans"] = [{"path": failure.path, "pages": scans.pages(failure.reason)} for failure in scanned]
    return counts


def _first_date(engine: Engine, order: Order) -> str | None:
    page = engine.search(DateRange("0001", "9999"), limit=1, order=order)
    stored = map(unpack, fetched(engine, (id for id, _ in page.matches)))
    return next((one.document.date for one in stored), None)
