"""Dates in text: English, Kazakh, Uzbek and Russian, in Cyrillic and Latin, and the numeric forms.

`parse_date` reads a value that is a date; `find_date` finds the date of a document in its text. Both give ISO 8601,
as exact as known: "2025", "2025-06" or "2025-06-25". In 05/06/2025 the day comes first, as all four languages have it
(British English for English), unless only the other order is a date. Names of months and the words around dates are in
`data/months.tsv` and `data/date_words.tsv`.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from searchkit.documents.dates.words import date_words, key, month_number

HEAD = 2000  # code points at the top, in which a date on a line of its own is the document's
LEAD = 500  # code points at the top, in which a full date in a sentence is the document's
TAIL = 300  # code points at the end, in which a date on a line of its own is the document's, as in a signed letter
FIRST_YEAR = 1500
DAYS_AHEAD = 366  # announcements look ahead; beyond a year a date is a plan or a mistake

_WORD = r"[^\W\d_]+(?:['’ʼʻ‘`´][^\W\d_]+)*(?![^\W\d_])"
_YEAR = r"(?P<year>1[5-9]\d\d|20\d\d)(?!\d)"
_DAY = r"[«\"“„]?(?P<day>\d{1,2})(?!\d)[»\"”]?(?:\s?[-–—]\s?\d{1,2}(?!\d))?"  # of "2-5 мая" the first day
_MONTH = rf"(?P<month>{_WORD})\.?"
_YEAR_WORD = rf"\s?[-–]?\s?(?P<yearword>{_WORD})\.?"
_FOLLOWING_WORD = re.compile(_YEAR_WORD)
_START = r"(?<![\w])(?<![\d][.,/:-])"

_ANY_YEAR = re.compile(r"(?:1[5-9]|20)(?<!\d..)\d\d(?!\d)")  # a look behind its first digit would be slow
_REACH = 60  # code points to each side of the year in which the rest of its date stands

_FOUR_DIGITS = re.compile(r"\d{4}")
_MARK_AT_YEAR = re.compile(r"[-/.](?:1[5-9]|20)\d\d(?!\d)|(?:1[5-9]|20)\d\d[-/.]")
_LETTERS = re.compile(_WORD)

_NUMERIC = (
    rf"{_YEAR}(?P<mark>[-/.])(?P<number>\d{{1,2}})(?P=mark)(?P<day>\d{{1,2}})(?!\d|[./-]\d)",
    r"(?P<day>\d{1,2})(?P<mark>[-/.])(?P<number>\d{1,2})(?P=mark)(?P<year>1[5-9]\d\d|20\d\d)(?!\d|[./-]\d)",
)
# DAY is a day with what may follow it ("17th of", "5-го").
_WITH_WORDS = (
    rf"DAY\s?[-–]?\s?{_MONTH},?\s{{0,3}}{_YEAR}",
    rf"{_MONTH}\s{{1,3}}DAY,?\s{{1,3}}{_YEAR}",
    rf"{_YEAR}{_YEAR_WORD},?\s{{0,3}}DAY\s?[-–]?\s?{_MONTH}(?!\w)",
    rf"{_YEAR}{_YEAR_WORD},?\s{{0,3}}{_MONTH}\s{{1,3}}(?:(?P<monthword>{_WORD})\s{{1,3}})?DAY",
    rf"{_YEAR},?\s{{1,3}}{_MONTH},?\s{{1,3}}DAY",
    rf"{_YEAR}{_YEAR_WORD},?\s{{0,3}}{_MONTH}(?!\w)",
    rf"{_MONTH},?\s{{1,3}}{_YEAR}",
)


class _Patterns(NamedTuple):
    """Those that end with the year, or begin with it."""

    numbers_to_year: list[re.Pattern[str]]
    numbers_from_year: list[re.Pattern[str]]
    words_to_year: list[re.Pattern[str]]
    words_from_year: list[re.Pattern[str]]


class Found(NamedTuple):
    """A date in a text: its offsets and its ISO form."""

    start: int
    end: int
    iso: str


def parse_date(value: str) -> str | None:
    """The date that `value` is, as ISO 8601; None where it is none. A time of day and words like "Published" may follow.

    >>> parse_date("5 марта 2024 года"), parse_date("2025/06"), parse_date("soon")
    ('2024-03-05', '2025-06', None)
    """
    value = value.strip()[:200]
    if not _FOUR_DIGITS.search(value):
        return None
    if re.fullmatch(r"(1[5-9]|20)\d\d", value):
        return value
    match = re.match(r"(\d{4})(?:[-/.]?(\d\d))(?:[-/.]?(\d\d))?(?![\d])", value)
    if match and (match[3] or len(value) == 7):
        return _iso(int(match[1]), int(match[2]), int(match[3]) if match[3] else None)
    match = re.fullmatch(rf"(?P<year>\d{{4}}){_YEAR_WORD}", value) or re.fullmatch(
        r"(?P<month>\d\d)[./-](?P<year>\d{4})", value
    )
    if match and "month" in match.groupdict():
        return _iso(int(match["year"]), int(match["month"]), None)
    if match:
        return _iso(int(match["year"]), None, None) if key(match["yearword"]) in date_words().kinds["year"] else None
    for found in _dates(value):
        if not _other_words(value, found):
            return found.iso
    return None


def find_date(text: str, today: datetime.date | None = None) -> str | None:
    """The date of a document, from its text; None where the text does not tell.

    It is the first of: a date on a line of its own among the first `HEAD` code points, or a full date in a sentence
    among the first `LEAD`, unless the sentence is about a birth, a death or a foundation; failing these, a full date on a
    line of its own at the very end. Dates more than a year after `today` do not count.
    """
    last = ((today or datetime.date.today()) + datetime.timedelta(days=DAYS_AHEAD)).isoformat()
    for found in _dates(text[:HEAD]):
        if found.iso > last:
            continue
        exact = len(found.iso) == 10
        if (_stands_alone(text, found, exact) or (exact and found.start < LEAD)) and not _is_past(text, found):
            return found.iso
    offset = max(HEAD, len(text) - TAIL)
    for found in _dates(text[offset:]):
        found = Found(found.start + offset, found.end + offset, found.iso)
        if found.iso <= last and len(found.iso) == 10 and _stands_alone(text, found, exact=True):
            return found.iso
    return None


def _dates(text: str) -> list[Found]:
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
    result: list[Found] = []
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


def _found(match: re.Match[str]) -> Found | None:
    groups = match.groupdict()
    words = date_words()
    if groups.get("yearword") and key(groups["yearword"]) not in words.leading_years:
        return None
    if groups.get("monthword") and key(groups["monthword"]) not in words.kinds["month"]:
        return None
    year = int(groups["year"])
    day = int(groups["day"]) if groups.get("day") else None
    if "number" in groups:
        month: int | None = int(groups["number"])
        if groups["mark"] in "/-" and month and month > 12 and day and day <= 12:
            month, day = day, month
    else:
        month = month_number(groups["month"], exact=day is not None)
    iso = _iso(year, month, day) if month else None
    if iso is None:
        return None
    end = match.end("whole")
    after = _FOLLOWING_WORD.match(match.string, end)
    if after and key(after["yearword"]) in words.kinds["year"]:
        end = after.end()
    return Found(match.start(), end, iso)


def _iso(year: int, month: int | None, day: int | None) -> str | None:
    if not FIRST_YEAR <= year <= 2099:
        return None
    if month is None:
        return f"{year}"
    try:
        date = datetime.date(year, month, day or 1)
    except ValueError:
        return None
    return date.isoformat() if day else f"{year}-{month:02}"


def _line(text: str, found: Found) -> tuple[int, int]:
    """The offsets of the line, or lines, that the date stands in."""
    start = max(text.rfind("\n", 0, found.start), text.rfind("\f", 0, found.start)) + 1
    ends = [end for end in (text.find("\n", found.end), text.find("\f", found.end)) if end >= 0]
    return start, min(ends, default=len(text))


def _stands_alone(text: str, found: Found, exact: bool) -> bool:
    start, end = _line(text, found)
    if end - start > 100:
        return False
    # A full date may have company, such as a site's name; "June 2025" must not, or any short line would do.
    return len(_other_words(text[start:end], Found(found.start - start, found.end - start, ""))) <= (3 if exact else 0)


def _other_words(line: str, found: Found) -> list[str]:
    """The words of a line beside the date that say more than a label such as "Published" does, and numbers."""
    rest = line[: found.start] + " " + line[found.end :]
    rest = re.sub(r"T?\d{1,2}:\d\d(:\d\d(\.\d+)?)?(Z|\s?[+-]\d\d:?\d\d)?", " ", rest)
    labels = date_words().kinds["label"]
    return [word for word in re.findall(rf"{_WORD}|\d+", rest) if key(word) not in labels and not _is_weekday(word)]


def _is_weekday(word: str) -> bool:
    return word.casefold() in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def _is_past(text: str, found: Found) -> bool:
    """Whether the sentence speaks of a birth, a death or a foundation, or the date is of a span in brackets."""
    start, end = _line(text, found)
    opening, closing = text.rfind("(", start, found.start), text.find(")", found.end, end)
    if start <= opening and closing >= 0 and re.search(r"\d{4}.*?[-–—].*?\d{4}", text[opening:closing]):
        return True
    sentence = text[max(start, found.start - 200) : min(end, found.end + 200)]
    return any(key(word).startswith(date_words().past) for word in re.findall(_WORD, sentence))


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
