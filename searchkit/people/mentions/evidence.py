"""Whether words of a text name the person: signs for and against are weighed together (`data/mention_evidence.tsv`).

The parts of a name vouch for each other: a surname that fits exactly and is rare makes up for a given name that fits badly, and
a patronymic that agrees does as well. A surname that many bear does not.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from searchkit.people.names.name_parser import Part
from searchkit.people.names.word_match import WordMatch
from searchkit.people.spelling.alignment import tolerance
from searchkit.people.spelling.data_files import rows

NEEDED = 4.0
"""Weights that add up to this make a mention. One threshold for all kinds; calibrated so that of nearly alike names of two persons
fewer than 2 in 100 are taken for one."""
ALIKE = 0.5
"""Of the cost that a part may have, the share up to which it counts as spelled alike."""


@cache
def _weights() -> dict[str, float]:
    return {sign: float(weight) for sign, weight, _ in rows("mention_evidence.tsv")}


def enough(signs: Iterable[str]) -> bool:
    """Whether the signs make a mention."""
    return weigh(signs) >= NEEDED


def weigh(signs: Iterable[str]) -> float:
    """The sum of the weights of signs, names of rows of the table."""
    return sum(_weights()[sign] for sign in signs)


DOUBTFUL = 2.0
"""Times the cost that a part may have, up to which it may still be one that the other parts vouch for."""


def agreement(role: str, part: Part, match: WordMatch) -> str:
    """The sign of a part that matched: "surname alike", "given name near"..."""
    allowed = tolerance(max((len(sounds) for sounds in part.sounds), default=1))
    degree = "alike" if match.cost <= ALIKE * allowed else "near" if match.cost <= allowed else "doubtful"
    return f"{role} {degree}"
