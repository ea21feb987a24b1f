"""Whether a word of a text is a given part of a name, in any spelling, with any ending."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Protocol

from searchkit.people.names.case_endings import ANY_LANGUAGE, LONGEST_ENDING, NONE, Ending, ending, possible_ends
from searchkit.people.names.declension import (
    ADDED,
    ADJECTIVE_OF_WOMEN,
    DROPPED,
    FATHER,
    SHORTEST_BASE,
    SOFT,
    SURNAME,
    Shape,
    bases,
    shapes,
)
from searchkit.people.names.name_parser import Part
from searchkit.people.names.name_suffixes import has_suffix, suffix_of
from searchkit.people.names.sound_match import match_by_sound
from searchkit.people.names.word_match import Rest, WordMatch, doubled_rest, rest_of_word
from searchkit.people.spelling.alignment import cost, prefix_costs, tolerance
from searchkit.people.spelling.alignment_columns import columns
from searchkit.people.spelling.phonemes import VOWELS, Reading, is_cyrillic, lower, readings

COMMON_END = 1
"""How many sounds of a surname in -ов, such as its v, allow no difference, since all such names have them: Абаев is not Абиев."""

LONGER = 3
"""By how many sounds a spelling may be longer or shorter; more would cost more than any tolerance."""
SHORTEST_DOUBTFUL = 4
"""Sounds of a part that other parts of the name may vouch for."""

ELEMENTS_LEFT_OUT = ("bek", "qan", "han", "kan")
ELEMENT_COST = 0.05
"""The greatest cost of a sound of the rest where an element is left out."""
ELEMENT_EXCESS = 1.5
"""How many times what it may cost such a name costs: other parts must vouch for it."""

SURNAME_ENDINGS = ("ov", "ev", "yev", "iev", "öv")


@lru_cache(maxsize=1 << 14)
def match(part: Part, word: str, language: str, surname: bool) -> WordMatch | None:
    """The best way in which `word` is the part, or None.

    `language` is the ISO 639-1 code of the passage ("" unknown); `surname` allows what only surnames do: a feminine
    form, -ov added or left out, a patronymic instead.
    """
    return match_letters(part, word, language, surname) or match_by_sound(part, word, language)


@lru_cache(maxsize=1 << 14)
def match_letters(part: Part, word: str, language: str, surname: bool) -> WordMatch | None:
    """As `match`, by the letters alone: not Майкл for Michael."""
    return best_match(part, word, language, surname)


def match_of_many(part: Part, word: str, surname: bool, language: str = "") -> bool:
    """Whether `word` may be the part in a language, "" for some, not remembered, for a part that is held against thousands of words."""
    if any(_begins_alike(part, reading, surname) for reading in readings(word)) and any(
        best_match(part, word, code, surname, columns) for code in ((language,) if language else ("", ANY_LANGUAGE))
    ):
        return True
    return match_by_sound(part, word, language) is not None


def _begins_alike(part: Part, reading: Reading, surname: bool) -> bool:
    """Whether some beginning of the sounds aligns with a shape of the part, or they may be a patronymic, whatever follows."""
    length = len(reading.sounds)
    for sounds in _distinct_sounds(part, surname):
        size = len(sounds)
        shortest = max(1, size - LONGER, length - LONGEST_ENDING)
        if shortest > size + LONGER:
            continue
        costs = columns(sounds)
        longest = min(costs.within(reading.sounds, tolerance(size)), size + LONGER)
        for end in range(longest, shortest - 1, -1):
            if costs.cost(reading.sounds[:end]) <= tolerance(min(size, end)):
                return True
    return has_suffix(reading.sounds, "patronymic")


@lru_cache(maxsize=256)
def _distinct_sounds(part: Part, surname: bool) -> tuple[str, ...]:
    return tuple(dict.fromkeys(shape.sounds for shape in shapes(part, surname) if shape.sounds))


class SpellingCosts(Protocol):
    """What the alignment of a spelling with the beginnings of words costs."""

    def cost(self, other: str) -> float: ...

    def within(self, other: str, limit: float) -> int:
        """Longer beginnings of `other` than this cost more than the limit."""


class _PairCosts:
    """The costs of one pair: a table is made for the first beginning asked for, which is the longest."""

    def __init__(self, spelling: str) -> None:
        self._spelling = spelling
        self._costs: tuple[float, ...] = ()

    def cost(self, other: str) -> float:
        self._costs = self._costs or prefix_costs(self._spelling, other)
        return self._costs[len(other)]

    def within(self, other: str, limit: float) -> int:
        return len(other)  # not known


def best_match(
    part: Part, word: str, language: str, surname: bool, costs_of: Callable[[str], SpellingCosts] = _PairCosts
) -> WordMatch | None:
    """As `match_letters`, not remembered. `costs_of` gives the costs of a spelling."""
    if part.east_asian and is_cyrillic(word) and is_cyrillic(part.text):
        part = _in_one_alphabet(part)
    best: WordMatch | None = None
    for reading in readings(word):
        for found in _tries(part, reading, lower(word), language, surname, costs_of):
            if best is None or found.cost < best.cost:
                best = found
    return best


@lru_cache(maxsize=256)
def _in_one_alphabet(part: Part) -> Part:
    """A Chinese or Korean part without the forms of the other alphabet: Пак is Park, but not Парк."""
    return replace(part, forms=())


@lru_cache(maxsize=1 << 12)
def excess(part: Part, word: str, language: str) -> float:
    """How many times what it may cost an alignment of part and word costs; infinite for a short part and one of another
    gender."""
    least = float("inf")
    for sounds in part.sounds:
        for reading in readings(word):
            for end in range(SHORTEST_DOUBTFUL, len(reading.sounds) + 1):
                last = reading.sounds[end - 1]
                if (sounds[-1] in VOWELS) != (last in VOWELS):
                    continue
                if ending(reading.sounds[end:], last, "a" if last in VOWELS else "consonant", language) is None:
                    continue
                shorter = min(len(sounds), end)
                if shorter >= SHORTEST_DOUBTFUL:
                    least = min(least, columns(sounds).cost(reading.sounds[:end]) / tolerance(shorter))
                    if _one_has_an_element(sounds, reading.sounds[:end]):
                        least = min(least, ELEMENT_EXCESS)
    return least


def _one_has_an_element(a: str, b: str) -> bool:
    """Whether one is the other with -бек or -қан, which may be left out in speech: Серікбек, Серік."""
    short, long = sorted((a, b), key=len)
    return any(
        long.endswith(element) and cost(short, long[: -len(element)]) <= ELEMENT_COST * len(short)
        for element in ELEMENTS_LEFT_OUT
    )


def _tries(
    part: Part, reading: Reading, word: str, language: str, surname: bool, costs_of: Callable[[str], SpellingCosts]
) -> list[WordMatch]:
    found = []
    common = COMMON_END if surname and part.suffix == "strong" else 0
    may_add = surname and _may_add(part)
    length = len(reading.sounds)
    may_end: Sequence[int] | None = range(length + 1) if may_add else None
    for shape in shapes(part, surname):
        size = len(shape.sounds)
        if not size:
            continue  # a name that is one vowel
        own = size - (shape.feminine and shape.paradigm == "fixed")
        own -= 0 if shape.note == DROPPED else common
        shortest = max(1, size - LONGER, length - LONGEST_ENDING)
        if shortest > size + LONGER:
            continue
        costs = costs_of(shape.sounds)
        longest = min(costs.within(reading.sounds, tolerance(size)), size + LONGER)
        if shortest > longest:
            continue
        for end in range(longest, shortest - 1, -1):
            if not _same_end(shape.sounds, reading, end):
                continue
            price = costs.cost(reading.sounds[:end])
            if price > tolerance(min(own, end)):
                continue
            if may_end is None:
                may_end = possible_ends(reading.sounds, language)
            if end not in may_end:
                continue
            after = _after(shape, reading, end, word, language, surname, part, may_add)
            if after is not None:
                rest, note = after
                found.append(WordMatch(price, *rest, note or shape.note, "" if note else shape.restored))
    if surname and (part.suffix == "strong" or may_add):
        found += _father(part, reading, word, language)
    return found


_Ended = tuple[int, Ending, bool]
"""Where the name ends in the word, in letters; the ending after it; whether it is a woman's."""


