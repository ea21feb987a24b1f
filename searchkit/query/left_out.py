"""Leaving out what a reader does not want a word translated to: «кітапхана» of a search for library."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from searchkit.engines.base import Engine
from searchkit.errors import QueryError
from searchkit.query.expansion import expand
from searchkit.query.parser import parse
from searchkit.query.query_word import Options
from searchkit.query.relaxation import Attempt
from searchkit.terms import query_tree
from searchkit.terms.query_tree import And, Group, Node, Not, Or, Prefix, Term

TRANSLATION = "translation"


def without_translations(attempts: Iterable[Attempt], words: Sequence[str]) -> Iterator[Attempt]:
    """Attempts in which nothing is translated to one of these words, of whatever languages."""
    left_out = [terms_of(word) for word in words]
    return (attempt._replace(tree=without(attempt.tree, left_out)) for attempt in attempts)


def frequency(engine: Engine, word: str) -> int:
    """In how many documents a word stands, in any of its forms; of several, in how many the rarest does."""
    found = []
    for part in word.split():
        found.append(max((engine.frequency("stem", term) for term in terms_of(part)), default=0))
    return min(found, default=0)


def terms_of(word: str) -> frozenset[str]:
    """The terms that a word, or several side by side, stand for in their own language; none for what is no word."""
    try:
        parsed = parse(f'"{word}"')
    except QueryError:
        return frozenset()
    return frozenset(_texts(expand(parsed, Options(translate=False, transliterate=False))))


def without(tree: Node, left_out: Sequence[frozenset[str]]) -> Node:
    """The tree without the translations that are made of the terms of one of these words."""
    if isinstance(tree, (And, Or)):
        return replace(tree, children=tuple(without(child, left_out) for child in tree.children))
    if isinstance(tree, Not):
        return replace(tree, child=without(tree.child, left_out))
    if isinstance(tree, Group):
        kept = tuple(
            one
            for one in tree.alternatives
            if one.reason != TRANSLATION or not any(_is_of(one, terms) for terms in left_out)
        )
        return replace(tree, alternatives=kept) if len(kept) < len(tree.alternatives) else tree
    return tree


def _is_of(one: Term | Prefix | query_tree.Fuzzy | query_tree.Sequence, terms: frozenset[str]) -> bool:
    if isinstance(one, query_tree.Sequence):
        return all(any(term.text in terms for term in slot) for slot in one.slots if slot)
    return one.text in terms


def _texts(node: Node) -> Iterator[str]:
    for leaf in query_tree.leaves(node):
        if isinstance(leaf, Group):
            for one in leaf.alternatives:
                if isinstance(one, query_tree.Sequence):
                    yield from (term.text for slot in one.slots for term in slot)
                else:
                    yield one.text
