"""Whether a word says a part of a name by its sound: Майкл for Michael, Maykl as well, and Michael for Майкл.

Tried where the letters do not agree. The nominative of the word, which is not known, is each beginning after which an
ending may follow, with the -а that Russian cases replace (Сары: Сара).
"""

from __future__ import annotations

from collections.abc import Iterator

from searchkit.languages.name_grammar import name_grammar
from searchkit.people.names.case_endings import LONGEST_ENDING, possible_ends
from searchkit.people.names.inflection import declined_patronymic
from searchkit.people.names.name_parser import Part
from searchkit.people.names.word_match import Rest, WordMatch, rest_of_word
from searchkit.people.spelling.alignment import tolerance
from searchkit.people.spelling.phonemes import VOWELS, Reading, is_cyrillic, lower, readings
from searchkit.people.spelling.pronunciation import (
    MOST_SOUNDS,
    ends_alike,
    furthest,
    prefix_costs,
    spelled,
    spoken_cost,
    spoken_tolerance,
)


def _on_scale(cost: float, length: int) -> float:
    """The cost as `alignment.tolerance` measures it, for a name of this length."""
    return cost * tolerance(length) / spoken_tolerance(length)


SURE = 0.5
"""Of the cost that a part may have, the share up to which the ending may be that of a language near the passage's."""
SHORTEST = 2
"""Sounds that a word needs besides its ending."""


def match_by_sound(part: Part, word: str, language: str) -> WordMatch | None:
    """The best way in which the word says the part, or None; `language` as in `part_match.match`."""
    if part.suffix == "patronymic" or (part.suffix == "strong" and declined_patronymic(word)):
        return None  # Михайловна is not Михайлова.
    found: list[WordMatch] = []
    if not is_cyrillic(part.text) and (is_cyrillic(word) or not name_grammar(language).no_cases):
        for reading in readings(word):
            found += _said(part, reading, lower(word), language)
            if "ž" in reading.sounds and (not is_cyrillic(word) or name_grammar(language).voiced_affricate):
                # Uzbek ж and j are дж in such names: Jon.
                voiced = reading._replace(sounds=reading.sounds.replace("ž", "ǰ"))
                found += _said(part, voiced, lower(word), language)
    if not is_cyrillic(word):
        found += _written(part, lower(word), language)
    return min(found, key=lambda match: match.cost, default=None)


def _ends(reading: Reading, language: str) -> list[int]:
    """Where the name may end in the word, by the endings that there are."""
    possible, size = possible_ends(reading.sounds, language), len(reading.sounds)
    return [
        end
        for end in range(max(SHORTEST, size - LONGEST_ENDING), size + 1)
        if end in possible or end - 1 in reading.doubled
    ]


def _said(part: Part, reading: Reading, word: str, language: str) -> Iterator[WordMatch]:
    """The part is spelled as in its own language, the word as it sounds."""
    letters = spelled("".join(part.pieces))
    size = len(letters) - 2
    costs = prefix_costs(letters, reading.sounds, spoken_tolerance(size))
    last = furthest(letters, reading.sounds, spoken_tolerance(size)) + MOST_SOUNDS
    for end in _ends(reading, language) if last >= len(reading.sounds) - LONGEST_ENDING else ():
        if end > last:
            break
        nominative = reading.sounds[:end]
        if end in costs and costs[end] <= spoken_tolerance(min(size, end)) and ends_alike(letters, nominative):
            paradigm = "fixed" if nominative[-1] in VOWELS else "consonant"
            rest = rest_of_word(paradigm, reading, end, word, language)
            if rest is not None and (
                costs[end] <= SURE * spoken_tolerance(min(size, end)) or _of_passage(rest, language)
            ):
                yield WordMatch(_on_scale(costs[end], min(size, end)), *rest)
        if end < len(reading.sounds):
            yield from _replaced_end(letters, reading, end, word, language)


def _replaced_end(letters: str, reading: Reading, end: int, word: str, language: str) -> Iterator[WordMatch]:
    """The same where a Russian ending replaces the last sound of the nominative: Сары is Сара, Макилроем is Макилрой."""
    glide = reading.sounds[end - 1] in VOWELS
    rest = rest_of_word("glide" if glide else "a", reading, end, word, language)
    if rest is None or not rest.ending.of_every_part:
        return
    nominative = reading.sounds[:end] + ("y" if glide else "a")
    length = min(len(letters) - 2, len(nominative))
    limit = spoken_tolerance(length)
    cost = spoken_cost(letters, nominative, limit)
    if cost <= limit and ends_alike(letters, nominative):
        yield WordMatch(_on_scale(cost, length), *rest, restored="й" if glide else "а")


def _of_passage(rest: Rest, language: str) -> bool:
    """Whether the ending, if any, is one of the passage's own language: a Russian Браунинг is no Kazakh genitive of Brown."""
    return not language or rest.ending.language in ("", language)


def _written(part: Part, word: str, language: str) -> Iterator[WordMatch]:
    """The part is spelled as it sounds, the word as in its own language."""
    for reading in readings(word)[:1]:
        for end in _ends(reading, language):
            paradigm = "fixed" if reading.sounds[end - 1] in VOWELS else "consonant"
            rest = rest_of_word(paradigm, reading, end, word, language)
            if rest is None:
                continue
            letters = spelled(word[: reading.ends[end - 1]])
            for sounds in part.sounds[:1]:
                length = min(len(letters) - 2, len(sounds))
                limit = spoken_tolerance(length)
                cost = spoken_cost(letters, sounds, limit)
                if cost <= limit and ends_alike(letters, sounds):
                    yield WordMatch(_on_scale(cost, length), *rest)
