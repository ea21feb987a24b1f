"""Own words first: the words as typed, in any form, count on top of what they count together with their translations.

A document in the query's own language then comes before translations that say the word as often. It changes the order
alone: which documents answer, and what is marked in them, is the tree's own affair.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from searchkit.terms.query_tree import And, Everything, Group, Node, Or, leaves

WEIGHT = 1.0
"""The extra weight of the user's own words."""


def own_words_first(tree: Node) -> Node:
    """The tree for a search that ranks by it; the tree itself where no word has translations or near spellings."""
    own = tuple(_own(tree))
    return And((tree, Or((*own, Everything())))) if own else tree


def _own(tree: Node) -> Iterator[Group]:
    """The groups with what is worth less than the word itself left out, where anything is."""
    for leaf in leaves(tree, denied=False):
        if isinstance(leaf, Group) and leaf.boost:
            own = tuple(one for one in leaf.alternatives if one.weight == 1.0)
            if 0 < len(own) < len(leaf.alternatives):
                yield replace(leaf, alternatives=own, boost=leaf.boost * WEIGHT)
