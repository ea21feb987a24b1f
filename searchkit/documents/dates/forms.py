"""All dates in a text: numbers with marks between them, and names of months in four languages.

A form is a pattern; each runs only around years, since every date has one and most texts have few.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from searchkit.documents.dates.date_words import date_words, key, month_number

FIRST_YEAR = 1500

WORD = r"[^\W\d_]+(?:['’ʼʻ‘`´][^\W\d_]+)*(?![^\W\d_])"
_YEAR = r"(?P<year>1[5-9]\d\d|20\d\d)(?!\d)"
_DAY = r"[«\"“„]?(?P<day>\d{1,2})(?!\d)[»\"”]?(?:\s?[-–—]\s?\d{1,2}(?!\d))?"  # of "2-5 мая" the first day
_MONTH = rf"(?P<month>{WORD})\.?"
YEAR_WORD = rf"\s?[-–]?\s?(?P<yearword>{WORD})\.?"
_FOLLOWING_WORD = re.compile(YEAR_WORD)
_START = r"(?<![\w])(?<![\d][.,/:-])"

_ANY_YEAR = re.compile(r"(?:1[5-9]|20)(?<!\d..)\d\d(?!\d)")  # a look behind its first digit would be slow
_REACH = 60  # code points to each side of the year in which the rest of its date stands

_MARK_AT_YEAR = re.compile(r"[-/.IVXІХ]\s?(?:1[5-9]|20)\d\d(?!\d)|(?:1[5-9]|20)\d\d[-/.]")
_LETTERS = re.compile(WORD)

_NUMERIC = (
    rf"{_YEAR}(?P<mark>[-/.])(?P<number>\d{{1,2}})(?P=mark)(?P<day>\d{{1,2}})(?!\d|[./-]\d)",
    r"(?P<day>\d{1,2})(?P<mark>[-/.])(?P<number>\d{1,2})(?P=mark)(?P<year>1[5-9]\d\d|20\d\d)(?!\d|[./-]\d)",
    # The month in Roman numerals, as archives have it: 12.XI.1934, 12/XI-34 г., XI.1934. Typists take Cyrillic Х and І for X and I.
    r"(?:(?P<day>\d{1,2})\s?[-/.]?\s?)?(?P<roman>[IVXІХ]{1,4})\s?[-/.]?\s?(?P<year>1[5-9]\d\d|20\d\d)(?!\d|[./-]\d)",
)
# DAY is a day with what may follow it ("17th of", "5-го").
_WITH_WORDS = (
    rf"DAY\s?[-–]?\s?{_MONTH},?\s{{0,3}}{_YEAR}",
    rf"{_MONTH}\s{{1,3}}DAY,?\s{{1,3}}{_YEAR}",
    rf"{_YEAR}{YEAR_WORD},?\s{{0,3}}DAY\s?[-–]?\s?{_MONTH}(?!\w)",
    rf"{_YEAR}{YEAR_WORD},?\s{{0,3}}{_MONTH}\s{{1,3}}(?:(?P<monthword>{WORD})\s{{1,3}})?DAY",
    rf"{_YEAR},?\s{{1,3}}{_MONTH},?\s{{1,3}}DAY",
    rf"{_YEAR}{YEAR_WORD},?\s{{0,3}}{_MONTH}(?!\w)",
    rf"{_MONTH},?\s{{1,3}}{_YEAR}",
)


_ROMAN = {name: month for month, name in enumerate("I II III IV V VI VII VIII IX X XI XII".split(), start=1)}
_LATIN = str.maketrans("ІХ", "IX")


class _Patterns(NamedTuple):
    """Those that end with the year, or begin with it."""

    numbers_to_year: list[re.Pattern[str]]
    numbers_from_year: list[re.Pattern[str]]
    words_to_year: list[re.Pattern[str]]
    words_from_year: list[re.Pattern[str]]


class DateMatch(NamedTuple):
    """A date in a text: its offsets and its ISO form."""

    start: int
    end: int
    iso: str


def dates_in(text: str) -> list[DateMatch]:
    """All dates in `text`, in order; of those that overlap the first, of those that start together the fullest."""
    # Every date has a year and most texts have few: the patterns run around the years alone.
    windows: list[tuple[int, int, list[int]]] = []
    for year in _ANY_YEAR.finditer(text):
        at = year.start()
        start, end = max(0, at - _REACH), year.end() + _REACH
        if windows and start <= windows[-1][1]:
            start, _, years = windows.pop()
            windows.append((start, end, [*years, at]))
        else:
            windows.append((start, end, [at]))
    candidates = [
        (match.start(), -len(found.iso), -found.end, found)
        for window in windows
        for match in _matches(text, *window)
        if (found := _found(match))
    ]
    result: list[DateMatch] = []
    for *_, found in sorted(candidates):
        if not result or found.start >= result[-1].end:
            result.append(found)
    return result


def _matches(text: str, start: int, end: int, years: list[int]) -> Iterator[re.Match[str]]:
    """Where a pattern fits in a part of a text that has these years. Patterns without their month are not tried."""
    patterns = _patterns()
    to_year: list[re.Pattern[str]] = []
    from_year: list[re.Pattern[str]] = []
    if _MARK_AT_YEAR.search(text, start, end):
        to_year += patterns.numbers_to_year
        from_year += patterns.numbers_from_year
    if any(map(_may_be_month, _LETTERS.findall(text, start, years[-1]))):
        to_year += patterns.words_to_year
    if any(map(_may_be_month, _LETTERS.findall(text, years[0], end))):
        from_year += patterns.words_from_year
    for pattern in to_year:
        yield from pattern.finditer(text, start, end)
    for pattern in from_year:
        yield from filter(None, [pattern.match(text, year, end) for year in years])


class _Months(dict[str, bool]):
    """Whether a word may name a month, remembered for many: all words near years are looked at."""

    def __missing__(self, word: str) -> bool:
        if len(self) >= _REMEMBERED:
            self.clear()
        # A part of a word with an apostrophe may be one: May's.
        possible = self[word] = not word.isalpha() or month_number(word, exact=True) is not None
        return possible


_REMEMBERED = 50_000
_may_be_month = _Months().__getitem__


def _found(match: re.Match[str]) -> DateMatch | None:
    groups = match.groupdict()
    words = date_words()
    if groups.get("yearword") and key(groups["yearword"]) not in words.leading_years:
        return None
    if groups.get("monthword") and key(groups["monthword"]) not in words.kinds["month"]:
        return None
    year = int(groups["year"])
    day = int(groups["day"]) if groups.get("day") else None
    if "roman" in groups:
        month: int | None = _ROMAN.get(groups["roman"].translate(_LATIN))
    elif "number" in groups:
        month = int(groups["number"])
        if groups["mark"] in "/-" and month and month > 12 and day and day <= 12:
            month, day = day, month
    else:
        month = month_number(groups["month"], exact=day is not None)
    iso = iso_date(year, month, day) if month else None
    if iso is None:
        return None
    end = match.end("whole")
    after = _FOLLOWING_WORD.match(match.string, end)
    if after and key(after["yearword"]) in words.kinds["year"]:
        end = after.end()
    return DateMatch(match.start(), end, iso)


def iso_date(year: int, month: int | None, day: int | None) -> str | None:
    if not FIRST_YEAR <= year <= 2099:
        return None
    if month is None:
        return f"{year}"
    try:
        date = datetime.date(year, month, day or 1)
    except ValueError:
        return None
    return date.isoformat() if day else f"{year}-{month:02}"


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    ordinals = "|".join(sorted(date_words().kinds["day"], key=len, reverse=True))
    day = rf"{_DAY}(?:\s?[-–]?\s?(?:{ordinals})(?!\w)){{0,3}}"
    # Overlapping matches are wanted (a wrong first word must not hide the right one): hence the look-ahead.
    return _Patterns(
        *(
            [
                re.compile(f"(?={_START}(?P<whole>{pattern.replace('DAY', day)}))", re.IGNORECASE)
                for pattern in patterns
                if pattern.startswith(_YEAR) == from_year
            ]
            for patterns in (_NUMERIC, _WITH_WORDS)
            for from_year in (False, True)
        )
    )
