"""Where in a text the parts of a name stand, whatever stands beside them."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from searchkit.languages.name_grammar import name_grammar
from searchkit.model import Token
from searchkit.people.mentions.evidence import DOUBTFUL, agreement
from searchkit.people.mentions.orthography import orthography, other_letters
from searchkit.people.names.case_endings import NONE
from searchkit.people.names.given_names import frequent_names, given_name
from searchkit.people.names.inflection import LONGEST_WORD, declined_patronymic_word, restored
from searchkit.people.names.initials import initial_fits
from searchkit.people.names.key_prefixes import part_key_prefixes
from searchkit.people.names.name_parser import Name, Part, make_part
from searchkit.people.names.name_titles import is_prefix
from searchkit.people.names.name_words import Words, is_plain, toponyms
from searchkit.people.names.part_match import ELEMENT_EXCESS, excess, match
from searchkit.people.names.word_match import WordMatch
from searchkit.people.spelling.alignment import tolerance
from searchkit.people.spelling.phonemes import is_cyrillic, lower
from searchkit.people.spelling.phonetic_key import LENGTH

FIRST_PIECE = "first part of the given name"
ONE_OF_TWO = "one surname of two"
UNSURE = "an unusual spelling"
ANY_GIVEN = "only the initial was asked for"


class PartMatch(NamedTuple):
    """Words first..last of the text are the part."""

    first: int
    last: int
    match: WordMatch


class _Keys(NamedTuple):
    """`begins`: what the keys of words begin with that may be the part. `halves`: the keys of the first of two words. `first`: the
    first classes of those keys."""

    begins: tuple[str, ...]
    halves: frozenset[str]
    first: frozenset[str]


def _other_name(part: Part, word: Token) -> bool:
    """Whether the part and the word are two given names that are both well known."""
    own, other = given_name(part.text, ""), given_name(word.text, word.language)
    return own is not None and other is not None and own.name != other.name


@lru_cache(maxsize=256)
def keys_of(part: Part) -> _Keys:
    """The keys by which the words of a text are chosen before they are aligned."""
    own = part_key_prefixes(part)
    if len(part.pieces) > 1:
        own += tuple(prefix for piece in part.pieces for prefix in part_key_prefixes(make_part(piece)))
    halves = frozenset(key[:cut] for key in own for cut in range(1, LENGTH + 1))
    return _Keys(tuple(dict.fromkeys(own)), halves, frozenset(key[:1] for key in own))


class PartFinder:
    """The words of a text that are the given name or the surname asked for.

    `given` and `surname` are the parts in the roles tried; `name` is the whole name.
    """

    def __init__(
        self, name: Name, given: Part, surname: Part | None, words: Words, rare: Callable[[str], bool] | None = None
    ) -> None:
        self.name = name
        self.given = given
        self.surname = surname
        self.words = words
        self._rare = rare
        self._given_keys = keys_of(given)
        self._givens: dict[int, PartMatch | None] = {}

    def given_at(self, i: int) -> PartMatch | None:
        """The given name, if it begins at word i."""
        if not 0 <= i < len(self.words):
            return None
        if i not in self._givens:
            if self.given.initial:
                self._givens[i] = self._any_given(i)
            else:
                self._givens[i] = self._place(self.given, self._given_keys, i, False)
        return self._givens[i]

    def givens(self) -> list[PartMatch]:
        """All places of the given name, asked for in full."""
        if self.given.initial:
            return []
        found = (self.given_at(i) for i in self._worth_a_look(self._given_keys))
        return [part_match for part_match in found if part_match is not None]

    def surnames(self) -> list[PartMatch]:
        """All places of the surname; of the only name, where there is but one."""
        part = self.surname or self.given
        keys, as_surname = keys_of(part), self.surname is not None or part.suffix == "strong"
        found = (self._place(part, keys, i, as_surname) for i in self._worth_a_look(keys))
        return [part_match for part_match in found if part_match is not None]

    def _worth_a_look(self, keys: _Keys) -> list[int]:
        """The words whose keys are those of a part."""
        begins, halves = keys.begins, keys.halves
        return [
            i
            for i, word in enumerate(self.words.words)
            if (name := word.name) and (name.startswith(begins) or name in halves)
        ]

    def middle_at(self, i: int) -> bool:
        """Whether word i is a second given name that was asked for."""
        if not 0 <= i < len(self.words):
            return False
        word = self.words[i]
        return any(
            not part.initial and match(part, word.text, word.language, False) is not None
            for part in self.name.given[1:]
        )

    def may_be_middle(self, i: int) -> bool:
        """Whether word i, between given name and surname, may be a second given name that was asked for, however it is spelled:
        Блейзи for Blasey."""
        words = self.words
        if self.middle_at(i):
            return True
        if not words.capital(i) or words.initial(i) or self.plain(i):
            return False
        return any(initial_fits(words[i].text, part) for part in self.name.given[1:])

    def signs(self, surname: PartMatch | None, given: PartMatch | None) -> list[str]:
        """The signs (see `evidence`) of the parts that matched."""
        matched = []
        if surname is not None and self.surname is not None:
            matched.append(("surname", self.surname, surname))
        if given is not None:
            matched.append(("given name", self.given, given))
        found = [agreement(role, part, part_match.match) for role, part, part_match in matched]
        if given is not None and found[-1] == "given name near" and self._translated(given):
            found.append("translated given name")
        own = orthography(self.name.text)
        theirs = orthography("".join(self.words.joined(each.first, each.last) for _, _, each in matched)) if own else ""
        if own and own == theirs and any(self._other_letters(part, each, own) for _, part, each in matched):
            found.append("one orthography, other letters")
        return found

    def doubtful(self, part: Part, i: int, surname: bool) -> PartMatch | None:
        """Word i as a part that it is not for sure, where others may vouch for it."""
        words = self.words
        if part.initial or not words.capital(i) or words.initial(i) or self.plain(i) or words.half(i):
            return None
        word = words[i]
        if word.name[:1] not in keys_of(part).first or len(word.text) > LONGEST_WORD:
            return None
        if not initial_fits(word.text, part) or words.patronymic(i):
            return None
        times = excess(part, word.text, word.language)
        if times > DOUBTFUL or (not surname and times != ELEMENT_EXCESS and _other_name(part, word)):
            return None
        price = max(times, 1.01) * tolerance(max(map(len, part.sounds)))
        return PartMatch(i, i, WordMatch(price, len(word.text), NONE, note=UNSURE))

    def rare_surname(self, surname: PartMatch) -> list[str]:
        """The sign that the surname, in the nominative as the text spells it, is rare in the collection, if it is."""
        word = self.words.joined(surname.first, surname.last)
        nominative = restored(word[: surname.match.stem_end], surname.match.restored)
        return ["rare surname"] if self._rare is not None and self._rare(lower(nominative)) else []

    def _other_letters(self, part: Part, found: PartMatch, own: str) -> bool:
        """Whether the words, in the orthography of the query, spell the part as another name."""
        if found.match.note or part.initial or len(part.pieces) > 1:
            return False
        word = self.words.joined(found.first, found.last)
        stem = restored(word[: found.match.stem_end], found.match.restored)
        return other_letters(part.text.replace("-", ""), stem, own != "russian")

    def _translated(self, given: PartMatch) -> bool:
        """Whether the given name in an English sentence is one of its own beside that asked for in Cyrillic, which only sounds like
        it: Joseph is not Иосиф, whom English calls Iosif as well."""
        word = self.words[given.last]
        if given.first < given.last or not name_grammar(word.language).no_cases or not is_cyrillic(self.given.text):
            return False
        return lower(word.text) in frequent_names() and _other_name(self.given, word)

    def plain(self, i: int) -> bool:
        """Whether word i is a title or one that opens sentences."""
        return is_plain(self.words[i].text)

    def is_town(self, part_match: PartMatch) -> bool:
        """Whether the place is a town that reads as the name: Нұр-Сұлтан."""
        words = self.words
        if part_match.first == part_match.last or not words.hyphen(part_match.first):
            return False
        written = f"{words[part_match.first].text}-{words[part_match.last].text}"
        return lower(written).startswith(toponyms())

    def _place(self, part: Part, keys: _Keys, i: int, surname: bool) -> PartMatch | None:
        """The part at word i, written together or apart."""
        words = self.words
        word = words[i]
        begins = word.name.startswith(keys.begins)
        if not (begins or word.name in keys.halves) or len(word.text) > LONGEST_WORD:
            return None
        if words.initial(i) and not (part.east_asian and words.gap(i) == " "):
            return None
        joined = self._piecewise(part, i, surname) or self._joined(part, i, surname)
        if surname and words.half(i) and joined is None and len(part.pieces) == 1:
            return self._half(part, i)
        if not begins or words.half(i):
            return joined
        found = match(part, word.text, word.language, surname)
        if joined is not None and (found is None or joined.match.cost <= found.cost):
            return joined
        if found is not None:
            return PartMatch(i, i, found)
        if len(part.pieces) > 1:
            for piece in part.pieces if surname else part.pieces[:1]:
                found = match(make_part(piece), word.text, word.language, surname)
                if found is not None:
                    return PartMatch(i, i, found._replace(note=ONE_OF_TWO if surname else FIRST_PIECE))
        return None

    def _half(self, part: Part, i: int) -> PartMatch | None:
        """The surname at word i as one of two that a hyphen joins: Каримова-Тилляева."""
        words = self.words
        found = match(part, words[i].text, words[i].language, True)
        if found is None or found.note:
            return None
        first = last = i
        while words.half_end(first):
            first -= 1
        while words.hyphen(last) and words.capital(last + 1):
            last += 1
        if not all(words.surname_like(k) or k == i for k in range(first, last + 1)):
            return None
        return PartMatch(first, last, found._replace(stem_end=len(words.joined(first, last)), note=ONE_OF_TWO))

    def _piecewise(self, part: Part, i: int, surname: bool) -> PartMatch | None:
        """A part with hyphens whose pieces are declined one by one: Римского-Корсакова, Франка-Вальтера."""
        last = i + len(part.pieces) - 1
        if last == i or not all(self.words.hyphen(k) for k in range(i, last)):
            return None
        found = []
        for piece, word in zip(part.pieces, self.words.words[i : last + 1], strict=True):
            match_ = match(make_part(piece), word.text, word.language, surname)
            if match_ is None:
                return None
            found.append(match_)
        before = sum(len(word.text) for word in self.words.words[i:last])
        total = sum(each.cost for each in found)
        return PartMatch(i, last, found[-1]._replace(cost=total, stem_end=before + found[-1].stem_end))

    def _joined(self, part: Part, i: int, surname: bool) -> PartMatch | None:
        """The part in word i and the next together: Касым-Жомарт, Сапарбек ұлы."""
        words = self.words
        if surname and part.east_asian:
            return None
        hyphen = words.hyphen(i)
        if (not hyphen and words.gap(i) != " ") or (words.initial(i + 1) and not part.east_asian):
            return None  # «Ахметов В. С.»: the initial is no end of the surname.
        word, after = words[i], words[i + 1]
        of_two = words.capital(i + 1) and (len(word.text) > 2 or part.east_asian or is_prefix(word.text))
        if not (hyphen or declined_patronymic_word(after.text) or of_two):
            return None
        found = match(part, word.text + after.text, word.language, surname)
        if found is None or found.stem_end <= len(word.text):
            return None
        return PartMatch(i, i + 1, found)

    def _any_given(self, i: int) -> PartMatch | None:
        """Any given name of which the initial asked for is the first letter."""
        words = self.words
        if not words[i].name or words.initial(i) or self.plain(i) or words.half_end(i):
            return None
        if not initial_fits(words[i].text, self.given):
            return None
        last = i + 1 if words.hyphen(i) else i
        return PartMatch(
            i, last, WordMatch(0.0, sum(len(words[k].text) for k in range(i, last + 1)), NONE, note=ANY_GIVEN)
        )
