"""A posting list as bytes: the documents that hold a term, how often, and where.

Positions are numbered through a whole segment: a document's first position is its start, the next document's follow.
A phrase is then found by arithmetic on plain numbers, whatever the document. Documents and positions rise.

A list is one block or several, whose documents follow on each other, and the CRC-32 of all of them. Several come of
merging: it joins lists without taking large blocks apart. A block:

    flags            1 byte: widths of the id gaps, counts and position gaps, whether the arrays are deflated, and
                     whether another block follows
    first id         4 bytes
    first position   4 bytes
    documents        4 bytes, and
    length           4 bytes, of what follows in the block; both absent in the last block
    length           4 bytes, of the deflated ids and counts; absent where they are not deflated
    ids, counts      the gaps between the ids and the counts, numbers of 1, 2 or 4 bytes; no counts where each is 1
    positions        the gaps between them, numbers of 1, 2 or 4 bytes; absent in fields without positions

Where a term stands in many documents, ids and counts are one byte for each document from the first id to the last,
its count or 0, led by the largest count: the width of the id gaps is then 0. Where it stands in few places, as most
terms do, it is pulsed (see `PulsedBlock`): it has no widths, first id and first position, and its arrays are
the document and the position of each occurrence as one number of 8 bytes, the document in its upper half.

Ids and positions are below 2**32. All numbers are little-endian. Arrays are kept in streams (see `byte_streams`).
"""

from __future__ import annotations

import sys
import zlib
from array import array
from collections.abc import Iterator, Sequence, Set
from itertools import chain, repeat

from searchkit.engines.whoosh.segment import byte_streams
from searchkit.engines.whoosh.segment import posting_blocks as parts
from searchkit.engines.whoosh.segment.posting_blocks import (
    CONTINUED,
    DEFLATED,
    FURTHER,
    HEADER,
    LENGTH,
    MAX_POSITION,
    MOST,
    PULSED,
    Block,
    BlockArrays,
    PulsedBlock,
)

__all__ = [
    "MAX_POSITION",
    "MOST",
    "Block",
    "Postings",
    "PulsedBlock",
    "decode",
    "encode",
    "from_numbers",
    "from_occurrences",
    "join",
]

_SMALLEST = 9
"""Bytes of a block of one occurrence."""
_SMALL = 256
"""Blocks of fewer documents are joined to their neighbours,"""
_LARGE = 8192
"""up to so many documents."""


class Postings:
    """A posting list. `size` is its number of documents."""

    __slots__ = ("blocks", "size")

    def __init__(self, blocks: list[Block | PulsedBlock], size: int) -> None:
        self.blocks = blocks
        self.size = size

    def ids(self) -> list[int]:
        """The documents, rising."""
        return self.documents()[0]

    def documents(self) -> tuple[list[int], Sequence[int] | None]:
        """The documents, rising, and how often each holds the term; None is once each."""
        if len(self.blocks) == 1:
            return self.blocks[0].documents()
        parts = [block.documents() for block in self.blocks]
        ids = list(chain.from_iterable(ids for ids, _ in parts))
        if not any(counts for _, counts in parts):
            return ids, None
        return ids, list(chain.from_iterable(counts or b"\1" * len(ids) for ids, counts in parts))

    def count_in(self, documents: Set[int]) -> int:
        """How many of some documents are among these."""
        found = 0
        for block in self.blocks:
            dense = block.by_document()
            if dense is None:
                found += sum(id in documents for id in block.documents()[0])
            else:
                before, reach = block.first - 1, range(1, len(dense))
                found += sum(dense[place] > 0 for id in documents if (place := id - before) in reach)
        return found

    def positions(self, shift: int = 0) -> Iterator[int]:
        """All positions, rising, each with `shift` added; none in a field without."""
        return chain.from_iterable(block.positions(shift) for block in self.blocks)

    def by_document(self, length: int) -> tuple[bytes, int, dict[int, int]]:
        """The counts of all documents up to `length`, at most MOST in a byte; the largest; and those from MOST on."""
        content, largest = bytearray(), 0
        more: dict[int, int] = {}
        for block in self.blocks:
            content += bytes(block.first - len(content))
            dense = block.by_document()
            if dense is not None:
                largest = max(largest, dense[0])
                content += memoryview(dense)[1:]
                continue
            ids, counts = block.documents()
            content += bytes(ids[-1] + 1 - len(content))
            if counts is None:
                largest = max(largest, 1)
                for id in ids:
                    content[id] = 1
                continue
            highest = max(counts)
            if highest >= MOST:
                more.update((id, count) for id, count in zip(ids, counts, strict=True) if count >= MOST)
                counts = [min(count, MOST) for count in counts]
            largest = max(largest, highest)
            for id, count in zip(ids, counts, strict=True):
                content[id] = count
        content += bytes(length - len(content))
        return bytes(content), largest, more


