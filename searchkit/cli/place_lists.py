"""For lists of places: as many words around each place as are asked for, and the totals at the end."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from searchkit.display import context
from searchkit.display.context import Place
from searchkit.display.place_lines import Count
from searchkit.documents import scans

if TYPE_CHECKING:
    from searchkit.collection.index import Index


def with_context(index: Index, found: Iterable[Place], words: int | None) -> Iterator[Place]:
    """The places with so many words on each side; None leaves the passage."""
    if words is None:
        yield from found
        return
    for id, those in itertools.groupby(found, key=lambda place: place.document_id):
        document = index.get(id)
        for place in those:
            text = document and (document.title if place.field == "title" else document.text)
            yield context.of_place(place, text, words) if text else place


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
