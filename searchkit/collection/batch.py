"""Changes of an update that become durable together: first in the engine, then in the manifest.

Replaced, renamed and vanished documents leave the engine in the same commit in which what takes their place comes in.
The manifest hears of a commit when it is done. Whatever happens between the two, the engine's generation is another
than the manifest's, and the next update learns the truth from the engine.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from contextlib import AbstractContextManager

from searchkit.collection.manifest import Changes, FileState, Manifest
from searchkit.engines import base
from searchkit.engines.base import Record, Written

DOCUMENTS = 50_000
SECONDS = 30.0
"""A batch is committed when it has changed this many documents, or takes so many seconds: what a kill can cost. A commit
costs tenths of a second, in which nothing else is done; how much memory a batch takes is the engine's care."""


class Batch:
    """Changes on top of the committed state. The engine is written to from the first change of a document on."""

    def __init__(self, engine: Written, manifest: Manifest) -> None:
        self._engine = engine
        self._manifest = manifest
        self._block: AbstractContextManager[base.Batch] | None = None
        self._writer: base.Batch | None = None
        self._changes = Changes()
        self._deadline = time.monotonic() + SECONDS

    def add(self, record: Record) -> None:
        """Insert a document of a file, or replace it."""
        self._begin().add(record)
        self._changes.added[record.id] = record.file, record.hash

    def remove(self, file: str, ids: Iterable[str]) -> int:
        """Take out documents of a file; returns how many were there and are not another file's now."""
        own = self._take_out(file, ids)
        return self._begin().remove(own) if own else 0

    def _take_out(self, file: str, ids: Iterable[str]) -> list[str]:
        """Note that documents of a file are to go; returns the ids of those that are not another file's now."""
        own = []
        for id in ids:
            self._changes.removed.append((file, id))
            if self.owner(id) in (None, file):
                self._changes.added.pop(id, None)
                own.append(id)
        return own

    def owner(self, id: str) -> str | None:
        """The file whose document of this id the batch adds; None where it adds none."""
        added = self._changes.added.get(id)
        return added[0] if added else None

    def taken_over(self, file: str, id: str) -> None:
        """The document of this id, which is about to be replaced, was that of another file, which is read again; "" for no
        file."""
        self._changes.removed.append((file, id))
        if file:
            self._changes.read_again.append(file)

    def read(self, state: FileState) -> None:
        """The file is read to its end, or could not be."""
        self._changes.read[state.path] = state

    def gone(self, paths: Iterable[str]) -> int:
        """The files are gone, and their documents go too. Returns how many."""
        own = []
        for path in paths:
            self._changes.gone[path] = None
            own += self._take_out(path, self._manifest.documents(path))
        return self._begin().remove(own) if own else 0

    def mount(self, path: str) -> None:
        """The folder is the root of a file system."""
        self._changes.mounts.append(path)

    def unmount(self, path: str) -> None:
        """The folder is an ordinary one from now on."""
        self._changes.unmounted.append(path)

    def full(self) -> bool:
        """Whether it is time to commit."""
        return len(self._changes) >= DOCUMENTS or time.monotonic() >= self._deadline

    def commit(self) -> None:
        """Make everything durable."""
        block, self._block, self._writer = self._block, None, None
        if block is not None:
            block.__exit__(None, None, None)
        if self._changes:
            self._manifest.apply(self._changes, self._engine.generation)

    def abandon(self, error: BaseException) -> None:
        """Leave the engine as it was before the batch."""
        block, self._block, self._writer = self._block, None, None
        if block is not None:
            block.__exit__(type(error), error, error.__traceback__)

    def _begin(self) -> base.Batch:
        if self._writer is None:
            block = self._engine.write()
            self._writer = block.__enter__()
            self._block = block
        return self._writer
