"""The files that the index was made from: a small SQLite database beside the engine's files.

It says which files were read, in which state, and which documents each gave, so that the next update reads only what
changed. It is a cache. The engine is the truth about documents: `Engine.ids` gives each with its hash and its file. The
manifest names the generation of the engine that it describes, and every row has a checksum. Where the generation is
another (a kill between the engine's commit and the manifest's, a backup that was put back, documents that were
added without files) or a checksum does not fit, it is built anew: its documents are those of the engine, and a file
counts as read only if the documents recorded for it are the very ones that the engine holds; all other files are read
again. So neither losing it nor finding it damaged is an error, and nothing that it says has to be believed.

A file beside it has its checksum, so that a flipped bit shows wherever it is, even where SQLite reads nothing. It is deleted
before the first change and written when the manifest is closed: without it, the last run did not come to its end, and the
manifest is built anew as well. While it fits, the rows need not be looked at one by one.

Files go by their names (see `names`). Whoever opens a manifest holds the write lock of the index.
"""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from searchkit.documents.walk import Entry
from searchkit.engines import durable
from searchkit.errors import SearchkitError

VERSION = 3
"""0: no checksums; 2: neither `changed` nor `complete`."""

_SCHEMA = """
CREATE TABLE meta (generation TEXT, complete INTEGER, documents INTEGER, digest INTEGER, checksum INTEGER);
CREATE TABLE files (
    path TEXT PRIMARY KEY,
    size INTEGER,
    modified INTEGER,
    hash TEXT,
    failures TEXT,
    documents INTEGER,
    digest INTEGER,
    changed INTEGER,
    checksum INTEGER
) WITHOUT ROWID;
CREATE TABLE documents (path TEXT, id TEXT, hash TEXT, checksum INTEGER, PRIMARY KEY (path, id)) WITHOUT ROWID;
CREATE TABLE mounts (path TEXT PRIMARY KEY, checksum INTEGER) WITHOUT ROWID;
"""
_TABLES = [statement.strip() for statement in _SCHEMA.split(";") if statement.strip()]
_ENDINGS = ("", "-journal", "-wal", "-shm", ".crc32", ".crc32.new", ".new", ".new-journal", ".new-wal", ".new-shm")
_PATIENCE = 10.0
"""Seconds to wait for a process that reads the list of failures."""
_CHUNK = 1000
_NOT_DAMAGE = ("locked", "busy", "is full", "I/O error", "unable to open", "out of memory", "interrupted")
"""SQLite's messages for errors that are not damage to the file."""

_DAMAGE = (sqlite3.DatabaseError, UnicodeDecodeError)
"""Exceptions that a damaged file raises; the second where SQLite quotes the bad value."""

Documents = Callable[[], Iterable[tuple[str, str, str]]]
"""All (id, hash, file) of the engine; "" for documents without a file."""


@dataclass(frozen=True)
class FileState:
    """A file as it was last read: bytes, modification time in nanoseconds (-1: not to be trusted), hash of its content
    ("": to be read again), what failed in it, the number and combined checksum of its documents, and the time of the last
    change that nobody can set (see `walk.Entry`; 0: not known)."""

    path: str
    size: int = -1
    modified: int = -1
    hash: str = ""
    failures: tuple[str, ...] = ()
    documents: int = 0
    digest: int = 0
    changed: int = 0

    def describes(self, entry: Entry) -> bool:
        """Whether size and times are those of a file as it is now. The time of the last change tells files that took each
        other's names, and a content under the time of the one before, which may be set."""
        if self.changed and entry.changed_ns and self.changed != entry.changed_ns:
            return False
        return (self.size, self.modified) == (entry.size, entry.mtime_ns)

    def row(self) -> tuple[object, ...]:
        """As it stands in the table."""
        values = (
            self.path,
            self.size,
            self.modified,
            self.hash,
            json.dumps(self.failures),
            self.documents,
            self.digest,
            self.changed,
        )
        return (*values, _checksum(*values))


