"""Blocks: what a posting list is made of (see `postings`, which says how they are encoded)."""

from __future__ import annotations

import zlib
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import accumulate, compress
from struct import Struct
from typing import NamedTuple

from searchkit.engines.whoosh.segment import byte_streams
from searchkit.engines.whoosh.segment.byte_streams import ByteStreams

MAX_POSITION = 2**32 - 1
MOST = 255
"""Counts from here on are not kept in a byte."""
PULSED = 10
"""At most so many occurrences are kept one by one."""

DEFLATED = 0x40
CONTINUED = 0x80
HEADER = Struct("<BII")
FURTHER = Struct("<II")
LENGTH = Struct("<I")
_WORTH_DEFLATING = 400
"""Bytes of arrays; below, deflating costs more time than it saves room."""
_DENSE = 8
"""From one in so many documents on there is a byte for each document."""
_ONES = b"\0" + b"\1" * 255
_NEXT = bytes(range(1, 256)) + b"\0"


class BlockArrays(NamedTuple):
    """The arrays of a block. `counts` is None where each is 1; without positions, `position_gaps` is empty."""

    first: int
    gaps: ByteStreams
    counts: ByteStreams | None
    first_position: int
    position_gaps: ByteStreams

    def size(self) -> int:
        return len(self.gaps[0]) + 1


class PulsedBlock:
    """A block of few occurrences, each document << 32 | position, kept one by one.

    Pulsing (Cutting and Pedersen, Optimizations for dynamic inverted index maintenance, 1990): half of all terms stand in a
    document or two, and arrays with headers cost more there than what they hold. Documents 5 and 9, at positions 80 and 131,
    are 0x5_00000050 and 0x9_00000083. Without, indexing takes a third longer, merging included half again as long; the
    index is 5 % smaller.
    """

    __slots__ = ("occurrences", "size")

    def __init__(self, occurrences: array[int], size: int) -> None:
        self.occurrences = occurrences
        self.size = size

    @property
    def first(self) -> int:
        return self.occurrences[0] >> 32

    def move(self, documents: int, positions: int) -> None:
        """Add to the numbers of the documents and to the positions."""
        shift = documents << 32 | positions
        self.occurrences = array("Q", [occurrence + shift for occurrence in self.occurrences])

    def encoded(self, last: bool) -> bytes:
        content = byte_streams.little_endian(self.occurrences)
        return b"\0" + content if last else HEADER.pack(CONTINUED, self.size, len(content)) + content

    def by_document(self) -> None:
        """None: a pulsed block has no array of counts by document (see `Block.by_document`)."""

    def documents(self) -> tuple[list[int], list[int] | None]:
        """As `Block.documents`."""
        ids = [occurrence >> 32 for occurrence in self.occurrences]
        if self.size == len(ids):
            return ids, None
        counts = Counter(ids)
        return list(counts), list(counts.values())

    def positions(self, shift: int = 0) -> list[int]:
        """As `Block.positions`."""
        return [(occurrence & MAX_POSITION) + shift for occurrence in self.occurrences]

    def parts(self) -> BlockArrays:
        return occurring(self.occurrences)


class Block:
    """A part of a posting list, its arrays still as bytes."""

    __slots__ = ("_flags", "_head", "_tail", "first", "first_position", "size")

    def __init__(self, flags: int, first: int, first_position: int, size: int, head: bytes, tail: bytes) -> None:
        self._flags = flags
        self.first = first
        self.first_position = first_position
        self.size = size
        self._head = head
        self._tail = tail

    @classmethod
    def of(cls, parts: BlockArrays) -> Block:
        size, flags, head = parts.size(), _code(parts.position_gaps) << 4, _by_document(parts)
        if head is None:
            flags |= _code(parts.gaps) | _code(parts.counts or []) << 2
            head = b"".join(parts.gaps + (parts.counts or []))
        tail = b"".join(parts.position_gaps)
        if len(head) + len(tail) >= _WORTH_DEFLATING:
            flags |= DEFLATED
            head = _deflated(head, zlib.Z_RLE)
            tail = _deflated(tail, zlib.Z_DEFAULT_STRATEGY) if tail else b""
        return cls(flags, parts.first, parts.first_position, size, head, tail)

    def move(self, documents: int, positions: int) -> None:
        """Add to the numbers of the documents and to the positions."""
        self.first += documents
        self.first_position += positions

    def encoded(self, last: bool) -> bytes:
        head = LENGTH.pack(len(self._head)) + self._head if self._flags & DEFLATED else self._head
        if last:
            return HEADER.pack(self._flags, self.first, self.first_position) + head + self._tail
        header = HEADER.pack(self._flags | CONTINUED, self.first, self.first_position)
        return header + FURTHER.pack(self.size, len(head) + len(self._tail)) + head + self._tail

    def by_document(self) -> bytes | None:
        """The largest count, and the counts of all documents from the first id on; None for a block of gaps."""
        return None if self._flags & 3 else self._arrays()

    def documents(self) -> tuple[list[int], Sequence[int] | None]:
        """The documents, rising, and their counts; None is once each."""
        arrays = self._arrays()
        if not self._flags & 3:
            counts = arrays[1:]
            ids = list(compress(range(self.first, self.first + len(counts)), counts))
            return ids, None if arrays[0] == 1 else counts.translate(None, b"\0")
        gaps, of_counts = self._split(arrays)
        ids = list(accumulate(byte_streams.numbers(gaps), initial=self.first))
        return ids, byte_streams.numbers(of_counts) if of_counts else None

    def positions(self, shift: int = 0) -> Iterable[int]:
        """All positions, rising, each with `shift` added; none in a field without."""
        gaps = self._position_gaps()
        return accumulate(byte_streams.numbers(gaps), initial=self.first_position + shift) if gaps else ()

    def parts(self) -> BlockArrays:
        if self._flags & 3:
            gaps, counts = self._split(self._arrays())
        else:
            ids, of_ids = self.documents()
            gaps, counts = byte_streams.of_gaps(ids), None if of_ids is None else byte_streams.of_numbers(of_ids)
        return BlockArrays(self.first, gaps, counts, self.first_position, self._position_gaps())

    def _arrays(self) -> bytes:
        return zlib.decompress(self._head, -15) if self._flags & DEFLATED else self._head

    def _split(self, arrays: bytes) -> tuple[ByteStreams, ByteStreams | None]:
        """The gaps between the ids, and the counts."""
        width, of_counts = _width(self._flags), _width(self._flags >> 2)
        end = (self.size - 1) * width
        return byte_streams.split(arrays[:end], width), byte_streams.split(
            arrays[end:], of_counts
        ) if of_counts else None

    def _position_gaps(self) -> ByteStreams:
        width = _width(self._flags >> 4)
        if not width:
            return []
        return byte_streams.split(zlib.decompress(self._tail, -15) if self._flags & DEFLATED else self._tail, width)


