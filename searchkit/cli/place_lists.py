"""The totals at the end of lists of places."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from searchkit.display.place_lines import Count
from searchkit.documents import scans

if TYPE_CHECKING:
    from searchkit.collection.index import Index


def end(index: Index, count: Count, noun: str) -> dict[str, Any]:
    """The totals of a list as JSON gives them."""
    failures = index.failures()
    failed, scanned = (None, None) if failures is None else scans.divided(failures)
    return {
        noun: count.places,
        "documents": count.documents,
        "searched": len(index),
        "failed": None if failed is None else len(failed),
        "scanned_pages": None if scanned is None else sum(scans.pages(file.reason) for file in scanned),
    }
