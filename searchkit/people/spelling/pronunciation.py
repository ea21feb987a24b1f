"""How a Latin spelling of any language may sound: letters on one side, sounds on the other.

English, French or Chinese names are written in Cyrillic, and in the Latin alphabets of Kazakh, Uzbek and Azerbaijani, as
they are said: Michael is Майкл and Maykl, Zhang Yiming is Чжан Имин. `data/letter_groups.tsv`, which `learn.py` makes,
says how likely each group of Latin letters is to be each group of sounds. A word stands between `<` and `>`, so
that groups tell the beginning and the end of a word.

The cost of a spelling and its sounds is that of the cheapest way to cut both into such groups, on the scale of
`alignment.py`.
"""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from typing import NamedTuple

from searchkit.people.spelling.alignment import FAR, HIGHEST
from searchkit.people.spelling.data_files import rows
from searchkit.people.spelling.phonemes import VOWELS, lower

TABLE, BY_HAND = "letter_groups.tsv", "more_letter_groups.tsv"
MOST_LETTERS = 5
MOST_SOUNDS = 4
"""The longest groups of letters (< and > among them) and of sounds."""

NATS = 5.0
"""How many nats of the table, natural logarithms of a probability, make a cost of 1."""
UNSEEN = 2.0
"""Nats for a letter as the general rules read it, where the table does not say so."""
LETTERS = frozenset("áāăãâàåäćčçđéèêëēėěęəğíīïıłńñņőōóòôöøřśšșşßțúūüýżžæ")
"""The letters with marks that the table knows; others count as the letter without its mark."""


VOWEL_ENDS = frozenset("aáāãäåəæiíīoóōöőøuúūüý")


class _Sounds(NamedTuple):
    """The pronunciations of a group of letters: sounds -> cost, and the most sounds among them."""

    costs: dict[str, float]
    longest: int


@lru_cache(maxsize=1 << 12)
def spelled(word: str) -> str:
    """The letters of a Latin word as the table has them, between < and >; apostrophes are left out."""
    if word.isascii() and word.isalpha():
        return f"<{word.lower()}>"
    letters = []
    for letter in unicodedata.normalize("NFC", lower(word)):
        if not ("a" <= letter <= "z" or letter in LETTERS):
            letter = unicodedata.normalize("NFD", letter)[0]
        if letter.isalpha():
            letters.append(letter)
    return f"<{''.join(letters)}>"


@cache
def letter_groups() -> tuple[tuple[str, ...], ...]:
    """(letters, sounds, nats said, nats written): those that were counted, and those that were added by hand."""
    return (*rows(TABLE), *(row[:4] for row in rows(BY_HAND)))


@cache
def _groups() -> dict[str, _Sounds]:
    found: dict[str, dict[str, float]] = {"<": {"": 0.0}, ">": {"": 0.0}}
    for letters, sounds, nats, _ in letter_groups():
        said, its_sounds = "" if sounds == "-" else sounds, found.setdefault(letters, {})
        its_sounds[said] = min(float(nats) / NATS, its_sounds.get(said, FAR))
    for convention, letters, sounds, _ in rows("letters.tsv"):
        if convention == "latin" and len(letters) == 1:
            found.setdefault(letters, {}).setdefault(sounds, UNSEEN / NATS)
    return {letters: _Sounds(costs, max(map(len, costs))) for letters, costs in found.items()}


@lru_cache(maxsize=1 << 14)
def _arcs(letters: str) -> tuple[tuple[int, _Sounds], ...]:
    """The groups with which the letters begin: how many letters each has, and its sounds."""
    groups = _groups()
    return tuple((end, groups[letters[:end]]) for end in range(1, len(letters) + 1) if letters[:end] in groups)


def prefix_costs(letters: str, sounds: str, limit: float) -> dict[int, float]:
    """How many of the first sounds the letters (as `spelled` gives them) may be -> the cost, where it is within `limit`."""
    return _reached(letters, sounds, limit)[0]


def furthest(letters: str, sounds: str, limit: float) -> int:
    """Of how many of the first sounds a beginning of the letters may be, at a cost within `limit`."""
    return _reached(letters, sounds, limit)[1]


@lru_cache(maxsize=1 << 14)
def _reached(letters: str, sounds: str, limit: float) -> tuple[dict[int, float], int]:
    """What `prefix_costs` and `furthest` give."""
    reached: list[dict[int, float]] = [{0: 0.0}, *({} for _ in letters)]
    for i, here in enumerate(reached[:-1]):
        arcs = _arcs(letters[i : i + MOST_LETTERS]) if here else ()
        for j, so_far in here.items():
            for size, group in arcs:
                ahead = reached[i + size]
                for n in range(min(group.longest, len(sounds) - j) + 1):
                    cost = group.costs.get(sounds[j : j + n])
                    if cost is not None and so_far + cost <= limit and so_far + cost < ahead.get(j + n, FAR):
                        ahead[j + n] = so_far + cost
    return reached[-1], max(max(here) for here in reached if here)


def spoken_cost(letters: str, sounds: str, limit: float) -> float:
    """The cost of saying the letters as exactly these sounds; `FAR` above `limit`."""
    return prefix_costs(letters, sounds, limit).get(len(sounds), FAR)


def spoken_tolerance(length: int) -> float:
    """The highest cost at which a spelling and sounds, the shorter of this length, may be one name.

    Short names may cost more a letter than in `alignment.tolerance`, since the costs are those of a language's habits:
    Dan is Дэн more often than Дан.
    """
    return min(HIGHEST, 0.25 + 0.1 * length)


def ends_alike(letters: str, sounds: str) -> bool:
    """Whether sounds end in a vowel where letters end in one that is not mute: Paola and Paolo are not Пол."""
    return letters[-2] not in VOWEL_ENDS or sounds[-1] in VOWELS or sounds[-1] == "y"
