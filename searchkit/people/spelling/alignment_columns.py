"""The costs of one spelling for the beginnings of many words (see `alignment`), computed a beginning at a time.

A column of the alignment's table has the costs for one beginning of the word, and is made of the columns of shorter beginnings. Words of a
text begin alike, and most are far from a name after their first sounds: so the columns are kept, and where no cost is
within `LIMIT` none follows. A name is held against 9,000 words in 0.12 seconds; with a table for each pair it was 0.25. For a
spelling that meets few words, tables are sooner made.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from searchkit.people.spelling.alignment import FAR, HIGHEST, START, longer_pairs, longest_listed, sound_changes

LIMIT = 2 * HIGHEST
"""Costs above this may be given as `FAR`; what other parts of a name vouch for may cost twice what a name may."""
MOST_COLUMNS = 1 << 12
"""Columns kept for one spelling, about a megabyte."""


class _Step(NamedTuple):
    """What the next sound of the other spelling costs at one sound of a spelling."""

    gap: float
    """The sound of the spelling has no counterpart."""
    change: float
    """The two sounds stand for one another."""
    pairs: tuple[tuple[int, str, float], ...]
    """Listed pairs of more sounds that end here: how many of the spelling, those of the other, the cost."""


_Column = tuple[tuple[float, ...], int, float]
"""The costs, how many columns ago one was within the limit, and the least of them."""


class Columns:
    """The costs of taking the beginnings of one spelling for the beginnings of many others. Threads may share it.

    A column has the cost for each beginning of the spelling, "" first, and one beginning of another; one without a cost within
    `LIMIT` has `FAR` throughout.
    """

    def __init__(self, spelling: str) -> None:
        self.spelling = spelling
        column = [0.0]
        for i, sound in enumerate(spelling):
            column.append(column[i] + sound_changes()[sound, ""] * (1 if i else START))
        self._far = (FAR,) * len(column)
        self._columns: dict[str, _Column] = {}
        """Beginning of another spelling -> its column."""
        self._first = tuple(column), 0, 0.0
        self._steps: dict[str, tuple[_Step, ...]] = {}

    def column(self, other: str) -> tuple[float, ...]:
        """For each i, the cost of taking the first i sounds of the spelling for all of `other`."""
        found = self._columns.get(other)
        return found[0] if found else self._known(other)[0]

    def cost(self, other: str) -> float:
        """The cost of taking all of the spelling for all of `other`."""
        return self.column(other)[-1]

    def within(self, other: str, limit: float) -> int:
        """How many first sounds of `other` any beginning of the spelling may be taken for at a cost within a limit, at most."""
        longest, last = longest_listed(), 0
        for end in range(1, len(other) + 1):
            found = self._columns.get(other[:end]) or self._known(other[:end])
            if found[2] <= limit:
                last = end
            elif end - last >= longest:
                break
        return last

    def _known(self, other: str) -> _Column:
        if len(self._columns) > MOST_COLUMNS:
            self._columns = {}  # and not cleared: another thread may be at work on the old ones
        known = self._columns
        end = len(other)
        while end and other[:end] not in known:
            end -= 1
        if not end:
            known[""] = self._first
        for j in range(end + 1, len(other) + 1):
            known[other[:j]] = self._next(known, other[:j])
        return known[other]

    def _next(self, known: Mapping[str, _Column], other: str) -> _Column:
        """The column of a beginning whose own beginnings are known."""
        before, ago, _ = known[other[:-1]]
        if ago >= longest_listed():
            return self._far, ago, FAR
        sound, first = other[-1], len(other) == 1
        steps = self._steps.get(sound) or self._steps_of(sound)
        gap = sound_changes()["", sound]
        best = before[0] + gap * (START if first else 1)
        column = [best]
        diagonal = before[0]
        weight: float = START if first else 1
        for i, step in enumerate(steps, 1):
            best += step.gap
            left = before[i]
            if left + gap < best:
                best = left + gap
            if diagonal + step.change * weight < best:
                best = diagonal + step.change * weight
            weight = 1
            diagonal = left
            for size, theirs, price in step.pairs:
                if other.endswith(theirs):
                    listed = known[other[: -len(theirs)]][0][i - size] + price
                    if listed < best:
                        best = listed
            column.append(best)
        least = min(column)
        return tuple(column), 0 if least <= LIMIT else ago + 1, least

    def _steps_of(self, sound: str) -> tuple[_Step, ...]:
        changes, pairs = sound_changes(), longer_pairs()
        steps = self._steps[sound] = tuple(
            _Step(
                changes[own, ""],
                changes[own, sound],
                tuple(
                    (len(pair.a), pair.b, pair.cost)
                    for pair in pairs.get((own, sound), ())
                    if self.spelling.endswith(pair.a, 0, i)
                ),
            )
            for i, own in enumerate(self.spelling, 1)
        )
        return steps


@lru_cache(maxsize=256)
def columns(spelling: str) -> Columns:
    """The one `Columns` of a spelling."""
    return Columns(spelling)
