"""Which words are given names: those of `data/given_names.tsv` in any spelling, and words made as Turkic names are."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from searchkit.languages.name_grammar import TRANSLITERATED, name_grammar, tables_of_modules
from searchkit.people.names.case_endings import LONGEST_ENDING, nominatives, possible_ends
from searchkit.people.names.declension import shapes
from searchkit.people.names.inflection import LONGEST_WORD
from searchkit.people.names.key_prefixes import name_elements
from searchkit.people.names.name_parser import Part, make_part
from searchkit.people.names.part_match import best_match
from searchkit.people.names.word_match import WordMatch
from searchkit.people.spelling.alignment import cost, tolerance
from searchkit.people.spelling.consonant_frame import Frame, frame, framed_cost, may_have_more
from searchkit.people.spelling.data_files import rows
from searchkit.people.spelling.key_expansion import class_of_sounds, skeleton
from searchkit.people.spelling.phonemes import is_cyrillic, lower, readings
from searchkit.people.spelling.phonetic_key import classes, squeeze

SLACK = 0.2
"""How much more than the cheapest alignment one in the same frame of consonants may cost: lya for la."""
SHORTEST_ELEMENT = 3
"""Sounds."""


class GivenName(NamedTuple):
    """A word that is a frequent given name: `gender` is "m", "f", or "" for a name of both; `match` says how it is spelled,
    `name` which of the table it is."""

    gender: str
    match: WordMatch
    name: str


class _Candidate(NamedTuple):
    """A name of the table, its gender, and the frames of the shapes in which words have it."""

    part: Part
    gender: str
    frames: tuple[Frame, ...]


@cache
def _by_skeleton() -> dict[str, list[tuple[str, str]]]:
    """The classes of a name's consonants -> the names of the table that have them, with their genders."""
    found: dict[str, list[tuple[str, str]]] = {}
    for gender, names in rows("given_names.tsv"):
        for name in names.split():
            for consonants in _skeletons_of_letters(name):
                found.setdefault(consonants, []).append((name, gender))
    return found


def _skeletons_of_letters(name: str) -> tuple[str, ...]:
    """Those of all readings; Cyrillic letters have the classes of their sounds, which is told ten times as fast."""
    if is_cyrillic(name):
        return (squeeze(classes(lower(name))),)
    return tuple(dict.fromkeys(skeleton(reading.sounds) for reading in readings(name.replace("-", ""))))


@cache
def _candidate(name: str, gender: str) -> _Candidate:
    part = make_part(*name.split("-"), other_languages=False)  # Павла is Павел, not a form of Павло.
    return _Candidate(part, gender, tuple(dict.fromkeys(frame(shape.sounds) for shape in shapes(part, False))))


@cache
def frequent_names() -> frozenset[str]:
    """The names of the table, in lower case."""
    return frozenset(name for _, names in rows("given_names.tsv") for name in names.split())


@lru_cache(maxsize=1 << 15)
def given_name(word: str, language: str) -> GivenName | None:
    """The frequent given name that a word is, with a case ending or without; None where it is none.

    `language` is the ISO 639-1 code of the passage.
    """
    if len(word) > LONGEST_WORD:
        return None
    best: WordMatch | None = None
    name = ""
    genders: set[str] = set()
    for part, gender in _candidates(word, language):
        found = best_match(part, word, language, False)
        if found is None or found.ending.plural or found.ending.language not in _endings_of(language):
            continue
        rank = (found.cost, bool(found.ending.name))
        if best is None or rank < (best.cost, bool(best.ending.name)):
            best, genders, name = found, {gender}, part.text
        elif rank == (best.cost, bool(best.ending.name)):
            genders.add(gender)
    if best is None:
        return None
    return GivenName(genders.pop() if len(genders) == 1 else "", best, name)


def _candidates(word: str, language: str) -> Iterator[tuple[Part, str]]:
    """The names with which a word is aligned: those of its consonants, without what may be an ending, whose vowels are near."""
    found = dict.fromkeys(
        reading.sounds[:end] for reading in readings(word) for end in possible_ends(reading.sounds, language)
    )
    seen: set[tuple[str, str]] = set()
    for nominative in found:
        own = frame(nominative)
        for listed in _by_skeleton().get(skeleton(nominative), ()):
            if listed not in seen and any(_near(each, own) for each in _candidate(*listed).frames):
                seen.add(listed)
                yield _candidate(*listed).part, listed[1]


def _near(a: Frame, b: Frame) -> bool:
    limit = tolerance(min(len(a.sounds), len(b.sounds)))
    if len(a.consonants) != len(b.consonants):
        return may_have_more(a, b, limit)
    return framed_cost(a, b, limit + SLACK) <= limit + SLACK


def _endings_of(language: str) -> tuple[str, ...]:
    """The languages whose endings a given name takes in a passage of a language; "" is none.

    Where the language declares none: those in which the last word alone is declined.
    """
    return ("", *(name_grammar(language).given_name_endings or _endings_of_the_last_word()))


@cache
def _endings_of_the_last_word() -> tuple[str, ...]:
    grammars = ((table, name_grammar(table)) for table in tables_of_modules() if not table.endswith(TRANSLITERATED))
    return tuple(table for table, grammar in grammars if not (grammar.no_cases or grammar.every_part_declined))


@lru_cache(maxsize=1 << 15)
def made_as_a_name(word: str) -> bool:
    """Whether a word, with a case ending or without, ends in a word of which Turkic given names are made (-бек, -гүл)."""
    if len(word) > LONGEST_WORD:
        return False
    for reading in readings(word)[:1]:
        sounds = reading.sounds
        for end in range(len(sounds), max(3, len(sounds) - LONGEST_ENDING), -1):
            if end < len(sounds) and sounds[:end] not in nominatives(sounds, end):
                continue
            if _ends_in_an_element(sounds[:end]):
                return True
    return False


@lru_cache(maxsize=1 << 14)
def _ends_in_an_element(sounds: str) -> bool:
    classes, elements = class_of_sounds(sounds), _elements()
    return any(
        cost(element, sounds[-size:]) <= 0.1 * size
        for size in range(SHORTEST_ELEMENT, len(sounds) - 1)
        for element in elements.get(classes[-size:], ())
    )


@cache
def _elements() -> dict[str, list[str]]:
    """Classes of sounds -> the elements of these classes that are long enough to tell a name."""
    found: dict[str, list[str]] = {}
    for element in name_elements():
        if len(element) >= SHORTEST_ELEMENT:
            found.setdefault(class_of_sounds(element), []).append(element)
    return found
