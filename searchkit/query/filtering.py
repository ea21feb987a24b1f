"""The filters of a query, typed (lang:kk date:2025.. path:reports) or given as arguments.

A date is 2025, 2025-06 or 2025-06-25; 2025/06/25 and 25.06.2025 are read too. A range is two dates around `..`, one
side may be left open; >, >=, < and <= leave the other side open. Two years may also be joined by a dash.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta

from searchkit import languages
from searchkit.errors import QueryError
from searchkit.terms.column_terms import FILE_DATE, in_column
from searchkit.terms.query_tree import (
    And,
    DateRange,
    Everything,
    Group,
    InLanguage,
    InPath,
    Node,
    Not,
    Or,
    Prefix,
    Term,
)

_ISO = r"([0-9]{4})(?:[-/.]([0-9]{1,2})(?:[-/.]([0-9]{1,2}))?)?"
_DAY_FIRST = r"([0-9]{1,2})[./]([0-9]{1,2})[./]([0-9]{4})"
_YEARS = r"([0-9]{4})\s*[-–—]\s*([0-9]{4})"
_COMPARISON = r"(>=|<=|>|<|≥|≤)\s*(.+)"
_EXAMPLES = "write date:2025, date:2025-06, date:2025-06-25, date:2025..2026, date:..2024 or date:>2024"


FIRST_FILE = 1970
"""No file was made before this year."""


def filters(
    language: str | None = None,
    date: str | None = None,
    path: str | None = None,
    type: str | None = None,
    folder: str | None = None,
) -> tuple[Node, ...]:
    """The filters that arguments ask for, each in the notation of the query language; None or "" asks for none.

    Raises QueryError for a language or a date that cannot be understood.
    """
    found: list[Node] = []
    if language:
        found.append(in_language(language))
    if date:
        found.append(date_range(date))
    if path:
        found.append(in_path(path))
    if type:
        found.append(_any_but(type.split(","), _of_type))
    if folder:
        found.append(_any_but([folder], _in_folder))
    return tuple(found)


def in_language(value: str) -> Node:
    """Documents in a language, given by code (kk) or English name (Kazakh), or in any of several: kk,uz; -ru is any but that."""
    named = [part for part in value.split(",") if part.strip(" -")]
    if not named:
        raise QueryError(f"A language is missing: choose one of {_all_languages()}, as in lang:kk.")
    return _any_but(named, lambda code: InLanguage(_language_code(code)))


def _any_but(values: Iterable[str], node: Callable[[str], Node]) -> Node:
    """Documents with one of the values, and with none of those that begin with "-"."""
    wanted: list[Node] = []
    unwanted: list[Node] = []
    for value in dict.fromkeys(part.strip() for part in values if part.strip(" -")):
        (unwanted if value.startswith("-") else wanted).append(node(value.removeprefix("-").strip()))
    if wanted and not unwanted:
        return wanted[0] if len(wanted) == 1 else Or(tuple(wanted))
    chosen: list[Node] = [Or(tuple(wanted)) if wanted else Everything()]
    return And((*chosen, *map(Not, unwanted)))


def _of_type(value: str) -> Node:
    """Documents of files with an ending, also those within an archive of that ending."""
    ending = value.lstrip(".").casefold()
    return Or((InPath(f"*.{ending}"), InPath(f"*.{ending}/*")))


def _in_folder(value: str) -> Node:
    return InPath(value.rstrip("/") + "/*")


def _language_code(value: str) -> str:
    wanted = value.strip().casefold()
    if wanted in languages.codes():
        return wanted
    for code in languages.codes():
        if languages.get(code).name.casefold() == wanted:
            return code
    raise QueryError(f"There is no language “{shortened(value)}”: choose one of {_all_languages()}.")


def _all_languages() -> str:
    return ", ".join(f"{code} ({languages.get(code).name})" for code in languages.codes())


def in_path(value: str) -> InPath:
    """Documents whose path holds the value, or fits it as a pattern with * and ?."""
    if not value.strip():
        raise QueryError('A path is missing: write a part of it, as in path:reports or path:"annual report".')
    return InPath(value.strip())


def date_range(value: str) -> Node:
    """The documents that a date, a range or a comparison takes in; "none", those without a date. Raises QueryError, with examples."""
    text = value.strip()
    if text.casefold() == "none":
        return Not(DateRange("0001", "9999"))
    if comparison := re.fullmatch(_COMPARISON, text):
        return _compared(comparison[1], _iso(comparison[2], value), value)
    if ".." in text:
        low, _, high = text.partition("..")
        low, high = low.strip(), high.strip(" .")
        if not low and not high:
            raise _not_a_date(value)
        return _ordered(_iso(low, value) if low else "", _iso(high, value) if high else "")
    if years := re.fullmatch(_YEARS, text):
        return _ordered(_iso(years[1], value), _iso(years[2], value))
    day = _iso(text, value)
    return DateRange(day, day)


def file_dates(value: str) -> Node:
    """The documents whose files say that they were made then; `value` as for `date_range`."""
    wanted = date_range(value)
    if not isinstance(wanted, DateRange):
        return Not(Group((Term("word", in_column(FILE_DATE, "")),), boost=0.0))
    low, high = wanted.low or str(FIRST_FILE), wanted.high or str(date.today().year + 1)
    periods = _periods(low + "-00-00"[len(low) - 4 :], high + "-99-99"[len(high) - 4 :])
    prefixes = tuple(Prefix("word", in_column(FILE_DATE, period)) for period in periods)
    return Group(prefixes, f"file_date:{value}", boost=0.0)


def _periods(low: str, high: str) -> Iterator[str]:
    """The fewest years, months and days that make up all days from `low` to `high`, which compare as ISO 8601 dates do."""
    for year in range(max(int(low[:4]), FIRST_FILE), min(int(high[:4]), date.today().year + 1) + 1):
        if low <= f"{year}-01-01" and f"{year}-12-31" <= high:
            yield str(year)
            continue
        for month in (f"{year}-{number:02}" for number in range(1, 13)):
            if low <= f"{month}-01" and f"{month}-31" <= high:
                yield month
            else:
                yield from (day for number in range(1, 32) if low <= (day := f"{month}-{number:02}") <= high)


def _iso(text: str, value: str) -> str:
    """A date as an ISO 8601 prefix; `value` is what the message quotes."""
    text = text.strip()
    if day_first := re.fullmatch(_DAY_FIRST, text):
        parts = [day_first[3], day_first[2], day_first[1]]
    elif year_first := re.fullmatch(_ISO, text):
        parts = [part for part in year_first.groups() if part]
    else:
        raise _not_a_date(value)
    numbers = [int(part) for part in parts]
    try:
        date(numbers[0], *(numbers[1:] + [1, 1])[:2])
    except ValueError:
        raise _not_a_date(value) from None
    return "-".join([f"{numbers[0]:04}", *(f"{number:02}" for number in numbers[1:])])


def _compared(operator: str, day: str, value: str) -> DateRange:
    if operator in (">=", "≥"):
        return DateRange(low=day)
    if operator in ("<=", "≤"):
        return DateRange(high=day)
    try:
        return DateRange(low=_neighbour(day, 1)) if operator == ">" else DateRange(high=_neighbour(day, -1))
    except (ValueError, OverflowError):
        raise _not_a_date(value) from None


def _neighbour(day: str, step: int) -> str:
    """The period after (1) or before (-1) one: of 2025 the next year, of 2025-12 the next month."""
    parts = [int(part) for part in day.split("-")]
    if len(parts) == 3:
        return (date(*parts) + timedelta(days=step)).isoformat()
    if len(parts) == 2:
        year, month = divmod(parts[0] * 12 + parts[1] - 1 + step, 12)
        return date(year, month + 1, 1).isoformat()[:7]
    return date(parts[0] + step, 1, 1).isoformat()[:4]


def _ordered(low: str, high: str) -> DateRange:
    """A range given backwards is turned round; 2025..2025-06 is none such, since 2025 begins before June."""
    if low and high and low[: len(high)] > high:
        low, high = high, low
    return DateRange(low, high)


def _not_a_date(value: str) -> QueryError:
    return QueryError(f"“{shortened(value)}” is not a date: {_EXAMPLES}.")


def shortened(value: str, length: int = 40) -> str:
    """A text cut short for a message."""
    value = " ".join(value.split())
    return value if len(value) <= length else value[:length] + "…"
