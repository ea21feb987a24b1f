"""Aligns two spellings of a name, sound by sound, at the least cost.

Costs come from `data/costs.tsv`. Pairs that are not listed cost: two vowels 0.9, two consonants 1, a vowel and a
consonant 1.2; a vowel with no counterpart 0.6, a consonant 1. At the start of a name they weigh 1.5 times, since
names differ there most.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

from searchkit.people.spelling.data_files import rows
from searchkit.people.spelling.phonemes import VOWELS, readings

VOWEL_CHANGE = 0.9
CONSONANT_CHANGE = 1.0
MIXED_CHANGE = 1.2
VOWEL_GAP = 0.6
CONSONANT_GAP = 1.0
START = 1.5
HIGHEST = 0.9
"""No two spellings at a higher cost are one name."""
FAR = 99.0
SOUNDS = "aäeiıoöuüybvgğdžǰzkqlmnŋprstfhčšc"
"""All that `sounds` reads."""


class AlignmentStep(NamedTuple):
    """One step of an alignment: these sounds of one spelling stand for those of the other."""

    a: str
    b: str
    cost: float
    reason: str


class Alignment(NamedTuple):
    """The cheapest way to take one spelling for another. `similarity` is 1 for the same sounds, 0 for unrelated ones."""

    a: str
    b: str
    cost: float
    similarity: float
    steps: tuple[AlignmentStep, ...]


@cache
def _table() -> dict[tuple[str, str], tuple[float, str]]:
    table: dict[tuple[str, str], tuple[float, str]] = {}
    for a, b, cost, reason in rows("costs.tsv"):
        for x, y in _between_consonants(a.strip("-"), b.strip("-")):
            table[x, y] = table[y, x] = (float(cost), reason)
    return table


def _between_consonants(a: str, b: str) -> list[tuple[str, str]]:
    """The pair, or one for each consonant that may stand at its *: e*e is ele, ege..."""
    if "*" not in a:
        return [(a, b)]
    return [(a.replace("*", sound), b.replace("*", sound)) for sound in SOUNDS if sound not in VOWELS]


@cache
def _shapes() -> tuple[tuple[int, int], ...]:
    """How many sounds the two sides of a listed pair have, other than one and one or one and none."""
    return tuple(sorted({(len(a), len(b)) for a, b in _table()} - {(1, 1), (1, 0), (0, 1)}))


@cache
def _change(a: str, b: str) -> float:
    if a == b:
        return 0.0
    listed = _table().get((a, b))
    if listed:
        return listed[0]
    if not a or not b:
        return VOWEL_GAP if (a or b) in VOWELS else CONSONANT_GAP
    if a in VOWELS and b in VOWELS:
        return VOWEL_CHANGE
    return MIXED_CHANGE if a in VOWELS or b in VOWELS else CONSONANT_CHANGE


@cache
def sound_changes() -> dict[tuple[str, str], float]:
    """The cost of each sound for each other, and for none."""
    sounds = ("", *SOUNDS)
    return {(a, b): _change(a, b) for a in sounds for b in sounds if a or b}


class ListedPair(NamedTuple):
    """A listed pair of which one side has two sounds or more."""

    a: str
    b: str
    cost: float


@cache
def longer_pairs() -> dict[tuple[str, str], tuple[ListedPair, ...]]:
    """The last sounds of both sides -> the listed pairs of more than one sound that end so."""
    found: dict[tuple[str, str], list[ListedPair]] = {}
    for (a, b), (price, _) in _table().items():
        if len(a) > 1 or len(b) > 1:
            found.setdefault((a[-1], b[-1]), []).append(ListedPair(a, b, price))
    return {ends: tuple(pairs) for ends, pairs in found.items()}


@cache
def longest_listed() -> int:
    """The most sounds of one side of a listed pair."""
    return max(len(a) for a, _ in _table())


def _grid(a: str, b: str, limit: float = FAR) -> list[list[float]]:
    """`grid[i][j]`: the cost of taking the first i sounds of `a` for the first j of `b`.

    Costs above `limit` may be given as `FAR`: once all are, no later row is computed.
    """
    changes, pairs, reach = sound_changes(), longer_pairs(), longest_listed()
    width = len(b) + 1
    first = [0.0] * width
    for j in range(1, width):
        first[j] = first[j - 1] + changes["", b[j - 1]] * (START if j == 1 else 1)
    grid = [first]
    within = 0
    for i in range(1, len(a) + 1):
        x = a[i - 1]
        above, gap = grid[i - 1], changes[x, ""]
        row = [above[0] + gap * (START if i == 1 else 1)]
        for j in range(1, width):
            y = b[j - 1]
            best = above[j] + gap
            other = row[j - 1] + changes["", y]
            if other < best:
                best = other
            same = above[j - 1] + changes[x, y] * (START if i == 1 and j == 1 else 1)
            if same < best:
                best = same
            for pair in pairs.get((x, y), ()):
                if a.endswith(pair.a, 0, i) and b.endswith(pair.b, 0, j):
                    listed = grid[i - len(pair.a)][j - len(pair.b)] + pair.cost
                    if listed < best:
                        best = listed
            row.append(best)
        grid.append(row)
        if min(row) <= limit:
            within = i
        elif i - within >= reach:
            return [*grid, *([FAR] * width for _ in range(len(a) - i))]
    return grid


@lru_cache(maxsize=1 << 15)
def prefix_costs(a: str, b: str) -> tuple[float, ...]:
    """For each j, the cost of taking all of `a` for the first j sounds of `b`; those above `HIGHEST` may be `FAR`."""
    return tuple(_grid(a, b, HIGHEST)[-1])


@lru_cache(maxsize=1 << 14)
def cost(a: str, b: str) -> float:
    """The cost of taking the sounds `a` for the sounds `b`."""
    return _grid(a, b)[-1][-1]


def tolerance(length: int) -> float:
    """The highest cost at which two spellings, the shorter of `length` sounds, may be one name.

    It grows with the length, and never reaches the cost of one unrelated consonant.
    """
    return min(HIGHEST, 0.11 * length)


def similarity(a: str, b: str) -> Alignment:
    """The best alignment of two spellings of one name part, in any alphabets and case.

    Raises ValueError for a spelling without Cyrillic or Latin letters.
    """
    pairs = [(x.sounds, y.sounds) for x in readings(a) for y in readings(b)]
    if not pairs:
        raise ValueError("A spelling to align needs at least one Cyrillic or Latin letter.")
    x, y = min(pairs, key=lambda pair: cost(*pair))
    total = cost(x, y)
    length = max(len(x), len(y))
    return Alignment(x, y, total, max(0.0, 1 - total / length), _steps(x, y))


def _steps(a: str, b: str) -> tuple[AlignmentStep, ...]:
    grid, table = _grid(a, b), _table()
    shapes = ((1, 1), (1, 0), (0, 1), *_shapes())
    steps: list[AlignmentStep] = []
    i, j = len(a), len(b)
    while i or j:
        for m, n in shapes:
            if m > i or n > j:
                continue
            x, y = a[i - m : i], b[j - n : j]
            if len(x) > 1 or len(y) > 1:
                listed = table.get((x, y))
                if not listed:
                    continue
                price = listed[0]
            else:
                price = _change(x, y) * (START if (i, j) == (m, n) else 1)
            if abs(grid[i - m][j - n] + price - grid[i][j]) < 1e-9:
                reason = "" if x == y else table.get((x, y), (0.0, "not a usual change"))[1]
                steps.append(AlignmentStep(x, y, price, reason))
                i, j = i - m, j - n
                break
    return tuple(reversed(steps))
