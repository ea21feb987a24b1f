"""Which documents answer a query: its attempts one after another, the strictest first, until enough are found."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from searchkit.collection import last_added
from searchkit.collection.results import Order
from searchkit.engines.base import Engine, Page
from searchkit.engines.base import Order as EngineOrder
from searchkit.query.own_words import own_words_first
from searchkit.query.relaxation import ENOUGH, Attempt
from searchkit.terms.query_tree import And, Node, Not, Or


class Answered(NamedTuple):
    """`matches` are a page of it: (tree that found it, id, score), best first. `total` documents answer, `complete` of them
    what was asked first. `trees` are those that find them all."""

    matches: list[tuple[Node, str, float]]
    total: int
    complete: int
    trees: tuple[Node, ...]

    @property
    def tree(self) -> Node:
        """All documents of the answer."""
        return self.trees[0] if len(self.trees) == 1 else Or(self.trees)


def answer(
    engine: Engine,
    attempts: Iterable[Attempt],
    filters: tuple[Node, ...],
    limit: int = 0,
    offset: int = 0,
    order: Order = "score",
    own_words: bool = False,
) -> Answered:
    """Run the attempts until they have found enough documents; each counts those that none before it found.

    With `own_words`, those that have the very words come first. In order of time one document is enough: what lacks a word
    would stand among those that have all.
    """
    matches: list[tuple[Node, str, float]] = []
    total, complete = 0, -1
    tried: list[Node] = []
    for tree, last_resort, languages in attempts:
        if last_resort and complete:
            break
        narrowed = And((tree, *filters, *map(Not, tried))) if filters or tried else tree
        ranked = own_words_first(narrowed, languages) if own_words else narrowed
        page = _page(engine, ranked, limit - len(matches), max(0, offset - total), order)
        matches += ((tree, id, score) for id, score in page.matches)
        total += page.total
        complete = page.total if complete < 0 else complete
        tried.append(tree)
        if total >= (ENOUGH if order == "score" else 1):
            break
    return Answered(matches, total, complete, tuple(tried))


def _page(engine: Engine, tree: Node, limit: int, offset: int, order: Order) -> Page:
    if order == "added":
        return last_added.page(engine, tree, limit, offset)
    by_engine: EngineOrder = order
    return engine.search(tree, limit, offset, by_engine)
