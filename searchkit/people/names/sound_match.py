"""Whether a word says a part of a name by its sound: Майкл for Michael, Maykl as well, and Michael for Майкл.

Tried where the letters do not agree. The nominative of the word, which is not known, is each beginning after which an
ending may follow, with the -а that Russian cases replace (Сары: Сара).
"""

from __future__ import annotations

from collections.abc import Iterator

from searchkit.languages.name_grammar import name_grammar
from searchkit.people.names.case_endings import LONGEST_ENDING
from searchkit.people.names.name_parser import Part
from searchkit.people.names.word_match import WordMatch, rest_of_word
from searchkit.people.spelling.alignment import tolerance
from searchkit.people.spelling.phonemes import VOWELS, Reading, is_cyrillic, lower, readings
from searchkit.people.spelling.pronunciation import ends_alike, prefix_costs, spelled, spoken_cost, spoken_tolerance


def _on_scale(cost: float, length: int) -> float:
    """The cost as `alignment.tolerance` measures it, for a name of this length."""
    return cost * tolerance(length) / spoken_tolerance(length)


SHORTEST = 2
"""Sounds that a word needs besides its ending."""


def match_by_sound(part: Part, word: str, language: str) -> WordMatch | None:
    """The best way in which the word says the part, or None; `language` as in `part_match.match`."""
    if part.suffix == "patronymic":
        return None
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


def _said(part: Part, reading: Reading, word: str, language: str) -> Iterator[WordMatch]:
    """The part is spelled as in its own language, the word as it sounds."""
    letters = spelled("".join(part.pieces))
    size = len(letters) - 2
    costs = prefix_costs(letters, reading.sounds, spoken_tolerance(size))
    for end in range(max(SHORTEST, len(reading.sounds) - LONGEST_ENDING), len(reading.sounds) + 1):
        nominative = reading.sounds[:end]
        if end in costs and costs[end] <= spoken_tolerance(min(size, end)) and ends_alike(letters, nominative):
            paradigm = "fixed" if nominative[-1] in VOWELS else "consonant"
            rest = rest_of_word(paradigm, reading, end, word, language)
            if rest is not None:
                yield WordMatch(_on_scale(costs[end], min(size, end)), *rest)
        if end < len(reading.sounds) and nominative[-1] not in VOWELS:
            rest = rest_of_word("a", reading, end, word, language)
            if rest is not None and rest.ending.of_every_part:
                cost = spoken_cost(letters, nominative + "a", spoken_tolerance(min(size, end + 1)))
                if cost <= spoken_tolerance(min(size, end + 1)) and ends_alike(letters, nominative + "a"):
                    yield WordMatch(_on_scale(cost, min(size, end + 1)), *rest, restored="а")


def _written(part: Part, word: str, language: str) -> Iterator[WordMatch]:
    """The part is spelled as it sounds, the word as in its own language."""
    for reading in readings(word)[:1]:
        for end in range(max(SHORTEST, len(reading.sounds) - LONGEST_ENDING), len(reading.sounds) + 1):
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
