"""Which words of a query read as a person's name, and the sequences of name keys that find its other spellings.

Two words side by side read as a name where neither is a stop word or a word of the lexicon, and both have a capital, or,
in a query without capitals, the second ends as surnames do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from searchkit import people
from searchkit.engines.base import Engine
from searchkit.lexicon import Lexicon
from searchkit.query import translation
from searchkit.query.query_word import QueryWord
from searchkit.terms import query_tree
from searchkit.terms.query_tree import Group, Term

WEIGHT = 0.4
"""The weight of another spelling of a name beside the name as typed."""
SHORTEST = 3
"""Letters; shorter words are initials, particles and abbreviations."""


def groups(
    words: Sequence[QueryWord], lexicon: Lexicon | None = None, known: Set[QueryWord] = frozenset()
) -> Iterator[tuple[int, int, Group]]:
    """The names among the words of a query that stand side by side: half-open range and what to look for.

    `known` are words that are surely of names (`known_as_names`).
    """
    capitals = any(word.text[:1].isupper() for word in words)
    position = 0
    while position + 1 < len(words):
        pair = words[position : position + 2]
        found: tuple[query_tree.Sequence, ...] = ()
        text = " ".join(word.text for word in pair)
        if all(word in known or _may_be_name(word, capitals, lexicon) for word in pair):
            found = _sequences(text, capitals)
        if found:
            yield position, position + 2, Group(found, text)
        position += 2 if found else 1


@lru_cache(maxsize=1 << 8)
def _sequences(text: str, capitals: bool) -> tuple[query_tree.Sequence, ...]:
    name = people.parse(text)
    if not capitals and (name.surname is None or name.surname.suffix != "strong"):
        return ()
    return tuple(replace(sequence, weight=WEIGHT) for sequence in people.side_by_side(name))


def known_as_names(words: Sequence[QueryWord], engine: Engine, lexicon: Lexicon | None = None) -> Iterator[QueryWord]:
    """The words that the collection knows as the parts of a name: two with capitals that stand so in a document.

    One of them must be a given name, or no word of the lexicon: Red Army is none.
    """
    from searchkit.people.names.given_names import given_name

    for pair in pairwise(words):
        if not all(
            word.text[:1].isupper() and word.text.isalpha() and not word.exact and not word.prefix for word in pair
        ):
            continue
        slots = tuple(
            tuple({Term("name", people.key(word.text, form, code)) for code, form in word.forms}) for word in pair
        )
        if not engine.search(Group((query_tree.Sequence(slots),)), limit=0).total:
            continue
        common = [any(translation.is_known(code, form, lexicon) for code, form in word.forms if code) for word in pair]
        if not all(common) or any(given_name(word.text, code) for word in pair for code, _ in word.forms):
            yield from pair


def _may_be_name(word: QueryWord, capitals: bool, lexicon: Lexicon | None) -> bool:
    if word.exact or word.prefix or word.distance or len(word.text) < SHORTEST or not word.text.isalpha():
        return False
    if capitals and not word.text[0].isupper():
        return False
    return not any(translation.is_known(code, form, lexicon) for code, form in word.forms if code)
