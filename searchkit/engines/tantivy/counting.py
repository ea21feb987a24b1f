"""How often a term or a sequence stands in documents.

Tantivy's Python interface gives no counts, but the BM25 score of one term, from which the count follows:

    score = idf * 2.2 * count / (count + K)     K = 1.2 * (0.25 + 0.75 * length / mean length)

with the length as Tantivy rounds it. Scores have 24 bits; a count that comes out within rounding is a whole number: where
idf is 2 and K 1.2, a score of 2.75 is 0.625 of 4.4, and count / (count + 1.2) is 0.625 for a count of 2.

Many terms are asked for at once. Which documents hold them, each term says with a bit of its own of one score (a bit-sliced
signature, as in Faloutsos, Signature files, 1992): scores of 1, 2 and 4 for three terms, and a document that scores 5 holds
the first and the third. Terms of which no document holds two then share a search for their counts. Common words of four
languages in 16,000 documents are so answered in 12 ms instead of 20, most other queries as soon as without.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from searchkit.engines.base import K1, B
from searchkit.engines.tantivy import schema
from searchkit.engines.tantivy.snapshot import Snapshot, all_of, any_of, unscored
from searchkit.engines.tantivy.term_occurrences import Counts, Occurrences

if TYPE_CHECKING:
    from tantivy import DocAddress, Query

_FEW = 2
"""So few alternatives are sooner counted one by one."""
_BITS = 20
"""Whole numbers below 2**24 are exact in a score."""
_FEW_PHRASES = 4
"""So few phrases are sooner looked for than one of regular expressions, which takes its time to begin."""
_SECOND = 2.0**-11
"""The factor of the second of two alternatives that are counted in one search."""
_NOISE = 4e-7
"""How far a score may be off, of one that is 1 at most."""
FEW_DOCUMENTS = 200
"""So few documents are sooner picked by their numbers than found again by a query."""


Key = tuple[str, str]
"""One of Tantivy's fields and a term of it."""


