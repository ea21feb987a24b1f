"""Initials: which letter may stand for which name, in any alphabet (`data/initials.tsv`)."""

from __future__ import annotations

from functools import cache, lru_cache

from searchkit.people.names.name_parser import Part
from searchkit.people.spelling.data_files import rows
from searchkit.people.spelling.phonemes import VOWELS, is_cyrillic, readings


@cache
def _pairs(latin: bool) -> frozenset[frozenset[str]]:
    return frozenset(frozenset((a, b)) for alphabet, a, b, _ in rows("initials.tsv") if latin or alphabet == "any")


def initial_fits(letters: str, part: Part) -> bool:
    """Whether the first of the letters may be the initial of the part, itself a name or an initial."""
    latin = not is_cyrillic(letters) or (part.initial and not is_cyrillic(part.text))
    return not _fitting(part, latin).isdisjoint(_firsts(letters))


@lru_cache(maxsize=1 << 15)
def _firsts(letters: str) -> frozenset[str]:
    """The first sounds of letters, in each way they are read."""
    return frozenset(_first(sounds) for reading in readings(letters) for sounds in (reading.plain, reading.sounds))


@lru_cache(maxsize=256)
def _fitting(part: Part, latin: bool) -> frozenset[str]:
    """The first sounds of initials that may stand for the part."""
    own = {_first(sounds) for sounds in (*part.sounds, *part.plain)}
    return frozenset(own.union(*(pair for pair in _pairs(latin) if pair & own)))


def _first(sounds: str) -> str:
    """The first sound; a glide with its vowel: я is neither ю nor е."""
    return sounds[:2] if sounds[:1] == "y" and sounds[1:2] in VOWELS else sounds[:1]
