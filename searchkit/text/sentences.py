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
from pathlib import Path

FULL_LINE = 60
"""A line this long, in code points, may go on in the next."""

_CLOSING = "\"'»”’)\\]"
_LINE_ENDS = r"\n\f\v\x85\u2028\u2029"
_BORDER = re.compile(rf"[.!?…{_LINE_ENDS}](?:(?<=[{_LINE_ENDS}])\s*|(?<![.!?…].)[.!?…]*[{_CLOSING}]*[^\S\n]+)")
_LAST_WORD = re.compile(r"[^\s(\[«“„\"]*\Z")
_INITIAL = re.compile(r"(?:[^\W\d_]\.-?)*(?:[^\W\d_]|[A-ZА-ЯЁ][hjuаяжзу]|[OG][ʻʼ'‘’`])")
"""One capital, or two letters that write one sound, after any initials written close to it (А.С., Дж, Sh)."""
_LOOK_BACK = 24
_SENTENCE_END = re.compile(rf"[.!?…:;][{_CLOSING}]*\Z")


@cache
def _abbreviations() -> frozenset[str]:
    path = Path(__file__).parent / "data" / "abbreviations.tsv"
    lines = path.read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split("\t")[1].split())


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
        after = border.end()
        if after < end and _ends_sentence(text, start, border.start(), after, found[-1]):
            found.append(after)
    return found


def spans(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """The sentences of `text[start:end]` as (start, end), blanks at their ends left out; empty ones left out too."""
    if end is None:
        end = len(text)
    begins = starts(text, start, end)
    found = []
    for low, high in zip(begins, [*begins[1:], end], strict=False):
        stretch = text[low:high]
        stripped = stretch.strip()
        if stripped:
            low += len(stretch) - len(stretch.lstrip())
            found.append((low, low + len(stripped)))
    return found


def _ends_sentence(text: str, start: int, border: int, after: int, sentence: int) -> bool:
    following = text[after]
    sign = text[border]
    if sign in ".!?…":
        if following.islower():
            return False
        return (
            sign != "."
            or text[border + 1] == "."
            or not _is_abbreviated(text, max(start, border - _LOOK_BACK), border, sentence)
        )
    blank = text[border:after]
    if blank.count("\n") != 1 or not blank.isspace() or "\f" in blank:
        return True
    if following.islower():
        return False
    line = text[max(start, text.rfind("\n", start, border) + 1) : border].rstrip()
    return len(line) < FULL_LINE or bool(_SENTENCE_END.search(line))


def _is_abbreviated(text: str, low: int, point: int, sentence: int) -> bool:
    found = _LAST_WORD.search(text, low, point)
    word = found.group() if found else ""
    if not word:
        return False
    if word.isdigit():
        return found is not None and not text[sentence : found.start()].strip()
    if len(word) <= 8 and word.lower() in _abbreviations():
        return True
    return word[0].isupper() and bool(_INITIAL.fullmatch(word))
