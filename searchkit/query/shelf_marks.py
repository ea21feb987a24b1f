"""Inventory numbers, shelf marks and ISBNs of ten digits with and without their hyphens: КП-1234, КП 1234 and КП1234 are one.

Analysis cuts at a hyphen and at a blank, and not between a letter and a digit. So a query for what is one word asks for its
parts side by side too, and one for parts with a hyphen between, or for a mark in capitals beside its number, asks for the one
word. (An ISBN of thirteen digits is one word for analysis however it is written.)
"""

from __future__ import annotations

from collections.abc import Iterator

from searchkit import lazy
from searchkit.terms.query_tree import Sequence, Term

WEIGHT = 0.9
"""The weight of the other spelling, that of the typed one being 1."""

_JOINED = lazy.regex(r"([^\W\d_]{1,8})(\d{2,})|(\d{2,})([^\W\d_]{1,8})")
_PARTS = lazy.regex(r"\w+(?:[-‐‑–/]\w+)+")
_DIGITS = lazy.regex(r"\d{2,}")
_LETTERS = lazy.regex(r"[^\W\d_]{1,8}")
_MARK = lazy.regex(r"[^\W\d_]{1,4}")
_ISBN = lazy.regex(r"\d{9}[\dxх]")
"""The check digit of an ISBN may be an X, which is typed in either alphabet."""
_ISBN_GROUPS = lazy.regex(r"[0-57]|6[0-4]\d|65|8\d|9[0-4]|9[5-8]\d|99[0-8]\d|999\d\d")
"""Registration groups, by the range table of the International ISBN Agency."""


def parted(word: str) -> Iterator[Sequence]:
    """The parts of a normalised word as words side by side: letters and digits of a mark, the four parts of an ISBN."""
    if found := _JOINED.fullmatch(word):
        yield _side_by_side([part for part in found.groups() if part])
    if _ISBN.fullmatch(word) and _is_isbn(word):
        group = _ISBN_GROUPS.match(word)
        start = group.end() if group else 9
        for end in range(start + 2, 9):
            yield _side_by_side([word[:start], word[start:end], word[end:9], word[9]])


def joined(text: str, words: list[str]) -> Iterator[Term | Sequence]:
    """The normalised words of a text with hyphens between, at least one of digits, as one word; nothing of another text."""
    if not _PARTS.fullmatch(text) or not any(map(_DIGITS.fullmatch, words)):
        return
    yield one_word(words)
    if len(words) > 2 and _LETTERS.fullmatch(words[0]) and _DIGITS.fullmatch(words[1]):
        yield _side_by_side([words[0] + words[1], *words[2:]])


def beside(letters: str, digits: str) -> bool:
    """Whether two words as typed are a mark and its number: КП 1234."""
    return letters.isupper() and bool(_MARK.fullmatch(letters) and _DIGITS.fullmatch(digits))


def one_word(words: list[str]) -> Term:
    """Normalised words written as one."""
    return Term("word", "".join(words), WEIGHT, "spelling")


def _side_by_side(words: list[str]) -> Sequence:
    return Sequence(tuple((Term("word", word, reason="spelling"),) for word in words), WEIGHT, "spelling")


def _is_isbn(word: str) -> bool:
    """Whether the check digit is right (ISO 2108): the digits, weighed by 10 to 1, make a multiple of 11."""
    digits = [10 if letter in "xх" else int(letter) for letter in word]
    return sum(weight * digit for weight, digit in zip(range(10, 0, -1), digits, strict=True)) % 11 == 0
