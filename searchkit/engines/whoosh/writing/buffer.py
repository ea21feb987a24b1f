"""Collects the documents of a batch in memory until they make a segment.

A word comes as one piece of a stream with all its terms (see `terms.wire`): of each distinct piece its occurrences
are kept, and what those are for its terms is worked out once, when the segment is written.
"""

from __future__ import annotations

from array import array
from collections import defaultdict, deque
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from searchkit.engines import filter_meaning
from searchkit.engines.base import Record
from searchkit.engines.whoosh.segment import postings
from searchkit.engines.whoosh.segment.segment import KINDS, LANGUAGE, to_bytes
from searchkit.engines.whoosh.segment.writer import SegmentWriter
from searchkit.terms.fields import TEXT_FIELDS, TITLE_FIELDS
from searchkit.terms.wire import TermStreams, unescaped

_PIECE_COST = 500
"""Bytes that a distinct word takes in memory, about, besides 8 for each occurrence."""
_DOCUMENT_COST = 400
_WORD = " w"
"""The separator of two pieces of a stream: each piece begins with the mark of the word."""


class _Pieces(dict[str, "array[int]"]):
    """For each distinct piece, without its first mark, its occurrences: document << 32 | position."""

    def __missing__(self, piece: str) -> array[int]:
        occurrences = self[piece] = array("Q")
        return occurrences


class Buffer:
    """Documents on their way into a segment; their stored bytes are in its file already."""

    def __init__(self, path: Path) -> None:
        self.deleted: set[int] = set()
        self.writer = SegmentWriter(path)
        self._pieces = {kind: _Pieces() for kind in KINDS}
        self._languages: dict[str, list[int]] = {}
        self._documents: dict[str, int] = {}

    def __len__(self) -> int:
        return self.writer.count

    def memory(self) -> int:
        """Bytes in use, about."""
        occurrences = sum(self.writer.positions.values())
        pieces = sum(map(len, self._pieces.values()))
        return occurrences * 8 + pieces * _PIECE_COST + self.writer.count * _DOCUMENT_COST

    def add(self, record: Record) -> None:
        """Add a document in the place of one of the same id."""
        self.remove(record.id)
        streams = TermStreams.of(record.fields)
        pieces = {"text": _split(streams.text), "title": _split(streams.title)}
        starts = dict(self.writer.positions)
        document = self.writer.add_document(
            [*map(to_bytes, (record.id, record.hash, filter_meaning.folded(record.path), record.file))],
            record.stored,
            filter_meaning.period(record.date),
            [len(pieces[kind]) for kind in KINDS],
        )
        for kind, words in pieces.items():
            first = document << 32 | starts[kind]
            occurrences = map(self._pieces[kind].__getitem__, words)
            # All appended without a loop in Python, since this is done for each word of each document.
            deque(map(array.append, occurrences, range(first, first + len(words))), maxlen=0)
        for language in set(record.languages):
            self._languages.setdefault(language, []).append(document)
        self._documents[record.id] = document

    def remove(self, id: str) -> bool:
        document = self._documents.pop(id, None)
        if document is None:
            return False
        self.deleted.add(document)
        return True

    def lengths(self) -> dict[str, int]:
        """The number of terms of each field in the living documents, once the segment is written."""
        return {
            field: sum(lengths) - sum(map(lengths.__getitem__, self.deleted))
            for field, lengths in self.writer.lengths.items()
        }

    def write(self) -> int:
        """Finish the segment; returns its size in bytes."""
        for kind, fields in zip(KINDS, (TEXT_FIELDS, TITLE_FIELDS), strict=True):
            # Emptied as they are written, so that memory does not hold everything twice.
            terms = _by_term(self._pieces.pop(kind))
            for field in fields:
                of_field = terms.pop(0)
                self.writer.lengths[field] = _lengths(of_field, self.writer.sizes[kind])
                self.writer.add_field(field, _entries(of_field))
        languages = ((to_bytes(code), self._languages[code]) for code in sorted(self._languages))
        self.writer.add_field(
            LANGUAGE,
            ((code, len(ids), postings.encode(postings.from_numbers(ids, None, ()))) for code, ids in languages),
        )
        return self.writer.finish()


_Terms = dict[str, "list[array[int]]"]
"""By term, the occurrences of all pieces that hold it."""


def _split(stream: str) -> list[str]:
    """The pieces of a stream, each without its first mark."""
    pieces = stream.split(_WORD) if stream else []
    if pieces:
        pieces[0] = pieces[0][1:]
    return pieces


def _by_term(pieces: _Pieces) -> list[_Terms]:
    """For each field of a kind, its terms; "" is of the words that have none."""
    words, stems, names = fields = [defaultdict[str, "list[array[int]]"](list) for _ in TEXT_FIELDS]
    for piece, occurrences in pieces.items():
        word, stem, name = piece.split(" ")
        words[word].append(occurrences)
        stems[stem[1:]].append(occurrences)
        names[name[1:]].append(occurrences)
    return [dict(field) for field in fields]


def _lengths(terms: _Terms, sizes: array[int]) -> array[int]:
    """How many terms each document has in a field, of its number of words; takes the entry for none out."""
    none = terms.pop("", [])
    some = list(chain.from_iterable(terms.values()))
    if sum(map(len, none)) < sum(map(len, some)):
        lengths, counted, step = array("I", sizes), none, -1
    else:
        lengths, counted, step = array("I", bytes(4 * len(sizes))), some, 1
    for occurrences in counted:
        for occurrence in occurrences:
            lengths[occurrence >> 32] += step
    return lengths


def _entries(terms: _Terms) -> Iterator[tuple[bytes, int, bytes]]:
    written = {to_bytes(unescaped(term)): term for term in terms}
    for term in sorted(written):
        lists = terms.pop(written[term])
        occurrences = lists[0] if len(lists) == 1 else array("Q", sorted(chain.from_iterable(lists)))
        content = postings.from_occurrences(occurrences)
        yield term, content.size, postings.encode(content)
