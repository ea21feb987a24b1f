"""The words of a text as the search for a name sees them: what stands beside what, and what it looks like."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, cached_property, lru_cache
from typing import NamedTuple

from searchkit.model import Token
from searchkit.people.names.common_words import is_stop_word
from searchkit.people.names.form_labels import without_labels
from searchkit.people.names.inflection import (
    LONGEST_WORD,
    declined_patronymic,
    declined_patronymic_word,
    declined_surname,
)
from searchkit.people.names.languages_beside import in_their_own
from searchkit.people.names.name_breaks import parts_two_persons
from searchkit.people.names.name_parser import CAMEL
from searchkit.people.names.name_titles import is_particle, is_rank, words_of_kind
from searchkit.people.spelling.data_files import rows
from searchkit.people.spelling.phonemes import APOSTROPHES, lower
from searchkit.people.spelling.phonetic_key import key, without_note

_SPACE = r"[ \t\xa0\u2009\u202f]*\n?[ \t\xa0\u2009\u202f]*"
_BESIDE = re.compile(_SPACE)
_DOT = re.compile(rf"[{APOSTROPHES}]?\.{_SPACE}-?")
"""After an initial; that of Oʻ may be cut off from its mark."""
_HYPHEN = re.compile(r" ?[-‐‑‒–] ?")
_CELLS = re.compile(r"[ \t\xa0]*\|[ \t\xa0]*")
"""Between two cells of a table that is drawn with bars."""
_LOOK_BACK = 12
DEEPEST = 50
"""Breaks of lines one after another whose meaning hangs on the next; no list of persons comes near."""
_COMMA = re.compile(rf",{_SPACE}")


_SEALS = frozenset((("М", "п"), ("М", "о"), ("М", "ў"), ("M", "p"), ("M", "o"), ("M", "oʻ"), ("L", "s")))
"""The letters that mark the place of a seal: Russian место печати, Kazakh мөр орны, Uzbek muhr oʻrni, Latin locus sigilli; the
second in small letters."""
_SEALS_BEGIN = frozenset(first for first, _ in _SEALS)
VOWELS_AND_S = frozenset("aeiouysAEIOUYS")
"""Letters after which an apostrophe is no soft sign: the Omarovs' letter."""


