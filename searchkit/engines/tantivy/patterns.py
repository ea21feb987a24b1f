"""Regular expressions for Tantivy's automata, which fit whole terms."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from os.path import commonprefix
from typing import NamedTuple

LETTERS = 600
"""Bytes of terms in one regular expression; Tantivy's automata have at most 1,000 states."""
ANYTHING = "(?s:.*)"
EXPANSIONS = 16_000
"""Terms that all regular expressions of a phrase may fit together; Tantivy refuses more than 16,384."""


class SlotPart(NamedTuple):
    """One of Tantivy's terms, or all that begin with it; `terms`: how many those are."""

    text: str
    beginning: bool = False
    terms: int = 1

    @property
    def pattern(self) -> str:
        return literal(self.text) + (ANYTHING if self.beginning else "")


Slot = list[SlotPart]
"""The alternatives of one slot of a sequence."""

_SPECIAL = re.compile(r"[\\.+*?()|\[\]{}^$]")


@lru_cache(4096)
def literal(text: str) -> str:
    """An expression that fits the text alone."""
    return _SPECIAL.sub(lambda match: "\\" + match[0], text)


def of_slot(slot: Slot, expansions: int) -> list[str]:
    """A slot as regular expressions that are small enough, and fit so many terms at most: mostly one."""
    # Where there are several, terms of one field stay together: no two of them are at one position.
    patterns: list[list[str]] = []
    room = left = 0
    for part in sorted(slot):
        size = len(part.text.encode())
        if not patterns or size > room or part.terms > left:
            patterns.append([])
            room, left = LETTERS, expansions
        room -= size
        left -= part.terms
        patterns[-1].append(part.pattern)
    return ["|".join(one) for one in patterns]


def split(terms: Sequence[str], prefix: str, most: int) -> Iterator[SlotPart]:
    """Terms in order that begin with `prefix`, all there are, as parts of at most so many terms, but for prefixes too long."""
    if len(terms) <= most and len(prefix.encode()) < LETTERS:
        yield SlotPart(prefix, True, len(terms))
        return
    size = len(commonprefix([terms[0], terms[-1]]))
    for longer, some in groupby(terms, key=lambda term: term[: size + 1]):
        if len(longer) <= size or len(longer.encode()) >= LETTERS:
            yield from map(SlotPart, some)
        else:
            yield from split(list(some), longer, most)
