"""Which words are given names: those of `data/given_names.tsv` in any spelling, and words made as Turkic names are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache, lru_cache
from typing import NamedTuple

from searchkit.languages.name_grammar import TRANSLITERATED, name_endings, name_grammar
from searchkit.people.names.case_endings import LONGEST_ENDING, nominatives, possible_ends
from searchkit.people.names.inflection import LONGEST_WORD
from searchkit.people.names.key_prefixes import letter_key_prefixes, name_elements
from searchkit.people.names.name_parser import Part, make_part
from searchkit.people.names.part_match import match_letters
from searchkit.people.names.word_match import WordMatch
from searchkit.people.spelling.alignment import cost
from searchkit.people.spelling.data_files import rows
from searchkit.people.spelling.key_expansion import class_of_sounds
from searchkit.people.spelling.phonemes import lower, readings
from searchkit.people.spelling.phonetic_key import LENGTH, key

LENGTH_DIFFERS = 1
"""By how many sounds two spellings of a given name differ at most."""


class GivenName(NamedTuple):
    """A word that is a frequent given name: `gender` is "m", "f", or "" for a name of both; `match` says how it is spelled,
    `name` which of the table it is."""

    gender: str
    match: WordMatch
    name: str


@cache
def _by_key() -> dict[str, tuple[tuple[Part, str], ...]]:
    """What the keys of words begin with -> the names that they may be."""
    found: dict[str, dict[tuple[Part, str], None]] = {}
    for gender, names in rows("given_names.tsv"):
        for name in names.split():
            part = replace(make_part(*name.split("-")), forms=())  # Павла is Павел, not a form of Павло.
            for prefix in letter_key_prefixes(part):
                found.setdefault(prefix, {})[part, gender] = None
    return {prefix: tuple(names) for prefix, names in found.items()}


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
        found = match_letters(part, word, language, False)
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
    """The names with which a word is aligned: those of its key, as long as it is without something that may be an ending."""
    own = key(word, lower(word), language)
    lengths = {
        end + more
        for reading in readings(word)
        for end in possible_ends(reading.sounds, language)
        for more in range(-LENGTH_DIFFERS, LENGTH_DIFFERS + 1)
    }
    for cut in range(1, min(LENGTH, len(own)) + 1):
        for part, gender in _by_key().get(own[:cut], ()):
            if any(len(sounds) in lengths for sounds in part.sounds):
                yield part, gender


def _endings_of(language: str) -> tuple[str, ...]:
    """The languages whose endings a given name takes in a passage of a language; "" is none.

    Where the language declares none: those in which the last word alone is declined.
    """
    return ("", *(name_grammar(language).given_name_endings or _endings_of_the_last_word()))


@cache
def _endings_of_the_last_word() -> tuple[str, ...]:
    grammars = ((table, name_grammar(table)) for table in name_endings() if not table.endswith(TRANSLITERATED))
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
    classes = class_of_sounds(sounds)
    return any(
        classes.endswith(own) and cost(element, sounds[-len(element) :]) <= 0.1 * len(element)
        for element, own in _elements()
        if len(sounds) - len(element) >= 2
    )


@cache
def _elements() -> tuple[tuple[str, str], ...]:
    """The elements long enough to tell a name, and their classes, which are compared first."""
    return tuple((element, class_of_sounds(element)) for element in name_elements() if len(element) > 2)
