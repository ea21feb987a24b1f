"""How often a term or a sequence stands in documents.

Tantivy's Python interface gives no counts, but the BM25 score of one term, from which the count follows:

    score = idf * 2.2 * count / (count + K)     K = 1.2 * (0.25 + 0.75 * length / mean length)

with the length as Tantivy rounds it. Scores have 24 bits; a count that comes out within rounding is a whole number.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from searchkit.engines.base import K1, B
from searchkit.engines.tantivy import schema
from searchkit.engines.tantivy.matching import Places
from searchkit.engines.tantivy.snapshot import Snapshot, all_of, any_of, unscored

if TYPE_CHECKING:
    from tantivy import DocAddress, Query

_FEW = 5
"""So few alternatives are sooner counted one by one."""
_BITS = 20
"""Whole numbers below 2**24 are exact in a score."""

Counts = dict[int, int]
"""How often, by the number of the document."""


class Candidates:
    """Some documents, found by a query, of which more is to be known."""

    def __init__(self, snapshot: Snapshot, query: Query, addresses: list[DocAddress]) -> None:
        self._snapshot = snapshot
        self._query = unscored(query)
        self.addresses = dict(zip(snapshot.numbers("number", addresses), addresses, strict=True))
        """By number."""
        self._values: dict[str, dict[int, int]] = {}

    def __len__(self) -> int:
        return len(self.addresses)

    def values(self, field: str) -> dict[int, int]:
        """A numeric field of the documents, by number."""
        known = self._values.get(field)
        if known is None:
            values = self._snapshot.numbers(field, list(self.addresses.values()))
            known = self._values[field] = dict(zip(self.addresses, values, strict=True))
        return known

    def within(self, query: Query) -> set[int]:
        """Those that a query finds."""
        return (
            {number for number, _ in self._search(all_of((self._query, unscored(query))))} if self.addresses else set()
        )

    def counts(self, wanted: Sequence[Places]) -> list[Counts]:
        """How often each of some alternatives stands in those that hold it."""
        found: list[Counts] = [{} for _ in wanted]
        if not self.addresses:
            return found
        if len(wanted) <= _FEW:
            for places, counts in zip(wanted, found, strict=True):
                self._count([(places, None, counts)])
            return found
        # Each search costs as much as many terms do, so terms of which no document holds two share one.
        for together in _disjoint(self._holders(wanted)):
            self._count([(wanted[place], numbers, found[place]) for place, numbers in together])
        return found

    def _holders(self, wanted: Sequence[Places]) -> list[set[int]]:
        """For each alternative, which documents hold it: several are asked for at once, each by a bit of the score."""
        from tantivy import Occur, Query

        holders: list[set[int]] = [set() for _ in wanted]
        for start in range(0, len(wanted), _BITS):
            some = wanted[start : start + _BITS]
            clauses = [(Occur.Must, self._query)]
            for bit, places in enumerate(some):
                clauses.append((Occur.Should, Query.const_score_query(places.query, float(1 << bit))))
            for number, score in self._search(Query.boolean_query(clauses)):
                bits = int(score)
                while bits:
                    lowest = bits & -bits
                    holders[start + lowest.bit_length() - 1].add(number)
                    bits ^= lowest
        return holders

    def _count(self, together: list[tuple[Places, set[int] | None, Counts]]) -> None:
        """Fill in the counts of alternatives of which no document holds two."""
        query = all_of((self._query, any_of(places.query for places, _, _ in together)))
        scores = self._search(query)
        for places, numbers, counts in together:
            idf, mean = self._snapshot.idf(places.kind, places.words), self._snapshot.mean_tokens(places.kind)
            lengths, top, slope = self.values(f"tokens_{places.kind}"), idf * (K1 + 1), K1 * B / mean
            for number, score in scores:
                if numbers is not None and number not in numbers:
                    continue
                share = score / top if top else 1.0
                norm = K1 * (1 - B) + slope * schema.fieldnorm(lengths[number])
                counts[number] = max(1, round(share * norm / (1 - share))) if share < 1 else 1

    def _search(self, query: Query) -> list[tuple[int, float]]:
        """Numbers and scores of what a query finds."""
        hits = self._snapshot.searcher.search(query, len(self.addresses), count=False).hits
        numbers = self._snapshot.numbers("number", [address for _, address in hits])
        return [(number, score) for number, (score, _) in zip(numbers, hits, strict=True)]


def _disjoint(holders: list[set[int]]) -> list[list[tuple[int, set[int]]]]:
    """The sets that are not empty, each with its place, put together so that those together share nothing."""
    groups: list[tuple[set[int], list[tuple[int, set[int]]]]] = []
    for place in sorted(range(len(holders)), key=lambda place: -len(holders[place])):
        numbers = holders[place]
        if not numbers:
            break
        for taken, group in groups:
            if taken.isdisjoint(numbers):
                taken |= numbers
                group.append((place, numbers))
                break
        else:
            groups.append((set(numbers), [(place, numbers)]))
    return [group for _, group in groups]
