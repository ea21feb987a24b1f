"""A batch of changes: handed on to Tantivy's writer, and committed in one step."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from searchkit.engines.base import Record
from searchkit.engines.tantivy import commits, encoding, schema, store
from searchkit.engines.tantivy.snapshot import Snapshot
from searchkit.errors import SearchkitError

if TYPE_CHECKING:
    from tantivy import Document, Index, IndexWriter

MEMORY = 128 << 20
"""Bytes that the writer fills before it writes a segment, of some 25,000 documents of 400 words."""

NO_KEY = ""
"""The key of no document."""


class TantivyBatch:
    """Changes on top of a snapshot. Its user holds the write lock, and calls `commit` or `abandon`."""

    def __init__(self, folder: Path, snapshot: Snapshot) -> None:
        self._folder = folder
        self._snapshot = snapshot
        self._number = snapshot.next_number()
        self._there: dict[str, bool] = {}
        """Whether there is a document, by key, where the batch changed that."""
        self._index: Index | None = None
        self._writer: IndexWriter | None = None

    def add(self, record: Record) -> None:
        """Insert the record, or replace the one of the same id, in the index or earlier in the batch."""
        made = schema.document(record, self._number)
        key = encoding.key_of(record.id)
        if self._has(key):
            self._do(key)
        self._there[key] = True
        self._number += 1
        self._do(made)

    def remove(self, ids: Iterable[str]) -> int:
        """Remove documents; returns how many were there."""
        return sum(map(self._remove, ids))

    def _remove(self, id: str) -> bool:
        key = encoding.key_of(id)
        if not self._has(key):
            return False
        self._there[key] = False
        self._do(key)
        return True

    def commit(self) -> None:
        """Make the changes durable and visible; without any, nothing is written."""
        if not self._there:
            return
        with store.guarded_writing(self._folder):
            commits.begin(self._folder, commits.read(self._folder))
            # The writer, which holds Tantivy's own lock, has no name here: it would live on in the traceback of an error.
            self._begin().commit()
            before = (self._folder / commits.META).read_bytes()
            # The merges that the commit set off would be lost with the writer.
            self._begin().wait_merging_threads()
            self._writer = self._index = None
            if before != (self._folder / commits.META).read_bytes():
                self._clean()
            commits.finish(self._folder)

    def abandon(self) -> None:
        """Take back all changes."""
        writer, self._writer = self._writer, None
        self._index = None
        if writer is not None:
            # What is left over is deleted by a later writer; the reason for giving up is what is to be told.
            with suppress(SearchkitError), store.guarded(self._folder):
                writer.rollback()
                writer.garbage_collect_files()

    def _has(self, key: str) -> bool:
        there = self._there.get(key)
        return self._snapshot.has(key) if there is None else there

    def _do(self, change: Document | str) -> None:
        """Add a document, or delete that of a key."""
        with store.guarded_writing(self._folder):
            if isinstance(change, str):
                self._begin().delete_documents_by_term("key", change)
            else:
                self._begin().add_document(change)

    def _begin(self) -> IndexWriter:
        if self._writer is None:
            self._index = store.open_to_write(self._folder)
            # One thread keeps the numbers of a segment's documents together, which `Snapshot.best` makes use of. It indexes
            # 4 million words a second, more than are analysed meanwhile; segments are merged by other threads.
            self._writer = self._index.writer(MEMORY, 1)
            # A new writer numbers its first change as the last commit is numbered. A merge that begins before this batch is
            # committed takes segments with deletions of that commit for up to date, and would lose that change, if it is a deletion.
            self._writer.delete_documents_by_term("key", NO_KEY)
        return self._writer

    def _clean(self) -> None:
        """Delete the files that merging left: an index of its own, since an open one keeps what it has read."""
        writer = store.open_to_write(self._folder).writer(15_000_000, 1)
        writer.garbage_collect_files()
        writer.wait_merging_threads()