def from_numbers(ids: Sequence[int], counts: Sequence[int] | None, positions: Sequence[int]) -> Postings:
    """A posting list of rising ids and positions; no positions at all in a field without."""
    size = len(ids)
    if 0 < len(positions) <= PULSED:
        owners = chain.from_iterable(map(repeat, ids, counts)) if counts else ids
        occurrences = (id << 32 | position for id, position in zip(owners, positions, strict=True))
        return Postings([PulsedBlock(array("Q", occurrences), size)], size)
    of_counts = byte_streams.of_numbers(counts) if counts else None
    first_position, position_gaps = (positions[0], byte_streams.of_gaps(positions)) if positions else (0, [])
    return Postings(
        [Block.of(BlockArrays(ids[0], byte_streams.of_gaps(ids), of_counts, first_position, position_gaps))], size
    )


def from_occurrences(occurrences: array[int]) -> Postings:
    """A posting list of rising occurrences, each document << 32 | position."""
    block: Block | PulsedBlock
    if len(occurrences) <= PULSED:
        block = PulsedBlock(occurrences, len({occurrence >> 32 for occurrence in occurrences}))
    else:
        block = Block.of(parts.occurring(occurrences))
    return Postings([block], block.size)


def encode(postings: Postings) -> bytes:
    """The bytes of a posting list."""
    *others, last = postings.blocks
    record = last.encoded(True)
    if others:
        record = b"".join([*(block.encoded(False) for block in others), record])
    return record + LENGTH.pack(zlib.crc32(record))


def decode(record: bytes, size: int) -> Postings:
    """The posting list of `size` documents. Raises ValueError where the checksum does not fit."""
    end = len(record) - LENGTH.size
    if end < _SMALLEST or LENGTH.unpack_from(record, end)[0] != zlib.crc32(record[:end]):
        raise ValueError("a posting list does not fit its checksum")
    blocks: list[Block | PulsedBlock] = []
    left, place = size, 0
    while record[place] & CONTINUED:
        if record[place] == CONTINUED:
            _, documents, length = HEADER.unpack_from(record, place)
            place += HEADER.size
            blocks.append(_pulsed(record[place : place + length], documents))
        else:
            documents, length = FURTHER.unpack_from(record, place + HEADER.size)
            start = place + HEADER.size + FURTHER.size
            blocks.append(_block(record, place, start, start + length, documents))
            place = start
        place += length
        left -= documents
    if record[place]:
        blocks.append(_block(record, place, place + HEADER.size, end, left))
    else:
        blocks.append(_pulsed(record[place + 1 : end], left))
    return Postings(blocks, size)


def join(blocks: list[Block | PulsedBlock]) -> Postings:
    """One posting list of blocks that follow on each other, the small ones joined to larger ones."""
    size = sum(block.size for block in blocks)
    if len(blocks) == 1:
        return Postings(blocks, size)
    rare = [block.occurrences for block in blocks if isinstance(block, PulsedBlock)]
    if len(rare) == len(blocks):
        return from_occurrences(array("Q", chain.from_iterable(rare)))
    runs: list[list[Block | PulsedBlock]] = []
    reach = 0
    for block in blocks:
        if runs and min(reach, block.size) < _SMALL and reach + block.size < _LARGE:
            runs[-1].append(block)
            reach += block.size
        else:
            runs.append([block])
            reach = block.size
    return Postings(
        [run[0] if len(run) == 1 else Block.of(parts.join([block.parts() for block in run])) for run in runs], size
    )


def _block(record: bytes, header: int, start: int, stop: int, size: int) -> Block:
    """A block whose header and whose arrays begin at these places."""
    flags, first, first_position = HEADER.unpack_from(record, header)
    if flags & DEFLATED:
        (length,) = LENGTH.unpack_from(record, start)
        start += LENGTH.size
    else:
        of_counts = flags >> 2 & 3
        length = ((size - 1) << (flags & 3) - 1) + (size << of_counts - 1 if of_counts else 0)
    middle = start + length
    return Block(flags & ~CONTINUED, first, first_position, size, record[start:middle], record[middle:stop])


def _pulsed(content: bytes, size: int) -> PulsedBlock:
    occurrences = array("Q", content)
    if sys.byteorder == "big":
        occurrences.byteswap()
    return PulsedBlock(occurrences, size)
