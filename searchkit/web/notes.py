"""What readers judged: whether a place names the person who was asked for, kept outside the index.

A judgement belongs to a text, its place and what was asked for: (query, fingerprint, start, end). So it survives indexing anew, and
moving and renaming files. One table of SQLite, beside the index unless told otherwise, made with the first judgement.
"""

from __future__ import annotations

import datetime
import sqlite3
import threading
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path

from searchkit.errors import SearchkitError

VERDICTS = ("right", "wrong", "unsure")
Key = tuple[str, int, int]
"""Fingerprint, start, end."""

_TABLE = """CREATE TABLE IF NOT EXISTS judgement (
    query TEXT NOT NULL, fingerprint TEXT NOT NULL, start INTEGER NOT NULL, stop INTEGER NOT NULL,
    text TEXT NOT NULL, verdict TEXT NOT NULL, judged TEXT NOT NULL,
    PRIMARY KEY (query, fingerprint, start, stop)) WITHOUT ROWID"""


class Notes:
    """The judgements in a file."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._writing = threading.Lock()

    @property
    def version(self) -> str:
        """Another after each judgement."""
        try:
            status = self._file.stat()
        except OSError:
            return ""
        return f"{status.st_mtime_ns}-{status.st_size}"

    def judge(self, query: str, key: Key, text: str, verdict: str) -> None:
        """Note a judgement, or with "" take it back. Raises SearchkitError where the file cannot be written."""
        asked = folded(query)
        try:
            with self._writing, closing(sqlite3.connect(self._file, timeout=10)) as base, base:
                base.execute(_TABLE)
                if verdict:
                    now = datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds")
                    base.execute(
                        "INSERT OR REPLACE INTO judgement VALUES (?, ?, ?, ?, ?, ?, ?)",
                        (asked, *key, text, verdict, now),
                    )
                else:
                    base.execute(
                        "DELETE FROM judgement WHERE query = ? AND fingerprint = ? AND start = ? AND stop = ?",
                        (asked, *key),
                    )
        except sqlite3.Error:
            raise SearchkitError(
                f"The judgements cannot be written to {self._file}: see that the folder may be written to and has room."
            ) from None

    def of(self, query: str) -> Mapping[Key, str]:
        """The judgements of a query."""
        if not self._file.exists():
            return {}
        try:
            with closing(sqlite3.connect(f"file:{self._file}?mode=ro", uri=True, timeout=10)) as base:
                rows: Iterable[tuple[str, int, int, str]] = base.execute(
                    "SELECT fingerprint, start, stop, verdict FROM judgement WHERE query = ?", (folded(query),)
                )
                return {(fingerprint, start, stop): verdict for fingerprint, start, stop, verdict in rows}
        except sqlite3.Error:
            return {}


def folded(query: str) -> str:
    """What a query is known by: its words, whatever the case."""
    return " ".join(query.casefold().split())
