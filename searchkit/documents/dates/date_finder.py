"""The date of a document, from its text.

`parse_date` reads a value that is a date; `find_date` finds the date of a document in its text. Both give ISO 8601,
as exact as known: "2025", "2025-06" or "2025-06-25". In 05/06/2025 the day comes first, as all four languages have it
(British English for English), unless only the other order is a date. Of a span (1937–1938) the beginning counts.
Names of months and the words around dates are in `data/months.tsv` and `data/date_words.tsv`.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from searchkit.documents.dates import years
from searchkit.documents.dates.date_words import date_words, key
from searchkit.documents.dates.forms import WORD, DateMatch, dates_in, iso_date

HEAD = 2000  # code points at the top, in which a date on a line of its own is the document's
LEAD = 500  # code points at the top, in which a full date in a sentence is the document's
TAIL = 300  # code points at the end, in which a date on a line of its own is the document's, as in a signed letter
LONGEST_DATELINE = 100  # code points
MOST_BESIDE = 3  # words beside the date of a line that says when: a place, the name of a newspaper
DAYS_AHEAD = 366  # announcements look ahead; beyond a year a date is a plan or a mistake
REFERENCE = 60  # code points around a date in which a letter or an order is named whose date it is

_FOUR_DIGITS = re.compile(r"\d{4}")
_SHORT = re.compile(r"(?P<day>\d{1,2})(?P<mark>[./-])(?P<month>\d{1,2})(?P=mark)(?P<year>\d\d)(?!\d|[./-]\d)")
_CENTURY = (
    30  # two digits from here on are of the 1900s; below the year that is, of the 2000s; those between may be either
)
_QUOTED_BELOW = re.compile(
    r"^[-_ ]*(?:original message|forwarded message|begin forwarded message|исходное сообщение|пересылаемое сообщение|"
    r"пересланное сообщение|бастапқы хабар|asl xabar)\b",
    re.IGNORECASE | re.MULTILINE,
)
_QUOTED = re.compile(r"[ \t]*[>|]")
_SPAN = re.compile(r"[\s.,]*[-–—][\s.,]*")
"""Between the first and the last day of a file of papers: 12.01.1961 – 30.12.1963."""


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
        numeric = iso_date(int(match[1]), int(match[2]), int(match[3]) if match[3] else None)
        if numeric or not years.parse_years(value):  # 1960-1961 is no day
            return numeric
    match = re.fullmatch(r"(?P<month>\d\d)[./-](?P<year>\d{4})", value)
    if match:
        return iso_date(int(match["year"]), int(match["month"]), None)
    if first_year := years.parse_years(value):
        return first_year
    found = list(dates_in(value))
    for date in found:
        if not _other_words(value, date):
            return date.iso
    if len(found) == 2 and _SPAN.fullmatch(value[found[0].end : found[1].start]):
        rest = value[: found[0].start] + value[found[1].end :]
        return None if _other_words(rest, DateMatch(0, 0, "")) else found[0].iso
    return None


def is_dateline(line: str) -> bool:
    """Whether a line says when and perhaps where or by whom, and nothing else.

    >>> is_dateline("By our reporter, May 21, 2011"), is_dateline("On May 21, 2011 we met")
    (True, False)
    """
    line = line.strip()
    if len(line) > LONGEST_DATELINE:
        return False
    return parse_date(line) is not None or any(
        len(found.iso) == 10
        and len(_other_words(line, found)) <= MOST_BESIDE
        and all(word[:1].isupper() for word in _other_words(line[found.end :], DateMatch(0, 0, "")))
        for found in dates_in(line)
    )


def find_date(text: str, today: datetime.date | None = None) -> str | None:
    """The date of a document, from its text; None where the text does not tell.

    It is the first of: a date on a line of its own among the first `HEAD` code points, or a full date in a sentence
    among the first `LEAD`, unless the sentence is about a birth, a death or a foundation, or the date is that of another
    document, which is quoted or spoken of; failing these, a full date on a line of its own at the very end; then years on
    a line at the top. Dates more than a year after `today` do not count.
    """
    today = today or datetime.date.today()
    quoted = _QUOTED_BELOW.search(text)
    if quoted and text[: quoted.start()].strip():
        text = text[: quoted.start()]
    last = (today + datetime.timedelta(days=DAYS_AHEAD)).isoformat()
    for found in dates_in(text[:HEAD]):
        if found.iso > last or _is_of_another_document(text, found):
            continue
        exact = len(found.iso) == 10
        if (_stands_alone(text, found, exact) or (exact and found.start < LEAD)) and not _is_past(text, found):
            return found.iso
    offset = max(HEAD, len(text) - TAIL)
    for found in dates_in(text[offset:]):
        found = DateMatch(found.start + offset, found.end + offset, found.iso)
        if found.iso <= last and len(found.iso) == 10 and _stands_alone(text, found, exact=True):
            return found.iso
    return next((date for date in _vague(text[:HEAD], today) if date <= last), None)


def _vague(head: str, today: datetime.date) -> Iterator[str]:
    """Dates with two digits for the year, and years, that stand on lines of their own."""
    lines = head.split("\n")
    for line in lines:
        match = _SHORT.search(line)
        if match and not _other_words(line, DateMatch(match.start(), match.end(), "")):
            year = int(match["year"])
            if year >= _CENTURY or year <= today.year % 100:
                century = 1900 if year >= _CENTURY else 2000
                date = iso_date(century + year, int(match["month"]), int(match["day"]))
                if date:
                    yield date
    for line in lines:
        if (year_of_line := years.of_line(line)) and not _speaks_of_the_past(line):
            yield year_of_line


def _is_of_another_document(text: str, found: DateMatch) -> bool:
    """Whether the date stands in a quotation, or is that of a letter or an order that the sentence speaks of."""
    start, end = _line(text, found)
    if _QUOTED.match(text, start, end):
        return True
    kinds = date_words().kinds
    before = [key(word) for word in re.findall(WORD, text[max(start, found.start - REFERENCE) : found.start])]
    after = [key(word) for word in re.findall(WORD, text[found.end : min(end, found.end + REFERENCE)])]
    if any(word in kinds["wrote"] for word in after):
        return True
    # A heading begins with its noun ("Letter of 5 May"); a sentence that speaks of another has words before it.
    cited = [number for number, word in enumerate(before[-4:]) if word in kinds["cited"]]
    if cited and (len(before) > len(before[-4:]) or cited[-1] > 0):
        return True
    return any(word in kinds["cited-after"] for word in after[:3])


def _line(text: str, found: DateMatch) -> tuple[int, int]:
    """The offsets of the line, or lines, that the date stands in."""
    start = max(text.rfind("\n", 0, found.start), text.rfind("\f", 0, found.start)) + 1
    ends = [end for end in (text.find("\n", found.end), text.find("\f", found.end)) if end >= 0]
    return start, min(ends, default=len(text))


def _stands_alone(text: str, found: DateMatch, exact: bool) -> bool:
    start, end = _line(text, found)
    if end - start > LONGEST_DATELINE:
        return False
    # A full date may have company, such as a site's name; "June 2025" must not, or any short line would do.
    return len(_other_words(text[start:end], DateMatch(found.start - start, found.end - start, ""))) <= (
        MOST_BESIDE if exact else 0
    )


def _other_words(line: str, found: DateMatch) -> list[str]:
    """The words of a line beside the date that say more than a label such as "Published" does, and numbers."""
    rest = line[: found.start] + " " + line[found.end :]
    rest = re.sub(r"T?\d{1,2}:\d\d(:\d\d(\.\d+)?)?(Z|\s?[+-]\d\d:?\d\d)?", " ", rest)
    labels = date_words().kinds["label"]
    return [word for word in re.findall(rf"{WORD}|\d+", rest) if key(word) not in labels and not _is_weekday(word)]


def _is_weekday(word: str) -> bool:
    return word.casefold() in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def _is_past(text: str, found: DateMatch) -> bool:
    """Whether the sentence speaks of a birth, a death or a foundation, or the date is of a span in brackets."""
    start, end = _line(text, found)
    opening, closing = text.rfind("(", start, found.start), text.find(")", found.end, end)
    if start <= opening and closing >= 0 and re.search(r"\d{4}.*?[-–—].*?\d{4}", text[opening:closing]):
        return True
    return _speaks_of_the_past(text[max(start, found.start - 200) : min(end, found.end + 200)])


def _speaks_of_the_past(sentence: str) -> bool:
    return any(key(word).startswith(date_words().past) for word in re.findall(WORD, sentence))
