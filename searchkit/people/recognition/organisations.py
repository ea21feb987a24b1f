"""Organisations that stand beside a name, in the same sentence: where a person works or plays, or whose book it is.

An organisation is a word of `data/organisations.tsv` with its name, of which there are three kinds:

- before it, from a capital on:      Қазақ ұлттық университеті, Tashkent State University
- after it, in quotation marks:      газета «Егемен Қазақстан»
- after it, what it is of:           Министерство культуры, University of London
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache

from searchkit.languages.name_grammar import name_grammar
from searchkit.people.names.common_words import is_stop_word
from searchkit.people.names.name_words import Words
from searchkit.people.spelling.data_files import rows
from searchkit.people.spelling.phonemes import lower

REACH = 12
"""How many words before or after the name are looked at."""
LONGEST = 4
"""Words of an organisation's name beside the word of its kind."""
_QUOTES = '«“„"‘'
_CLOSING_QUOTES = '»”“"’'
_ADJECTIVES = ("ый", "ий", "ой", "ого", "его", "ому", "ему", "ом", "ем", "ым", "им", "ая", "яя", "ую", "ое", "ые", "ей")
_ENDS = ".!?;\n"


@cache
def _kinds() -> tuple[frozenset[str], tuple[str, ...]]:
    words = [word for _, listed in rows("organisations.tsv") for word in listed.split()]
    return frozenset(w for w in words if not w.endswith("*")), tuple(w[:-1] for w in words if w.endswith("*"))


@lru_cache(maxsize=1 << 13)
def names_a_kind(word: str) -> bool:
    """Whether the word names a kind of organisation: университетінің."""
    whole, begins = _kinds()
    low = lower(word)
    return low in whole or low.startswith(begins)


def organisations_beside(words: Words, first: int, last: int) -> Iterator[tuple[int, int]]:
    """(first word, last word) of each organisation in the sentence of the name that is words first..last."""
    begin, end = first, last
    while begin > max(0, first - REACH) and not _sentence_ends(words, begin - 1):
        begin -= 1
    while end < min(len(words) - 1, last + REACH) and not _sentence_ends(words, end):
        end += 1
    for i in range(begin, end + 1):
        if not first <= i <= last and names_a_kind(words[i].text):
            low, high = (begin, first - 1) if i < first else (last + 1, end)
            place = _quoted(words, i, high) or _before(words, i, low) or _of(words, i, high)
            if place is not None:
                yield place


def _sentence_ends(words: Words, i: int) -> bool:
    return any(mark in words.gap(i) for mark in _ENDS) and not words.initial(i)


def _before(words: Words, i: int, low: int) -> tuple[int, int] | None:
    start = None
    for k in range(i - 1, max(low, i - LONGEST) - 1, -1):
        if words.gap(k).strip(_QUOTES + _CLOSING_QUOTES + " ") or is_stop_word(words[k].text, words[k].language):
            break
        if words.surname_like(k) or words.initial(k):
            break
        if words.capital(k):
            start = k
        elif not _may_stand_within(words, k):
            break
    return None if start is None else (start, i)


def _may_stand_within(words: Words, i: int) -> bool:
    """Whether a small word may be part of the name before the kind: an adjective, where the language shows it."""
    grammar = name_grammar(words[i].language)
    if grammar.no_cases:
        return False
    return not grammar.every_part_declined or words[i].text.endswith(_ADJECTIVES)


def written(words: Words, first: int, last: int) -> str:
    """An organisation, the words first..last, as the text has it, with the quotation mark that closes it."""
    text = words.text[words[first].start : words[last].end]
    closed = any(mark in text for mark in _QUOTES) and words.text[words[last].end :][:1] in tuple(_CLOSING_QUOTES)
    return text + words.text[words[last].end :][:closed]


def _quoted(words: Words, i: int, high: int) -> tuple[int, int] | None:
    if i >= high or words.gap(i).lstrip(" ")[:1] not in tuple(_QUOTES):
        return None
    for k in range(i + 1, min(high, i + LONGEST) + 1):
        if words.text[words[k].end :][:1] in tuple(_CLOSING_QUOTES):
            return i, k
    return None


def _of(words: Words, i: int, high: int) -> tuple[int, int] | None:
    if i >= high or words.gap(i) != " ":
        return None
    after = i + 1
    while after < high and is_stop_word(words[after].text, words[after].language) and words.gap(after) == " ":
        after += 1
    return None if is_stop_word(words[after].text, words[after].language) else (i, after)
