"""Scripts, by their ISO 15924 codes: "Latn" and "Cyrl"; "" for any other, and for digits."""

from __future__ import annotations

import re
from functools import cache

from searchkit import lazy

LATIN_LETTERS = "A-Za-zÀ-ÖØ-öø-ʯḀ-ỿⱠ-Ɀ\uff21-\uff3a\uff41-\uff5a"
CYRILLIC_LETTERS = "Ѐ-ҁҊ-ԯᲀ-ᲈꙀ-ꙮꚀ-ꚛ"
"""The letters of each script, as the inside of a character class."""

LATIN = lazy.regex(f"[{LATIN_LETTERS}]")
CYRILLIC = lazy.regex(f"[{CYRILLIC_LETTERS}]")


def script_of(text: str, start: int = 0, end: int | None = None) -> str:
    """The script of most letters of a word, or of `text[start:end]`; "" where there are neither Latin nor Cyrillic.

    Where both are equally frequent it is Cyrillic.
    """
    if end is None:
        end = len(text)
    if not CYRILLIC.search(text, start, end):
        return "Latn" if LATIN.search(text, start, end) else ""
    if not LATIN.search(text, start, end):
        return "Cyrl"
    latin_runs, cyrillic_runs = _runs()
    latin = sum(map(len, latin_runs.findall(text, start, end)))
    if sum(text.count(vowel, start, end) for vowel in "аеио") >= latin:
        return "Cyrl"  # as nearly always where both occur
    cyrillic = sum(map(len, cyrillic_runs.findall(text, start, end)))
    return "Latn" if latin > cyrillic else "Cyrl"


@cache
def _runs() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Letters in a row, Latin and Cyrillic: compiled with the first text in both."""
    return lazy.regex(f"[{LATIN_LETTERS}]+"), lazy.regex(f"[{CYRILLIC_LETTERS}]+")
