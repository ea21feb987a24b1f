"""Files that survive a crash: synced contents, atomic replacement, and what to say where one is damaged."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from pathlib import Path
from typing import IO, Any

from searchkit.errors import BrokenIndexError

_PATIENCE = 2.0
"""Seconds to retry a replacement on Windows, where it fails while someone reads the old file."""


def damaged(path: Path, what: str) -> BrokenIndexError:
    return BrokenIndexError(
        f"The index file {path} is damaged ({what}): delete the index and index the documents again."
    )


def sync(file: IO[Any]) -> None:
    """Have the contents of an open file on the disk itself."""
    file.flush()
    if sys.platform == "darwin":
        import fcntl

        # On macOS, fsync leaves the contents in the drive's cache.
        with contextlib.suppress(OSError):
            fcntl.fcntl(file.fileno(), fcntl.F_FULLFSYNC)
            return
    os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Have the names in a folder on the disk itself; Windows has no such thing."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def replace(path: Path, content: bytes) -> None:
    """Put `content` in the place of a file, all or nothing, durably."""
    temporary = path.with_name(path.name + ".new")
    with open(temporary, "wb") as file:
        file.write(content)
        sync(file)
    rename(temporary, path)
    sync_folder(path.parent)


def rename(source: Path, target: Path) -> None:
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            os.replace(source, target)
            return
        except PermissionError:
            if os.name != "nt" or time.monotonic() > deadline:
                raise
            time.sleep(0.01)


def delete(path: Path) -> None:
    """Delete a file, if it is there and the system lets us; on Windows it does not while a reader has it open."""
    with contextlib.suppress(OSError):
        os.unlink(path)
