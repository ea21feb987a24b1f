"""Years as bars: decades where there are more than forty years, else years, of one year its months.

A bar is a link that narrows; above them stands one that widens again. The picture is SVG made here, and the same figures follow
as a table. Documents of which only the year is known are not spread over its months.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from searchkit.locale import Speech
from searchkit.locale.numbers import month
from searchkit.web.addresses import AskedFor

MANY_YEARS = 40
WIDTH, HEIGHT, FOOT = 320, 100, 20
"""Units of the picture, which is scaled to its place."""
LABEL = 34
"""Units that the name of a bar takes."""

_RANGE = re.compile(r"(\d{4})\.\.(\d{4})")
_YEAR = re.compile(r"(\d{4})(?:-(\d{2}))?")


class Bar(NamedTuple):
    """A bar with its place in the picture; `label` in full, `short` for below the bar."""

    label: str
    short: str
    number: int
    url: str
    selected: bool
    x: float
    y: float
    width: float
    height: float


class Chart(NamedTuple):
    """Bars; `wider` is the address of the view above this one, "" at the top; `undated` that of documents without a date."""

    bars: tuple[Bar, ...]
    wider: str
    undated: int
    undated_url: str
    undated_selected: bool
    width: int = WIDTH
    height: int = HEIGHT
    foot: int = FOOT


def years(
    asked: AskedFor, path: str, counted: Mapping[str, int], said: Speech, in_month: Callable[[str], int] | None = None
) -> Chart:
    """The chart for counts by year ("" for none). `in_month` counts the documents of a month such as 1937-05."""
    dated = {int(year): count for year, count in counted.items() if year}
    if found := _YEAR.fullmatch(asked.date):
        if in_month is not None:
            values = _months(found[1], in_month, said)
        else:
            values = [(year, year, count, year) for year, count in _by_year(dated)]
        wider = asked.but(date=found[1] if found[2] else "")
    elif found := _RANGE.fullmatch(asked.date):
        low, high = int(found[1]), int(found[2])
        values = _spread({year: count for year, count in dated.items() if low <= year <= high}, low, high)
        wider = asked.but(date="")
    else:
        values = _spread(dated, min(dated, default=0), max(dated, default=-1))
        wider = asked.but(date="")
    highest = max((count for _, _, count, _ in values), default=0)
    step = WIDTH / max(len(values), 12)
    bars = []
    for number, (label, short, count, date) in enumerate(values):
        height = max(2.0, (HEIGHT - FOOT - 8) * count / highest) if count and highest else 0.0
        place = (round(number * step + 1, 1), round(HEIGHT - FOOT - height, 1), round(step - 2, 1), round(height, 1))
        every = max(1, math.ceil(LABEL / step))
        shown = short if number % every == 0 else ""
        bars.append(Bar(label, shown, count, asked.but(date=date).url(path), asked.date == date, *place))
    return Chart(
        tuple(bars),
        wider.url(path) if asked.date else "",
        counted.get("", 0),
        asked.but(date="none").url(path),
        asked.date == "none",
    )


def _by_year(dated: Mapping[int, int]) -> list[tuple[str, int]]:
    return [(f"{year:04}", dated[year]) for year in sorted(dated)]


def _spread(dated: Mapping[int, int], low: int, high: int) -> list[tuple[str, str, int, str]]:
    """(label, short label, count, date) from one year to another, by decade if there are many."""
    if high < low:
        return []
    if high - low < MANY_YEARS:
        return [(f"{year:04}", f"{year:04}", dated.get(year, 0), f"{year:04}") for year in range(low, high + 1)]
    found = []
    for first in range(low // 10 * 10, high + 1, 10):
        count = sum(dated.get(year, 0) for year in range(first, first + 10))
        found.append((f"{first:04}–{first + 9:04}", f"{first:04}", count, f"{first:04}..{first + 9:04}"))
    return found[-200:]


def _months(year: str, in_month: Callable[[str], int], said: Speech) -> list[tuple[str, str, int, str]]:
    found = []
    for number in range(1, 13):
        date = f"{year}-{number:02}"
        found.append((said.date(date), month(number, said.code)[:3], in_month(date), date))
    return found
