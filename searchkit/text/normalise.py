"""Normalisation that holds for every language.

`fold`, in this order:

1. Invisible characters (soft hyphens, zero-width ones), the hyphen and line break inside a word that a line's end cut,
   the blanks of a word spaced out (П Р И К А З), the points of U.S., and stress marks on Cyrillic letters go.
2. Every character used as an apostrophe becomes U+02BC (maʼno, donʼt), after a Latin o or g U+02BB (oʻzbek, togʻ),
   as Uzbek spelling has it; blanks beside it go.
3. Unicode's NFKC, then case folding.

Empty input gives empty output. ё stays: languages settle it. I and İ both fold to i, but for alphabets with a dotless ı.
"""

from __future__ import annotations

import re
from unicodedata import normalize

from searchkit import lazy

TURNED_COMMA = "\u02bb"
"""ʻ of Uzbek oʻ and gʻ."""
APOSTROPHE = "\u02bc"
"""ʼ everywhere else."""

APOSTROPHE_SIGNS = "'\u2019\u2018`\u00b4\u2032\u201b\uff07"
"""Punctuation that people type for an apostrophe."""
APOSTROPHE_LETTERS = "\u02b9\u02bb\u02bc\u02bd\u02be\u02bf"
"""The same as letters (Unicode category Lm), which a regular expression counts as part of a word."""
INVISIBLE = r"\u00ad\u200b-\u200f\u2060\ufeff"
"""Soft hyphen and zero-width characters, as the inside of a character class."""
HYPHENS = r"\u2010\u00ad\u00ac\-"
"""Hyphens that may end a line within a word; the inside of a character class."""

_SPECIAL = lazy.regex(rf"[{APOSTROPHE_SIGNS}{APOSTROPHE_LETTERS}{INVISIBLE}{HYPHENS}.\s\u0300\u0301]")
_BROKEN_LINE = lazy.regex(rf"[{HYPHENS}][^\S\n]*\n\s*")
_INVISIBLE = lazy.regex(f"[{INVISIBLE}]+")
_SPACED_OUT = lazy.regex(r"(?<=[^\W\d_])[ \u00a0.](?=[^\W\d_])")
_STRESS = lazy.regex(r"(?<=[\u0400-\u052f])[\u0300\u0301]+")
_APOSTROPHE = lazy.regex(rf"\s?[{APOSTROPHE_SIGNS}{APOSTROPHE_LETTERS}]\s?")
_TURNED_COMMA = lazy.regex(f"(?<=[oOgG]){APOSTROPHE}")
_DOTLESS = str.maketrans("Iİ", "ıi")


def fold(word: str, dotless_i: bool = False) -> str:
    """A word as `words` cuts it, normalised; see the steps above.

    `dotless_i` is for the alphabets in which I is the capital of ı, and İ that of i.
    """
    if dotless_i:
        word = word.translate(_DOTLESS)
    if word.isascii() and word.isalnum():
        return word.lower()
    if _SPECIAL.search(word):
        word = clean(word)
    return normalize("NFKC", word).casefold().replace("i\u0307", "i")


def clean(word: str) -> str:
    """Steps 1 and 2 alone: the letters of a word, case and composition kept."""
    word = _SPACED_OUT.sub("", _INVISIBLE.sub("", _BROKEN_LINE.sub("", word)))
    word = _STRESS.sub("", word)
    return _TURNED_COMMA.sub(TURNED_COMMA, _APOSTROPHE.sub(APOSTROPHE, word))


def number(digits: str) -> str:
    """A number without what separates its thousands, and with a decimal point: 10,000 → 10000, 3,5 → 3.5; an ISBN without
    its hyphens.

    A comma before exactly three digits separates thousands, unless the number begins with a zero; so do two points.
    """
    plain = re.sub(r"[\s-]", "", digits)
    if re.fullmatch(r"[1-9]\d{0,2}(?:\.\d{3}){2,}", plain):
        plain = plain.replace(".", "")
    if re.fullmatch(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?", plain):
        plain = plain.replace(",", "")
    return normalize("NFKC", plain.replace(",", "."))
