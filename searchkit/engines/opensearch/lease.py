"""Who may write what, on any machine: leases that their holders renew, by compare-and-set on a document of the cluster.

A lease is for names, such as those of folders, and keeps off everybody who wants one for the same, for what is within it or around it; ""
is everything. One that is not renewed runs out. That of a process of this machine that is gone counts for nothing at once.

Each lease has a number (`fence`), higher than that of every lease before. A writer who was stopped for longer than its lease
held, and goes on, is known by it: the cluster refuses its changes of what was changed under a later lease.
"""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from searchkit.engines.opensearch.shared_state import SharedState
from searchkit.errors import LockedIndexError, SearchkitError
from searchkit.text.slash_names import is_at_or_below

LEASE = "lease"
SECONDS = 60.0
"""How long a lease holds; it is renewed three times as often. Clocks of machines may differ by some seconds."""
EVERYTHING = ("",)
Holders = list[dict[str, Any]]


class Lease:
    """The right to write what has these names."""

    def __init__(self, state: SharedState, server: str, names: tuple[str, ...] = EVERYTHING) -> None:
        self._state = state
        self._server = server
        self._names = names
        self._owner = os.urandom(8).hex()
        self._done = threading.Event()
        self.fence = 0

    def acquire(self) -> bool:
        """False where another writer has it."""

        def taken(holders: Holders) -> Holders | None:
            alive = [row for row in holders if _holds(row) and row["owner"] != self._owner]
            if any(_meet(one, other) for row in alive for one in row["names"] for other in self._names):
                return None
            return [*alive, self._row()]

        return self._change(taken)

    def check(self) -> None:
        """Renew the lease, so that what is done next is done under it. Raises LockedIndexError where it has run out and another writer
        has taken it."""
        if not self._change(self._renewed):
            raise taken_over(self._server)

    def keep(self) -> None:
        """Renew the lease until it is released; run by a thread."""
        while not self._done.wait(SECONDS / 3):
            with suppress(SearchkitError):
                self._change(self._renewed)

    def _renewed(self, holders: Holders) -> Holders | None:
        if self._done.is_set() or not any(row["owner"] == self._owner for row in holders):
            return None
        return [self._row() if row["owner"] == self._owner else row for row in holders]

    def release(self) -> None:
        """Let others write."""
        self._done.set()

        def left(holders: Holders) -> Holders | None:
            others = [row for row in holders if row["owner"] != self._owner]
            return others if len(others) < len(holders) else None

        self._change(left)

    def _change(self, change: Callable[[Holders], Holders | None]) -> bool:
        """Put other holders in the place of those that there are; False where `change` gives None."""

        def made(row: dict[str, Any] | None) -> dict[str, Any] | None:
            holders = change(row["holders"] if row else [])
            if holders is None:
                return None
            return {"holders": holders, "fence": max(row["fence"] + 1 if row else 0, time.time_ns() // 1_000_000)}

        put = self._state.change(LEASE, made)
        if put:
            self.fence = self.fence or put["fence"]
        return put is not None

    def _row(self) -> dict[str, Any]:
        own = {"owner": self._owner, "names": list(self._names), "until": time.time() + SECONDS}
        return own | {"host": _machine(), "process": os.getpid(), "started": _started(os.getpid())}


@contextmanager
def leased(
    state: SharedState, server: str, patience: float = 0.3, names: tuple[str, ...] = EVERYTHING
) -> Iterator[Lease]:
    """Hold a lease. Raises LockedIndexError where another writer has it and does not let go within `patience` seconds."""
    lease = Lease(state, server, names)
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


def taken_over(server: str) -> LockedIndexError:
    """The error of a writer whose lease has run out while it was away."""
    return LockedIndexError(
        f"Another machine took over the writing to {server}, because this one did not answer for a minute: run it again."
    )


def is_held(state: SharedState) -> bool:
    """Whether a writer has a lease."""
    row = state.read(LEASE)
    return row is not None and any(map(_holds, row["holders"]))


def _meet(one: str, other: str) -> bool:
    """Whether one name is the other's, or within it, or around it."""
    return is_at_or_below(one, other) or is_at_or_below(other, one)


def _holds(row: dict[str, Any]) -> bool:
    if row["until"] < time.time():
        return False
    return bool(row["host"] != _machine() or _started(row["process"]) == row["started"])


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
