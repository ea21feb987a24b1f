"""The database of the manifest: opened, compared with the engine, built anew where it does not fit, changed with each commit."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from searchkit.collection.manifest.file_states import (
    TABLES,
    VERSION,
    Changes,
    FileState,
    checksum_of,
    files_of_earlier_version,
    state_of,
    storable,
)
from searchkit.collection.manifest.reading import DAMAGE
from searchkit.collection.manifest.seal import companions, journal_of, seal_of, sealed, unseal
from searchkit.engines import durable
from searchkit.errors import SearchkitError

_PATIENCE = 10.0
"""Seconds to wait for a process that reads the list of failures."""
_CHUNK = 1000
_NOT_DAMAGE = ("locked", "busy", "is full", "I/O error", "unable to open", "out of memory", "interrupted")
"""SQLite's messages for errors that are not damage to the file."""

Documents = Callable[[], Iterable[tuple[str, str, str]]]
"""All (id, hash, file) of the engine; "" for documents without a file."""


class Manifest:
    """The files and documents of one index. `rebuilt` says why it had to be built anew; "" where it had not."""

    OTHER_STATE = "it describes another state of the index"
    UNFINISHED = "the last update did not come to its end"
    OTHER_VERSION = "it is of another version"
    NO_FAULTS = ("", OTHER_STATE, UNFINISHED)
    """The message of `rebuilt` where nothing is damaged."""

    def __init__(self, file: Path, generation: str, documents: Documents, known: Iterable[FileState] = ()) -> None:
        """Open it, or build it anew where it does not describe this generation of the engine, which holds `documents`; of files
        that are `known` it believes what fits these."""
        self._file = file
        self._documents = documents
        self._sealed = True
        self.rebuilt = ""
        self.complete = False
        """Whether it knows of each file that the last updates met, so that one that it does not name did not fail."""
        salvaged: dict[str, FileState] = {state.path: state for state in known}
        mounts: list[str] = []
        for path in companions(file):
            durable.make_way(path)
        try:
            if not file.exists():
                self.rebuilt = "it was not there"
            else:
                broken = self._seal_fault()  # before SQLite touches the file
                self._connect(file)
                if broken or not self._describes(generation):
                    fault = self._fault(generation, salvaged, mounts)
                    self.rebuilt = (broken or fault) if fault in self.NO_FAULTS else fault
        except DAMAGE as error:
            self._or_raise(error)
            self.rebuilt = "it is damaged"
        if self.rebuilt:
            self._build(generation, salvaged, mounts)
        self._db.execute("BEGIN")

    def close(self) -> None:
        """Free the file, with its checksum beside it."""
        self._db.close()
        # A journal means that SQLite has yet to bring the file into its state.
        if not self._sealed and not journal_of(self._file).exists():
            with contextlib.suppress(OSError):  # building anew is all that it costs
                durable.replace(seal_of(self._file), sealed(self._file))

    # -------------------------------------------------------------- opening
    def _seal_fault(self) -> str:
        """Why the file may not be what it was when it was closed, or ""."""
        try:
            kept = seal_of(self._file).read_bytes()
        except FileNotFoundError:
            return self.UNFINISHED
        fits = kept == sealed(self._file)
        return "" if fits else "it does not fit its checksum"

    def _unseal(self) -> None:
        """From here on the file is another than its checksum says."""
        if self._sealed:
            self._sealed = False
            unseal(self._file)

    def _describes(self, generation: str) -> bool:
        """Whether a file that fits its checksum is of today's version and of this state of the engine."""
        if journal_of(self._file).exists() or self._db.execute("PRAGMA user_version").fetchone()[0] != VERSION:
            return False
        meta = self._db.execute("SELECT generation, complete FROM meta").fetchall()
        self.complete = bool(meta and meta[0][1])
        return [row[0] for row in meta] == [generation]

    def _connect(self, file: Path) -> None:
        self._db = sqlite3.connect(file, timeout=_PATIENCE, isolation_level=None)
        self._db.execute("PRAGMA journal_mode = DELETE")
        self._db.execute("PRAGMA synchronous = FULL")
        self._db.execute("PRAGMA temp_store = MEMORY")  # nothing depends on room in the folder for temporary files

    def _fault(self, generation: str, files: dict[str, FileState], mounts: list[str]) -> str:
        """Why the manifest has to be built anew, or ""; gathers the rows that are sound, if so."""
        self._db.execute("BEGIN IMMEDIATE")  # fails where the file says that it can only be read
        self._db.execute("ROLLBACK")
        version = self._db.execute("PRAGMA user_version").fetchone()[0]
        if version != VERSION:
            files.update(files_of_earlier_version(self._db, version))
            self.complete = bool(files)
            if version == 2:
                mounts += (path for path, checksum in self._mount_rows() if checksum == checksum_of(path))
            return self.OTHER_VERSION
        tables = self._db.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
        fault = "" if {sql for (sql,) in tables} == set(TABLES) else "it is damaged"
        for *values, checksum in self._db.execute("SELECT * FROM files"):
            if checksum == checksum_of(*values):
                files[values[0]] = state_of(values)
            else:
                fault = "it is damaged"
        for path, checksum in self._mount_rows():
            if checksum == checksum_of(path):
                mounts.append(path)
            else:
                fault = "it is damaged"
        meta = self._db.execute("SELECT * FROM meta").fetchall()
        if len(meta) != 1 or meta[0][-1] != checksum_of(*meta[0][:-1]):
            return "it is damaged"
        self.complete = bool(meta[0][1]) and not fault
        if meta[0][0] != generation:
            return self.OTHER_STATE
        return fault or self._documents_fault(*meta[0][2:4])

    def _mount_rows(self) -> list[tuple[str, int]]:
        return self._db.execute("SELECT path, checksum FROM mounts").fetchall()

    def _documents_fault(self, documents: int, digest: int) -> str:
        count = total = 0
        for path, id, hash, checksum in self._db.execute("SELECT * FROM documents"):
            if checksum != checksum_of(path, id, hash):
                return "it is damaged"
            count += 1
            total += checksum
        return "" if (count, total) == (documents, digest) else "it is damaged"

    def _build(self, generation: str, files: dict[str, FileState], mounts: list[str]) -> None:
        """Make the database anew beside the old one, from the engine's documents and what is known of files."""
        if hasattr(self, "_db"):
            self._db.close()
        self._unseal()
        new = self._file.with_name(self._file.name + ".new")
        for file in (new, journal_of(new)):
            file.unlink(missing_ok=True)
        self._connect(new)
        try:
            self._db.execute("BEGIN IMMEDIATE")
            for statement in TABLES:
                self._db.execute(statement)
            self._db.execute(f"PRAGMA user_version = {VERSION}")
            self._insert_documents((file, storable(id), hash) for id, hash, file in self._documents())
            self._insert_mounts(mounts)
            held = {
                path: (count, digest)
                for path, count, digest in self._db.execute(
                    "SELECT path, count(*), sum(checksum) FROM documents GROUP BY path"
                )
            }
            self._insert_files(
                state if (state.documents, state.digest) == held.get(path, (0, 0)) else FileState(path)
                for path, state in files.items()
            )
            self._finish(generation)
        finally:
            self._db.close()
        # A journal left by a killed process belongs to the old file and must not be played back into the new one.
        journal_of(self._file).unlink(missing_ok=True)
        durable.rename(new, self._file)
        durable.sync_folder(self._file.parent)
        self._connect(self._file)

    def _or_raise(self, error: Exception) -> None:
        """Nothing where the error means damage, which is mended; else a SearchkitError that says what to do."""
        if any(words in str(error) for words in _NOT_DAMAGE):
            raise SearchkitError(
                f"The list of files {self._file} cannot be used ({error}): see that the disk works and has room, and try again."
            ) from error

    # -------------------------------------------------------------- changes
    def set_complete(self, generation: str) -> None:
        """An update has come to its end: each file that it met is known."""
        if not self.complete:
            self.complete = True
            self.apply(Changes(), generation)

    def apply(self, changes: Changes, generation: str) -> None:
        """Record what a commit changed, in one transaction, as the state of this generation of the engine."""
        try:
            self._apply(changes, generation)
        except DAMAGE as error:
            self._or_raise(error)
            # Damage where nothing is read, such as in the list of free pages, shows when something is written.
            files: dict[str, FileState] = {}
            mounts: list[str] = []
            with contextlib.suppress(*DAMAGE):
                self._db.execute("ROLLBACK")
                self._fault(generation, files, mounts)
            self._build(generation, files, mounts)
            self._db.execute("BEGIN")
            self._apply(changes, generation)

    def _apply(self, changes: Changes, generation: str) -> None:
        db = self._db
        self._unseal()
        db.execute("COMMIT")
        db.execute("BEGIN IMMEDIATE")
        db.executemany("DELETE FROM documents WHERE path = ? AND id = ?", changes.removed)
        for path in changes.gone:
            db.execute("DELETE FROM documents WHERE path = ?", (path,))
            db.execute("DELETE FROM files WHERE path = ?", (path,))
        self._insert_documents((path, id, hash) for id, (path, hash) in changes.added.items())
        self._insert_files(self._counted(state) for state in changes.read.values())
        self._insert_files(self._counted(FileState(path)) for path in changes.read_again if path not in changes.gone)
        self._insert_mounts(changes.mounts)
        db.executemany("DELETE FROM mounts WHERE path = ?", ((path,) for path in changes.unmounted))
        self._finish(generation)
        db.execute("BEGIN")

    def _counted(self, state: FileState) -> FileState:
        query = "SELECT count(*), coalesce(sum(checksum), 0) FROM documents WHERE path = ?"
        documents, digest = self._db.execute(query, (state.path,)).fetchone()
        return replace(state, documents=documents, digest=digest)

    def _insert_documents(self, documents: Iterable[tuple[str, str, str]]) -> None:
        self._db.executemany(
            "INSERT OR REPLACE INTO documents VALUES (?, ?, ?, ?)", ((*row, checksum_of(*row)) for row in documents)
        )

    def _insert_files(self, states: Iterable[FileState]) -> None:
        self._db.executemany(
            "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", (state.row() for state in states)
        )

    def _insert_mounts(self, mounts: Iterable[str]) -> None:
        self._db.executemany(
            "INSERT OR REPLACE INTO mounts VALUES (?, ?)", ((path, checksum_of(path)) for path in mounts)
        )

    def _finish(self, generation: str) -> None:
        """Commit, with the sums that the next opening compares."""
        sums = self._db.execute("SELECT count(*), coalesce(sum(checksum), 0) FROM documents").fetchone()
        self._db.execute("DELETE FROM meta")
        values = (generation, int(self.complete), *sums)
        self._db.execute("INSERT INTO meta VALUES (?, ?, ?, ?, ?)", (*values, checksum_of(*values)))
        self._db.execute("COMMIT")

    # -------------------------------------------------------------- files
    def file(self, path: str) -> FileState | None:
        """The state of a file when it was last read."""
        row = self._db.execute("SELECT * FROM files WHERE path = ?", (path,)).fetchone()
        return state_of(row) if row else None

    def is_empty(self) -> bool:
        """Whether no file was ever read."""
        return self._db.execute("SELECT 1 FROM files LIMIT 1").fetchone() is None

    def paths(self, root: str = "") -> Iterator[str]:
        """Every file at or below `root` ("" is everywhere) that was read or has documents, in order of path."""
        below, after = _range_below(root)
        where = "(? = '' OR path = ? OR (path >= ? AND path < ?)) AND path > ?"
        query = (
            f"SELECT path FROM files WHERE {where} UNION SELECT path FROM documents WHERE {where} ORDER BY path LIMIT ?"
        )
        last = ""  # also passes over the documents without a file
        while True:  # in chunks, so that the caller may change the tables in between
            values = (root, root, below, after, last)
            rows = self._db.execute(query, (*values, *values, _CHUNK)).fetchall()
            yield from (row[0] for row in rows)
            if len(rows) < _CHUNK:
                return
            last = rows[-1][0]

    def mounts(self) -> list[str]:
        """Folders that were seen as the root of another file system."""
        return [row[0] for row in self._db.execute("SELECT path FROM mounts")]

    # -------------------------------------------------------------- documents
    def documents(self, path: str) -> dict[str, str]:
        """The documents of a file, "" for those without one: id -> hash."""
        return dict(self._db.execute("SELECT id, hash FROM documents WHERE path = ?", (path,)).fetchall())

    def document_hash(self, path: str, id: str) -> str | None:
        """The hash of a document, None where the engine holds no such document of this file."""
        row = self._db.execute("SELECT hash FROM documents WHERE path = ? AND id = ?", (path, id)).fetchone()
        return row[0] if row else None

    def count_documents(self, root: str) -> int:
        """How many documents the files at or below `root` gave."""
        below, after = _range_below(root)
        query = "SELECT count(*) FROM documents WHERE path <> '' AND (? = '' OR path = ? OR (path >= ? AND path < ?))"
        return int(self._db.execute(query, (root, root, below, after)).fetchone()[0])


def _range_below(root: str) -> tuple[str, str]:
    """The half-open range of the paths below a folder: "0" follows "/" in the order of code points."""
    prefix = root.rstrip("/")
    return prefix + "/", prefix + "0"
