"""Where sentences begin: for passages, snippets and contexts. By rules of print, alike for all languages.

A sentence ends

- at an empty line or a page's end; at a line's end too, unless the line is long and the next goes on (print set in
  lines of one width), or the next begins with a small letter;
- after . ! ? … with any closing quotes and brackets, where a blank and no small letter follows; but not after an
  abbreviation (`data/abbreviations.tsv`), an initial (К. Токаев, Дж. Байден) or the number that opens a line (1. Title).

Abbreviations that may end a sentence (etc., т.б.) end one when a capital follows.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from pathlib import Path

from searchkit import lazy

FULL_LINE = 60
"""A line this long, in code points, may go on in the next."""

_CLOSING = "\"'»”’)\\]"
_LINE_ENDS = r"\n\f\v\x85\u2028\u2029"
_BORDER = lazy.regex(rf"[.!?…{_LINE_ENDS}](?:(?<=[{_LINE_ENDS}])\s*|(?<![.!?…].)[.!?…]*[{_CLOSING}]*[^\S\n]+)")
_BEFORE_LAST_WORD = lazy.regex(r".*[\s(\[«“„\"]", re.DOTALL)
_INITIAL = lazy.regex(r"(?:[^\W\d_]\.-?)*(?:[^\W\d_]|[A-ZА-ЯЁ][hjuаяжзу]|[OG][ʻʼ'‘’`])")
"""One capital, or two letters that write one sound, after any initials written close to it (А.С., Дж, Sh)."""
_LOOK_BACK = 24
_TAIL = 3
"""More letters in a row than those that an initial ends with."""
_SENTENCE_ENDS = ".!?…:;"
_SENTENCE_END = lazy.regex(rf"[{_SENTENCE_ENDS}][{_CLOSING}]*\Z")


@cache
def _abbreviations() -> frozenset[str]:
    path = Path(__file__).parent / "data" / "abbreviations.tsv"
    lines = path.read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split("\t")[1].split())


@cache
def _abbreviation_tails() -> frozenset[str]:
    """The last letters of all abbreviations that are not shorter."""
    return frozenset(word[-_TAIL:] for word in _abbreviations())


def starts(text: str, start: int = 0, end: int | None = None) -> list[int]:
    """The offsets at which the sentences of `text[start:end]` begin, the first of them `start`.

    Blanks after a sentence belong to it, so that the sentences cover the text. An empty stretch has no sentence.
    """
    if end is None:
        end = len(text)
    if start >= end:
        return []
    found = [start]
    for border in _BORDER.finditer(text, start, end):
        at, after = border.span()
        if after == at + 1 < end and text[at] == "\n":
            # The usual end of a line.
            if text[after].islower():
                continue
            if (at > start and text[at - 1] in _SENTENCE_ENDS) or at - text.rfind("\n", start, at) <= FULL_LINE:
                found.append(after)
                continue
        if after < end and _ends_sentence(text, start, at, after, found[-1]):
            found.append(after)
    return found


def spans(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """The sentences of `text[start:end]` as (start, end), blanks at their ends left out; empty ones left out too."""
    if end is None:
        end = len(text)
    found = []
    for low, high in pairwise([*starts(text, start, end), end]):
        stretch = text[low:high].rstrip()
        if stretch:
            lead = len(stretch) - len(stretch.lstrip()) if stretch[0].isspace() else 0
            found.append((low + lead, low + len(stretch)))
    return found


def _ends_sentence(text: str, start: int, border: int, after: int, sentence: int) -> bool:
    sign = text[border]
    if sign in ".!?…":
        if text[after].islower():
            return False
        return (
            sign != "."
            or text[border + 1] == "."
            or not _is_abbreviated(text, max(start, border - _LOOK_BACK), border, sentence)
        )
    blank = text[border:after]
    if blank.count("\n") != 1 or not blank.isspace() or "\f" in blank:
        return True
    if text[after].islower():
        return False
    line = text[max(start, text.rfind("\n", start, border) + 1) : border].rstrip()
    return len(line) < FULL_LINE or bool(_SENTENCE_END.search(line))


def _is_abbreviated(text: str, low: int, point: int, sentence: int) -> bool:
    last = text[max(low, point - _TAIL) : point]
    if len(last) == _TAIL and last.isalpha() and last.lower() not in _abbreviation_tails():
        return False  # no initial either, and no number
    before = _BEFORE_LAST_WORD.match(text, low, point)
    if before:
        low = before.end()
    word = text[low:point]
    if not word:
        return False
    if word.isdigit():
        return not text[sentence:low].strip()
    if len(word) <= 8 and word.lower() in _abbreviations():
        return True
    return word[0].isupper() and bool(_INITIAL.fullmatch(word))
