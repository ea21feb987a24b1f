"""Several segments into one, without their deleted documents; and when to do so.

Segments are merged by tiers, as in a log-structured merge tree (O'Neil and others, 1996): six of one size make one of the next, so
that a document is written anew once a size. After 6 batches of 1,000 documents there is one segment of 6,000, after 36 one of
36,000, and in between at most five of each size. With 36 batches of 100 documents, indexing takes 8.3 s instead of 6.1 without
merging (9.1 where two make one of the next size), and a search 6.6 ms instead of 16.7.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from itertools import chain, groupby, repeat
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from searchkit.engines.whoosh.segment import postings
from searchkit.engines.whoosh.segment.postings import MAX_POSITION, Block, Postings, PulsedBlock
from searchkit.engines.whoosh.segment.segment import KINDS, TERM_FIELDS, TEXTS, Segment, kind_of
from searchkit.engines.whoosh.segment.writer import SegmentWriter
from searchkit.terms.fields import FIELDS

FAN = 6
"""So many segments of one size make one of the next; at most FAN - 1 of each size remain."""
SMALLEST = 1 << 20
"""Bytes; all smaller segments count as one size."""
MOST_DELETED = 0.4
"""The part of a segment's documents that may be deleted before it is written anew."""
_RELEASE = 32 << 20
"""Bytes written after which the memory of what was read is let go."""


class SegmentShape(NamedTuple):
    """The sizes by which a segment is chosen for merging; `positions` is the number of positions of its larger kind."""

    bytes: int
    documents: int
    deleted: int
    positions: int


class Source:
    """A segment to be merged, and where its documents go."""

    def __init__(self, segment: Segment, deleted: frozenset[int]) -> None:
        self.segment = segment
        self.deleted = deleted
        self.first = 0
        """The number of its first document in the new segment."""
        self.shifts = dict.fromkeys(KINDS, 0)
        """The offset of its positions in the new segment, by kind."""
        self.numbers: list[int] = []
        self.moves: dict[str, list[int]] = {}
        """The same for each document by itself, where some are deleted; -1 is the number of a deleted one."""


def merge(sources: Sequence[Source], path: Path) -> int:
    """Write the living documents of all sources as one segment; returns its size in bytes."""
    writer = SegmentWriter(path)
    try:
        for source in sources:
            _copy_documents(source, writer)
        for field in TERM_FIELDS:
            writer.add_field(field, _entries(sources, field))
        return writer.finish()
    except BaseException:
        writer.abandon()
        raise


def choose(segments: Sequence[SegmentShape]) -> list[int]:
    """Which segments to merge now, by their place in the list; empty for none.

    Sizes are in steps of FAN, so that a document is written anew once a step: merging costs the logarithm of the
    collection, and the number of segments is bounded by it. Above MAX_POSITION segments stay apart.
    """
    for place, shape in enumerate(segments):
        if shape.deleted > shape.documents * MOST_DELETED:
            return [place]
    levels: dict[int, list[int]] = {}
    for place, shape in enumerate(segments):
        level, reach = 0, SMALLEST
        while shape.bytes >= reach:
            level, reach = level + 1, reach * FAN
        levels.setdefault(level, []).append(place)
    for _, places in sorted(levels.items()):
        if len(places) >= FAN and sum(segments[place].positions for place in places) < MAX_POSITION:
            return places
    return []


def _copy_documents(source: Source, writer: SegmentWriter) -> None:
    segment, deleted = source.segment, source.deleted
    source.first = writer.count
    source.shifts = dict(writer.positions)
    texts = [segment.texts(name) for name in TEXTS]
    days = zip(segment.numbers("days.first"), segment.numbers("days.last"), strict=True)
    lengths = {field: segment.numbers(f"length.{field}") for field in FIELDS}
    sizes = zip(*(segment.numbers(f"{kind}.sizes") for kind in KINDS), strict=True)
    starts = [segment.numbers(f"{kind}.starts") for kind in KINDS]
    if deleted:
        source.numbers = [-1] * segment.count
        source.moves = {kind: [0] * segment.count for kind in KINDS}
    for field, of_field in lengths.items():
        living = (length for document, length in enumerate(of_field) if document not in deleted)
        writer.lengths[field].extend(living if deleted else of_field)
    copied = 0
    for document, (days_of, sizes_of) in enumerate(zip(days, sizes, strict=True)):
        if document in deleted:
            continue
        if deleted:
            source.numbers[document] = writer.count
            for kind, start in zip(KINDS, starts, strict=True):
                source.moves[kind][document] = writer.positions[kind] - start[document]
        stored = segment.stored(document)
        writer.add_document([text[document] for text in texts], stored, days_of, sizes_of)
        copied += len(stored)
        if copied > _RELEASE:
            copied = 0
            segment.sections.release()


def _entries(sources: Sequence[Source], field: str) -> Iterator[tuple[bytes, int, bytes]]:
    def terms(source: Source) -> Iterator[tuple[bytes, Source, int]]:
        texts = source.segment.terms(field).texts
        return ((texts[number], source, number) for number in range(len(texts)))

    rows = heapq.merge(*map(terms, sources), key=itemgetter(0))
    kind, written = kind_of(field), 0
    for term, same in groupby(rows, key=itemgetter(0)):
        blocks: list[Block | PulsedBlock] = []
        for _, source, number in same:
            part = source.segment.terms(field).postings(number)
            if source.deleted:
                blocks += _without_deleted(part, source, kind)
            else:
                for block in part.blocks:
                    block.move(source.first, source.shifts[kind])
                blocks += part.blocks
        if blocks:
            joined = postings.join(blocks)
            record = postings.encode(joined)
            yield term, joined.size, record
            written += len(record)
            if written > _RELEASE:
                written = 0
                for source in sources:
                    source.segment.sections.release()


def _without_deleted(part: Postings, source: Source, kind: str) -> list[Block | PulsedBlock]:
    """A posting list without its deleted documents, with the numbers of the new segment; none where none is left."""
    ids, counts = part.documents()
    positions: Sequence[int] = list(part.positions())
    if positions:
        moves, numbers = source.moves[kind], source.numbers
        owners = chain.from_iterable(map(repeat, ids, counts)) if counts else ids
        positions = [
            place + moves[owner] for place, owner in zip(positions, owners, strict=True) if numbers[owner] >= 0
        ]
    if not source.deleted.isdisjoint(ids):
        if counts:
            counts = [count for id, count in zip(ids, counts, strict=True) if id not in source.deleted]
        ids = [id for id in ids if id not in source.deleted]
    return postings.from_numbers([source.numbers[id] for id in ids], counts, positions).blocks if ids else []
