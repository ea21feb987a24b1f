"""Bring an index up to date with files: read what is new or changed, drop what is gone, leave the rest unread.

The order of steps makes every interruption harmless (see `manifest`): note the ids of a batch, commit the batch to
the engine, note its files as read. Files are recognised as unchanged by size and modification time, else by the hash
of their content; a new file whose content is that of a vanished one has moved, and is not read again.
"""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from searchkit.collection import records
from searchkit.collection.manifest import FileState, Manifest
from searchkit.documents import names, walk
from searchkit.documents.workers import pool
from searchkit.engines.base import Engine, Record
from searchkit.model import Failure, Notice, Progress, SyncReport

BATCH_DOCUMENTS = 50_000
BATCH_SECONDS = 30.0
"""A batch is committed when it has changed this many documents, or takes so many seconds: what a kill can cost. A commit
costs tenths of a second, in which nothing else is done; how much memory a batch takes is the engine's care."""

GARBAGE = 100_000
"""New objects after which garbage is looked for."""

FRESH_NANOSECONDS = 2_000_000_000
"""A file changed less than two seconds before it was read may change again within one tick of the clock of its file
system: its time is not trusted, so the next run compares its content."""


def sync(
    folder: Path,
    engine: Engine,
    paths: Iterable[str | os.PathLike[str]],
    progress: Progress | None = None,
    *,
    exclude: Sequence[str] = (),
    force: bool = False,
    jobs: int | None = None,
    follow_links: bool = False,
) -> SyncReport:
    """See `Index.sync`; `folder` is the index's own."""
    file = folder / "manifest.sqlite"
    lost = not file.exists() and len(engine) > 0
    manifest = Manifest(file)
    try:
        if lost:
            _adopt(engine, manifest)
        elif not len(engine):
            manifest.clear()
        run = _Run(folder, engine, manifest, progress, exclude, force, jobs, follow_links)
        with _garbage_seldom():
            return run.over([os.fspath(path) for path in paths])
    finally:
        manifest.close()


@contextmanager
def _garbage_seldom() -> Iterator[None]:
    """Have garbage looked for less often within the block: records pass through by the thousand, and none is garbage."""
    before = gc.get_threshold()
    gc.set_threshold(max(GARBAGE, before[0]) if before[0] else 0, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _adopt(engine: Engine, manifest: Manifest) -> None:
    """Learn from the engine itself which documents came from which files."""
    for id, hash, _ in engine.ids():
        stored = records.unpack(engine.fetch([id])[id])
        if stored.file:
            manifest.adopt([(id, stored.file, hash)])


@dataclass
class _Counts:
    added: int = 0
    updated: int = 0
    moved: int = 0
    removed: int = 0
    unchanged: int = 0
    failed: list[Failure] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)


class _Batch:
    """Changes gathered for one commit. Records go to the engine as they come; the manifest learns at the commit."""

    def __init__(self, engine: Engine, manifest: Manifest) -> None:
        self._manifest = manifest
        self._block = engine.write()
        self._changes = self._block.__enter__()
        self._documents: list[tuple[str, str, str]] = []
        self._read: list[FileState] = []
        self._gone: list[str] = []
        self._deadline = time.monotonic() + BATCH_SECONDS

    def add(self, record: Record) -> None:
        self._changes.add(record)
        self._documents.append((record.id, record.path, record.hash))

    def read(self, state: FileState) -> None:
        """The file is read to its end."""
        self._read.append(state)

    def gone(self, path: str) -> int:
        """The file is gone: its documents go too. Returns how many."""
        self._gone.append(path)
        return sum(self._changes.remove(id) for id in self._manifest.documents(path))

    def full(self) -> bool:
        return (
            len(self._documents) >= BATCH_DOCUMENTS
            or len(self._read) + len(self._gone) >= BATCH_DOCUMENTS
            or time.monotonic() >= self._deadline
        )

    def commit(self) -> int:
        """Make the batch durable; returns how many documents went because their file no longer gives them."""
        manifest, removed = self._manifest, 0
        try:
            manifest.expect((id, path) for id, path, _ in self._documents)
            manifest.flush()
            for state in self._read:
                removed += sum(self._changes.remove(id) for id in manifest.stale_documents(state.path))
        except BaseException as error:
            self.abandon(error)
            raise
        self._block.__exit__(None, None, None)
        manifest.confirm((id, hash) for id, _, hash in self._documents)
        for state in self._read:
            manifest.settle(state)
        for path in self._gone:
            manifest.forget(path)
        manifest.flush()
        return removed

    def abandon(self, error: BaseException) -> None:
        """Leave the engine as it was before the batch."""
        self._block.__exit__(type(error), error, error.__traceback__)


