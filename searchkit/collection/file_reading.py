"""A file that is being read: its parts come one by one, while others are read too."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace

from searchkit.collection.manifest import FileState
from searchkit.documents import walk

FRESH_NANOSECONDS = 2_000_000_000
"""A file changed less than two seconds before it was read may change again within one tick of the clock of its file
system: its time is not trusted, so the next run compares its content."""


@dataclass
class FileReading:
    """A file of which parts have come: its documents so far, those of an earlier content of it, and what was renamed."""

    entry: walk.Entry
    modified: int
    """The modification time to remember."""
    hash: str | None = None
    ids: set[str] = field(default_factory=set)
    outdated: set[str] = field(default_factory=set)
    renamed: int = 0

    def state(self, known: FileState) -> FileState:
        """The state of the file to remember, as it was when it was met."""
        entry = self.entry
        return replace(known, size=entry.size, modified=self.modified, changed=entry.changed_ns)

    def part(self, hash: str | None) -> None:
        """A part is of the content with this hash: the file may have changed while it was read."""
        if hash != self.hash:
            self.outdated |= self.ids
            self.ids.clear()
            self.hash = hash


def trusted_time(entry: walk.Entry) -> int:
    """The modification time to remember of a file just met; -1 for one so fresh that its time proves nothing."""
    return entry.mtime_ns if time.time_ns() - entry.mtime_ns > FRESH_NANOSECONDS else -1
