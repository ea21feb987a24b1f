"""Collects the documents of a batch in memory until they make a segment."""

from __future__ import annotations

import sys
from array import array
from collections import Counter, deque
from collections.abc import Callable, Iterator
from pathlib import Path

from searchkit.engines import filters
from searchkit.engines.base import FIELDS, Record
from searchkit.engines.whoosh import postings
from searchkit.engines.whoosh.segment import KINDS, LANGUAGE, kind_of, to_bytes
from searchkit.engines.whoosh.segment_writer import SegmentWriter

_TERM_COST = 350
"""Bytes that a term takes in memory, about, besides 8 for each occurrence."""
_LOW, _HIGH = (0, 1) if sys.byteorder == "little" else (1, 0)
"""Which half of a 64-bit number comes first in memory."""


class _Field(dict[str, Callable[[int], None]]):
    """For each term of a field, what takes its next occurrence: document << 32 | position.

    Kept as the arrays' bound methods, since this is called for each word of each document.
    """

    def __init__(self) -> None:
        self.arrays: dict[str, array[int]] = {}
        self[""] = deque[int](maxlen=0).append

    def __missing__(self, term: str) -> Callable[[int], None]:
        occurrences = self.arrays[term] = array("Q")
        self[term] = occurrences.append
        return occurrences.append


class Buffer:
    """Documents on their way into a segment; their stored bytes are in its file already."""

    def __init__(self, path: Path) -> None:
        self.deleted: set[int] = set()
        self.writer = SegmentWriter(path)
        self._fields = {field: _Field() for field in FIELDS}
        self._languages: dict[str, list[int]] = {}
        self._documents: dict[str, int] = {}
        self._occurrences = 0

    def __len__(self) -> int:
        return self.writer.count

    def memory(self) -> int:
        """Bytes in use, about."""
        terms = sum(len(field.arrays) for field in self._fields.values())
        return self._occurrences * 8 + terms * _TERM_COST + self.writer.count * 400

    def add(self, record: Record) -> None:
        """Add a document in the place of one of the same id."""
        self.remove(record.id)
        terms = {field: record.fields.get(field, ()) for field in FIELDS}
        lengths = [len(words) - words.count("") for words in terms.values()]
        sizes = [max(len(terms[field]) for field in FIELDS if kind_of(field) == kind) for kind in KINDS]
        starts = dict(self.writer.positions)
        document = self.writer.add_document(
            (to_bytes(record.id), to_bytes(record.hash), to_bytes(filters.folded(record.path))),
            record.stored,
            filters.period(record.date),
            lengths,
            sizes,
        )
        for field, words in terms.items():
            take = self._fields[field]
            for occurrence, word in enumerate(words, document << 32 | starts[kind_of(field)]):
                take[word](occurrence)
        for language in set(record.languages):
            self._languages.setdefault(language, []).append(document)
        self._documents[record.id] = document
        self._occurrences += sum(lengths)

    def remove(self, id: str) -> bool:
        document = self._documents.pop(id, None)
        if document is None:
            return False
        self.deleted.add(document)
        return True

    def lengths(self) -> dict[str, int]:
        """The number of terms of each field in the living documents."""
        return {
            field: sum(lengths) - sum(map(lengths.__getitem__, self.deleted))
            for field, lengths in self.writer.lengths.items()
        }

    def write(self) -> int:
        """Finish the segment; returns its size in bytes."""
        for field in FIELDS:
            # Emptied as they are written, so that memory does not hold everything twice.
            self.writer.add_field(field, _entries(self._fields.pop(field).arrays))
        languages = ((to_bytes(code), self._languages[code]) for code in sorted(self._languages))
        self.writer.add_field(
            LANGUAGE,
            ((code, len(ids), postings.encode(postings.from_numbers(ids, None, ()))) for code, ids in languages),
        )
        return self.writer.finish()


def _entries(arrays: dict[str, array[int]]) -> Iterator[tuple[bytes, int, bytes]]:
    for term in sorted(arrays):
        occurrences = arrays.pop(term)
        if len(occurrences) == 1:
            yield to_bytes(term), 1, postings.encode_one(occurrences[0] >> 32, occurrences[0] & 0xFFFFFFFF)
            continue
        halves = array("I", occurrences.tobytes())
        counts = Counter(halves[_HIGH::2])
        once = len(counts) == len(occurrences)
        content = postings.from_numbers(list(counts), None if once else list(counts.values()), halves[_LOW::2])
        yield to_bytes(term), len(counts), postings.encode(content)
