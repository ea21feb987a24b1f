"""A quick look whether a text can name a person, before its words are analysed one by one.

The query over keys (`candidates.py`) leaves documents that only hold words of similar keys. Here each distinct word of
a language is compared with the name once and remembered, so that such a document costs a look-up a word.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from searchkit.people.mentions.part_finder import keys_of
from searchkit.people.names.inflection import declined_patronymic_word
from searchkit.people.names.parser import CAMEL, Name, Part, make_part
from searchkit.people.names.part_match import match
from searchkit.people.spelling.phonemes import lower
from searchkit.people.spelling.phonetic_key import key


class Passage(Protocol):
    """A passage: its language, its words as written, and the key of one of them."""

    @property
    def language(self) -> str: ...
    @property
    def words(self) -> Sequence[str]: ...
    def name(self, word: str) -> str:
        """The `name` term of a word."""


class Screen:
    """Tells which texts may name a person; it lets none through the net that `find` would find something in."""

    def __init__(self, name: Name) -> None:
        self._wanted = _parts(name)
        self._words: dict[str, dict[str, bool | None]] = {}
        self._pairs: dict[tuple[str, str, str], bool] = {}

    def passes(self, passages: Iterable[Passage]) -> bool:
        """Whether some word of the passages may be the surname, or what stands for it."""
        return any(self._passes(passage) for passage in passages)

    def _passes(self, passage: Passage) -> bool:
        language, words = passage.language, passage.words
        known = self._words.setdefault(language, {})
        for i, word in enumerate(words):
            if word in known:
                verdict = known[word]
            else:
                verdict = known[word] = self._may_be(word, language, passage.name(word))
            if verdict or (verdict is None and self._begins_pair(words[i : i + 2], language)):
                return True
        return False

    def _may_be(self, word: str, language: str, its_key: str) -> bool | None:
        """Whether the word is a part; None where it may be the first of two words that are one together."""
        if not its_key:
            return False
        if CAMEL.search(word):
            return True
        half = False
        for part, surname in self._wanted:
            begins, halves = keys_of(part)
            half = half or its_key in halves or its_key.startswith(begins)
            if its_key.startswith(begins) and any(
                match(each, word, language, surname) is not None for each in (part, *map(make_part, part.pieces[1:]))
            ):
                return True
            if len(part.pieces) > 1 and match(make_part(part.pieces[0]), word, language, surname) is not None:
                return True
        return None if half else False

    def _begins_pair(self, pair: Sequence[str], language: str) -> bool:
        """Whether two words beside one another are a part together."""
        if len(pair) < 2:
            return False
        first, second = pair
        if len(first) < 3 or not (second[:1].isupper() or declined_patronymic_word(second)):
            return False
        if (language, first, second) not in self._pairs:
            joined = first + second.lower()
            own = key(joined, lower(joined), language)
            self._pairs[language, first, second] = any(
                own.startswith(keys_of(part).begins) and match(part, first + second, language, surname) is not None
                for part, surname in self._wanted
            )
        return self._pairs[language, first, second]


def _parts(name: Name) -> list[tuple[Part, bool]]:
    """The parts of which a text must hold one, and whether each is looked for as a surname."""
    known = [part for part in name.given[:1] if not part.initial]
    if name.surname is None:
        return [(part, part.suffix == "strong") for part in known]
    wanted = [(name.surname, True)]
    if not name.certain:
        wanted += [(part, True) for part in known]
    if name.patronymic is not None:
        wanted += [(part, False) for part in known]
    return wanted
