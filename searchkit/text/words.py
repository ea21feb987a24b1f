"""Text to words, with their offsets.

A word is a run of letters and digits of any script (the underscore is none), with its combining marks. Also inside a word:

- an apostrophe of any kind between letters (don't, maʼno, toʻgʻri);
- soft hyphens and zero-width characters;
- a hyphen at a line's end when the next line goes on with a small letter (mem-⏎orandum): one word. Any other hyphen
  parts words (Kassym-Jomart, 2012-2015);
- one point or comma between digits (3.5, 10,000), and a no-break space before three digits (10 000); dates and
  addresses of numbers (25.06.2025, 192.168.1.1) are several words.

One word are also, though nothing but their form tells (`_WHOLE`):

- thousands parted by blanks or points: 2 450 000, 15 000, 2.450.000;
- an ISBN: 978-5-17-118366-3;
- the few abbreviations that are written with points and are names of their own: U.S., U.S.A., U.K., U.N., E.U.;
- a word spaced out for emphasis: П Р И К А З, q a r o r, А х м е т о в.

In Uzbek, for one, oʻ and gʻ may stand at the end of a word (togʻ), so that an apostrophe after o or g belongs to it unless it
closes a quotation ('Koʻk togʻ'); the same holds for Kazakh in the Latin of 2017, where eight letters are written with
an apostrophe. In Uzbek an apostrophe with blanks on both sides, as some corpora have it, joins its word (bo ‘ ycha).

`surfaces` and `words` cut alike; `surfaces` is for those who need no offsets, and is about five times as fast. Most text
may also be split at its blanks first, and each chunk be cut alone: see `is_cut_alone` and `has_blanks_inside`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import chain
from typing import NamedTuple

from searchkit import lazy
from searchkit.text.normalise import APOSTROPHE_LETTERS, APOSTROPHE_SIGNS, HYPHENS, INVISIBLE


class Span(NamedTuple):
    """A word: `text` is the text's `[start:end]`."""

    text: str
    start: int
    end: int


class Apostrophes(NamedTuple):
    """How a language uses apostrophes beside those between letters.

    `after`: the letters, small and capital, that one may follow at the end of a word. `detached`: one with blanks on
    both sides may join its word (bo ‘ ycha).
    """

    after: str = ""
    detached: bool = False


PLAIN = Apostrophes()
"""Only between letters."""
LENIENT = Apostrophes("oOgG", True)
"""As in Uzbek, for text whose language is not known."""

_MARKS = (
    r"\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    r"\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0900-\u0963\u0970-\u0df3\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
    r"\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ecd\u0f18-\u0f84\u102b-\u103e\u17b4-\u17d3\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff"
    r"\ufe20-\ufe2f"
)
"""Marks that belong to the letter before them (categories Mn, Mc, Me) in the scripts people index, with a few letters."""

_LETTERS = "".join(map(chr, (*range(0x41, 0x250), *range(0x400, 0x530))))
_SMALL = "".join(filter(str.islower, _LETTERS))
_CAPITAL = "".join(filter(str.isupper, _LETTERS))
_GROUP = r"\u00a0\u2009\u202f"
_GROUPED_DIGITS = lazy.regex(rf"\d[{_GROUP}]\d{{3}}")
_LETTERS_APART = r"[^\W\d_] [^\W\d_] [^\W\d_](?!\w)"
LETTERS_APART = lazy.regex(" " + _LETTERS_APART)
"""A quick look for words that are spaced out: П Р И К А З."""
_BLANKS_INSIDE = lazy.regex(rf" (?:(?<=\d )\d{{3}}(?!\d)|{_LETTERS_APART})")
"""A quick look for what `_WHOLE` finds with blanks inside, and the same for what it finds without."""
_GROUPED_BY_POINTS = lazy.regex(r"\.\d{3}\.\d{3}(?!\d)")
_ISBN_PREFIX = lazy.regex("97[89][- ]")
_POINTED = lazy.regex(r"U\.[SKN]|E\.U")
_WHOLE = rf"""
    (?<!\d)(?<!\d[\ .,:/-])(?:
        [1-9]\d?(?:\ \d{{3}}){{2,}}                       # 2 450 000
      | [1-9]\d{{0,2}}(?:\ \d{{3}})*\ \d00                # 15 000; a row of a table is no number
      | [1-9]\d{{0,2}}\.\d{{3}}\.\d{{3}}                  # 2.450.000
    )(?!\w|[\ .,:/-]\d)
  | (?<![\w-])97[89](?:[-\ ]\d{{1,7}}){{3}}[-\ ]\d(?![\w-])  # an ISBN
  | (?<![\w.])(?:U\.S\.S\.R|U\.S\.A|U\.[SKN]|E\.U)(?!\w|\.\w)
  | (?<!\w)(?<!(?<!\w)\w\ )(?:[{_CAPITAL}](?:[\ \u00a0][{_CAPITAL}]){{3,}} | [{_CAPITAL}{_SMALL}](?:[\ \u00a0][{_SMALL}]){{4,}})(?!\w)  # spaced out
"""
_WHOLE_ALONE = lazy.regex(_WHOLE, re.VERBOSE)
_LINE_HYPHENS = "\u2010\u00ad\u00ac-"

