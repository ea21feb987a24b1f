"""Relaxation of a query: from all of its words to any of them.

A typed query asks for documents that hold all its words. Where few do, those that lack one of three words or more are
offered below them, and where these are few as well, those that hold any of its words. So results are ordered by how much of
the query they hold, and within that by score. A query that is a person's name, or has a phrase, an exact word or a field in
it, is meant as it stands: documents that hold some of it are offered only where none holds it all.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from searchkit.query.expansion import Expansion, expand
from searchkit.query.own_words import query_languages
from searchkit.query.parser import parse, words
from searchkit.query.query_word import Options
from searchkit.terms.query_tree import And, Node, Or, Phrase, Word, leaves

ENOUGH = 10
"""Documents: where so many hold all the words, or most of them, none is offered that holds fewer."""


class Attempt(NamedTuple):
    """An engine tree, tried where the trees before it found fewer than `ENOUGH` documents.

    One that is a `last_resort` is tried only where the first found none. `languages` are those of the query, for
    `own_words_first`.
    """

    tree: Node
    last_resort: bool = False
    languages: tuple[str, ...] = ()


def attempts(query: str, plain: bool, options: Options) -> Iterator[Attempt]:
    """The trees to try, the strictest first; see `words` for a plain query. Raises QueryError."""
    if plain:
        yield Attempt(expand(words(query), options))
        return
    strict = parse(query, default="and")
    loose = parse(query, default="or")
    languages = query_languages(strict, options)
    expansion = Expansion(strict, options)
    yield Attempt(expansion.all(), languages=languages)
    if strict != loose:
        most = expansion.most(_free(loose))
        if most:
            yield Attempt(most, languages=languages)
        yield Attempt(Expansion(loose, options).any(), _is_exacting(strict) or expansion.is_name(), languages)


def _is_exacting(tree: Node) -> bool:
    """Whether a query has more than plain words in it."""
    return any(
        isinstance(leaf, Phrase) or (isinstance(leaf, Word) and (leaf.exact or leaf.field)) for leaf in leaves(tree)
    )


def _free(loose: Node) -> frozenset[Node]:
    """The clauses of a query that are neither required nor forbidden nor filters, from its tree with any of them."""
    free = loose.children[0] if isinstance(loose, And) else loose
    return frozenset(free.children) if isinstance(free, Or) else frozenset()
