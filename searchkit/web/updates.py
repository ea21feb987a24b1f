"""Bringing the index up to date from its page, where whoever serves it allows that: one update at a time, in a thread."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import NamedTuple

from searchkit.errors import SearchkitError
from searchkit.model import SyncReport


class Progress(NamedTuple):
    """How far an update is: files done, and files in all, None as long as that is not known."""

    done: int
    total: int | None


class Updates:
    """The updates of an index by this server. `report` is what the last one did, `error` why it could not."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._starting = threading.Lock()
        self._running: threading.Thread | None = None
        self.progress: Progress | None = None
        self.report: SyncReport | None = None
        self.error = ""

    def start(self) -> bool:
        """Begin an update with the folders that were indexed before; False where one is under way."""
        with self._starting:
            if self.is_running():
                return False
            self.progress, self.report, self.error = Progress(0, None), None, ""
            self._running = threading.Thread(target=self._update, name="searchkit-update", daemon=True)
            self._running.start()
            return True

    def is_running(self) -> bool:
        """Whether an update by this server is under way."""
        return self._running is not None and self._running.is_alive()

    def _update(self) -> None:
        import searchkit

        try:
            # An index of its own, since readers go on with the other one.
            with searchkit.open(self._folder, create=False) as index:
                self.report = index.sync(None, self._note)
        except (SearchkitError, OSError) as error:
            self.error = str(error)
        finally:
            self.progress = None

    def _note(self, done: int, total: int | None, path: str) -> None:
        del path
        self.progress = Progress(done, total)
