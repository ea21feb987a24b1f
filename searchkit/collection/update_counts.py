"""The count of what an update did, while it goes on."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from searchkit.documents import scans
from searchkit.model import Failure, Notice, SyncReport


@dataclass
class UpdateCounts:
    """What was done so far; of documents, but for failures, notices and skipped files."""

    added: int = 0
    updated: int = 0
    moved: int = 0
    removed: int = 0
    unchanged: int = 0
    failed: list[Failure] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)

    def report(self) -> SyncReport:
        failed, scanned = scans.divided(self.failed)
        return SyncReport(
            self.added,
            self.updated,
            self.moved,
            self.removed,
            self.unchanged,
            tuple(failed),
            tuple(self.notices),
            tuple(scanned),
            tuple(self.skipped.most_common()),
        )
