"""An answer in the order in which its documents came into the index, those that came or changed last first.

The index knows the minute as a term, so that every engine has this order. The terms are walked from the last year to its last
minute; a part of which all documents stand before the page is counted and passed over. Documents of one minute come in order of score,
those of earlier versions, which have no minute, at the end.
"""

from __future__ import annotations

from itertools import groupby

from searchkit.engines.base import Engine, Page
from searchkit.terms.column_terms import ADDED, in_column
from searchkit.terms.query_tree import And, Group, Node, Not, Prefix

_PERIODS = ("2026", "2026-12", "2026-12-01", "2026-12-01T09", "2026-12-01T09:30")
_LENGTHS = tuple(len(in_column(ADDED, period)) for period in _PERIODS)
"""How long the terms of a year, a month, a day, an hour and a minute are."""


def page(engine: Engine, query: Node, limit: int, offset: int) -> Page:
    """The matches from `offset` on, and how many there are in all."""
    total = engine.search(query, 0).total
    if limit <= 0 or offset >= total:
        return Page(total, ())
    minutes = sorted(engine.terms("word", in_column(ADDED, "")), reverse=True)
    walk = _AddedPage(engine, query, limit, offset)
    walk.take(minutes, 0)
    walk.take_page(Not(_of(in_column(ADDED, ""))))
    return Page(total, tuple(walk.matches))


class _AddedPage:
    """Over the periods; `skip` documents are still to be passed over before the first of the page."""

    def __init__(self, engine: Engine, query: Node, limit: int, offset: int) -> None:
        self._engine, self._query, self._limit = engine, query, limit
        self.skip = offset
        self.matches: list[tuple[str, float]] = []

    def take(self, minutes: list[str], depth: int) -> None:
        """The documents of these minutes, by period of one length."""
        for period, within in groupby(minutes, key=lambda term: term[: _LENGTHS[depth]]):
            those = list(within)
            if len(those) == 1 or depth + 1 == len(_LENGTHS):
                self.take_page(_of(period))
            elif len(self.matches) < self._limit:
                number = self._engine.search(And((self._query, _of(period))), 0).total
                if number <= self.skip:
                    self.skip -= number
                else:
                    self.take(those, depth + 1)

    def take_page(self, condition: Node) -> None:
        """The documents that meet a condition, best first."""
        wanted = self._limit - len(self.matches)
        if wanted > 0:
            found = self._engine.search(And((self._query, condition)), wanted, self.skip)
            self.matches += found.matches
            self.skip = max(0, self.skip - found.total)


def _of(period: str) -> Group:
    return Group((Prefix("word", period),), boost=0.0)
