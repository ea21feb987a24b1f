"""Which documents are worth reading for a name, told by their capitalised words alone.

A word is looked at once, however many documents hold it. Whatever `find` may take for a part of the name must pass here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from searchkit import languages
from searchkit.languages.name_grammar import name_grammar
from searchkit.people.mentions.capitalised import ANY
from searchkit.people.mentions.evidence import DOUBTFUL
from searchkit.people.mentions.part_finder import keys_of
from searchkit.people.names.case_endings import ANY_LANGUAGE
from searchkit.people.names.form_labels import has_label
from searchkit.people.names.inflection import LONGEST_WORD
from searchkit.people.names.initials import initial_fits
from searchkit.people.names.name_parser import CAMEL, Name, Part, make_part
from searchkit.people.names.part_match import SHORTEST_DOUBTFUL, excess, match, match_letters
from searchkit.people.spelling.alignment import cost, tolerance
from searchkit.people.spelling.phonemes import lower, readings
from searchkit.people.spelling.phonetic_key import key
from searchkit.text.lookalikes import repair

LONGEST_INITIAL = 4

MOST_BETWEEN = 8
"""Words between the two parts of a name: `full_names.MIDDLE` of them, which may have hyphens, and initials."""


class WordFilter:
    """The words that may be one of the two parts of a name that must both be there; of a single name, that one."""

    def __init__(self, name: Name) -> None:
        first = name.given[0] if name.given else None
        self._parts = [part for part in (first, name.surname or name.patronymic) if part is not None]
        self._either_order = not name.certain
        self._patronymic = name.patronymic if name.surname is not None else None
        self._known: list[dict[str, bool]] = [{} for _ in self._parts]
        # The part with more consonants is asked for first: fewer words may be it.
        self._order = sorted(range(len(self._parts)), key=self._consonants, reverse=True)

    def _consonants(self, number: int) -> int:
        part = self._parts[number]
        return 0 if part.initial else min(map(len, keys_of(part).begins), default=0)

    def words(self, line: str) -> list[str] | None:
        """The words of a document that may be parts of the name; [] where they are not enough, None where the text must be
        read as a whole."""
        if line == ANY:
            return None
        words = line.split(" ")
        chosen: dict[str, None] = {}
        for number in self._order:
            own = [word for word in words if self._is(number, word)]
            if not own:
                return []
            chosen.update(dict.fromkeys(own))
        return list(chosen)

    def stand_together(self, text: str, words: Iterable[str]) -> bool:
        """Whether words that may be the one part and the other stand so near one another that they may be one name."""
        if len(self._parts) < 2 or has_label(text):
            return True
        last_ends = [-1, -1]
        for place in _any_of(words).finditer(text):
            roles = [number for number in (0, 1) if self._is(number, place[0])]
            if len(roles) == 2:
                return True
            for number in roles:
                before = last_ends[1 - number]
                if before >= 0 and len(text[before : place.start()].split(maxsplit=MOST_BETWEEN)) <= MOST_BETWEEN:
                    return True
                last_ends[number] = place.end()
        return False

    def _is(self, number: int, word: str) -> bool:
        """Whether a word may be that part; what stands for both may be either."""
        known = self._known[number]
        found = known.get(word)
        if found is None:
            found = known[word] = self._look_at(number, word)
        return found

    def _look_at(self, number: int, word: str) -> bool:
        if not word:
            return False
        word = repair(word)
        if len(CAMEL.split(word)) > 1 and not word.isupper():
            return True
        own = key(word, lower(word), "")
        second = number == 1
        if second and self._patronymic is not None:
            keys = keys_of(self._patronymic)
            if own.startswith(keys.begins) or own in keys.halves:
                return True  # given name and patronymic are enough
        as_initial = len(self._parts) > 1 and (not second or self._either_order)
        return _may_be(self._parts[number], word, own, second or self._either_order, as_initial)


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))


def _may_be(part: Part, word: str, own: str, surname: bool, as_initial: bool) -> bool:
    """Whether the word, whose key is `own`, may be the part."""
    if part.initial or (as_initial and len(word) <= LONGEST_INITIAL and initial_fits(word, part)):
        return True
    if len(word) > LONGEST_WORD:
        return False
    keys = keys_of(part)
    if own.startswith(keys.begins):
        if match(part, word, "", surname) is not None or match_letters(part, word, ANY_LANGUAGE, surname) is not None:
            return True
        if "ж" in word.lower() and any(match(part, word, code, surname) is not None for code in _reading_dzh()):
            return True
        if len(part.pieces) > 1 and any(match(make_part(piece), word, "", surname) for piece in part.pieces):
            return True
    if (own in keys.halves or own.startswith(keys.begins)) and _begins(part, word):
        return True
    if own[:1] not in keys.first or max(map(len, part.sounds), default=0) < SHORTEST_DOUBTFUL:
        return False
    return initial_fits(word, part) and excess(part, word, "") <= DOUBTFUL


@cache
def _reading_dzh() -> tuple[str, ...]:
    """The languages in which ж is read as дж too."""
    return tuple(code for code in languages.codes() if name_grammar(code).voiced_affricate)


def _begins(part: Part, word: str) -> bool:
    """Whether the word may be the first of two that are the part together: Касым Жомарт."""
    for reading in readings(word):
        size = len(reading.sounds)
        for sounds in (*part.sounds, *(form.sounds for form in part.forms)):
            if len(sounds) > size and any(
                cost(sounds[:end], reading.sounds) <= tolerance(size) for end in (size - 1, size, size + 1)
            ):
                return True
    return False


def near(text: str, passages: Iterable[tuple[int, int, str]], words: Iterable[str]) -> list[tuple[int, int, str]]:
    """The passages of a text cut down to the pieces that hold one of the words."""
    from searchkit.people.recognition.document_names import pieces

    if has_label(text):
        return list(passages)
    wanted = _any_of(words)
    ranges: list[tuple[int, int]] = []
    for start, end in pieces(text):
        if wanted.search(text, start, end):
            if ranges and ranges[-1][1] == start:
                ranges[-1] = (ranges[-1][0], end)
            else:
                ranges.append((start, end))
    return [
        (max(first, start), min(last, end), code)
        for first, last, code in passages
        for start, end in ranges
        if first < end and last > start
    ]
