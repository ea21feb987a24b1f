"""last_update.json: what the last update did, for whoever asks how fresh an index is. Nothing depends on it."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

from searchkit.engines import durable
from searchkit.model import SyncReport

FILE_NAME = "last_update.json"
COUNTED = ("added", "updated", "moved", "removed", "unchanged")


def note(index: Path, report: SyncReport) -> SyncReport:
    """Keep the numbers of a report, which is returned; where they cannot be written, the update is none the worse."""
    counts = {name: getattr(report, name) for name in COUNTED}
    with contextlib.suppress(OSError):
        durable.replace(index / FILE_NAME, json.dumps(counts).encode())
    return report


def read(index: Path) -> dict[str, int] | None:
    """Documents by what was done with them (`COUNTED`); None where it is not known."""
    try:
        found = json.loads((index / FILE_NAME).read_bytes())
        return {name: int(found[name]) for name in COUNTED}
    except (OSError, ValueError, KeyError, TypeError):
        return None
