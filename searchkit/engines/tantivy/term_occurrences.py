"""Where terms or phrases stand: as a query, and as counts by document."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from searchkit.engines.tantivy.snapshot import any_of

if TYPE_CHECKING:
    from tantivy import Query

Counts = dict[int, int]
"""How often, by the number of the document."""


@dataclass(frozen=True)
class Occurrences:
    """A query that finds terms or phrases of one field, and whose score tells how often (see `counting`)."""

    query: Query
    kind: str
    words: tuple[str, ...]
    """The terms by which Tantivy computes its idf."""
    phrases: tuple[Occurrences, ...] = ()
    """The phrases of terms that it takes in, if they are few; two of them may stand in one place."""
    slots: tuple[tuple[str, ...], ...] = ()
    """Where it stands, there is one of the terms of each of these."""

    @cached_property
    def finding(self) -> Query:
        """The query that finds the documents fastest."""
        return any_of(phrase.query for phrase in self.phrases) if self.phrases else self.query
