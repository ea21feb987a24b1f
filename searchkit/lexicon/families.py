"""Families of concepts: Cuba and Cuban, geology and geological, vote and voting, which stand in rows of their own.

Two concepts are of one family where their words begin alike in two languages at least: `begin_alike`. One language alone
would take *station* for *state*. Which two is judged with care in languages that build a word's meaning by endings that
their stemmers undo (kk, uz: narx and narxlamoq begin alike like half of all words): one of the others must agree.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import combinations
from os.path import commonprefix

FIRST = 3
"""Words of a cell that are compared; those after them are of a wider sense."""
SHORTEST = 4
"""Letters that two words of a family begin with in common at least."""
SHARE = 0.6
"""How much of the longer of them that must be."""
CHANGED = 2
"""Letters at the end of the shorter that may be other ones: география, географ-."""

Words = Mapping[str, Sequence[str]]
"""Language -> the stems of a concept's terms, best first."""


def families(concepts: Mapping[str, Words], undone: Collection[str] = ()) -> dict[str, list[str]]:
    """Name of a concept -> the names of the others of its family, those that are alike in most languages first.

    In the languages of `undone` a stem may be that of a word it was built from.
    """
    alike: dict[tuple[str, str], set[str]] = {}
    for code, first, second in _pairs(concepts):
        alike.setdefault((first, second), set()).add(code)
    found: dict[str, list[tuple[int, str]]] = {}
    for (first, second), codes in alike.items():
        if len(codes) > 1 and not codes.issubset(undone):
            found.setdefault(first, []).append((-len(codes), second))
            found.setdefault(second, []).append((-len(codes), first))
    return {name: [other for _, other in sorted(others)] for name, others in found.items()}


def begin_alike(one: str, other: str) -> bool:
    """Whether two stems may be of words with one root."""
    same = len(commonprefix((one, other)))
    short, long = sorted((len(one), len(other)))
    return same >= SHORTEST and same >= SHARE * long and short - same <= CHANGED


def _pairs(concepts: Mapping[str, Words]) -> Iterator[tuple[str, str, str]]:
    """(language, name, another, the lesser name first) of concepts with words that begin alike in it; some come twice."""
    having: dict[tuple[str, str], dict[str, set[str]]] = {}
    for name, words in concepts.items():
        for code, terms in words.items():
            for stem in terms[:FIRST]:
                if len(stem) >= SHORTEST and " " not in stem:
                    having.setdefault((code, stem[:SHORTEST]), {}).setdefault(stem, set()).add(name)
    for (code, _), names_of in having.items():
        for names in names_of.values():
            yield from ((code, *pair) for pair in combinations(sorted(names), 2))
        for one, other in combinations(names_of, 2):
            if begin_alike(one, other):
                yield from (
                    (code, min(first, second), max(first, second))
                    for first in names_of[one]
                    for second in names_of[other]
                    if first != second
                )
