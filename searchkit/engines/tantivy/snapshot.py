"""A snapshot: one committed state, and the statistics that scores need."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, partial
from math import log
from struct import Struct
from typing import TYPE_CHECKING, Any

from searchkit.engines.tantivy import encoding, external_merge, positions, schema
from searchkit.engines.tantivy.threads import together
from searchkit.terms.fields import FIELDS

if TYPE_CHECKING:
    from tantivy import DocAddress, Document, Query, Schema, Searcher

Hits = list[tuple[Any, "DocAddress"]]
"""Scores, or values of the field that orders them, and documents."""

_SINGLE = Struct("f")
_MUCH = 250_000
"""From so many postings on, a search is shared among threads; starting them takes as long as 30,000."""
_MOST_PARTS = 4
_EVEN = 0.7
"""How much smaller than the others a part may be."""
_NO_NUMBER = 1 << 63
_REMEMBERED = 50_000
"""So many terms' statistics are kept."""
_MANY = 8
"""From one in so many documents on, ids are read off the sorted list of all and not one by one."""
_MOST_HELD = 100_000
"""Entries that are in memory at once; more go through a temporary file."""


class Snapshot:
    """One committed state."""

    def __init__(self, searcher: Searcher, tantivy_schema: Schema, bucketed: bool) -> None:
        """`bucketed`: entries begin with a bucket, as those of format 2 do not."""
        from tantivy import Query

        self.searcher = searcher
        self.schema = tantivy_schema
        self._bucketed = bucketed
        self.documents: int = searcher.num_docs
        self.everything = Query.all_query()
        self._held: dict[tuple[str, str], int] = {}
        self._frequencies: dict[tuple[str, str], int] = {}
        self._idfs: dict[tuple[str, tuple[str, ...]], float] = {}
        self._explained: dict[str, Any] = {}

    # -------------------------------------------------------------- statistics
    @cached_property
    def means(self) -> dict[str, float]:
        """The mean length of each field."""
        if not self.documents:
            return dict.fromkeys(FIELDS, 1.0)
        sums = {field: {"sum": {"field": f"length_{field}"}} for field in FIELDS}
        found = self.searcher.aggregate(self.everything, sums)
        # The mean of a field without terms does not matter, all lengths being zero; but it is divided by.
        return {field: (found[field]["value"] or 1) / self.documents for field in FIELDS}

    @cached_property
    def has_deleted(self) -> bool:
        """Whether Tantivy still counts documents that are deleted."""
        return self._all != self.documents

    @cached_property
    def _all(self) -> float:
        """How many documents Tantivy takes for all: deleted ones count until they are merged away."""
        for kind in schema.KINDS:
            known = self._counted("N, total number of docs", kind)
            if known is not None:
                return known
        return self.documents

    def held(self, field: str, term: str) -> int:
        """In how many documents a term of Tantivy's field stands, deleted ones included."""
        known = self._held.get((field, term))
        if known is None:
            if len(self._held) >= _REMEMBERED:
                self._held.clear()
            known = self._held[field, term] = self.searcher.doc_freq(field, term)
        return known

    def idf(self, kind: str, words: tuple[str, ...]) -> float:
        """The inverse document frequency that Tantivy computes for the words of a query, in its 32-bit arithmetic."""
        known = self._idfs.get((kind, words))
        if known is None:
            if len(self._idfs) >= _REMEMBERED:
                self._idfs.clear()
            total = 0.0
            count = self._all
            for word in words:
                frequency = self.held(kind, word)
                share = _single(_single(_single(count - frequency) + 0.5) / _single(_single(frequency) + 0.5))
                total = _single(total + _single(log(_single(1 + share))))
            known = self._idfs[kind, words] = total
        return known

    def mean_tokens(self, kind: str) -> float:
        """The mean field length that Tantivy computes for a kind of fields."""
        return self._counted("avgdl", kind) or 1.0

    def _counted(self, what: str, kind: str) -> float | None:
        """A number that Tantivy scores with, which only its explanation of a score tells; None without any term."""
        if kind not in self._explained:
            query = self.term(kind, positions.START)
            hits = self.searcher.search(query, 1, count=False).hits
            self._explained[kind] = json.loads(query.explain(self.searcher, hits[0][1]).to_json()) if hits else None
        content = self._explained[kind]
        return _detail(content, what) if content else None

    def frequency(self, field: str, term: str) -> int:
        """In how many living documents a term of Tantivy's field stands."""
        known = self.held(field, term)
        if known and self.has_deleted:
            if len(self._frequencies) >= _REMEMBERED:
                self._frequencies.clear()
            key = field, term
            if key not in self._frequencies:
                self._frequencies[key] = self.count(self.term(field, term))
            known = self._frequencies[key]
        return known

    def count(self, query: Query) -> int:
        return int(self.searcher.search(unscored(query), 1).count)

    def best(self, query: Query, limit: int, effort: float = 0.0) -> tuple[int, Hits]:
        """How many documents a query finds, and those that score best; `effort`: about how many postings it reads."""
        parts = self._parts if effort >= _MUCH else []
        if len(parts) < 2:
            found = self.searcher.search(query, limit)
            return int(found.count), found.hits

        def search(part: Query) -> tuple[int, Hits]:
            found = self.searcher.search(all_of((part, query)), limit)
            return int(found.count), found.hits

        found_in = together([partial(search, part) for part in parts])
        hits = sorted((hit for _, some in found_in for hit in some), key=lambda hit: -hit[0])
        return sum(count for count, _ in found_in), hits[:limit]

    @cached_property
    def _parts(self) -> list[Query]:
        """Queries each of which finds other documents, all of them together; mostly those of other segments.

        One thread writes the segments, so that each has numbers of its own; where merging has mixed them, a search of a
        part goes through some of a segment in vain.
        """
        from tantivy import DocAddress, FieldType, Query

        most = min(_MOST_PARTS, os.cpu_count() or 1)
        starts = sorted(
            self.numbers("number", [DocAddress(segment, 0) for segment in range(self.searcher.num_segments)])
        )
        size = self.next_number() / most
        bounds = [0]
        for start in starts[1:]:
            if start - bounds[-1] >= size * _EVEN and len(bounds) < most:
                bounds.append(start)
        unsigned = FieldType.Unsigned
        return [
            unscored(Query.range_query(self.schema, "number", unsigned, low, high, include_upper=False))
            for low, high in zip(bounds, [*bounds[1:], _NO_NUMBER], strict=True)
        ]

    def next_number(self) -> int:
        """A number above those of all documents."""
        hits = self.searcher.search(self.everything, 1, order_by_field="number").hits
        return int(hits[0][0]) + 1 if hits else 0

    # -------------------------------------------------------------- documents
    def term(self, field: str, value: str | int) -> Query:
        from tantivy import Query

        return Query.term_query(self.schema, field, value)

    def has(self, key: str) -> bool:
        return bool(self.searcher.doc_freq("key", key)) and self.count(self.term("key", key)) > 0

    def find(self, id: str) -> Document | None:
        hits = self.searcher.search(self.term("key", encoding.key_of(id)), 1).hits
        return self.searcher.doc(hits[0][1]) if hits else None

    def addresses(self, query: Query) -> list[DocAddress]:
        """The documents that a query finds."""
        hits = self.searcher.search(unscored(query), max(1, self.documents), count=False).hits
        return [address for _, address in hits]

    def id(self, address: DocAddress) -> str:
        return encoding.to_text(self.searcher.doc(address).get_first("id"))

    def numbers(self, field: str, addresses: Sequence[DocAddress]) -> list[int]:
        """A numeric field of some documents."""
        found: list[int] = self.searcher.fast_field_values(field, list(addresses))
        return found

    def numbered(self, query: Query) -> Query:
        """The documents that a query finds, by their numbers: for one that takes long and would be run several times."""
        from tantivy import Query

        numbers = self.numbers("number", self.addresses(query))
        return Query.term_set_query(self.schema, "number", numbers) if numbers else Query.empty_query()

    def entries(self, query: Query) -> Iterator[tuple[str, str, str]]:
        """The ids, hashes and files of the documents that a query finds, in order of id."""
        total = self.count(query)
        if total * _MANY >= self.documents and not self.frequency("flag", schema.LONG):
            if total > _MOST_HELD and self._bucketed:
                buckets = ((written[1:] for written in self._listed(query, bucket)) for bucket in encoding.BUCKETS)
                return map(encoding.of_entry, external_merge.merged(buckets))
            written = self._listed(query, "")
            return map(encoding.of_entry, sorted(each[1:] for each in written) if self._bucketed else written)
        documents = (self.searcher.doc(address) for address in self.addresses(query))
        return iter(sorted(_texts(document) for document in documents))

    def _listed(self, query: Query, beginning: str) -> list[str]:
        return [written for written, _ in self.searcher.terms_with_prefix("entry", beginning, filter_query=query)]


