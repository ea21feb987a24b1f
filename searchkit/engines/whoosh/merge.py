"""Several segments into one, without their deleted documents; and when to do so."""

from __future__ import annotations

import heapq
from array import array
from collections.abc import Iterator, Sequence
from itertools import chain, groupby, pairwise, repeat
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from searchkit.engines.base import FIELDS
from searchkit.engines.whoosh import postings
from searchkit.engines.whoosh.postings import MAX_POSITION, Postings
from searchkit.engines.whoosh.segment import KINDS, TERM_FIELDS, Segment, kind_of
from searchkit.engines.whoosh.segment_writer import SegmentWriter

FAN = 6
"""So many segments of one size make one of the next; at most FAN - 1 of each size remain."""
SMALLEST = 1 << 20
"""Bytes; all smaller segments count as one size."""
MOST_DELETED = 0.4
"""The part of a segment's documents that may be deleted before it is written anew."""


class Shape(NamedTuple):
    """What decides whether a segment is merged; `positions` is the number of positions of its larger kind."""

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
        """What to add to its positions in the new segment."""
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


def choose(segments: Sequence[Shape]) -> list[int]:
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
    texts = [segment.texts(name) for name in ("ids", "hashes", "paths")]
    days = zip(segment.numbers("days.first"), segment.numbers("days.last"), strict=True)
    lengths = zip(*(segment.numbers(f"length.{field}") for field in FIELDS), strict=True)
    sizes = zip(*(segment.numbers(f"{kind}.sizes") for kind in KINDS), strict=True)
    starts = [segment.numbers(f"{kind}.starts") for kind in KINDS]
    if deleted:
        source.numbers = [-1] * segment.count
        source.moves = {kind: [0] * segment.count for kind in KINDS}
    for document, (days_of, lengths_of, sizes_of) in enumerate(zip(days, lengths, sizes, strict=True)):
        if document in deleted:
            continue
        if deleted:
            source.numbers[document] = writer.count
            for kind, start in zip(KINDS, starts, strict=True):
                source.moves[kind][document] = writer.positions[kind] - start[document]
        id, hash, path = (text[document] for text in texts)
        writer.add_document((id, hash, path), segment.stored(document), days_of, lengths_of, sizes_of)


def _entries(sources: Sequence[Source], field: str) -> Iterator[tuple[bytes, int, bytes]]:
    def terms(source: Source) -> Iterator[tuple[bytes, Source, int]]:
        texts = source.segment.terms(field).texts
        return ((texts[number], source, number) for number in range(len(texts)))

    rows = heapq.merge(*map(terms, sources), key=itemgetter(0))
    for term, same in groupby(rows, key=itemgetter(0)):
        parts = []
        for _, source, number in same:
            part = _moved(source.segment.terms(field).postings(number), source, kind_of(field))
            if part:
                parts.append(part)
        if parts:
            joined = parts[0] if len(parts) == 1 else _join(parts)
            yield term, joined.size, postings.encode(joined)


def _moved(part: Postings, source: Source, kind: str) -> Postings | None:
    """A posting list with the numbers of the new segment; None where all its documents are deleted."""
    if not source.deleted:
        part.first += source.first
        part.first_position += source.shifts[kind]
        return part
    ids, counts, positions = part.ids(), part.counts, part.positions()
    if positions:
        moves, numbers = source.moves[kind], source.numbers
        owners = chain.from_iterable(map(repeat, ids, counts)) if counts else ids
        positions = [
            place + moves[owner] for place, owner in zip(positions, owners, strict=True) if numbers[owner] >= 0
        ]
    if not source.deleted.isdisjoint(ids):
        if counts:
            counts = array("I", (count for id, count in zip(ids, counts, strict=True) if id not in source.deleted))
        ids = [id for id in ids if id not in source.deleted]
    return postings.from_numbers([source.numbers[id] for id in ids], counts, positions) if ids else None


def _join(parts: list[Postings]) -> Postings:
    """One posting list of several, whose numbers follow on each other: their gaps with the gaps between them."""
    gaps = [part.gaps for part in parts]
    counts = (
        [part.counts or array("B", b"\1") * part.size for part in parts] if any(part.counts for part in parts) else None
    )
    position_gaps = [part.position_gaps() for part in parts]
    positioned = [row for row in position_gaps if row is not None]
    return Postings(
        parts[0].first,
        _concatenated(gaps, [part.first for part in parts]),
        postings.narrow(list(chain.from_iterable(counts))) if counts else None,
        parts[0].first_position,
        _concatenated(positioned, [part.first_position for part in parts]) if positioned else None,
    )


def _concatenated(rows: list[array[int]], firsts: list[int]) -> array[int]:
    """The gaps of all rows, and between each two the gap from the end of one to the first of the next."""
    between = [
        following - first - sum(row) for row, (first, following) in zip(rows[:-1], pairwise(firsts), strict=True)
    ]
    widest = max(rows, key=lambda row: row.itemsize).typecode
    joints = postings.narrow(between)
    typecode = widest if array(widest).itemsize >= joints.itemsize else joints.typecode
    joined = array(typecode, rows[0])
    for gap, row in zip(between, rows[1:], strict=True):
        joined.append(gap)
        joined.extend(row if row.typecode == typecode else array(typecode, row))
    return joined