def occurring(occurrences: array[int]) -> BlockArrays:
    """The arrays of rising occurrences, each document << 32 | position."""
    between = byte_streams.gaps(occurrences)
    gaps, position_gaps = byte_streams.of_bytes(between, 4, 8), byte_streams.of_bytes(between, 0, 8)
    held = gaps[0]
    for stream in gaps[1:]:
        held = (int.from_bytes(held, "little") | int.from_bytes(stream, "little")).to_bytes(len(stream), "little")
    counts = None
    if held.count(0):
        # A gap of 0 is another occurrence in the same document: the runs of them are the counts, less one.
        runs = list(map(len, held.translate(_ONES).split(b"\1")))
        counts = byte_streams.of_numbers(bytes(runs).translate(_NEXT) if max(runs) < 255 else [run + 1 for run in runs])
        gaps = [held.translate(None, b"\0")] if len(gaps) == 1 else [bytes(compress(stream, held)) for stream in gaps]
    return BlockArrays(occurrences[0] >> 32, gaps, counts, occurrences[0] & MAX_POSITION, position_gaps)


def join(rows: Sequence[BlockArrays]) -> BlockArrays:
    """The arrays of blocks that follow on each other."""
    counts = None
    if any(row.counts for row in rows):
        counts = byte_streams.joined([row.counts or [b"\1" * row.size()] for row in rows])
    position_gaps: ByteStreams = []
    if rows[0].position_gaps:
        position_gaps = _with_joints([(row.first_position, row.position_gaps) for row in rows])
    gaps = _with_joints([(row.first, row.gaps) for row in rows])
    return BlockArrays(rows[0].first, gaps, counts, rows[0].first_position, position_gaps)


def _with_joints(rows: Sequence[tuple[int, ByteStreams]]) -> ByteStreams:
    """All gaps, and between those of two rows the gap from the last number of one to the first of the next."""
    first, gaps = rows[0]
    all_gaps = [gaps]
    for following, next_gaps in rows[1:]:
        joint = following - first - byte_streams.total(gaps)
        all_gaps.append([bytes((joint,))] if joint < 256 else byte_streams.of_numbers((joint,)))
        all_gaps.append(next_gaps)
        first, gaps = following, next_gaps
    return byte_streams.joined(all_gaps)


def _by_document(parts: BlockArrays) -> bytes | None:
    """The counts of all documents from the first on, led by the largest; None where that is not how to keep them."""
    size = parts.size()
    if size * _DENSE < _WORTH_DEFLATING:
        return None
    span = byte_streams.total(parts.gaps) + 1
    if not size * _DENSE >= span >= _WORTH_DEFLATING or (parts.counts and len(parts.counts) > 1):
        return None
    counts = parts.counts[0] if parts.counts else b"\1" * size
    largest = max(counts)
    if largest >= MOST:
        return None
    content = bytearray(span)
    for place, count in zip(accumulate(byte_streams.numbers(parts.gaps), initial=0), counts, strict=True):
        content[place] = count
    return bytes((largest,)) + content


def _code(of_array: ByteStreams) -> int:
    """The bits that say a width."""
    return len(of_array).bit_length()


def _width(flags: int) -> int:
    """The number of streams that the two lowest bits say; 0 is no array."""
    return 1 << (flags & 3) - 1 if flags & 3 else 0


def _deflated(content: bytes, strategy: int) -> bytes:
    """Without a header and a checksum of its own."""
    deflater = zlib.compressobj(1, zlib.DEFLATED, -15, 8, strategy)
    return deflater.compress(content) + deflater.flush()