def _texts(document: Any) -> tuple[str, str, str]:
    id, hash, file = (document.get_first(name) for name in ("id", "hash", "file"))
    return encoding.to_text(id), encoding.to_text(hash), encoding.to_text(file or b"")


def unscored(query: Query) -> Query:
    """The query, without the work of scoring."""
    from tantivy import Query

    return Query.const_score_query(query, 0.0)


def any_of(queries: Iterable[Query]) -> Query:
    """The documents that one of some queries finds."""
    from tantivy import Occur, Query

    every = list(queries)
    if not every:
        return Query.empty_query()
    return every[0] if len(every) == 1 else Query.boolean_query([(Occur.Should, query) for query in every])


def all_of(queries: Iterable[Query]) -> Query:
    """The documents that all of some queries find."""
    from tantivy import Occur, Query

    every = list(queries)
    return every[0] if len(every) == 1 else Query.boolean_query([(Occur.Must, query) for query in every])


def _detail(explained: Any, wanted: str) -> float | None:
    """A number of an explanation, by its description."""
    if explained["description"].startswith(wanted):
        return float(explained["value"])
    for detail in explained.get("details", ()):
        found = _detail(detail, wanted)
        if found is not None:
            return found
    return None


def _single(number: float) -> float:
    """The nearest number of 32 bits."""
    (rounded,) = _SINGLE.unpack(_SINGLE.pack(number))
    return float(rounded)
