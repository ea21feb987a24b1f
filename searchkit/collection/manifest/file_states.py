"""The rows of the manifest: files as they were last read, the changes of a commit, their checksums, the tables that hold them."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field

from searchkit.documents.walk import Entry

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
TABLES = [statement.strip() for statement in _SCHEMA.split(";") if statement.strip()]


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
        return (*values, checksum_of(*values))


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


def files_of_earlier_version(db: sqlite3.Connection, version: int) -> dict[str, FileState]:
    """The files of an earlier version of the manifest. The first had neither checksums nor the sums of the documents."""
    if version == 2:
        rows = db.execute("SELECT path, size, modified, hash, failures, documents, digest, checksum FROM files")
        return {row[0]: state_of((*row[:-1], 0)) for row in rows if row[-1] == checksum_of(*row[:-1])}
    if version != 0:
        return {}
    sums: dict[str, tuple[int, int]] = {}
    for path, id, hash in db.execute("SELECT path, id, hash FROM documents"):
        count, digest = sums.get(path, (0, 0))
        sums[path] = count + 1, digest + checksum_of(path, id, hash)
    rows = db.execute("SELECT path, size, modified, hash, failures FROM files")
    return {row[0]: state_of((*row, *sums.get(row[0], (0, 0)), 0)) for row in rows}


def state_of(row: Iterable[object]) -> FileState:
    """The state of a file from a row of the table."""
    path, size, modified, hash, failures, documents, digest, changed, *_ = row
    return FileState(path, size, modified, hash, _failures(failures), documents, digest, changed)  # type: ignore[arg-type]


def _failures(content: str) -> tuple[str, ...]:
    return tuple(json.loads(content)) if content != "[]" else ()  # most files have none


def storable(id: str) -> str:
    """An id as SQLite can keep it, which has no halves of characters; those of documents of files have none."""
    return id.encode("utf-8", "backslashreplace").decode() if not id.isascii() else id


def checksum_of(*values: object) -> int:
    """The CRC-32 of a row's values."""
    return zlib.crc32("\0".join(map(str, values)).encode("utf-8", "surrogatepass"))