@dataclass
class Changes:
    """The changes of one commit of the engine, for `Manifest.apply`. Files in `read_again` lose their trust."""

    added: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Id -> (path, hash)."""
    removed: list[tuple[str, str]] = field(default_factory=list)
    """(path, id); what is `added` as well stays."""
    read: dict[str, FileState] = field(default_factory=dict)
    gone: dict[str, None] = field(default_factory=dict)
    read_again: list[str] = field(default_factory=list)
    mounts: list[str] = field(default_factory=list)
    unmounted: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return any(vars(self).values())

    def __len__(self) -> int:
        return sum(map(len, vars(self).values()))


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
        for path in _companions(file):
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
        except _DAMAGE as error:
            self._or_raise(error)
            self.rebuilt = "it is damaged"
        if self.rebuilt:
            self._build(generation, salvaged, mounts)
        self._db.execute("BEGIN")

    def close(self) -> None:
        """Free the file, with its checksum beside it."""
        self._db.close()
        # A journal means that SQLite has yet to bring the file into its state.
        if not self._sealed and not _journal(self._file).exists():
            with contextlib.suppress(OSError):  # building anew is all that it costs
                durable.replace(_seal(self._file), _sealed(self._file))

    # -------------------------------------------------------------- opening
    def _seal_fault(self) -> str:
        """Why the file may not be what it was when it was closed, or ""."""
        try:
            sealed = _seal(self._file).read_bytes()
        except FileNotFoundError:
            return self.UNFINISHED
        fits = sealed == _sealed(self._file)
        return "" if fits else "it does not fit its checksum"

    def _unseal(self) -> None:
        """From here on the file is another than its checksum says."""
        if self._sealed:
            self._sealed = False
            unseal(self._file)

    def _describes(self, generation: str) -> bool:
        """Whether a file that fits its checksum is of today's version and of this state of the engine."""
        if _journal(self._file).exists() or self._db.execute("PRAGMA user_version").fetchone()[0] != VERSION:
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
            files.update(_files_of_earlier_version(self._db, version))
            self.complete = bool(files)
            if version == 2:
                mounts += (path for path, checksum in self._mount_rows() if checksum == _checksum(path))
            return self.OTHER_VERSION
        tables = self._db.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
        fault = "" if {sql for (sql,) in tables} == set(_TABLES) else "it is damaged"
        for *values, checksum in self._db.execute("SELECT * FROM files"):
            if checksum == _checksum(*values):
                files[values[0]] = _state(values)
            else:
                fault = "it is damaged"
        for path, checksum in self._mount_rows():
            if checksum == _checksum(path):
                mounts.append(path)
            else:
                fault = "it is damaged"
        meta = self._db.execute("SELECT * FROM meta").fetchall()
        if len(meta) != 1 or meta[0][-1] != _checksum(*meta[0][:-1]):
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
            if checksum != _checksum(path, id, hash):
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
        for file in (new, _journal(new)):
            file.unlink(missing_ok=True)
        self._connect(new)
        try:
            self._db.execute("BEGIN IMMEDIATE")
            for statement in _TABLES:
                self._db.execute(statement)
            self._db.execute(f"PRAGMA user_version = {VERSION}")
            self._insert_documents((file, _storable(id), hash) for id, hash, file in self._documents())
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
        _journal(self._file).unlink(missing_ok=True)
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
        except _DAMAGE as error:
            self._or_raise(error)
            # Damage where nothing is read, such as in the list of free pages, shows when something is written.
            files: dict[str, FileState] = {}
            mounts: list[str] = []
            with contextlib.suppress(*_DAMAGE):
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
            "INSERT OR REPLACE INTO documents VALUES (?, ?, ?, ?)", ((*row, _checksum(*row)) for row in documents)
        )

    def _insert_files(self, states: Iterable[FileState]) -> None:
        self._db.executemany(
            "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", (state.row() for state in states)
        )

    def _insert_mounts(self, mounts: Iterable[str]) -> None:
        self._db.executemany(
            "INSERT OR REPLACE INTO mounts VALUES (?, ?)", ((path, _checksum(path)) for path in mounts)
        )

    def _finish(self, generation: str) -> None:
        """Commit, with the sums that the next opening compares."""
        sums = self._db.execute("SELECT count(*), coalesce(sum(checksum), 0) FROM documents").fetchone()
        self._db.execute("DELETE FROM meta")
        values = (generation, int(self.complete), *sums)
        self._db.execute("INSERT INTO meta VALUES (?, ?, ?, ?, ?)", (*values, _checksum(*values)))
        self._db.execute("COMMIT")

    # -------------------------------------------------------------- files
    def file(self, path: str) -> FileState | None:
        """The state of a file when it was last read."""
        row = self._db.execute("SELECT * FROM files WHERE path = ?", (path,)).fetchone()
        return _state(row) if row else None

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


def failures(file: Path) -> list[tuple[str, str]] | None:
    """(path, reason) of what the last updates could not read, from a manifest that is only read.

    None where that is not known: while an update is under way, and until the next one where the manifest was lost.
    """
    if not _is_readable(file):
        return None
    try:
        db = sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True, timeout=0.1)
    except sqlite3.Error:
        return None
    try:
        if db.execute("PRAGMA user_version").fetchone()[0] == VERSION and not _knows_all(db):
            return None
        rows = db.execute("SELECT path, failures FROM files WHERE failures <> '[]' ORDER BY path").fetchall()
        return [(path, reason) for path, reasons in rows for reason in json.loads(reasons)]
    except (sqlite3.Error, ValueError):
        return None
    finally:
        db.close()


def _knows_all(db: sqlite3.Connection) -> bool:
    """Whether a manifest knows each file that the last updates met, and each that gave a document."""
    unknown = "SELECT 1 FROM documents WHERE path <> '' AND path NOT IN (SELECT path FROM files) LIMIT 1"
    return db.execute("SELECT complete FROM meta").fetchall() == [(1,)] and not db.execute(unknown).fetchone()


