"""Groups of the query tree, looked up: which documents hold their terms, and what that is worth."""

from __future__ import annotations

from collections.abc import Set
from math import log

from searchkit.engines.base import K1
from searchkit.engines.whoosh.doc_set import DocSet
from searchkit.engines.whoosh.searching.doc_counts import Dense, Sparse
from searchkit.engines.whoosh.searching.term_lookup import TermLookup
from searchkit.engines.whoosh.snapshot import Snapshot
from searchkit.terms import query_tree


class GroupScorer:
    """A group of the query tree, looked up in a snapshot. `factor`: its score is at most that."""

    def __init__(self, snapshot: Snapshot, lookup: TermLookup, node: query_tree.Group) -> None:
        self._leaves = snapshot.leaves
        self._documents: dict[int, Set[int]] = {}
        self.alternatives = lookup.group(node)
        frequency = max((alternative.frequency for alternative in self.alternatives), default=0.0)
        idf = log(1 + (snapshot.documents - frequency + 0.5) / (frequency + 0.5))
        self.factor = node.boost * idf * (K1 + 1)

    def size(self, number: int) -> int:
        """At most so many documents of the segment hold it."""
        return sum(alternative.hits[number].size for alternative in self.alternatives)

    def documents(self, number: int) -> Set[int]:
        """The living documents of a segment that hold it."""
        found = self._documents.get(number)
        if found is None:
            found = self._documents[number] = self._match(number)
        return found

    def _match(self, number: int) -> Set[int]:
        leaf = self._leaves[number]
        hits = [alternative.hits[number] for alternative in self.alternatives]
        few: Set[int] = set().union(*(one.ids for one in hits if isinstance(one, Sparse)))
        many = [one.counts for one in hits if isinstance(one, Dense)]
        if not many:
            return few - leaf.deleted
        union = 0
        for counts in many:
            union |= int.from_bytes(counts, "little")
        return (DocSet.of_counts(union, leaf.count) | few) - leaf.deleted

    def add_scores(self, number: int, documents: Set[int], scores: dict[int, float], covered: dict[int, float]) -> None:
        """Add the group's score to those of some documents of a segment, and its `factor` to what they cover.

        They need not hold it.
        """
        leaf, factor = self._leaves[number], self.factor
        frequencies: dict[int, float] = {}
        norms = {}
        for alternative in self.alternatives:
            rows = alternative.hits[number].among(documents)
            if not rows:
                continue
            weight, field = alternative.factor, alternative.field
            if field not in norms:
                norms[field] = leaf.norms(field, documents)
            norm = norms[field]
            for document, count in rows:
                frequencies[document] = frequencies.get(document, 0.0) + weight * count * norm[document]
        for document, frequency in frequencies.items():
            scores[document] += factor * frequency / (frequency + K1)
            covered[document] += factor
