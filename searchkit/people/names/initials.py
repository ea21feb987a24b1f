"""Initials: which letter may stand for which name, in any alphabet (`data/initials.tsv`)."""

from __future__ import annotations

from functools import cache, lru_cache

from searchkit.people.names.name_parser import Part
from searchkit.people.spelling.data_files import rows
from searchkit.people.spelling.phonemes import VOWELS, is_cyrillic, readings


@cache
def _pairs(latin: bool) -> frozenset[frozenset[str]]:
    return frozenset(frozenset((a, b)) for alphabet, a, b, _ in rows("initials.tsv") if latin or alphabet == "any")


@lru_cache(maxsize=1 << 12)
def initial_fits(letters: str, part: Part) -> bool:
    """Whether the first of the letters may be the initial of the part, itself a name or an initial."""
    firsts = {_first(sounds) for reading in readings(letters) for sounds in (reading.plain, reading.sounds)}
    own = {_first(sounds) for sounds in (*part.sounds, *part.plain)}
    pairs = _pairs(not is_cyrillic(letters) or (part.initial and not is_cyrillic(part.text)))
    return any(a == b or frozenset((a, b)) in pairs for a in firsts for b in own)


def _first(sounds: str) -> str:
    """The first sound; a glide with its vowel: я is neither ю nor е."""
    return sounds[:2] if sounds[:1] == "y" and sounds[1:2] in VOWELS else sounds[:1]