_FRACTION = r"(?=\d+(?!\d|[.,/:-]\d))(?!(?:19|20)\d\d(?!\d))"
"""Digits with no further separator and digit behind them, and no year."""

_SIGNS = rf"{INVISIBLE}{APOSTROPHE_SIGNS}{HYPHENS}{_GROUP},."
_FIRST = _MARKS + _SIGNS
"""The first characters of the alternatives below: one test tells that none of them fits."""

_INSIDE = rf"""
    [{INVISIBLE}]+(?=\w)                            # soft hyphens, zero-width characters
  | [{APOSTROPHE_SIGNS}](?=\w)
  | [{_GROUP},](?<=\d.)(?<!\d{{4}}.)(?=\d{{3}}(?!\d))
  | \.(?<=\d.)(?<!\d[./]\d.)(?<!\d[./]\d\d.)(?<!\d[./]\d{{3}}.){_FRACTION}
  | ,(?<=\d.)(?<!\d[.,]\d.)(?<!\d[.,]\d\d.)(?<!\d[.,]\d{{3}}.){_FRACTION}
  | [^{_SIGNS}\ ]                                   # combining marks: of all of _FIRST, what is no sign
"""

_LINE_END = rf"[{HYPHENS}][^\S\n]*\n[^\S\n]*"
"""Where a word goes on in the next line."""

_BEFORE_DETACHED = r"(?<=[oOgG])|(?<=\b[btdmnrsBTDMNRS]a)|(?<=\b[eE])|(?<=\b[qQ]at)"
"""The letters before an apostrophe with blanks on both sides in Uzbek: o and g, and common first syllables (maʼno, eʼlon)."""

_APOSTROPHES = lazy.regex(f"[{APOSTROPHE_SIGNS}{APOSTROPHE_LETTERS}]")


@cache
def _pattern(apostrophes: Apostrophes, underscore: bool, whole: bool) -> re.Pattern[str]:
    """The pattern of a word, simpler for a text without underscores and without any of `_WHOLE`."""
    letter = r"[^\W_]" if underscore else r"\w"
    first, before_small, final = _FIRST, _LINE_END, ""
    if apostrophes.detached:
        first += " "
        before_small += rf" | (?:{_BEFORE_DETACHED})[ ][{APOSTROPHE_SIGNS}{APOSTROPHE_LETTERS}][ ]"
    inside = f"{_INSIDE} | (?:{before_small})(?=[{_SMALL}])"
    if apostrophes.after:
        final = rf"(?:[{APOSTROPHE_SIGNS}](?<=[{apostrophes.after}].))?"
    word = rf"[^\W_{APOSTROPHE_LETTERS}]{letter}*(?:(?=[{first}])(?:{inside}){letter}*)*{final}"
    return re.compile(f"{_WHOLE} | {word}" if whole else word, re.VERBOSE)


def _has_whole(text: str, start: int, end: int) -> bool:
    return any(hint.search(text, start, end) for hint in (_BLANKS_INSIDE, _GROUPED_BY_POINTS, _ISBN_PREFIX, _POINTED))


