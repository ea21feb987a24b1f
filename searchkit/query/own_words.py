"""Own words first: the words as typed, in any form, count on top of what they count together with their translations.

A document in the query's own language then comes before translations that say the word as often. Words that several languages
write alike (bank, film) do so in documents of the query's languages alone: `query_languages`. It changes the order
alone: which documents answer, and what is marked in them, is the tree's own affair.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from searchkit.languages import is_always_asked
from searchkit.query import translation
from searchkit.query.query_word import Alternative, Options
from searchkit.query.word_groups import query_words, words_of
from searchkit.terms import query_tree
from searchkit.terms.query_tree import And, Everything, Group, InLanguage, Node, Or, leaves

WEIGHT = 1.0
"""The extra weight of the user's own words."""


def query_languages(tree: Node, options: Options) -> tuple[str, ...]:
    """The ISO 639-1 codes of the languages that most words of a parsed tree are of, and of those that nobody asks in but the
    collection holds; none where no word is known."""
    tokens = [token for word in words_of(tree) for token in query_words(word, options)]
    likeliest = [code for code, share in translation.likely(tokens, options.lexicon).items() if share == 1]
    return (*likeliest, *(code for code in options.languages if not is_always_asked(code))) if likeliest else ()


def own_words_first(tree: Node, languages: Sequence[str] = ()) -> Node:
    """The tree for a search that ranks by it; the tree itself where no word has translations or near spellings.

    `languages` are those of `query_languages`; none stands for all.
    """
    groups = tuple(_own(tree))
    if not groups:
        return tree
    own: Node = Or(groups)
    if languages:
        own = And((own, Or(tuple(map(InLanguage, languages)))))
    return And((tree, Or((own, Everything()))))


def _own(tree: Node) -> Iterator[Group]:
    """The groups with what is worth less than the word itself left out, where anything is."""
    for leaf in leaves(tree, denied=False):
        if isinstance(leaf, Group) and leaf.boost:
            own = tuple(form for one in leaf.alternatives if (form := _own_form(one)) is not None)
            if own and own != leaf.alternatives:
                yield replace(leaf, alternatives=own, boost=leaf.boost * WEIGHT)


def _own_form(one: Alternative) -> Alternative | None:
    """The alternative, if it is the word itself; a sequence with what is so at each place."""
    if one.weight != 1.0:
        return None
    if not isinstance(one, query_tree.Sequence):
        return one
    slots = tuple(tuple(term for term in slot if term.weight == 1.0) for slot in one.slots)
    return replace(one, slots=slots) if all(slots) else None