class _Run:
    """One update."""

    def __init__(
        self,
        folder: Path,
        engine: Engine,
        manifest: Manifest,
        progress: Progress | None,
        exclude: Sequence[str],
        force: bool,
        jobs: int | None,
        follow_links: bool,
    ) -> None:
        self.folder = names.real_path(os.fspath(folder))
        self.base = os.path.dirname(self.folder)
        self.engine = engine
        self.manifest = manifest
        self.progress = progress
        self.exclude = tuple(exclude)
        self.force = force
        self.workers = jobs
        self.follow_links = follow_links
        self.counts = _Counts()
        self.roots: list[str] = []
        self.unreadable: list[str] = []
        self.entries: dict[str, walk.Entry] = {}
        self.done = 0
        self.total: int | None = None
        self.batch: _Batch | None = None

    # -------------------------------------------------------------- names
    def name(self, path: str) -> str:
        """A path, real or composed (see `names`), as the manifest and the documents' ids give it."""
        absolute, base = os.path.abspath(path), names.composed(self.base)
        inside = os.path.relpath(absolute, base) if _is_below(absolute, base) else absolute
        return inside.replace(os.sep, "/") if inside != "." else ""

    def path(self, name: str) -> str:
        """The reverse of `name`."""
        return names.existing(os.path.join(self.base, *name.split("/")) if not os.path.isabs(name) else name)

    # -------------------------------------------------------------- the run
    def over(self, paths: list[str]) -> SyncReport:
        """Update what lies at or below `paths`."""
        try:
            # One name for one place: a folder given through a link must not have its documents twice.
            present = [real for path in paths if self._is_root(real := names.real_path(path))]
            if self.progress:
                self.total = sum(1 for _ in self._walk(present))
            transform = f"searchkit.collection.records:{'of_file_in_rows' if self.engine.takes_rows else 'of_file'}"
            for result in pool.read_files(self._jobs(present), workers=self.workers, transform=transform):
                self._take(result)
            self._drop_gone()
            if self.batch:
                self._commit()
        except BaseException as error:
            if self.batch:
                self.batch.abandon(error)
            raise
        counts = self.counts
        return SyncReport(
            counts.added,
            counts.updated,
            counts.moved,
            counts.removed,
            counts.unchanged,
            tuple(counts.failed),
            tuple(counts.notices),
        )

    def _is_root(self, path: str) -> bool:
        """Note a given path as one to update; False where it is not there to be read.

        A path that is gone takes its documents along, but not where its folder is gone as well: an unmounted disk
        must not empty the index.
        """
        name = self.name(names.composed(path))
        if os.path.lexists(path):
            self.roots.append(name)
            return True
        if self.manifest.holds(name) and os.path.isdir(os.path.dirname(os.path.abspath(path))):
            self.roots.append(name)
        else:
            self.counts.failed.append(Failure(path, "There is no such file or folder: check the spelling of the path."))
        return False

    def _walk(self, paths: list[str]) -> Iterator[walk.Entry | Failure | Notice]:
        return walk.walk(paths, exclude=self.exclude, leave_out=(self.folder,), follow_links=self.follow_links)

    def _jobs(self, paths: list[str]) -> Iterator[pool.Job]:
        """The files that must be read; all others are dealt with on the way."""
        for entry in self._walk(paths):
            if isinstance(entry, Failure):
                self._fail(self.name(entry.path), [entry.reason])
                self.unreadable.append(self.name(entry.path))
                self._tick(entry.path)
                continue
            if isinstance(entry, Notice):
                self.counts.notices.append(Notice(self.name(entry.path), entry.text))
                self._tick(entry.path)
                continue
            name = self.name(entry.name)
            state = self.manifest.file(name)
            self.manifest.mark_seen(name)
            if state and state.hash and not self.force:
                if (state.size, state.modified) == (entry.size, entry.mtime_ns):
                    self._unchanged(state)
                    self._tick(entry.path)
                    continue
                known = state.hash
            else:
                known = None
                if state is None and not self.force and self._moved(entry, name):
                    self._tick(entry.path)
                    continue
            self.entries[name] = entry
            yield pool.Job(entry.path, name, known)

    def _take(self, result: pool.FileResult) -> None:
        """Put what a worker read of a file into the batch."""
        name = result.id
        batch = self._open_batch()
        if result.same:
            state = self.manifest.file(name)
            assert state is not None
            self.manifest.mark_seen(name, _trusted_time(self.entries[name]))
            self._unchanged(state)
        for record in result.documents:
            assert isinstance(record, Record)
            self._take_record(batch, record)
        if result.last:
            entry = self.entries.pop(name)
            if not result.same:
                reasons = [failure.reason for failure in result.failures]
                if result.hash is None or result.machine_fault:
                    self._fail(name, reasons)
                else:
                    if not result.complete:  # what an earlier state of the file gave stays
                        for id in self.manifest.documents(name):
                            self.manifest.keep(id)
                    batch.read(FileState(name, entry.size, _trusted_time(entry), result.hash, tuple(reasons)))
                    self.counts.failed += [Failure(name, reason) for reason in reasons]
                self.counts.notices += [Notice(name, notice.text) for notice in result.notices]
            self._tick(entry.path)
            if batch.full():
                self._commit()

    def _take_record(self, batch: _Batch, record: Record) -> None:
        known = self.manifest.document_hash(record.id)
        if known == record.hash and not self.force:
            self.manifest.keep(record.id)
            self.counts.unchanged += 1
            return
        batch.add(record)
        if known is None:
            self.counts.added += 1
        else:
            self.counts.updated += 1

    def _moved(self, entry: walk.Entry, name: str) -> bool:
        """Recognise a new file as one that vanished from elsewhere under the given paths: same ending, size, content."""
        for old in self.manifest.files_of_size(entry.size):
            if not old.hash or os.path.splitext(old.path)[1] != os.path.splitext(name)[1]:
                continue
            if not self._is_given(old.path) or os.path.lexists(self.path(old.path)):
                continue
            try:
                same = pool.hash_file(entry.path) == old.hash
            except OSError:  # which the reading will report
                return False
            if same:
                self._move(old, entry, name)
                return True
        return False

    def _move(self, old: FileState, entry: walk.Entry, name: str) -> None:
        batch = self._open_batch()
        ids = self.manifest.documents(old.path)
        for data in self.engine.fetch(ids).values():
            batch.add(records.moved(records.unpack(data), old.path, name))
            self.counts.moved += 1
        batch.gone(old.path)
        batch.read(replace(old, path=name, modified=_trusted_time(entry)))

    def _drop_gone(self) -> None:
        """Remove the documents of files that this run has not met, but for those in folders it could not read."""
        for root in self.roots:
            for name in self.manifest.unseen(root):
                if not any(name == kept or name.startswith(kept + "/") for kept in self.unreadable):
                    self.counts.removed += self._open_batch().gone(name)
                    if self.batch and self.batch.full():
                        self._commit()

    # -------------------------------------------------------------- parts
    def _open_batch(self) -> _Batch:
        if self.batch is None:
            self.batch = _Batch(self.engine, self.manifest)
        return self.batch

    def _commit(self) -> None:
        assert self.batch is not None
        batch, self.batch = self.batch, None
        self.counts.removed += batch.commit()

    def _unchanged(self, state: FileState) -> None:
        self.counts.unchanged += self.manifest.count_documents(state.path)
        self.counts.failed += [Failure(state.path, reason) for reason in state.failures]

    def _fail(self, name: str, reasons: list[str]) -> None:
        """A file that cannot be read: what the index holds of it stays, and it is tried again the next time."""
        self.manifest.fail(name, reasons)
        self.counts.failed += [Failure(name, reason) for reason in reasons]

    def _is_given(self, name: str) -> bool:
        return any(root in ("", name) or name.startswith(root + "/") for root in self.roots)

    def _tick(self, path: str) -> None:
        self.done += 1
        if self.progress:
            self.progress(self.done, self.total, path)


def _trusted_time(entry: walk.Entry) -> int:
    """The modification time to remember; -1 for a file so fresh that its time proves nothing."""
    return entry.mtime_ns if time.time_ns() - entry.mtime_ns > FRESH_NANOSECONDS else -1


def _is_below(path: str, folder: str) -> bool:
    try:
        return os.path.commonpath((path, folder)) == folder
    except ValueError:  # on another drive
        return False
