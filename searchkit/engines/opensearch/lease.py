"""One writer at a time, on any machine: a lease that its holder renews, by compare-and-set on a document of the cluster.

A lease that is not renewed runs out. That of a process of this machine that is gone counts for nothing at once.
"""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from searchkit.engines.opensearch.shared_state import SharedState
from searchkit.errors import LockedIndexError, SearchkitError

LEASE = "lease"
SECONDS = 60.0
"""How long a lease holds; it is renewed three times as often. Clocks of machines may differ by some seconds."""


class Lease:
    """The right to write."""

    def __init__(self, state: SharedState, server: str) -> None:
        self._state = state
        self._server = server
        self._owner = os.urandom(8).hex()
        self._done = threading.Event()

    def acquire(self) -> bool:
        """False where another writer has it."""
        from opensearchpy.exceptions import ConflictError

        row = self._state.read(LEASE)
        if row is not None and _holds(row):
            return False
        conditions = _unchanged(row) if row else {"op_type": "create"}
        try:
            self._state.write(LEASE, self._body(), **conditions)
        except ConflictError:
            row = self._state.read(LEASE)  # a request that was answered late may have been made twice
            return row is not None and row["owner"] == self._owner
        return True

    def check(self) -> dict[str, Any]:
        """The lease as it stands. Raises LockedIndexError where it has run out and another writer has taken it."""
        row = self._state.read(LEASE)
        if row is None or row["owner"] != self._owner:
            raise LockedIndexError(
                f"Another machine took over the writing to {self._server}, because this one did not answer for a minute: run"
                " it again."
            )
        return row

    def keep(self) -> None:
        """Renew the lease until it is released; run by a thread."""
        from opensearchpy.exceptions import ConflictError

        while not self._done.wait(SECONDS / 3):
            with suppress(SearchkitError, ConflictError):
                self._state.write(LEASE, self._body(), **_unchanged(self.check()))

    def release(self) -> None:
        """Let others write."""
        from opensearchpy.exceptions import ConflictError

        self._done.set()
        row = self._state.read(LEASE)
        if row is not None and row["owner"] == self._owner:
            with suppress(ConflictError):
                self._state.delete(LEASE, **_unchanged(row))

    def _body(self) -> dict[str, Any]:
        own = {"owner": self._owner, "until": time.time() + SECONDS}
        return own | {"host": _machine(), "process": os.getpid(), "started": _started(os.getpid())}


@contextmanager
def leased(state: SharedState, server: str, patience: float = 0.3) -> Iterator[Lease]:
    """Hold the lease. Raises LockedIndexError where another writer has it and does not let go within `patience` seconds."""
    lease = Lease(state, server)
    deadline = time.monotonic() + patience
    while not lease.acquire():
        if time.monotonic() >= deadline:
            raise LockedIndexError(
                f"The index at {server} is being updated by another process or machine: try again when it is done."
            )
        time.sleep(0.05)
    thread = threading.Thread(target=lease.keep, daemon=True)
    thread.start()
    try:
        yield lease
    finally:
        # Where the cluster is gone the lease runs out by itself, and what went wrong before is what to tell.
        with suppress(SearchkitError):
            lease.release()


def is_held(state: SharedState) -> bool:
    """Whether a writer has the lease."""
    row = state.read(LEASE)
    return row is not None and _holds(row)


def _holds(row: dict[str, Any]) -> bool:
    if row["until"] < time.time():
        return False
    return bool(row["host"] != _machine() or _started(row["process"]) == row["started"])


def _unchanged(row: dict[str, Any]) -> dict[str, Any]:
    return {"if_seq_no": row["_seq_no"], "if_primary_term": row["_primary_term"]}


def _machine() -> str:
    """Another for each machine and each of its starts."""
    with suppress(OSError):
        return Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    return socket.gethostname()


def _started(process: int) -> str:
    """When a process of this machine was started, so that a later one of the same number is told from it; "" where it is
    gone, or where the system does not tell: then a lease has to run out."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return "" if os.path.isdir("/proc/self") else "unknown"