class Candidates:
    """Some documents, all that a query finds or a few of them, of which more is to be known."""

    def __init__(self, snapshot: Snapshot, query: Query | None, addresses: list[DocAddress]) -> None:
        """Without a query the documents are picked by their numbers."""
        self._snapshot = snapshot
        numbers = snapshot.numbers("number", addresses)
        self.addresses = dict(zip(numbers, addresses, strict=True))
        """By number."""
        self._given = query
        self._values: dict[str, dict[int, int]] = {}
        self._norms: dict[str, dict[int, float]] = {}

    @cached_property
    def query(self) -> Query:
        """Finds the documents, and scores nothing."""
        query = self._given
        if query is None or len(self.addresses) <= FEW_DOCUMENTS:
            query = any_of(self._snapshot.term("number", number) for number in self.addresses)
        return unscored(query)

    def values(self, field: str) -> dict[int, int]:
        """A numeric field of the documents, by number."""
        known = self._values.get(field)
        if known is None:
            values = self._snapshot.numbers(field, [*self.addresses.values()])
            known = self._values[field] = dict(zip(self.addresses, values, strict=True))
        return known

    def within(self, query: Query) -> set[int]:
        """Those that a query finds."""
        if not self.addresses:
            return set()
        return {number for number, _ in self._search(all_of((self.query, unscored(query))))}

    def counts(self, wanted: Sequence[Occurrences]) -> list[Counts]:
        """How often each of some alternatives stands in those that hold it."""
        found: list[Counts] = [{} for _ in wanted]
        if not self.addresses:
            return found
        terms = [place for place, places in enumerate(wanted) if len(places.words) == 1]
        phrases = [place for place, places in enumerate(wanted) if len(places.words) != 1]
        # Which documents hold a term costs little to find out for one term more.
        needed = {(wanted[place].kind, wanted[place].words[0]): wanted[place].query for place in terms}
        for places in (wanted[place] for place in phrases):
            for term in (term for slot in places.slots for term in slot):
                if (places.kind, term) not in needed:
                    needed[places.kind, term] = self._snapshot.term(places.kind, term)
        holders: dict[Key, set[int]] = {}
        if len(needed) <= _FEW:
            for place in terms:
                self._count(wanted[place], found[place])
        else:
            holders = self._holders(needed)
            own = {place: holders[wanted[place].kind, wanted[place].words[0]] for place in terms}
            # Terms of which no document holds two can share a search, and then two such rows can share one.
            rows = _disjoint(own)
            for start in range(0, len(rows), 2):
                self._count_rows(wanted, rows[start : start + 2], found)
        for place in phrases:
            found[place].update(self._count_phrase(wanted[place], holders))
        return found

    def _count_phrase(self, places: Occurrences, holders: dict[Key, set[int]]) -> Counts:
        """A sequence is asked for by itself: beside other clauses of a query it would be looked for in all documents."""
        within = self._may_hold(places, holders)
        some = [(phrase, numbers) for phrase in places.phrases if (numbers := self._may_hold(phrase, holders))]
        counts: Counts = {}
        if within and 0 < len(some) <= _FEW_PHRASES:
            for phrase, numbers in some:
                own: Counts = {}
                self._count(phrase, own, numbers)
                if own.keys() & counts.keys():
                    # Both may stand in one place.
                    break
                counts.update(own)
            else:
                return counts
        counts.clear()
        if within:
            self._count(places, counts, within)
        return counts

    def _may_hold(self, places: Occurrences, holders: dict[Key, set[int]]) -> Collection[int]:
        """The documents that hold a term of each slot of a sequence, as far as is known."""
        if not places.slots or not holders:
            return self.addresses
        slots = [set().union(*(holders[places.kind, term] for term in slot)) for slot in places.slots]
        return set.intersection(*slots)

    def _holders(self, terms: dict[Key, Query]) -> dict[Key, set[int]]:
        """Which documents hold each of some terms: several are asked for at once, each by a bit of the score."""
        from tantivy import Query

        holders: dict[Key, set[int]] = {key: set() for key in terms}
        every = list(terms.items())
        for start in range(0, len(every), _BITS):
            some = every[start : start + _BITS]
            bits = [Query.const_score_query(query, float(1 << bit)) for bit, (_, query) in enumerate(some)]
            members = [holders[key] for key, _ in some]
            for number, score in self._scores(bits):
                held = int(score)
                while held:
                    lowest = held & -held
                    members[lowest.bit_length() - 1].add(number)
                    held ^= lowest
        return holders

    def _count(self, places: Occurrences, counts: Counts, numbers: Collection[int] | None = None) -> None:
        """Fill in the counts of one alternative, in the documents with these numbers alone if they are given."""
        norms, top = self._lengths(places.kind), self._top(places)
        for number, score in self._scores([places.query], numbers):
            counts[number] = _count_of(score / top if top else 1.0, norms[number])

    def _count_rows(self, wanted: Sequence[Occurrences], rows: list[dict[int, set[int]]], found: list[Counts]) -> None:
        """Fill in the counts of one or two rows of alternatives; no document holds two of the same row."""
        from tantivy import Query

        queries = []
        alternatives: list[dict[int, int]] = []
        for row, part in zip(rows, (1.0, _SECOND), strict=False):
            alternatives.append({number: place for place, numbers in row.items() for number in numbers})
            for place in row:
                top = self._top(wanted[place])
                queries.append(Query.boost_query(wanted[place].query, part / top) if top else wanted[place].query)
        first, second = alternatives if len(alternatives) > 1 else (alternatives[0], {})
        norms = [self._lengths(places.kind) for places in wanted]
        again: set[int] = set()
        for number, score in self._scores(queries):
            one, two = first.get(number), second.get(number)
            if one is None:
                if two is not None:
                    found[two][number] = _count_of(score / _SECOND, norms[two][number])
                continue
            norm = norms[one][number]
            if two is None:
                found[one][number] = _count_of(score, norm)
                continue
            # The second can only add less than _SECOND, so the first is the greatest count that does not score more.
            count = int(norm * (score + _NOISE) / (1 - score)) if score < 1 else 0
            rest = (score - count / (count + norm)) / _SECOND
            other = norms[two][number]
            found[one][number], found[two][number] = count, _count_of(rest, other)
            if not count or _step(count, norm) < 1.01 * _SECOND:
                again |= {one, two}
            elif not 0 < rest < 1 or _step(found[two][number], other) < 4 * _NOISE / _SECOND:
                again.add(two)
        for place in again:
            found[place].clear()
            self._count(wanted[place], found[place])

    def _top(self, places: Occurrences) -> float:
        """The limit of the score as occurrences in a document grow without bound."""
        return self._snapshot.idf(places.kind, places.words) * (K1 + 1)

    def decoded(self, places: Occurrences, scores: Iterable[tuple[int, float]]) -> Counts:
        """Counts from the numbers of documents and what Tantivy makes them score."""
        norms, top = self._lengths(places.kind), self._top(places)
        return {number: _count_of(score / top if top else 1.0, norms[number]) for number, score in scores}

    def _scores(self, queries: list[Query], numbers: Collection[int] | None = None) -> list[tuple[int, float]]:
        """Numbers, and the sum of the scores, of the documents that one of some queries finds."""
        from tantivy import Occur, Query

        query = self.query
        if numbers is not None and len(numbers) <= len(self.addresses) // 2:
            query = unscored(any_of(self._snapshot.term("number", number) for number in numbers))
        if len(queries) == 1:
            return self._search(Query.boolean_query([(Occur.Must, query), (Occur.Must, queries[0])]))
        # Tantivy goes through all documents for several optional clauses of one query, but not for one.
        scored = unscored(self._snapshot.everything)
        for optional in queries:
            scored = Query.boolean_query([(Occur.Must, scored), (Occur.Should, optional)])
        found = self._search(Query.boolean_query([(Occur.Must, query), (Occur.Must, scored)]))
        return [row for row in found if row[1]]

    def _lengths(self, kind: str) -> dict[int, float]:
        """The K of the documents, by number."""
        known = self._norms.get(kind)
        if known is None:
            slope = K1 * B / self._snapshot.mean_tokens(kind)
            fieldnorm, least = schema.fieldnorm, K1 * (1 - B)
            known = self._norms[kind] = {
                number: least + slope * fieldnorm(length) for number, length in self.values(f"tokens_{kind}").items()
            }
        return known

    def _search(self, query: Query) -> list[tuple[int, float]]:
        """Numbers and scores of what a query finds."""
        hits = self._snapshot.searcher.search(query, len(self.addresses), count=False).hits
        numbers = self._snapshot.numbers("number", [address for _, address in hits])
        return [(number, score) for number, (score, _) in zip(numbers, hits, strict=True)]


def _count_of(share: float, norm: float) -> int:
    """The count that scores this share of what the greatest would."""
    return max(1, round(share * norm / (1 - share))) if share < 1 else 1


def _step(count: int, norm: float) -> float:
    """How much more the next count scores."""
    return norm / ((count + norm) * (count + 1 + norm))


def _disjoint(holders: dict[int, set[int]]) -> list[dict[int, set[int]]]:
    """The sets that are not empty, by their keys, put together so that those together share nothing."""
    taken: list[set[int]] = []
    groups: list[dict[int, set[int]]] = []
    for place, numbers in sorted(holders.items(), key=lambda item: -len(item[1])):
        if not numbers:
            break
        for some, group in zip(taken, groups, strict=True):
            if some.isdisjoint(numbers):
                some |= numbers
                group[place] = numbers
                break
        else:
            taken.append(set(numbers))
            groups.append({place: numbers})
    return groups
