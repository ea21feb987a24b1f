"""A quick way to see that a word cannot be any of the terms looked for: it begins with quite another sound.

Analysis may change a word's first letter, but only for one of the same group below: another case or alphabet, or what
alphabets make of one sound (ж, j, zh, dj; ц, ts, s; х, kh, h; е, ye; в, w). A test holds every language to that.
"""

from __future__ import annotations

import re

_GROUPS = (
    "aeiouvwyаәеёиійоөуұүўыэюяв",
    "cdjstzджзстцчшщ",
    "ghkqxгғкқхһҳ",
    "bfpбпф",
    "lл",
    "mм",
    "nнң",
    "rр",
)
_GROUP = {letter: number for number, letters in enumerate(_GROUPS) for letter in letters + letters.upper()}
_IS_PLAIN = re.compile(r"[A-Za-z]+|[А-яЁёӘәҒғҚқҢңӨөҰұҮүҺһІіЎўҲҳ]+").fullmatch


def first_sound(word: str) -> int | None:
    """The group of the first letter of a word of plain letters; None for any other word, which may be anything."""
    return _GROUP.get(word[0]) if _IS_PLAIN(word) else None


def first_sounds(terms: list[str]) -> frozenset[int] | None:
    """The groups of the first letters of terms; None where one begins with no letter of them."""
    found = {_GROUP.get(term[:1]) for term in terms}
    return None if None in found else frozenset(group for group in found if group is not None)
