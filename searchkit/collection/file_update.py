"""One update of an index: each file that is met is unchanged, moved, read or dropped.

Files are recognised as unchanged by size and times (see `FileState.describes`), else by the hash of their content; a new file whose
content is that of a vanished one has moved, and is not read again. What is done with a file depends on the files and on
what the engine holds alone, so a run that follows an interrupted one comes to the same end as one that was not
interrupted; docs/reliability.md has the argument.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Set
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from pathlib import Path

from searchkit.collection import ids, records
from searchkit.collection.batch import Batch
from searchkit.collection.file_names import Names
from searchkit.collection.file_reading import FileReading, trusted_time
from searchkit.collection.manifest import FileState, Manifest
from searchkit.collection.update_counts import UpdateCounts
from searchkit.collection.update_settings import Settings
from searchkit.collection.vanished import Vanished
from searchkit.documents import passwords, scans, walk
from searchkit.documents.readers.formats import FORMATS, extension
from searchkit.documents.real_paths import real_path
from searchkit.documents.workers import pool
from searchkit.engines.base import Record, Written
from searchkit.model import Failure, Notice, Progress, SyncReport

TRANSFORM = "searchkit.collection.records:of_file"
"""The function that worker processes apply to each document."""


VANISHED_AT_ONCE = 1_000
"""Files whose documents are taken out together."""


class Update:
    """One update."""

    def __init__(
        self, folder: Path, engine: Written, manifest: Manifest, progress: Progress | None, settings: Settings
    ) -> None:
        self._names = Names(folder)
        self._engine = engine
        self._manifest = manifest
        self._progress = progress
        self._settings = settings
        self._counts = UpdateCounts()
        self._vanished = Vanished(self._names, manifest, settings.prune, settings.apart, settings.within)
        self._under_way: dict[str, FileReading] = {}
        self._lost_an_id: list[str] = []
        self._existing: dict[str, bool] = {}
        self._done = 0
        self._total: int | None = None
        self._batch = Batch(engine, manifest)

    def run(self, paths: list[str]) -> SyncReport:
        """Update what lies at or below `paths`."""
        with self._abandoned_on_error():
            # One name for one place: a folder given through a link must not have its documents twice.
            present = [real_path(path) for path in paths if self._vanished.root(path)]
            if self._progress:
                self._total = sum(1 for _ in self._walk(present))
            self._read(self._jobs(present))
            self._drop_vanished()
            self._commit()
            self._read(self._jobs_for_lost_ids())
            self._commit()
            if self._settings.within is None:
                self._manifest.set_complete(self._engine.generation)
        return self._counts.report()

    def read(self, names: list[str]) -> SyncReport:
        """Read the files of these names."""
        self._total = len(names)
        with self._abandoned_on_error():
            self._read(self._jobs_by_name(names))
            self._commit()
        return self._counts.report()

    @contextmanager
    def _abandoned_on_error(self) -> Iterator[None]:
        try:
            yield
        except BaseException as error:
            self._batch.abandon(error)
            raise

    # -------------------------------------------------------------- which files are read
    def _walk(self, paths: list[str]) -> Iterator[walk.Entry | walk.Skipped | Failure | Notice]:
        settings = self._settings
        return walk.walk(
            paths,
            exclude=settings.exclude,
            leave_out=(self._names.index, *map(self._names.path, settings.apart)),
            follow_links=settings.follow_links,
            with_ocr=settings.ocr is not None,
            within=settings.within,
        )

    def _jobs(self, paths: list[str]) -> Iterator[pool.Job]:
        """The files that must be read; all others are dealt with on the way.

        New files come last, where there were files before: only when all others have been met is it known which of
        those have vanished, and may have moved.
        """
        first_run = self._manifest.is_empty()
        new: list[tuple[walk.Entry, str, int]] = []
        for entry in self._walk(paths):
            if isinstance(entry, Failure):
                name = self._names.of(entry.path)
                # Of a folder whose exclusions cannot be read, nothing is known.
                self._vanished.unreadable(name.removesuffix(walk.IGNORE).rstrip("/"))
                self._fail(name, [entry.reason])
                self._tick(entry.path)
                continue
            if isinstance(entry, walk.Skipped):
                self._vanished.met(self._names.of(entry.path))
                self._counts.skipped[entry.reason] += 1
                self._tick(entry.path)
                continue
            if isinstance(entry, Notice):
                self._counts.notices.append(Notice(self._names.of(entry.path), entry.text))
                self._tick(entry.path)
                continue
            name = self._names.of(entry.name)
            if not self._vanished.met(name):
                self._tick(entry.path)
                continue
            self._note_mount(entry.path)
            state = self._manifest.file(name)
            if state is None and not first_run:
                new.append((entry, name, trusted_time(entry)))
            elif state and self._is_unchanged(state, entry):
                if not state.changed and entry.changed_ns:
                    self._batch.read(replace(state, changed=entry.changed_ns))
                self._unchanged(state)
                self._tick(entry.path)
            else:
                yield self._job(entry, name, state)
        candidates = _by_size(self._vanished.files()) if new and not self._settings.force else {}
        for entry, name, modified in new:
            if self._moved(entry, name, modified, candidates):
                self._tick(entry.path)
            else:
                yield self._job(entry, name, None, modified)

    def _jobs_for_lost_ids(self) -> Iterator[pool.Job]:
        """The files of which a document had the id of another file."""
        for name in self._lost_an_id:
            path = self._names.path(name)
            try:
                status = os.stat(path)
            except OSError:
                continue  # the next run learns what became of it
            yield self._job(walk.Entry.of(path, path, status), name, None)

    def _jobs_by_name(self, names: list[str]) -> Iterator[pool.Job]:
        for name in names:
            path = self._names.path(name)
            try:
                status = os.stat(path)
            except OSError as error:
                self._counts.failed.append(Failure(name, f"cannot be read: {error.strerror or error}"))
                continue
            yield self._job(walk.Entry.of(path, path, status), name, None)

    def _job(self, entry: walk.Entry, name: str, state: FileState | None, modified: int | None = None) -> pool.Job:
        self._under_way[name] = FileReading(entry, trusted_time(entry) if modified is None else modified)
        known = state.hash if state and state.hash and not self._is_read_again(state) else None
        return pool.Job(entry.path, name, known, columns=self._settings.columns)

    def _is_unchanged(self, state: FileState, entry: walk.Entry) -> bool:
        return state.describes(entry) and bool(state.hash) and not self._is_read_again(state)

    def _is_read_again(self, state: FileState) -> bool:
        """Whether a file is read although it has not changed: all are, or it has scanned pages and OCR is asked for, or it may
        hold tables and they are to be read in another way, or it is encrypted and passwords are given."""
        if self._settings.tables_anew:
            form = FORMATS.get(extension(state.path))
            if form and form.streams:
                return True
        if self._settings.passwords and any(map(passwords.is_refusal, state.failures)):
            return True
        return self._settings.force or (self._settings.ocr is not None and any(map(scans.pages, state.failures)))

    def _note_mount(self, path: str) -> None:
        for folder in self._vanished.new_mounts(path):
            self._batch.mount(folder)

    # -------------------------------------------------------------- what was read
    def _read(self, jobs: Iterator[pool.Job]) -> None:
        for result in pool.read_files(
            jobs,
            workers=self._settings.jobs,
            transform=TRANSFORM,
            ocr=self._settings.ocr,
            passwords=self._settings.passwords,
            pool=self._settings.workers,
        ):
            self._take(result)

    def _take(self, result: pool.FileResult) -> None:
        """Put what a worker read of a file into the batch."""
        name = result.id
        reading = self._under_way[name]
        if result.same:
            state = self._manifest.file(name)
            assert state is not None
            self._batch.read(reading.state(state))
            self._unchanged(state)
        else:
            reading.part(result.hash)
            for record in result.documents:
                assert isinstance(record, Record)
                self._take_record(reading, record)
        if result.last:
            del self._under_way[name]
            if not result.same:
                self._finish(name, reading, result)
            self._tick(reading.entry.path)
            if self._batch.full():
                self._commit()

    def _take_record(self, reading: FileReading, record: Record) -> None:
        record = self._with_id_of_its_own(reading, record)
        reading.ids.add(record.id)
        known = self._manifest.document_hash(record.file, record.id)
        if known == record.hash and not self._settings.force:
            self._counts.unchanged += 1
            return
        if known is not None or self._takes_over(record):
            self._counts.updated += 1
            if old := self._engine.fetch([record.id]).get(record.id):
                record = records.replacing(record, old)
        else:
            self._counts.added += 1
        self._batch.add(record)

    def _with_id_of_its_own(self, reading: FileReading, record: Record) -> Record:
        taken: Set[str] = reading.ids
        if record.id != record.file and ids.belongs_to_another(record.id, record.file, self._exists):
            taken = taken | {record.id}
        id = ids.free(record.id, taken)
        if id == record.id:
            return record
        reading.renamed += 1
        return records.with_id(record, id)

    def _exists(self, name: str) -> bool:
        """Whether there is a file of this name; asked once a name."""
        known = self._existing.get(name)
        if known is None:
            known = self._existing[name] = os.path.isfile(self._names.path(name))
        return known

    def _takes_over(self, record: Record) -> bool:
        """Whether the engine holds a document of this id that is not of this file; the other file is read again."""
        added_by = self._batch.owner(record.id)
        for owner in ("", *ids.other_owners(record.id, record.file)):
            if owner == added_by or self._manifest.document_hash(owner, record.id) is not None:
                self._batch.taken_over(owner, record.id)
                if owner:
                    self._lost_an_id.append(owner)
                return True
        return False

    def _finish(self, name: str, reading: FileReading, result: pool.FileResult) -> None:
        """All parts of a file have come."""
        reasons = [failure.reason for failure in result.failures]
        self._counts.notices += [Notice(name, notice.text) for notice in result.notices]
        if reading.renamed:
            self._counts.notices.append(
                Notice(
                    name,
                    f"holds documents with the ids of others, {reading.renamed:,} in all: they are kept apart by a number, as"
                    " in “~2”",
                )
            )
        if result.hash is None or result.machine_fault:
            self._fail(name, reasons)
            return
        if result.complete:  # else what an earlier state of the file gave stays
            outdated = (self._manifest.documents(name).keys() | reading.outdated) - reading.ids
            self._counts.removed += self._batch.remove(name, outdated)
        self._batch.read(reading.state(FileState(name, hash=result.hash, failures=tuple(reasons))))
        self._counts.failed += [Failure(name, reason) for reason in reasons]

    def _unchanged(self, state: FileState) -> None:
        self._counts.unchanged += state.documents
        self._counts.failed += [Failure(state.path, reason) for reason in state.failures]

    def _fail(self, name: str, reasons: list[str]) -> None:
        """A file that cannot be read: what the index holds of it stays, and it is tried again the next time."""
        state = self._manifest.file(name)
        if state is None or not state.documents:
            self._vanished.may_be(name)
        if state is None or state.hash or list(state.failures) != reasons:
            self._batch.read(FileState(name, failures=tuple(reasons)))
        self._counts.failed += [Failure(name, reason) for reason in reasons]

    # -------------------------------------------------------------- what moved or is gone
    def _moved(self, entry: walk.Entry, name: str, modified: int, vanished: dict[int, list[FileState]]) -> bool:
        """Recognise a new file as one that vanished from elsewhere under the given paths: same ending, size, content."""
        candidates = vanished.get(entry.size, [])
        for old in candidates:
            if os.path.splitext(old.path)[1].lower() != os.path.splitext(name)[1].lower():
                continue
            try:
                same = pool.hash_file(entry.path) == old.hash
            except OSError:
                # It may be the vanished one, which must not be taken out while this one cannot be read.
                self._vanished.keep(old.path)
                return False
            if same:
                candidates.remove(old)
                self._move(old, name, modified, entry)
                return True
        return False

    def _move(self, old: FileState, name: str, modified: int, entry: walk.Entry) -> None:
        stored = self._engine.fetch(self._manifest.documents(old.path))
        self._batch.gone([old.path])
        self._vanished.met(old.path)
        for data in stored.values():
            record = records.of_renamed_file(records.unpack(data), old.path, name)
            self._takes_over(record)
            self._batch.add(record)
            self._counts.moved += 1
        self._batch.read(replace(old, path=name, modified=modified, changed=entry.changed_ns))
        self._counts.failed += [Failure(name, reason) for reason in old.failures]
        if self._batch.full():
            self._commit()

    def _drop_vanished(self) -> None:
        """Remove the documents of files that are no longer there, where it is sure that they are gone."""
        vanished = iter(self._vanished.removed())
        while names := list(islice(vanished, VANISHED_AT_ONCE)):
            self._counts.removed += self._batch.gone(names)
            if self._batch.full():
                self._commit()
        for mount in self._vanished.pruned_mounts():
            self._batch.unmount(mount)
        self._counts.failed += self._vanished.failures()

    # -------------------------------------------------------------- parts
    def _commit(self) -> None:
        batch, self._batch = self._batch, Batch(self._engine, self._manifest)
        batch.commit()

    def _tick(self, path: str) -> None:
        self._done += 1
        if self._progress:
            self._progress(self._done, self._total, path)


def _by_size(files: Iterable[FileState]) -> dict[int, list[FileState]]:
    by_size: dict[int, list[FileState]] = {}
    for file in files:
        by_size.setdefault(file.size, []).append(file)
    return by_size