@cache
def _quotation(letters: str) -> re.Pattern[str]:
    """A short quotation in single marks whose last letter could also take its closing mark as an apostrophe."""
    return re.compile(
        rf"(?<!\w)['\u2018`](?=\w)(?:[^\n'\u2018\u2019`\u00b4]|['\u2018\u2019`\u00b4](?=\w)){{0,200}}?"
        rf"(?<=[{letters}])['\u2019\u00b4](?!\w)"
    )


def _parts(text: str, start: int, end: int, apostrophes: Apostrophes) -> Iterator[tuple[re.Pattern[str], int, int]]:
    """Parts of `text[start:end]`, each with the pattern that cuts it: all but the marks that close a quotation after
    a letter that could take them for an apostrophe."""
    underscore, whole = text.find("_", start, end) >= 0, _has_whole(text, start, end)
    if not apostrophes.after or not _APOSTROPHES.search(text, start, end):
        yield _pattern(PLAIN, underscore, whole), start, end
        return
    for found in _quotation(apostrophes.after).finditer(text, start, end):
        yield _pattern(apostrophes, underscore, whole), start, found.end() - 1
        start = found.end()
    yield _pattern(apostrophes, underscore, whole), start, end


def words(text: str, apostrophes: Apostrophes = LENIENT, start: int = 0, end: int | None = None) -> Iterator[Span]:
    """The words of `text[start:end]`, in order.

    `apostrophes` is how the text's language uses them.
    """
    if end is None:
        end = len(text)
    for found in matches(text, apostrophes, start, end):
        yield Span(found.group(), found.start(), found.end())


def matches(text: str, apostrophes: Apostrophes, start: int, end: int) -> Iterator[re.Match[str]]:
    """The words of `text[start:end]` as matches of a regular expression, for those who are in a hurry."""
    return chain.from_iterable(
        pattern.finditer(text, low, high) for pattern, low, high in _parts(text, start, end, apostrophes)
    )


def surfaces(text: str, apostrophes: Apostrophes, start: int, end: int) -> list[str]:
    """The words of `text[start:end]` as they are written: the `text` of each of `words`."""
    if not apostrophes.after:
        pattern = _pattern(PLAIN, text.find("_", start, end) >= 0, _has_whole(text, start, end))
        return pattern.findall(text, start, end)
    found: list[str] = []
    for pattern, low, high in _parts(text, start, end, apostrophes):
        found += pattern.findall(text, low, high)
    return found


def is_one_word(chunk: str) -> bool:
    """Whether a chunk between blanks is surely one word and nothing else, in any text and language."""
    return chunk.isalnum() and chunk[0] not in APOSTROPHE_LETTERS


def is_cut_alone(chunk: str, apostrophes: Apostrophes) -> bool:
    """Whether a chunk between blanks has the same words in any text, but for what has blanks inside (`has_blanks_inside`).

    Not so where it may go on in the next line, nor where its apostrophe may join its neighbours or close a quotation.
    """
    if chunk[-1] in _LINE_HYPHENS:
        return len(chunk) == 1
    return not apostrophes.after or not _apostrophe_at_end(apostrophes.after).search(chunk)


def has_blanks_inside(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` has words with blanks inside: 10 000, П Р И К А З."""
    if _BLANKS_INSIDE.search(text, start, end) or _ISBN_PREFIX.search(text, start, end):
        return True
    find = text.find
    blanks = find("\u00a0", start, end) >= 0 or find("\u2009", start, end) >= 0 or find("\u202f", start, end) >= 0
    return blanks and _GROUPED_DIGITS.search(text, start, end) is not None


def end_of_blanks(text: str, at: int) -> int:
    """The end of the word with blanks inside that begins at `at` (2 450 000, П Р И К А З); `at` where none does."""
    found = _WHOLE_ALONE.match(text, at)
    return found.end() if found and " " in found[0] else at


@cache
def _apostrophe_at_end(letters: str) -> re.Pattern[str]:
    """An apostrophe that stands alone, or may close a quotation after a letter that can take it."""
    return re.compile(rf"\A[{APOSTROPHE_SIGNS}{APOSTROPHE_LETTERS}]\Z|[{letters}]['\u2019\u00b4](?!\w)")
