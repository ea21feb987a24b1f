"""A quick estimate of what an alignment costs: consonant against consonant, and the vowels between them against one another.

Most spellings of a name have the same consonants in the same order, so that the cheapest alignment nearly always is this one,
which takes a few look-ups instead of a table. It may cost more than the cheapest: where one side writes a consonant that the
other has not, or vowels change together with a consonant beside them (lya, la).

    botır, batur: b=b, o~a 0.15, t=t, ı~u 0.2, r=r: 0.35
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from searchkit.people.spelling.alignment import FAR, cost

BETWEEN = frozenset("aäeiıoöuüyv")
"""The sounds that may stand for vowels: a glide, and the v of Davlet for Daulet."""


class Frame(NamedTuple):
    """The consonants of a name and the vowels around them: one string before each consonant, and one after the last."""

    consonants: str
    vowels: tuple[str, ...]
    length: int
    """How many sounds the name has."""


@lru_cache(maxsize=1 << 14)
def frame(sounds: str) -> Frame:
    """Sounds taken apart: botır is btr, and "", o, ı and ""."""
    consonants, vowels, between = "", [], ""
    for sound in sounds:
        if sound in BETWEEN:
            between += sound
        else:
            consonants += sound
            vowels.append(between)
            between = ""
    return Frame(consonants, (*vowels, between), len(sounds))


def framed_cost(a: Frame, b: Frame, limit: float) -> float:
    """The cost of taking one name for the other, consonant for consonant; any cost above `limit` is given as `FAR`.

    0 where their numbers of consonants differ: nothing is known then.
    """
    if len(a.consonants) != len(b.consonants):
        return 0.0
    total = 0.0
    if a.consonants != b.consonants:
        opens = a.vowels[0] == b.vowels[0] == ""
        for i, (x, y) in enumerate(zip(a.consonants, b.consonants, strict=True)):
            if x != y:
                total += _within(x, y) if i or not opens else cost(x, y)
                if total > limit:
                    return FAR
    if a.vowels[0] != b.vowels[0]:
        total += cost(a.vowels[0], b.vowels[0])
    for x, y in zip(a.vowels[1:], b.vowels[1:], strict=True):
        if x != y:
            total += _within(x, y)
            if total > limit:
                return FAR
    return total


@lru_cache(maxsize=1 << 12)
def _within(a: str, b: str) -> float:
    """The cost of sounds within a name, where differences weigh less than at its start."""
    return cost(f"l{a}", f"l{b}")