class Words:
    """The words of a text in order, and the text between them."""

    def __init__(self, tokens: Sequence[Token], text: str, joined: frozenset[int] = frozenset()) -> None:
        """`joined`: offsets where a token ends that nothing parts from the next, whatever stands between them."""
        self.text = text
        self._joined = joined
        self.words: Sequence[Token]
        self.words, self._joined_by_label = without_labels(in_their_own(tokens, text), text)
        self._breaks: dict[int, bool] = {}
        self._asked = 0
        named = [token.text for token in self.words if token.name]
        if not all(text[-1].isalpha() for text in named):
            self.words = [_without_note(token) for token in self.words]
            named = [token.text for token in self.words if token.name]
        if not self._joined_by_label and not _SEALS_BEGIN.isdisjoint(named):
            seals = [i for i in range(len(self.words)) if self._is_seal(i)]
            left_out = {*seals, *(i + 1 for i in seals)}
            self.words = [word for i, word in enumerate(self.words) if i not in left_out]
        if not self._joined_by_label and any(map(_run_together, named)):
            self.words = [word for token in self.words for word in _apart(token)]

    @cached_property
    def named(self) -> list[int]:
        """The indexes of capitalised words that may be of a name."""
        return [i for i, word in enumerate(self.words) if word.name and word.text[0].isupper()]

    def __len__(self) -> int:
        return len(self.words)

    def __getitem__(self, i: int) -> Token:
        return self.words[i]

    def gap(self, i: int) -> str:
        """The text between word i and the next; a paragraph's end where there is no next; a space where the label of a form
        stands between them (Фамилия: Каримова. Имя: Гульнара)."""
        if i < 0 or i + 1 >= len(self.words):
            return "\n\n"
        if i in self._joined_by_label or (self._joined and self.words[i].end in self._joined):
            return " "
        return self.text[self.words[i].end : self.words[i + 1].start]

    def beside(self, i: int) -> bool:
        """Whether word i and the next may be of one name: only a space between them, a hyphen, a dot after an initial, or a
        new line or a tab that does not part two persons."""
        gap = self.gap(i)
        if gap == " ":
            return True
        if gap[:1] == "." or gap[:1] in APOSTROPHES and gap[1:2] == ".":
            if not (self.initial(i) and _DOT.fullmatch(gap)):
                return False
        elif "|" in gap and _CELLS.fullmatch(gap):
            return not self._parts(i)
        elif not _BESIDE.fullmatch(gap):
            return _HYPHEN.fullmatch(gap) is not None or self._soft_sign(i, gap)
        return not ("\n" in gap or "\t" in gap) or not self._parts(i)

    def _soft_sign(self, i: int, gap: str) -> bool:
        """Whether an apostrophe after word i, in Latin letters, is a soft sign and no quotation mark: Igor' Sysoev."""
        word = self.words[i]
        if len(gap) != 2 or gap[0] not in APOSTROPHES or gap[1] != " " or word.text[-1] in VOWELS_AND_S:
            return False
        return word.text.isascii() and self.text[word.start - 1 : word.start] not in tuple(APOSTROPHES)

    def _parts(self, i: int) -> bool:
        if i not in self._breaks:
            self._breaks[i] = False  # while it is found out, which may ask again
            self._asked += 1
            if self._asked <= DEEPEST:
                self._breaks[i] = parts_two_persons(self, i)
            self._asked -= 1
        return self._breaks[i]

    def is_plain(self, i: int) -> bool:
        """Whether the word is a title, or one that opens sentences."""
        return is_plain(self.words[i].text)

    def half(self, i: int) -> bool:
        """Whether the word is one of two that a hyphen joins to one name: Қасым-Жомарт is neither Қасым nor Жомарт."""
        return self.half_end(i) or (self.hyphen(i) and self.capital(i + 1) and not self.patronymic(i + 1))

    def half_end(self, i: int) -> bool:
        """Whether the word is the second of two that a hyphen joins."""
        return self.hyphen(i - 1) and self.capital(i - 1) and not self.initial(i - 1) and not self.particle(i - 1)

    def particle(self, i: int) -> bool:
        """Whether a hyphen joins the word, a particle, to the next: әл-Фараби."""
        return self.hyphen(i) and is_particle(self.words[i].text)

    def joined(self, first: int, last: int) -> str:
        """The letters of words first..last, without what stands between them."""
        return "".join(word.text for word in self.words[first : last + 1])

    def between(self, first: int, last: int) -> str:
        """The text from the end of word `first` to the start of word `last`."""
        return self.text[self.words[first].end : self.words[last].start]

    def comma(self, i: int) -> bool:
        """Whether nothing but a comma stands between word i and the next."""
        gap = self.gap(i)
        return gap[:1] == "," and _COMMA.fullmatch(gap) is not None

    def opens_sentence(self, i: int) -> bool:
        """Whether a sentence, a line or a quotation begins with word i."""
        start = self.words[i].start
        before = self.text[max(0, start - _LOOK_BACK) : start].rstrip(" \xa0\t")
        before = before.rstrip("«“„\"'‘([–—-").rstrip(" \xa0\t")
        if not before:
            return start <= _LOOK_BACK or self.text[start - _LOOK_BACK : start].strip() == ""
        return before[-1] in ".!?…:\n\f"

    def hyphen(self, i: int) -> bool:
        """Whether a hyphen without spaces joins word i and the next."""
        return self.gap(i) in ("-", "‐", "‑")

    def capital(self, i: int) -> bool:
        """Whether the word begins with a capital."""
        return 0 <= i < len(self.words) and self.words[i].text[:1].isupper()

    def initial(self, i: int) -> bool:
        """Whether the word is an initial: a capital letter, or a digraph with a dot."""
        if not 0 <= i < len(self.words):
            return False
        word = self.words[i].text
        if len(word) == 1:
            return word.isupper() and not self._little_word(i)
        if len(word) > 4 or not word[0].isupper():
            return False
        return lower(word) in words_of_kind("initial") and self.text[self.words[i].end : self.words[i].end + 1] == "."

    def _is_seal(self, i: int) -> bool:
        """Whether words i and i + 1 are the letters М.П. (place of the seal), before a name that has initials or behind one: «М.П. А.
        Каримов»."""
        if i + 1 >= len(self.words) or self.gap(i) != ".":
            return False
        if (self.words[i].text, lower(self.words[i + 1].text)) not in _SEALS:
            return False
        before, after = self.gap(i - 1), self.gap(i + 1)
        if after[:1] == "." and after[1:].isspace() and self._written_initial(i + 2):
            return True
        if after[:1] == "." and not after[1:].strip(" \xa0") and self.capital(i + 2):
            return False  # «А. Каримов М.П. Иванов»: the next name.
        if before.isspace() and self._written_initial(i - 2) and self.capital(i - 1):
            return True
        return before[:1] == "." and before[1:].isspace() and self._written_initial(i - 1)

    def _written_initial(self, i: int) -> bool:
        """Whether word i is a capital with a dot."""
        if not 0 <= i < len(self.words):
            return False
        word = self.words[i]
        return len(word.text) == 1 and word.text.isupper() and self.text[word.end : word.end + 1] == "."

    def _little_word(self, i: int) -> bool:
        """Whether a capital letter is no initial but a word that opens a sentence, one of a heading in capitals, or begins an
        abbreviation: «U Kim bilan» (he), «У Кима», «Ким В. Н.⏎О ремонте», «ВСТРЕЧА С КИМОМ», «И. о. директора»."""
        if self.gap(i)[:1] == ".":
            return self._abbreviation(i)
        if self.gap(i) != " " or not is_stop_word(self.words[i].text, self.words[i].language):
            return False
        if self.opens_sentence(i):
            return True
        if not self.capital(i + 1):
            return False
        before = self.words[i - 1].text
        return len(before) > 1 and before.isupper() and self.gap(i - 1) == " " and self.words[i + 1].text.isupper()

    def _abbreviation(self, i: int) -> bool:
        """Whether a small letter with a dot follows the capital with a dot: И. о., Т. е."""
        if i + 1 >= len(self.words) or self.gap(i).strip(" \xa0") != ".":
            return False
        following = self.words[i + 1].text
        return len(following) == 1 and following.islower() and self.gap(i + 1)[:1] == "."

    def patronymic(self, i: int) -> int:
        """How many words from i on are a patronymic: 1 (Болатұлы), 2 (Болат ұлы), or 0."""
        if not self.capital(i) or self.initial(i):
            return 0
        following = self.words[i + 1].text if i + 1 < len(self.words) else ""
        # Asked first: `beside` may ask this of the next word, and of the one after it, down a long list.
        if declined_patronymic_word(following) and self.beside(i):
            return 2
        return int(declined_patronymic(self.words[i].text))

    def surname_like(self, i: int) -> bool:
        """Whether the word has the ending of a surname."""
        return self.capital(i) and declined_surname(self.words[i].text)


