"""The meaning of filters and facets, alike in every engine."""

from __future__ import annotations

import re
from collections.abc import Callable

from searchkit import lazy

_DATE = lazy.regex(r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[T ].*)?)?)?", re.ASCII | re.DOTALL)
NO_DATE = (0, 0)


def period(date: str) -> tuple[int, int]:
    """The first and last day that an ISO 8601 prefix may mean, as numbers like 20250625; NO_DATE where it is none.

    Days that no calendar has stand for the ends of a month or year: "2025" lies from 20250000 to 20259999. The time of
    day is passed over.
    """
    match = _DATE.fullmatch(date)
    if not match:
        return NO_DATE
    year, month, day = match.groups()
    return int(year + (month or "00") + (day or "00")), int(year + (month or "99") + (day or "99"))


def days(low: str, high: str) -> tuple[int, int] | None:
    """The first and last day of a range of dates, "" being open; None where an end is no date: nothing lies in it."""
    first, last = 1, 99999999
    if low:
        first = period(low)[0]
    if high:
        last = period(high)[1]
    return (first, last) if first and last else None


def year(day: int) -> str:
    """The year of a day of a `period`, "" for none."""
    return f"{day // 10_000:04}" if day else ""


def type_of(file: str) -> str:
    """The ending of a file's name, in small letters without the dot; "" for none, and for a name that begins with its dot."""
    stem, dot, ending = file.rpartition("/")[2].rpartition(".")
    return ending.casefold() if dot and stem else ""


def folder_of(file: str) -> str:
    """The folder that a file lies in, "" for the uppermost."""
    return file.rpartition("/")[0]


def folded(path: str) -> str:
    """A path as `path_test` wants it: paths are compared without regard to case."""
    return path.casefold()


def path_test(pattern: str) -> Callable[[str], bool]:
    """Whether a folded path holds `pattern`, or, if that has * or ?, fits it as a glob from end to end.

    * is any number of characters, / among them; ? is one character; brackets stand for themselves.
    """
    wanted = folded(pattern)
    if "*" not in wanted and "?" not in wanted:
        return lambda path: wanted in path
    first, *others = (
        re.compile("".join("." if letter == "?" else re.escape(letter) for letter in part), re.DOTALL)
        for part in wanted.split("*")
    )
    if not others:
        return lambda path: first.fullmatch(path) is not None
    *inner, last = others
    # An expression of many stars would be tried at every length of each; the first place of each part is enough.
    at_end = re.compile(f"(?:{last.pattern})\\Z", re.DOTALL)

    def fits(path: str) -> bool:
        found = first.match(path)
        for part in inner:
            found = found and part.search(path, found.end())
        return bool(found and at_end.search(path, found.end()))

    return fits


def literals(pattern: str) -> str:
    """The longest part of a folded pattern without * and ?: every path that fits holds it."""
    return max(re.split(r"[*?]+", folded(pattern)), key=len)
