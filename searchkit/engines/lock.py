"""One writer at a time, across threads and processes; the lock dies with its process.

Between processes it is a POSIX record lock (on Windows, a locked byte), which a forked worker does not inherit, so
that a worker that outlives its parent cannot keep the index locked. Such locks do not keep threads of one process
apart: a register in the process does.
"""

from __future__ import annotations

import errno
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from searchkit.engines import durable, faults
from searchkit.errors import LockedIndexError

_PATIENCE = 0.3
"""Seconds that a writer waits for another, which may just be leaving."""
_CREATION_PATIENCE = 10.0
"""Seconds that opening waits for another process to create the same index."""

_held: dict[str, int] = {}
"""Path of the lock file → its descriptor."""
_register = threading.Lock()


class WriteLock:
    """The right to write to the index in a folder."""

    def __init__(self, folder: Path) -> None:
        self._path = os.path.join(os.path.realpath(folder), "write.lock")
        self._descriptor: int | None = None

    def acquire(self, patience: float = 0.0) -> bool:
        """False where someone else holds it, and does not let go within `patience` seconds."""
        deadline = time.monotonic() + patience
        while not self._try():
            if time.monotonic() >= deadline:
                return False
            time.sleep(0.01)
        return True

    def release(self) -> None:
        """Let go of the lock; nothing happens where this object does not hold it."""
        with _register:
            if self._descriptor is not None and _held.get(self._path) == self._descriptor:
                del _held[self._path]
                os.close(self._descriptor)
            self._descriptor = None

    def _try(self) -> bool:
        with _register:
            # Asked first: opening and closing the file would end the lock that this process holds on it.
            if self._path in _held:
                return False
            descriptor = self._open()
            try:
                _lock(descriptor)
            except (BlockingIOError, PermissionError):
                os.close(descriptor)
                return False
            except BaseException:
                os.close(descriptor)
                raise
            _held[self._path] = self._descriptor = descriptor
            return True

    def _open(self) -> int:
        try:
            return os.open(self._path, os.O_CREAT | os.O_RDWR, 0o666)
        except OSError as error:
            if error.errno not in (errno.EISDIR, errno.ELOOP, errno.ENOENT):
                raise
            durable.make_way(Path(self._path))
            return os.open(self._path, os.O_CREAT | os.O_RDWR, 0o666)


@contextmanager
def locked(folder: Path, patience: float = _PATIENCE) -> Iterator[None]:
    """Hold the write lock. Raises LockedIndexError where it is not to be had within `patience` seconds."""
    lock = WriteLock(folder)
    with faults.explained(folder):
        acquired = lock.acquire(patience)
    if not acquired:
        raise LockedIndexError(f"The index in {folder} is being updated by another process: try again when it is done.")
    try:
        yield
    finally:
        lock.release()


def create_once(folder: Path, exists: Callable[[Path], bool], create: Callable[[Path], None]) -> None:
    """Create an index where there is none, and no other process creates it meanwhile."""
    if not exists(folder):
        with locked(folder, _CREATION_PATIENCE):
            if not exists(folder):
                create(folder)


def _forget() -> None:
    """In a forked child: the locks of the parent are not the child's."""
    global _register
    _register = threading.Lock()
    for descriptor in _held.values():
        os.close(descriptor)
    _held.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget)

if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
