"""Initials: which letter may stand for which name, in any alphabet (`data/initials.tsv`)."""

from __future__ import annotations

from functools import cache, lru_cache

from searchkit.people.grammar import Part
from searchkit.people.sounds import readings
from searchkit.people.tables import rows


@cache
def _pairs() -> frozenset[frozenset[str]]:
    return frozenset(frozenset((a, b)) for a, b, _ in rows("initials.tsv"))


@lru_cache(maxsize=1 << 12)
def initial_fits(letters: str, part: Part) -> bool:
    """Whether the first of the letters may be the initial of the part, itself a name or an initial."""
    firsts = {sound for reading in readings(letters) for sound in (reading.plain[:1], reading.sounds[:1])}
    own = {sounds[:1] for sounds in (*part.sounds, *part.plain)}
    return any(a == b or frozenset((a, b)) in _pairs() for a in firsts for b in own)