def _after(
    shape: Shape, reading: Reading, end: int, word: str, language: str, surname: bool, part: Part, may_add: bool
) -> tuple[_Ended, str] | None:
    """What follows the shape in the word, and the note where -ов is added; None where the shape cannot end there."""
    rest = _rest(shape, reading, end, word, language) if end in possible_ends(reading.sounds, language) else None
    if rest is not None:
        if surname and part.suffix and rest.ending.left_over and rest.ending.name == "genitive":
            return None  # Ivanova in Latin letters is a woman's name, not a Russian genitive left over.
        woman = shape.feminine or (shape.paradigm != ADJECTIVE_OF_WOMEN and rest.ending.feminine)
        return (*rest, woman), ""
    if may_add and (shape.paradigm == "glide" or not shape.must_end) and end >= SHORTEST_BASE:  # Шоқай, Чокаев
        added = _added(reading, end, word, language)
        if added is not None:
            return added, SURNAME if part.suffix else ADDED
    return None


def _rest(shape: Shape, reading: Reading, end: int, word: str, language: str) -> Rest | None:
    """The rest of the word after the shape, None where it is no ending that may follow it."""
    if (shape.paradigm == SOFT or shape.soft) and word[reading.ends[end - 1] :][:1] != "ь":
        return None
    rest = rest_of_word(shape.paradigm, reading, end, word, language)
    if shape.must_end and (rest is None or rest.ending is NONE) and end - 1 in reading.doubled:
        rest = doubled_rest(shape.paradigm, reading, end, word, language)
    if rest is not None and shape.must_end and not _changes_stem(shape, rest.ending):
        return None
    return rest


