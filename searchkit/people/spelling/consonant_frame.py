"""A quick estimate of what an alignment costs: consonant against consonant, and the vowels between them against one another.

Most spellings of a name have the same consonants in the same order, so that the cheapest alignment nearly always is this one,
which takes a few look-ups instead of a table. It may cost more than the cheapest, where vowels change together with a consonant
beside them (lya, la). Where one side writes more consonants than the other, only what may be the reason is looked for.

    botır, batur: b=b, o~a 0.15, t=t, ı~u 0.2, r=r: 0.35
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

from searchkit.people.spelling.alignment import FAR, HIGHEST, cost, longer_pairs, sound_changes

BETWEEN = frozenset("aäeiıoöuüyv")
"""The sounds that may stand for vowels: a glide, and the v of Davlet for Daulet."""


class Frame(NamedTuple):
    """The consonants of a name and the vowels around them: one string before each consonant, and one after the last."""

    consonants: str
    vowels: tuple[str, ...]
    sounds: str
    """All of the name."""


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
    return Frame(consonants, (*vowels, between), sounds)


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


def may_have_more(a: Frame, b: Frame, limit: float) -> bool:
    """Whether two names of which one has more consonants may be one at a cost up to `limit`, itself at most `HIGHEST`: whether a
    change is listed that takes sounds of the one for those of the other and leaves another number of consonants."""
    one, other = a.sounds, b.sounds
    for x, y, price in _changes_of_number():
        if price > limit:
            return False
        if (x in one and y in other) or (x in other and y in one):
            return True
    return False


@cache
def _changes_of_number() -> tuple[tuple[str, str, float], ...]:
    """Sounds that stand for one another and have not as many consonants, or none for one, with the cost, the cheapest first."""
    longer = {(pair.a, pair.b): pair.cost for pairs in longer_pairs().values() for pair in pairs}
    changes = {**sound_changes(), **longer}
    found = (
        (x, y, price) for (x, y), price in changes.items() if price <= HIGHEST and _consonants(x) != _consonants(y)
    )
    # One of each pair: they are listed both ways.
    return tuple(sorted((each for each in found if len(each[0]) >= len(each[1])), key=lambda each: (each[2], each)))


def _consonants(sounds: str) -> int:
    return sum(sound not in BETWEEN for sound in sounds)
