"""Regular expressions for Tantivy's automata, which fit whole terms."""

from __future__ import annotations

import re
from functools import lru_cache

LETTERS = 600
"""Bytes of terms in one regular expression; Tantivy's automata have at most 1,000 states."""
ANYTHING = "(?s:.*)"
Slot = list[tuple[str, bool]]
"""Tantivy's terms of a slot of a sequence, and whether they are the beginnings of terms."""

_SPECIAL = re.compile(r"[\\.+*?()|\[\]{}^$]")


@lru_cache(4096)
def literal(text: str) -> str:
    """An expression that fits the text alone."""
    return _SPECIAL.sub(lambda match: "\\" + match[0], text)


def of_slot(slot: Slot) -> list[str]:
    """A slot as regular expressions that are small enough: mostly one."""
    # Where there are several, terms of one field stay together: no two of them are at one position.
    patterns: list[list[str]] = []
    room = 0
    for term, beginning in sorted(slot):
        size = len(term.encode())
        if not patterns or size > room:
            patterns.append([])
            room = LETTERS
        room -= size
        patterns[-1].append(literal(term) + (ANYTHING if beginning else ""))
    return ["|".join(one) for one in patterns]
