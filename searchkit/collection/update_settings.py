"""How an update of the index by files is done."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from searchkit.documents.ocr import Ocr
from searchkit.documents.readers.columns import Choice
from searchkit.documents.workers import pool


@dataclass(frozen=True)
class Settings:
    """How to update; see `Index.sync`."""

    exclude: Sequence[str] = ()
    force: bool = False
    prune: bool = False
    jobs: int | None = None
    follow_links: bool = False
    columns: Choice = ()
    tables_anew: bool = False
    """Read all files that may hold tables, since other columns were chosen for them."""
    ocr: Ocr | None = None
    passwords: tuple[str, ...] = ()
    apart: Sequence[str] = ()
    """Names of folders below the given paths that are updated by themselves."""
    within: Collection[str] | None = None
    """Only what is at or below these absolute paths is looked at."""
    workers: pool.WorkerPool | None = None
    """Processes that are there already."""
