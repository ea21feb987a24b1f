"""Years without a day: "1934", "1937–1938 гг.", "1990s", "1990-жылдар", and lines that say nothing else.

Of a span and of a decade the first year stands for all, as the first day does for "2-5 мая".
"""

from __future__ import annotations

import re

from searchkit.documents.dates.date_words import date_words, key

LONGEST_PLACE = 40  # code points of the place beside a year: "Алма-Ата, 1986"

_YEAR = r"(?P<year>1[5-9]\d\d|20\d\d)"
_LAST = r"(?:\s?[-–—/]\s?(?P<last>1[5-9]\d\d|20\d\d|\d\d)(?!\d))?"
_WORDS = r"(?P<words>(?:[\s'’-]*[^\W\d_]+\.?){0,2})"
_YEARS = re.compile(rf"{_YEAR}(?!\d){_LAST}{_WORDS}[\s.,]*")
_PLACE = re.compile(rf"(?P<place>[^\W\d_](?:[^\W\d_]|[ .-]){{1,{LONGEST_PLACE - 1}}}),\s*$")
_LETTERS = re.compile(r"[^\W\d_]+")
_CATALOGUERS = re.compile(r"[][()<>?©]")
_ABOUT = re.compile(r"(?P<word>[^\W\d_]+)\.?\s*(?=\d)")


def parse_years(value: str) -> str | None:
    """The first year of a value that is a year, a span of years or a decade; None for any other.

    Brackets, a question mark and words such as "ca." count for nothing, by which cataloguers say that a year is not printed or
    not certain: "[1915?]", "cop. 1987".

    >>> parse_years("1937–1938 гг."), parse_years("1990s"), parse_years("1934 книги"), parse_years("[ок. 1915]")
    ('1937', '1990', None, '1915')
    """
    value = _CATALOGUERS.sub(" ", value).strip()
    about = _ABOUT.match(value)
    if about and key(about["word"]) in date_words().kinds["about"]:
        value = value[about.end() :]
    match = _YEARS.fullmatch(value)
    return match["year"] if match and _is_span(match) else None


def of_line(line: str) -> str | None:
    """The year of a line that says nothing else but where ("Алма-Ата, 1986"), or that ends with a span ("…, 1937–1938 гг.")."""
    line = line.strip()
    start = re.search(r"(?<![\d.,:/№-])(?:1[5-9]|20)\d\d", line)
    if not start:
        return None
    match = _YEARS.fullmatch(line, start.start())
    if not match or not _is_span(match):
        return None
    before = line[: start.start()]
    words = [key(word) for word in _LETTERS.findall(before)]
    if all(word in date_words().kinds["label"] for word in words) and not re.search(r"\d", before):
        return match["year"] if words or match["last"] or match["words"] else None
    if match["last"] and match["words"] and "(" not in before:
        return match["year"]
    place = _PLACE.fullmatch(before)
    return match["year"] if place and place["place"][0].isupper() and len(words) <= 3 else None


def _is_span(match: re.Match[str]) -> bool:
    """Whether the words after the year are of years, and the last year is not before the first."""
    kinds = date_words().kinds
    words = [key(word) for word in _LETTERS.findall(match["words"])]
    last = match["last"] or ""
    if last and int(match["year"][: 4 - len(last)] + last) < int(match["year"]):
        return False
    return all(word in kinds["year"] or word in kinds["years"] for word in words)