def known_files(file: Path) -> list[str]:
    """The names of all files that a manifest knows, however damaged it is; only read."""
    found: dict[str, None] = {}
    if not _is_readable(file):
        return []
    with contextlib.suppress(*_DAMAGE):
        db = sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)
        for table in ("files", "documents"):
            with contextlib.suppress(*_DAMAGE):
                for (path,) in db.execute(f"SELECT path FROM {table}"):
                    if isinstance(path, str) and path:
                        found[path] = None
        db.close()
    return list(found)


def forget(file: Path) -> None:
    """Delete a manifest and what stands beside it."""
    for path in _companions(file):
        durable.make_way(path)
        path.unlink(missing_ok=True)


def seal(file: Path) -> None:
    """A manifest that comes from elsewhere is as it was closed there."""
    durable.replace(_seal(file), _sealed(file))


def is_sealed(file: Path) -> bool:
    """Whether a manifest was closed after its last change."""
    try:
        return _seal(file).read_bytes() == _sealed(file)
    except OSError:
        return False


def sound_files(file: Path) -> tuple[list[FileState], list[str]]:
    """What a manifest that is closed, and only read, says of files, and which folders were roots of a file system."""
    with contextlib.closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as db:
        if db.execute("PRAGMA user_version").fetchone()[0] != VERSION:
            return [], []
        rows = db.execute("SELECT * FROM files").fetchall()
        return [_state(row) for row in rows], [path for (path,) in db.execute("SELECT path FROM mounts")]


def unseal(file: Path) -> None:
    """From here on a manifest is not to be believed until it has been compared with the engine, whose documents will be others."""
    durable.make_way(_seal(file))
    _seal(file).unlink(missing_ok=True)
    durable.sync_folder(file.parent)


def documents_without_file(file: Path) -> set[str] | None:
    """The ids of the documents that came without a file, from a manifest that is only read; None where it cannot be believed."""
    if not _is_readable(file):
        return None
    try:
        if _seal(file).read_bytes() != _sealed(file) or _journal(file).exists():
            return None
        with contextlib.closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as db:
            if db.execute("PRAGMA user_version").fetchone()[0] != VERSION:
                return None
            rows = db.execute("SELECT id, hash, checksum FROM documents WHERE path = ''").fetchall()
            meta = db.execute("SELECT generation FROM meta").fetchall()
    except (OSError, *_DAMAGE):
        return None
    if len(meta) != 1 or any(checksum != _checksum("", id, hash) for id, hash, checksum in rows):
        return None
    return {id for id, _, _ in rows}


def _files_of_earlier_version(db: sqlite3.Connection, version: int) -> dict[str, FileState]:
    """The files of an earlier version of the manifest. The first had neither checksums nor the sums of the documents."""
    if version == 2:
        rows = db.execute("SELECT path, size, modified, hash, failures, documents, digest, checksum FROM files")
        return {row[0]: _state((*row[:-1], 0)) for row in rows if row[-1] == _checksum(*row[:-1])}
    if version != 0:
        return {}
    sums: dict[str, tuple[int, int]] = {}
    for path, id, hash in db.execute("SELECT path, id, hash FROM documents"):
        count, digest = sums.get(path, (0, 0))
        sums[path] = count + 1, digest + _checksum(path, id, hash)
    rows = db.execute("SELECT path, size, modified, hash, failures FROM files")
    return {row[0]: _state((*row, *sums.get(row[0], (0, 0)), 0)) for row in rows}


def _state(row: Iterable[object]) -> FileState:
    path, size, modified, hash, failures, documents, digest, changed, *_ = row
    return FileState(path, size, modified, hash, _failures(failures), documents, digest, changed)  # type: ignore[arg-type]


def _failures(content: str) -> tuple[str, ...]:
    return tuple(json.loads(content)) if content != "[]" else ()  # most files have none


def _storable(id: str) -> str:
    """An id as SQLite can keep it, which has no halves of characters; those of documents of files have none."""
    return id.encode("utf-8", "backslashreplace").decode() if not id.isascii() else id


def _checksum(*values: object) -> int:
    return zlib.crc32("\0".join(map(str, values)).encode("utf-8", "surrogatepass"))


def _seal(file: Path) -> Path:
    return file.with_name(file.name + ".crc32")


def _sealed(file: Path) -> bytes:
    """The seal's contents for a file as it is now."""
    return f"{durable.checksum(file):08x}\n".encode()


def _companions(file: Path) -> list[Path]:
    """The names of a manifest and of what may stand beside it."""
    return [file.with_name(file.name + end) for end in _ENDINGS]


def _is_readable(file: Path) -> bool:
    """Whether there is a manifest, and nothing in the place of a file beside it that SQLite would wait for."""
    return file.is_file() and all(path.is_file() or not os.path.lexists(path) for path in _companions(file))


def _journal(file: Path) -> Path:
    return file.with_name(file.name + "-journal")


def _range_below(root: str) -> tuple[str, str]:
    """The half-open range of the paths below a folder: "0" follows "/" in the order of code points."""
    prefix = root.rstrip("/")
    return prefix + "/", prefix + "0"
