"""What the index knows of the files it was made from: a small SQLite database beside the engine's files.

It says which files were read, in which state, and which documents each gave, so that the next update reads only
what changed. The engine is the truth about documents. After a kill the manifest may lag behind the engine but never
forgets a document that is there: the ids of a batch are noted *before* the engine commits it (`expect`), their
hashes (`confirm`) and the file (`settle`) only *after*. What lags is read once more and replaced, so nothing is
lost and nothing stands twice.

Paths are as `Index` names them: relative to the folder that holds the index where they lie below it, else
absolute, with "/" between the parts. An open manifest is locked against every other process until it is closed.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from searchkit.errors import BrokenIndexError, LockedIndexError

_SCHEMA = """
CREATE TABLE IF NOT EXISTS files (
    path TEXT PRIMARY KEY,
    size INTEGER NOT NULL,
    modified INTEGER NOT NULL,
    hash TEXT NOT NULL,
    failures TEXT NOT NULL DEFAULT '[]',
    seen INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS files_by_size ON files (size);
CREATE TABLE IF NOT EXISTS documents (
    id TEXT PRIMARY KEY,
    path TEXT NOT NULL,
    hash TEXT NOT NULL,
    seen INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS documents_by_path ON documents (path);
"""


@dataclass(frozen=True)
class FileState:
    """A file as it was last read: bytes, modification time in nanoseconds, content hash, and what failed in it."""

    path: str
    size: int
    modified: int
    hash: str
    failures: tuple[str, ...] = ()


class Manifest:
    """The files and documents of one index. `run` numbers this opening: what it does not meet is gone."""

    def __init__(self, file: Path) -> None:
        """Open or create; raises LockedIndexError while another process updates the index."""
        self._db = sqlite3.connect(file, timeout=1.0, isolation_level=None)
        try:
            self._db.execute("PRAGMA locking_mode = EXCLUSIVE")
            self._db.execute("PRAGMA synchronous = FULL")
            self._db.execute("BEGIN IMMEDIATE")
            for statement in filter(str.strip, _SCHEMA.split(";")):
                self._db.execute(statement)
            newest = self._db.execute("SELECT max(seen) FROM files").fetchone()[0] or 0
            newest = max(newest, self._db.execute("SELECT max(seen) FROM documents").fetchone()[0] or 0)
        except sqlite3.OperationalError as error:
            self._db.close()
            if "locked" in str(error) or "busy" in str(error):
                raise LockedIndexError(
                    "Another searchkit is updating this index: wait until it has finished and try again."
                ) from None
            raise BrokenIndexError(f"The list of files {file} cannot be opened ({error}).") from None
        except sqlite3.DatabaseError as error:
            self._db.close()
            raise BrokenIndexError(
                f"The list of files {file} is damaged ({error}): delete it and update the index again."
            ) from None
        self.run = newest + 1

    def close(self) -> None:
        """Write what is open and release the lock."""
        if self._db.in_transaction:
            self._db.execute("COMMIT")
        self._db.close()

    def clear(self) -> None:
        """Forget everything: the engine was emptied by other means."""
        self._db.execute("DELETE FROM files")
        self._db.execute("DELETE FROM documents")

    def flush(self) -> None:
        """Make everything said so far durable."""
        if self._db.in_transaction:
            self._db.execute("COMMIT")
        self._db.execute("BEGIN IMMEDIATE")

    # -------------------------------------------------------------- files
    def file(self, path: str) -> FileState | None:
        """The state of a file when it was last read."""
        row = self._db.execute(
            "SELECT path, size, modified, hash, failures FROM files WHERE path = ?", (path,)
        ).fetchone()
        return _state(row) if row else None

    def files_of_size(self, size: int) -> list[FileState]:
        """Files that had this many bytes: where a moved file is looked for."""
        rows = self._db.execute("SELECT path, size, modified, hash, failures FROM files WHERE size = ?", (size,))
        return [_state(row) for row in rows.fetchall()]

    def mark_seen(self, path: str, modified: int | None = None) -> None:
        """The file is still there, unchanged; `modified` notes a new modification time."""
        if modified is None:
            self._db.execute("UPDATE files SET seen = ? WHERE path = ?", (self.run, path))
        else:
            self._db.execute("UPDATE files SET seen = ?, modified = ? WHERE path = ?", (self.run, modified, path))

    def settle(self, state: FileState) -> None:
        """The file was read and its documents are durable: forget those that it no longer gives."""
        self._db.execute("DELETE FROM documents WHERE path = ? AND seen < ?", (state.path, self.run))
        self._db.execute(
            "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?)",
            (state.path, state.size, state.modified, state.hash, json.dumps(list(state.failures)), self.run),
        )

    def fail(self, path: str, failures: Iterable[str]) -> None:
        """The file could not be read now; documents of an earlier state stay. It is read again the next time."""
        self._db.execute(
            "INSERT OR REPLACE INTO files VALUES (?, -1, -1, '', ?, ?)", (path, json.dumps(list(failures)), self.run)
        )

    def forget(self, path: str) -> None:
        """The file is gone and its documents are removed."""
        self._db.execute("DELETE FROM documents WHERE path = ?", (path,))
        self._db.execute("DELETE FROM files WHERE path = ?", (path,))

    def unseen(self, root: str) -> Iterator[str]:
        """Paths at or below `root` ("" is everywhere) that this run has not met, documents left by a kill included."""
        below, after = _range_below(root)
        where = "seen < ? AND (? = '' OR path = ? OR (path >= ? AND path < ?))"
        query = (
            f"SELECT path FROM files WHERE {where}"
            f" UNION SELECT path FROM documents WHERE {where} AND path NOT IN (SELECT path FROM files) ORDER BY path"
        )
        values = (self.run, root, root, below, after)
        last = ""
        while True:  # in chunks, so that the caller may change the tables in between
            rows = self._db.execute(
                f"SELECT path FROM ({query}) WHERE path > ? LIMIT 1000", (*values, *values, last)
            ).fetchall()
            yield from (row[0] for row in rows)
            if len(rows) < 1000:
                return
            last = rows[-1][0]

    def holds(self, root: str) -> bool:
        """Whether any file at or below `root` was ever read."""
        below, after = _range_below(root)
        found = self._db.execute(
            "SELECT 1 FROM files WHERE ? = '' OR path = ? OR (path >= ? AND path < ?) LIMIT 1",
            (root, root, below, after),
        )
        return found.fetchone() is not None

    # -------------------------------------------------------------- documents
    def documents(self, path: str) -> dict[str, str]:
        """The documents of a file: id -> hash."""
        return dict(self._db.execute("SELECT id, hash FROM documents WHERE path = ?", (path,)).fetchall())

    def document_hash(self, id: str) -> str | None:
        """The hash under which the engine surely holds a document; None where that is not known."""
        row = self._db.execute("SELECT hash FROM documents WHERE id = ?", (id,)).fetchone()
        return row[0] or None if row else None

    def count_documents(self, path: str) -> int:
        """How many documents a file gave."""
        return int(self._db.execute("SELECT count(*) FROM documents WHERE path = ?", (path,)).fetchone()[0])

    def keep(self, id: str) -> None:
        """The document is still in its file, unchanged."""
        self._db.execute("UPDATE documents SET seen = ? WHERE id = ?", (self.run, id))

    def expect(self, documents: Iterable[tuple[str, str]]) -> None:
        """These documents (id, path of the file) are about to be given to the engine."""
        self._db.executemany(
            "INSERT OR REPLACE INTO documents VALUES (?, ?, '', ?)", ((id, path, self.run) for id, path in documents)
        )

    def confirm(self, documents: Iterable[tuple[str, str]]) -> None:
        """The engine holds these documents (id, hash)."""
        self._db.executemany("UPDATE documents SET hash = ? WHERE id = ?", ((hash, id) for id, hash in documents))

    def adopt(self, documents: Iterable[tuple[str, str, str]]) -> None:
        """Documents (id, path, hash) found in the engine by an index that has lost its manifest."""
        self._db.executemany("INSERT OR REPLACE INTO documents VALUES (?, ?, ?, 0)", documents)

    def invalidate(self, ids: Iterable[str]) -> None:
        """The engine's documents were changed by other means: the next update reads their files again."""
        for id in ids:
            self._db.execute(
                "UPDATE files SET hash = '', modified = -1 WHERE path = (SELECT path FROM documents WHERE id = ?)",
                (id,),
            )
            self._db.execute("UPDATE documents SET hash = '' WHERE id = ?", (id,))

    def stale_documents(self, path: str) -> list[str]:
        """Ids that the file gave once and this run did not meet."""
        rows = self._db.execute("SELECT id FROM documents WHERE path = ? AND seen < ?", (path, self.run))
        return [row[0] for row in rows.fetchall()]


def failures(file: Path) -> list[tuple[str, str]] | None:
    """(path, reason) of what the last updates could not read, from a manifest that is only read.

    None while an update is under way or where the manifest cannot be read.
    """
    try:
        db = sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True, timeout=0.1)
    except sqlite3.Error:
        return None
    try:
        rows = db.execute("SELECT path, failures FROM files WHERE failures <> '[]' ORDER BY path").fetchall()
    except sqlite3.Error:
        return None
    finally:
        db.close()
    return [(path, reason) for path, reasons in rows for reason in json.loads(reasons)]


def _state(row: tuple[str, int, int, str, str]) -> FileState:
    path, size, modified, hash, failures = row
    return FileState(path, size, modified, hash, tuple(json.loads(failures)))


def _range_below(root: str) -> tuple[str, str]:
    """The half-open range of the paths below a folder: "0" follows "/" in the order of code points."""
    prefix = root.rstrip("/")
    return prefix + "/", prefix + "0"
