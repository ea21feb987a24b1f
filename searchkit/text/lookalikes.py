"""Repair of look-alike letters: Latin letters in a Cyrillic word (Cерік with a Latin C) and the reverse.

1. A word of one script is right and stays as it is, but for Roman numerals in Cyrillic letters (ХІХ).
2. A word of several scripts belongs to the script of those of its letters that look like no letter of the other one
   (к, л in Cyrillic; d, r in Latin). Where it has such letters of both scripts (iPhoneді), it stays as it is.
3. Where all letters look alike in both, most letters decide, and Cyrillic where they are even.

Every letter is replaced by one letter, so lengths do not change. Digits, marks and other signs stay. The table of
letters is `data/lookalikes.tsv`.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from searchkit import lazy
from searchkit.text.scripts import CYRILLIC, LATIN

_ROMAN = "(?=..)Х{0,3}(?:І[ХV]|V?І{0,3})"
_ROMAN_LETTERS = str.maketrans("ХІ", "XI")
_CYRILLIC_ONLY = lazy.regex("[Ѐ-ԯ]+")
_GREEK = lazy.regex("[\u00b5\u0370-\u03ff]")
_NOT_TYPED_BY_MISTAKE = r"[\u00b5\u03bc]|[A-Z]{2,}[а-џғқңөұүһәҳ]+\Z"
"""A unit that begins with micro (µм), and an abbreviation with a Cyrillic ending (PRтың, CEOның)."""


class _LookAlikes(NamedTuple):
    to_cyrillic: dict[int, str]
    to_latin: dict[int, str]


@cache
def _table() -> _LookAlikes:
    to_cyrillic: dict[int, str] = {}
    to_latin: dict[int, str] = {}
    path = Path(__file__).parent / "data" / "lookalikes.tsv"
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        letter, cyrillic, latin = line.split("\t")
        if cyrillic != "-":
            to_cyrillic[ord(letter)] = cyrillic
        if latin == letter:
            to_latin[ord(cyrillic)] = latin
        elif latin != "-":
            to_latin[ord(letter)] = latin
    return _LookAlikes(to_cyrillic, to_latin)


def repair(word: str) -> str:
    """The word in one script; the same word where it is right or cannot be told."""
    if word.isascii():
        return word
    if _CYRILLIC_ONLY.fullmatch(word):
        return word.translate(_ROMAN_LETTERS) if word[0] in "ХІ" and re.fullmatch(_ROMAN, word) else word
    if not CYRILLIC.search(word):
        return _in_latin(word) if _GREEK.search(word) and LATIN.search(word) else word
    if not LATIN.search(word) and not _GREEK.search(word):
        return word
    return _repair_mixed(word)


def _in_latin(word: str) -> str:
    """A Latin word with Greek capitals in it."""
    repaired = word.translate(_table().to_latin)
    return word if _GREEK.search(repaired) else repaired


def _repair_mixed(word: str) -> str:
    table = _table()
    if re.fullmatch(_ROMAN, word.translate({0x58: "Х", 0x49: "І"})):
        return word.translate(_ROMAN_LETTERS)
    if re.match(_NOT_TYPED_BY_MISTAKE, word):
        return word
    cyrillic = CYRILLIC.findall(word)
    foreign = LATIN.findall(word) + _GREEK.findall(word)
    only_cyrillic = any(ord(letter) not in table.to_latin for letter in cyrillic)
    only_foreign = any(ord(letter) not in table.to_cyrillic for letter in foreign)
    if only_cyrillic and only_foreign:
        return word
    if only_foreign or (not only_cyrillic and len(foreign) > len(cyrillic)):
        return _in_latin(word)
    return word.translate(table.to_cyrillic)
