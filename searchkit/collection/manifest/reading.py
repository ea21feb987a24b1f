"""A manifest that is only read, while others may change it: what failed, and which files it knows however damaged it is."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from pathlib import Path

from searchkit.collection.manifest.file_states import VERSION, FileState, checksum_of, state_of
from searchkit.collection.manifest.seal import is_readable, journal_of, seal_of, sealed

DAMAGE = (sqlite3.DatabaseError, UnicodeDecodeError)
"""Exceptions that a damaged file raises; the second where SQLite quotes the bad value."""


def failures(file: Path) -> list[tuple[str, str]] | None:
    """(path, reason) of what the last updates could not read, from a manifest that is only read.

    None where that is not known: while an update is under way, and until the next one where the manifest was lost.
    """
    if not is_readable(file):
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
    if not is_readable(file):
        return []
    with contextlib.suppress(*DAMAGE):
        db = sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)
        for table in ("files", "documents"):
            with contextlib.suppress(*DAMAGE):
                for (path,) in db.execute(f"SELECT path FROM {table}"):
                    if isinstance(path, str) and path:
                        found[path] = None
        db.close()
    return list(found)


def sound_files(file: Path) -> tuple[list[FileState], list[str]]:
    """What a manifest that is closed, and only read, says of files, and which folders were roots of a file system."""
    with contextlib.closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as db:
        if db.execute("PRAGMA user_version").fetchone()[0] != VERSION:
            return [], []
        rows = db.execute("SELECT * FROM files").fetchall()
        return [state_of(row) for row in rows], [path for (path,) in db.execute("SELECT path FROM mounts")]


def documents_without_file(file: Path) -> set[str] | None:
    """The ids of the documents that came without a file, from a manifest that is only read; None where it cannot be believed."""
    if not is_readable(file):
        return None
    try:
        if seal_of(file).read_bytes() != sealed(file) or journal_of(file).exists():
            return None
        with contextlib.closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as db:
            if db.execute("PRAGMA user_version").fetchone()[0] != VERSION:
                return None
            rows = db.execute("SELECT id, hash, checksum FROM documents WHERE path = ''").fetchall()
            meta = db.execute("SELECT generation FROM meta").fetchall()
    except (OSError, *DAMAGE):
        return None
    if len(meta) != 1 or any(checksum != checksum_of("", id, hash) for id, hash, checksum in rows):
        return None
    return {id for id, _, _ in rows}
