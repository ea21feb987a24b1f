"""A snapshot: the segments of one commit, their living documents, and the statistics that scores need."""

from __future__ import annotations

import heapq
from array import array
from collections.abc import Collection, Iterator, Mapping, Set
from itertools import compress
from operator import add
from pathlib import Path
from typing import TYPE_CHECKING, Any

from searchkit.engines.base import B
from searchkit.engines.whoosh.doc_set import DocSet
from searchkit.engines.whoosh.segment.postings import Postings
from searchkit.engines.whoosh.segment.segment import LEAST_LENGTHS, Segment, key_of, to_bytes, to_text
from searchkit.terms.fields import FIELDS

if TYPE_CHECKING:
    from searchkit.engines.whoosh.generation import Commit, SegmentEntry

_FEW = 8
"""Below one in so many documents, length norms are worked out as needed and not for the whole segment."""


Scores = list[float] | dict[int, float]
"""A number by document: for all of a segment, or for some."""


class Leaf:
    """A segment of a snapshot."""

    def __init__(self, segment: Segment, entry: SegmentEntry, means: Mapping[str, float]) -> None:
        self.segment = segment
        self.count = segment.count
        self.deleted = entry.deleted
        self._means = means
        self._norms: dict[str, list[float]] = {}
        self._greatest_norms: dict[str, list[float]] = {}
        self._extents: dict[str, tuple[array[int], array[int]]] = {}
        self._living: DocSet | None = None
        self.facet_values: dict[str, Any] = {}
        """See `facets`."""
        self.norm_levels: dict[str, int] = {}
        """See `score_bounds`."""

    def living(self) -> DocSet:
        if self._living is None:
            self._living = DocSet.all(self.count) - self.deleted
        return self._living

    def frequency(self, postings: Postings) -> int:
        """In how many living documents a term stands."""
        if not self.deleted:
            return postings.size
        return postings.size - postings.count_in(self.deleted)

    def term_frequency(self, field: str, term: bytes) -> int:
        """In how many living documents a term stands, 0 where there is no such term."""
        terms = self.segment.terms(field)
        number = terms.find(term)
        if number < 0:
            return 0
        return self.frequency(terms.postings(number)) if self.deleted else int(terms.frequencies[number])

    def norms(self, field: str, documents: Collection[int]) -> Scores:
        """1 / (1 - B + B * length / mean length) by document, at least for these documents."""
        known = self._norms.get(field)
        if known is not None:
            return known
        lengths, slope = self.segment.numbers(f"length.{field}"), B / self._means[field]
        if len(documents) * _FEW < self.count:
            return {document: 1 / (1 - B + slope * lengths[document]) for document in documents}
        by_length = {length: 1 / (1 - B + slope * length) for length in set(lengths)}
        norms = self._norms[field] = list(map(by_length.__getitem__, lengths))
        return norms

    def greatest_norms(self, field: str) -> list[float]:
        """The greatest norm by class of length."""
        norms = self._greatest_norms.get(field)
        if norms is None:
            slope = B / self._means[field]
            norms = self._greatest_norms[field] = [1 / (1 - B + slope * length) for length in LEAST_LENGTHS]
        return norms

    def extents(self, kind: str) -> tuple[array[int], array[int]]:
        """Each document's first position, and, one place further on, the first position after it."""
        extents = self._extents.get(kind)
        if extents is None:
            first = array("I", self.segment.numbers(f"{kind}.starts").tobytes())
            ends = array("I", (0, *map(add, first, self.segment.numbers(f"{kind}.sizes"))))
            extents = self._extents[kind] = first, ends
        return extents

    def find(self, id: bytes, key: int) -> int:
        """The living document of this id, -1 where there is none; `key` is `key_of(id)`."""
        return next((document for document in self.segment.find(id, key) if document not in self.deleted), -1)

    def in_order(self, documents: Set[int]) -> Iterator[int]:
        """The documents in order of id."""
        if len(documents) * _FEW < self.count:
            return iter(sorted(documents, key=self.segment.texts("ids").__getitem__))
        order = self.segment.numbers("order")
        flags = documents if isinstance(documents, DocSet) else DocSet.of(documents, self.count)
        return compress(order, map(flags.content.__getitem__, order))


class Snapshot:
    """One committed state."""

    def __init__(self, folder: Path, commit: Commit, segments: Mapping[str, Segment]) -> None:
        """`segments` are those already open, by file name. Raises FileNotFoundError where a writer has gone on."""
        self.commit = commit
        self.segments = {
            entry.file_name: segments.get(entry.file_name) or Segment(folder / entry.file_name)
            for entry in commit.segments
        }
        self.documents = sum(entry.living() for entry in commit.segments)
        lengths = {field: sum(entry.lengths[field] for entry in commit.segments) for field in FIELDS}
        # The mean of a field without terms does not matter, all lengths being zero; but it is divided by.
        means = {field: (length or 1) / (self.documents or 1) for field, length in lengths.items()}
        self.leaves = [Leaf(self.segments[entry.file_name], entry, means) for entry in commit.segments]

    def ids(self) -> Iterator[tuple[str, str, str]]:
        """All (id, hash, file), in order of id."""
        for id, leaf, document in merged((leaf, leaf.living()) for leaf in self.leaves):
            segment = leaf.segment
            yield to_text(id), to_text(segment.texts("hashes")[document]), segment.file(document)

    def find(self, id: str) -> tuple[Leaf, int] | None:
        """The living document of this id."""
        content = to_bytes(id)
        key = key_of(content)
        for leaf in self.leaves:
            document = leaf.find(content, key)
            if document >= 0:
                return leaf, document
        return None


def merged(found: Iterator[tuple[Leaf, Set[int]]]) -> Iterator[tuple[bytes, Leaf, int]]:
    """The documents of several leaves in order of id."""

    def rows(leaf: Leaf, documents: Set[int]) -> Iterator[tuple[bytes, Leaf, int]]:
        ids = leaf.segment.texts("ids")
        return ((ids[document], leaf, document) for document in leaf.in_order(documents))

    return heapq.merge(*(rows(leaf, documents) for leaf, documents in found), key=lambda row: row[0])