def _changes_stem(shape: Shape, ending: Ending) -> bool:
    """Whether the ending may follow a stem that has changed: Russian does so, and Белая takes those of women alone."""
    return (ending.of_every_part or ending.left_over) and (shape.paradigm != ADJECTIVE_OF_WOMEN or ending.feminine)


def _may_add(part: Part) -> bool:
    """Whether other spellings of the surname may add -ов: to Нұрғали and to Байтұрсын, but not to Мамин or Лисицын."""
    if part.suffix == "weak":
        return part.gender == "m" and part.sounds[0].endswith("ın") and not part.sounds[0].endswith("cın")
    return part.suffix in ("", "patronymic")


def _same_end(sounds: str, reading: Reading, end: int) -> bool:
    """Whether a name and the first `end` sounds of a word both end in a vowel, or neither does: Нодир is not Нодира,
    Иванов not Иванова. A glide may be written as either, and an h after a vowel may be left out (Abdullah); a
    French e is mute (Alexandre).
    """
    a, b = sounds[-1], reading.sounds[end - 1]
    if (a in VOWELS) == (b in VOWELS):
        return (a in "aä") <= (b in "aäoe") and (b in "aä") <= (a in "aäoe")
    if "y" in (a, b):
        return True
    vowel, other = (a, b) if a in VOWELS else (b, a)
    return vowel == "e" or (other == "h" and vowel in "aä")


def _added(reading: Reading, end: int, word: str, language: str) -> tuple[int, Ending, bool] | None:
    """A surname made of the name: Нұрғали, Нурғалиев; its end, its ending, and whether it is feminine."""
    for suffix in SURNAME_ENDINGS:
        if not reading.sounds.startswith(suffix, end):
            continue
        after = end + len(suffix)
        rest = rest_of_word("consonant", reading, after, word, language)
        if rest is not None:
            return *rest, False
        if reading.sounds.startswith("a", after):
            rest = rest_of_word("fixed", reading, after + 1, word, language)
            if rest is not None:
                return *rest, True
    return None


def _father(part: Part, reading: Reading, word: str, language: str) -> list[WordMatch]:
    """A patronymic made of the same name as the surname: Кекілбаев or Кекілбай, Кекілбайұлы.

    Russian patronymics do not serve as surnames: Сергей Иванович is not Сергей Иванов. Nor does a daughter's for a
    man's surname: Болатқызы is not Болатов.
    """
    found: list[WordMatch] = []
    if not has_suffix(reading.sounds, "patronymic"):
        return found
    for end in range(len(reading.sounds), max(3, len(reading.sounds) - LONGEST_ENDING), -1):
        base, kind, gender = suffix_of(reading.sounds[:end])
        if kind != "patronymic" or reading.sounds[:end].endswith(("č", "na")):
            continue
        if part.gender and gender != part.gender:
            continue
        rest = rest_of_word("possessive", reading, end, word, language)
        if rest is None:
            continue
        for own in bases(part) if part.suffix == "strong" else part.sounds:
            price = cost(own, base)
            if len(own) >= SHORTEST_BASE and price <= tolerance(min(len(own), len(base))):
                found.append(WordMatch(price, *rest, False, FATHER))
    return found
