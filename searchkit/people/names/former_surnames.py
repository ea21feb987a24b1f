"""Surnames in brackets beside another, of a person who has had both: «Каримова (Ахметова) Гульнара», "Saule Akhmetova (née Omarova)".

Such a text is read twice, once with each surname.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from searchkit.model import Token
from searchkit.people.names.inflection import LONGEST_WORD, declined_surname
from searchkit.people.spelling.data_files import rows

_WORD = r"[^\W\d_][\w’ʻʼ'‘`-]+"
_BEFORE = re.compile(rf"(?<!\w)({_WORD})[ \xa0]\Z")
_REACH = LONGEST_WORD + 1


@cache
def _brackets() -> re.Pattern[str]:
    listed = [words for _, row in rows("former_surnames.tsv") for words in row.split()]
    said = "|".join(re.escape(words).replace(r"\+", r"\s") for words in listed)
    return re.compile(rf"\((?P<said>(?:(?:{said})[.:]?[ \xa0])*)(?P<other>{_WORD})\),?", re.IGNORECASE)


class FormerSurname(NamedTuple):
    """Offsets of the surname outside the brackets, of that within them, and of the end of the brackets."""

    own: tuple[int, int]
    other: tuple[int, int]
    end: int


def former_surnames(text: str) -> list[FormerSurname]:
    """The surnames in brackets of a text: said to be such, or with the ending of a surname, as that outside has."""
    found = []
    opened = text.find("(")
    while opened >= 0:
        within = _brackets().match(text, opened)
        before = _BEFORE.search(text[max(0, opened - _REACH) : opened]) if within else None
        if within is not None and before is not None:
            both = before[1], within["other"]
            if all(word[0].isupper() for word in both) and (within["said"] or all(map(declined_surname, both))):
                start = opened - len(before[0])
                found.append(FormerSurname((start, start + len(both[0])), within.span("other"), within.end()))
        opened = text.find("(", opened + 1)
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
