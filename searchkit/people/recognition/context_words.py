"""The words beside a name that show that it is one (`data/context_words.tsv`)."""

from __future__ import annotations

from functools import cache, lru_cache

from searchkit.languages.name_grammar import name_grammar
from searchkit.people.names.name_titles import words_of_kind
from searchkit.people.names.name_words import Words
from searchkit.people.spelling.data_files import rows
from searchkit.people.spelling.phonemes import lower

REACH = 6
"""How many words after a comma or a dash may hold an office: Balázs Hendrich, the new executive director."""
_ENDS = '.!?;:\n«»“”"'


@cache
def _listed(sign: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """The whole words of a sign, and what longer ones begin with."""
    words = [word for own, listed in rows("context_words.tsv") if own == sign for word in listed.split()]
    whole = frozenset(word for word in words if not word.endswith("*"))
    return whole, tuple(word[:-1] for word in words if word.endswith("*"))


@lru_cache(maxsize=1 << 15)
def _holds(sign: str, word: str) -> bool:
    whole, begins = _listed(sign)
    low = lower(word)
    return low in whole or low.startswith(begins)


@lru_cache(maxsize=1 << 15)
def is_office(word: str) -> bool:
    """Whether the word says what a person is: director, министрі."""
    return _holds("office", word) or lower(word) in words_of_kind("title")


def is_address(word: str) -> bool:
    """Whether the word is a form of address: Mr, мырза."""
    return is_man(word) or _holds("woman", word)


def is_man(word: str) -> bool:
    """Whether the word is a form of address for a man."""
    return _holds("man", word)


def is_kin(word: str) -> bool:
    """Whether the word says whose relative a person is."""
    return _holds("kin", word)


def speaks(word: str) -> bool:
    """Whether the word is a verb of what people do."""
    return _holds("speech", word)


def office_beside(words: Words, first: int, last: int) -> int | None:
    """The word that says what the person of words first..last is: right before them, or soon after them, in the same
    sentence, where a comma or a dash follows. None where there is none."""
    if _right_before(words, first) and is_office(words[first - 1].text):
        return first - 1 - _of_an_office(words, first - 1)
    if not words.gap(last).startswith((",", " -", " –", " —", " (")):
        return None
    for i in range(last + 1, min(last + 1 + REACH, len(words))):
        if is_office(words[i].text):
            return i
        if any(mark in words.gap(i) for mark in _ENDS) or "," in words.gap(i):
            return None
    return None


def _of_an_office(words: Words, i: int) -> bool:
    """Whether the office before this one is the person's: советник президента, заместитель министра."""
    if not _right_before(words, i) or not name_grammar(words[i].language).chained_offices:
        return False
    return is_office(words[i - 1].text) and not words.hyphen(i - 1)


def address_before(words: Words, first: int) -> bool:
    """Whether a form of address stands right before word `first`."""
    return _right_before(words, first) and is_address(words[first - 1].text)


def _right_before(words: Words, first: int) -> bool:
    return first > 0 and words.gap(first - 1).strip(" \xa0\n.") == "" and "\n\n" not in words.gap(first - 1)