def _without_note(token: Token) -> Token:
    text = without_note(token.text) if token.name else token.text
    return token if text == token.text else token._replace(text=text, end=token.start + len(text))


@lru_cache(maxsize=1 << 14)
def _run_together(surface: str) -> bool:
    if surface[1:].islower() or surface.isupper() or len(surface) > LONGEST_WORD:
        return False
    return CAMEL.search(surface) is not None


def _apart(token: Token) -> Iterator[Token]:
    """The token, or its pieces where two words are run together in it: ArmanTuleshovich."""
    if not token.name or not _run_together(token.text):
        yield token
        return
    start = token.start
    for part in CAMEL.split(token.text):
        name = key(part, part.lower(), token.language)
        stem = token.stem if start == token.start else ""
        yield token._replace(text=part, start=start, end=start + len(part), stem=stem, name=name)
        start += len(part)


def is_plain(word: str) -> bool:
    """Whether the word is a title, or one that opens sentences: its capital does not make it a name."""
    low = lower(word)
    return any(low in words_of_kind(kind) for kind in ("address", "title", "opener")) or is_rank(word)


# ------------------------------------------------------------------ places and institutions


class _Signs(NamedTuple):
    """Words that stand beside the name of a thing: whole ones, and what longer ones begin with."""

    whole: frozenset[str]
    begins: tuple[str, ...]


@lru_cache(maxsize=1 << 12)
def _is_sign(side: str, word: str) -> bool:
    """Whether the word stands on this side of the name of a thing."""
    signs, low = _signs(side), lower(word)
    return low in signs.whole or low.startswith(signs.begins)


@cache
def _signs(side: str) -> _Signs:
    words = [word for own, listed in rows("named_after.tsv") if own == side for word in listed.split()]
    return _Signs(
        frozenset(word for word in words if not word.endswith("*")),
        tuple(word[:-1] for word in words if word.endswith("*")),
    )


def names_a_thing(words: Words, first: int, last: int) -> bool:
    """Whether the words first..last are part of the name of a street, a prize, an institution."""
    if words.beside(last) and _is_sign("after", words[last + 1].text):
        return True
    before = first - 1
    if before >= 0 and words.text[words[before].end : words[first].start].strip(" .\xa0") == "":
        if _is_sign("before", words[before].text):
            return True
        return before > 0 and lower(words.joined(before - 1, before)) == "namedafter"
    return False


@cache
def toponyms() -> tuple[str, ...]:
    """Places that read as names of people, in lower case."""
    return tuple(lower(place) for place, _ in rows("places.tsv"))
