"""Inventory numbers and shelf marks with and without their hyphens: КП-1234, КП 1234 and КП1234 are one.

Analysis cuts at a hyphen and at a blank, and not between a letter and a digit. So a query for what is one word asks for its
parts side by side too, and one for parts with a hyphen between asks for the one word.
"""

from __future__ import annotations

import re

from searchkit.terms.query_tree import Sequence, Term

WEIGHT = 0.9
"""The weight of the other spelling beside the one that was typed."""

_JOINED = r"([^\W\d_]{1,8})(\d{2,})|(\d{2,})([^\W\d_]{1,8})"
_PARTS = r"\w+(?:[-‐‑–/]\w+)+"
_DIGITS = r"\d{2,}"


def parted(word: str) -> Sequence | None:
    """The letters and the digits of a normalised word as two words side by side; None for another word."""
    found = re.fullmatch(_JOINED, word)
    if not found:
        return None
    parts = [part for part in found.groups() if part]
    return Sequence(tuple((Term("word", part, reason="spelling"),) for part in parts), WEIGHT, "spelling")


def joined(text: str, words: list[str]) -> Term | None:
    """The normalised words of a text with hyphens between, at least one of digits, as one word; None for another text."""
    if not re.fullmatch(_PARTS, text) or not any(re.fullmatch(_DIGITS, word) for word in words):
        return None
    return Term("word", "".join(words), WEIGHT, "spelling")
