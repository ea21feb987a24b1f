"""Surnames in brackets beside another, of a person who has had both: «Каримова (Ахметова) Гульнара», "Saule Akhmetova (née Omarova)".

Such a text is read twice, once with each surname.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from searchkit.model import Token
from searchkit.people.names.inflection import declined_surname
from searchkit.people.spelling.data_files import rows

_WORD = r"[^\W\d_][\w’ʻʼ'‘`-]+"


@cache
def _in_brackets() -> re.Pattern[str]:
    words = "|".join(
        re.escape(words).replace(r"\+", r"\s") for _, listed in rows("former_surnames.tsv") for words in listed.split()
    )
    return re.compile(
        rf"(?P<own>{_WORD})[ \xa0]\((?P<said>(?:(?:{words})[.:]?[ \xa0])*)(?P<other>{_WORD})\),?", re.IGNORECASE
    )


class FormerSurname(NamedTuple):
    """Offsets of the surname outside the brackets, of that within them, and of the end of the brackets."""

    own: tuple[int, int]
    other: tuple[int, int]
    end: int


def former_surnames(text: str) -> list[FormerSurname]:
    """The surnames in brackets of a text: said to be such, or with the ending of a surname, as that outside has."""
    if "(" not in text:
        return []
    found = []
    for match in _in_brackets().finditer(text):
        both = match["own"], match["other"]
        if not all(word[0].isupper() for word in both):
            continue
        if match["said"] or all(map(declined_surname, both)):
            found.append(FormerSurname(match.span("own"), match.span("other"), match.end()))
    return found


def without(
    tokens: Sequence[Token], former: Sequence[FormerSurname], maiden: bool
) -> tuple[list[Token], frozenset[int]]:
    """The tokens with one surname of the two, that in brackets if `maiden`; and the offsets at which tokens end that only what was
    left out parts from the next."""
    kept: list[Token] = []
    joined: set[int] = set()
    places = iter(former)
    place = next(places, None)
    for token in tokens:
        while place is not None and token.start >= place.end:
            if kept and place.own[0] <= kept[-1].start and token.start - place.end == 1:
                joined.add(kept[-1].end)
            place = next(places, None)
        if place is not None and token.start >= place.own[0]:
            wanted = place.other if maiden else place.own
            if not wanted[0] <= token.start < wanted[1]:
                continue
            if kept and place.own[0] - kept[-1].end == 1:
                joined.add(kept[-1].end)
        kept.append(token)
    return kept, frozenset(joined)


def widened(start: int, end: int, former: Sequence[FormerSurname]) -> tuple[int, int]:
    """A place of a text that begins or ends within brackets, with the surname before them and the closing bracket."""
    for place in former:
        if place.own[1] <= start < place.end:
            start = place.own[0]
        if place.own[1] < end < place.end:
            end = place.end
    return start, end
