"""searchkit search --facets: how many documents of an answer have each language, year, type and folder."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from searchkit.cli.asked import Asked
from searchkit.cli.lists import ListFormat, Listing, Looks, give_all
from searchkit.display.screen import bold
from searchkit.locale import N_
from searchkit.locale.spoken import say, spoken

Counts = dict[str, dict[str, int]]
NAMES = {
    "language": N_("language"),
    "year": N_("year"),
    "type": N_("type"),
    "folder": N_("folder"),
}
"""What facets are called."""


class FacetCount(NamedTuple):
    """How many documents have a value of a facet; "" is none."""

    facet: str
    value: str
    documents: int


def print_facets(asked: Asked, count: Callable[[str], Any], form: ListFormat) -> int:
    """Print the facets of each query; returns how many values there are."""
    found = 0

    def answer(query: str) -> Listing:
        nonlocal found
        counted: Counts = count(query)
        entries = [
            FacetCount(name, value, number) for name, those in counted.items() for value, number in those.items()
        ]
        found += len(entries)
        return Listing(query, entries, Looks(lambda _: _lines(counted), _table, end=lambda: {"values": len(entries)}))

    give_all(form, asked.each(answer), asked.is_batch)
    return found


def _lines(counted: Counts) -> Iterator[str]:
    for name, those in counted.items():
        none = say("none")
        number = spoken().number
        shown = " · ".join(f"{value or none} {number(count)}" for value, count in those.items()) or say("nothing found")
        yield f"{bold(say(NAMES[name]))}  {shown}"


def _table(entries: Iterable[FacetCount]) -> Any:
    from searchkit.display.list_tables import DataTable

    return DataTable(FacetCount._fields, entries)
