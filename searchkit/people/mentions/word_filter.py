"""Which documents are worth reading for a name, and which parts of their texts, told by their capitalised words alone.

A word is looked at once, however many documents hold it. Whatever `find` may take for a part of the name must pass here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache

from searchkit import languages
from searchkit.languages import names_only
from searchkit.languages.name_grammar import name_grammar
from searchkit.people.mentions.capitalised import ANY
from searchkit.people.mentions.evidence import DOUBTFUL
from searchkit.people.mentions.part_finder import keys_of
from searchkit.people.mentions.text_windows import Window, windows
from searchkit.people.names.form_labels import has_label
from searchkit.people.names.inflection import LONGEST_WORD
from searchkit.people.names.initials import initial_fits
from searchkit.people.names.name_parser import CAMEL, Name, Part, make_part
from searchkit.people.names.part_match import SHORTEST_DOUBTFUL, excess, match, match_of_many
from searchkit.people.spelling.alignment import tolerance
from searchkit.people.spelling.alignment_columns import columns
from searchkit.people.spelling.phonemes import WORD, lower, readings
from searchkit.people.spelling.phonetic_key import key
from searchkit.text.lookalikes import repair

LONGEST_INITIAL = 4


class _Judged(dict[str, bool]):
    """Each word that was met -> what was found about it."""

    def __init__(self, judge: Callable[[str], bool]) -> None:
        super().__init__()
        self._judge = judge

    def __missing__(self, word: str) -> bool:
        found = self[word] = self._judge(word)
        return found


class _Role:
    """One part of a name, and which words may be it."""

    def __init__(self, part: Part, surname: bool, as_initial: bool, instead: Part | None = None) -> None:
        self._part = part
        self._surname = surname
        self._as_initial = as_initial
        self._instead = instead
        self.alone = _Judged(self._may_be)
        """Words that may be the part whatever stands beside them."""
        self.beside = _Judged(self._may_be_beside)
        """Words that may be it beside the other part: an initial, or what the other part vouches for."""

    def _may_be(self, word: str) -> bool:
        pieces = _pieces(word)
        if len(pieces) > 1:
            return any(self.alone[piece] for piece in pieces)
        word, own = _with_key(word)
        return not self._part.initial and len(word) <= LONGEST_WORD and _may_be(self._part, word, own, self._surname)

    def _may_be_beside(self, word: str) -> bool:
        part = self._part
        if part.initial or self.alone[word]:
            return True
        word, own = _with_key(word)
        if self._instead is not None and own.startswith(keys_of(self._instead).begins):
            return True
        if self._instead is not None and own in keys_of(self._instead).halves:
            return True
        if self._as_initial and len(word) <= LONGEST_INITIAL and initial_fits(word, part):
            return True
        if own[:1] not in keys_of(part).first or len(word) > LONGEST_WORD:
            return False
        if max(map(len, part.sounds), default=0) < SHORTEST_DOUBTFUL:
            return False
        return initial_fits(word, part) and excess(part, word, "") <= DOUBTFUL


class WordFilter:
    """The words that may be one of the two parts of a name that must both be there; of a single name, that one."""

    def __init__(self, name: Name) -> None:
        given = name.given[0] if name.given else None
        other = name.surname or name.patronymic
        either_order = not name.certain
        two = given is not None and other is not None
        self._roles = []
        if given is not None:
            self._roles.append(_Role(given, either_order, two))
        if other is not None:
            # Given name and patronymic are enough.
            instead = name.patronymic if name.surname is not None else None
            self._roles.append(_Role(other, True, two and either_order, instead))

    def words(self, line: str) -> list[str] | None:
        """The words of a document that may be parts of the name; None where the text must be read as a whole."""
        if line == ANY:
            return None
        words = line.split(" ")
        return [word for role in self._roles for word in words if role.alone[word]]

    def near(self, text: str, words: Iterable[str]) -> list[Window]:
        """The windows of a text around its words of these, which `words` gave; [] where the text cannot name the person."""
        if has_label(text):
            found = [(0, len(text))]
        else:
            places = sorted(place for word in set(words) for place in _places(text, word))
            # The language of a line is told by all its words where it may be one without a module.
            found = windows(text, places, whole_lines=names_only.may_be_told(text))
        if len(self._roles) == 1 or any(self._may_hold_both(text, *window) for window in found):
            return found
        return []

    def _may_hold_both(self, text: str, start: int, end: int) -> bool:
        """Whether both parts of the name may stand in a window, in different words."""
        words = [word for word in WORD.findall(text, start, end) if not word.islower()]
        words = [piece for word in words for piece in _pieces(word)]
        for role, other in (self._roles, self._roles[::-1]):
            alone = [i for i, word in enumerate(words) if role.alone[word]]
            if alone and any(other.beside[word] for i, word in enumerate(words) if alone != [i]):
                return True
        return False


def _places(text: str, word: str) -> Iterator[Window]:
    """Where the word stands in a text, and not within another."""
    start = text.find(word)
    while start >= 0:
        end = start + len(word)
        if not (text[start - 1 : start].isalpha() or text[end : end + 1].isalpha()):
            yield start, end
        start = text.find(word, end)


@lru_cache(maxsize=1 << 15)
def _with_key(word: str) -> tuple[str, str]:
    """A word with its letters repaired, and its key."""
    word = repair(word)
    return word, key(word, lower(word), "")


@lru_cache(maxsize=1 << 12)
def _pieces(word: str) -> list[str]:
    """The words that are run together in one: ArmanTuleshov."""
    return [word] if word.isupper() else CAMEL.split(word)


def _may_be(part: Part, word: str, own: str, surname: bool) -> bool:
    """Whether the word, or the first of two with it, is the part."""
    keys = keys_of(part)
    if own.startswith(keys.begins):
        if match_of_many(part, word, surname):
            return True
        if "ж" in word.lower() and any(match_of_many(part, word, surname, code) for code in _reading_dzh()):
            return True
        if len(part.pieces) > 1 and any(match(make_part(piece), word, "", surname) for piece in part.pieces):
            return True
    return (own in keys.halves or own.startswith(keys.begins)) and _begins(part, word)


@cache
def _reading_dzh() -> tuple[str, ...]:
    """The languages in which ж is read as дж too."""
    return tuple(code for code in languages.codes() if name_grammar(code).voiced_affricate)


def _begins(part: Part, word: str) -> bool:
    """Whether the word may be the first of two that are the part together: Касым Жомарт."""
    for reading in readings(word):
        size = len(reading.sounds)
        for sounds in (*part.sounds, *(form.sounds for form in part.forms)):
            if len(sounds) > size and min(columns(sounds).column(reading.sounds)[size - 1 : size + 2]) <= tolerance(
                size
            ):
                return True
    return False
