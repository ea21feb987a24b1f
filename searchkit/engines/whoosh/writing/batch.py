"""A batch of changes: collected, written as segments, merged, and committed in one step."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from uuid import uuid4

from searchkit.engines import durable, faults
from searchkit.engines.base import Record
from searchkit.engines.whoosh.generation import EXTENSION, INDEX_NAME, SegmentEntry
from searchkit.engines.whoosh.segment.segment import Segment, key_of, to_bytes
from searchkit.engines.whoosh.snapshot import Snapshot
from searchkit.engines.whoosh.writing import commits, merge
from searchkit.engines.whoosh.writing.buffer import Buffer
from searchkit.terms.fields import FIELDS

MEMORY = 128 << 20
"""Bytes of buffered documents, about, after which they are written as a segment."""


class _OpenSegment:
    """A segment that the commit will name, and what of it is deleted so far."""

    def __init__(
        self,
        segment: Segment,
        size: int,
        deleted: set[int],
        lengths: dict[str, int],
        checksum: int | None = None,
    ) -> None:
        """`checksum` is that of a segment of an earlier commit."""
        self.segment = segment
        self.checksum = checksum
        self.size = size
        self.deleted = deleted
        self.lengths = lengths
        self.committed = checksum is not None

    def shape(self) -> merge.SegmentShape:
        return merge.SegmentShape(self.size, self.segment.count, len(self.deleted), self.segment.positions())

    def named(self) -> SegmentEntry:
        """As the commit names it."""
        path = self.segment.path
        checksum = durable.checksum(path) if self.checksum is None else self.checksum
        return SegmentEntry(path.name, self.size, self.segment.count, frozenset(self.deleted), self.lengths, checksum)

    def find(self, id: bytes, key: int) -> int:
        return next((document for document in self.segment.find(id, key) if document not in self.deleted), -1)

    def delete(self, document: int) -> None:
        self.deleted.add(document)
        for field in FIELDS:
            self.lengths[field] -= self.segment.numbers(f"length.{field}")[document]


class WhooshBatch:
    """Changes on top of a snapshot. Its user holds the write lock, and calls `commit` or `abandon`."""

    def __init__(self, folder: Path, snapshot: Snapshot) -> None:
        self._folder = folder
        self._generation = snapshot.commit.generation
        self._entries = [
            _OpenSegment(
                snapshot.segments[entry.file_name], entry.bytes, set(entry.deleted), dict(entry.lengths), entry.checksum
            )
            for entry in snapshot.commit.segments
        ]
        self._buffer: Buffer | None = None
        self._changed = False

    def add(self, record: Record) -> None:
        """Insert the record, or replace the one of the same id, in the index or earlier in the batch."""
        with faults.explained(self._folder):
            self._add(record)

    def _add(self, record: Record) -> None:
        self._delete(record.id)
        if self._buffer is None:
            self._buffer = Buffer(self._new_path())
        self._buffer.add(record)
        self._changed = True
        if self._buffer.memory() > MEMORY:
            self._flush()
            self._merge()

    def remove(self, ids: Iterable[str]) -> int:
        """Remove documents; returns how many were there."""
        removed = sum((self._buffer is not None and self._buffer.remove(id)) or self._delete(id) for id in ids)
        self._changed |= removed > 0
        return removed

    def commit(self) -> None:
        """Make the changes durable and visible; without any, nothing is written."""
        if not self._changed:
            return
        with faults.explained(self._folder):
            self._commit()

    def _commit(self) -> None:
        self._flush()
        self._merge()
        segments = [entry.named() for entry in self._entries]
        durable.sync_folder(self._folder)
        # From here on nothing is taken back: whatever goes wrong, the new state may hold already.
        for entry in self._entries:
            entry.committed = True
        commits.write(self._folder, self._generation + 1, segments)

    def abandon(self) -> None:
        """Take back all changes."""
        if self._buffer is not None:
            self._buffer.writer.abandon()
        for entry in self._entries:
            if not entry.committed:
                durable.delete(entry.segment.path)

    def _delete(self, id: str) -> bool:
        """Delete the document from the segments."""
        content = to_bytes(id)
        key = key_of(content)
        for entry in self._entries:
            document = entry.find(content, key)
            if document >= 0:
                entry.delete(document)
                return True
        return False

    def _new_path(self) -> Path:
        return self._folder / f"{INDEX_NAME}_{uuid4().hex}{EXTENSION}"

    def _flush(self) -> None:
        """Write the buffered documents as a segment."""
        buffer, self._buffer = self._buffer, None
        if buffer is None:
            return
        if len(buffer) == len(buffer.deleted):
            buffer.writer.abandon()
            return
        try:
            size = buffer.write()
        except BaseException:
            buffer.writer.abandon()
            raise
        self._entries.append(_OpenSegment(Segment(buffer.writer.path), size, buffer.deleted, buffer.lengths()))

    def _merge(self) -> None:
        """Drop segments without living documents, and merge others until there are few enough of each size."""
        for entry in [entry for entry in self._entries if len(entry.deleted) == entry.segment.count]:
            self._drop(entry)
        while places := merge.choose([entry.shape() for entry in self._entries]):
            merged = [self._entries[place] for place in places]
            sources = [merge.Source(entry.segment, frozenset(entry.deleted)) for entry in merged]
            path = self._new_path()
            size = merge.merge(sources, path)
            lengths = {field: sum(entry.lengths[field] for entry in merged) for field in FIELDS}
            for entry in merged:
                self._drop(entry)
            self._entries.append(_OpenSegment(Segment(path), size, set(), lengths))

    def _drop(self, entry: _OpenSegment) -> None:
        self._entries.remove(entry)
        if not entry.committed:
            durable.delete(entry.segment.path)
