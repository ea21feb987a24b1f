"""A quick way to see that a word cannot be any of the terms looked for: it begins with quite another sound.

Analysis may change a word's first letter, but only for one of the same group below: another case or alphabet, or what
alphabets make of one sound (ж, j, zh, dj; ц, ts, s; х, kh, h; е, ye; в, w). A test holds every language to that.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

# A letter may be in several groups: Latin c is a sibilant in one alphabet and k in another.
_GROUPS = (
    "aeiouvwyäöüūıаәеёиійоөуұүўыэюяв",
    "cdjstzджзстцчшщ",
    "cghkqxğгғкқхһҳ",
    "bfpбпф",
    "lл",
    "mм",
    "nñнң",
    "rр",
)
_ANY = (1 << len(_GROUPS)) - 1
_LETTERS = set("".join(_GROUPS))
_SOUNDS = {
    letter: sum(1 << number for number, letters in enumerate(_GROUPS) if small in letters)
    for small in _LETTERS
    for letter in (small, small.upper())
}
_NAME_SOUNDS = {
    letters[0].upper(): _SOUNDS[letters[0]] | _SOUNDS[letters[-1]]
    for letters in ("a", "p", "t", "k", "s", "mn", "r", "l")
}
"""First letter of a name's key -> the groups of the letters in that class."""
_IS_PLAIN = re.compile(r"[A-Za-z][A-Za-zÀ-ÖØ-ɏ'ʻʼ‘’`´]*|[А-яЁёӘәҒғҚқҢңӨөҰұҮүҺһІіЎўҲҳ]+").fullmatch
"""Of one script: a word of two may be repaired, and then begin otherwise."""


def sounds(word: str) -> int:
    """The groups of the first letter of a word in plain Latin or Cyrillic, a bit each; all groups for any other word."""
    return _SOUNDS.get(word[0], _ANY) if _IS_PLAIN(word) else _ANY


def name_sounds(keys: Iterable[str]) -> int:
    """The groups of the letters that words with these name keys (see `people.keys`) begin with, a bit each."""
    found = 0
    for key in keys:
        found |= _NAME_SOUNDS.get(key.lstrip(".")[:1], _ANY)
    return found


def all_sounds(terms: Iterable[str]) -> int:
    """The groups of the first letters of terms, a bit each; 0 where there are no terms."""
    found = 0
    for term in terms:
        found |= _SOUNDS.get(term[:1], _ANY)
    return found
