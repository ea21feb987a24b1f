"""Move the documents of an index from one engine to another."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

from searchkit.collection import records
from searchkit.collection.manifest import Manifest
from searchkit.engines.base import Engine
from searchkit.model import Progress

DOCUMENTS_HELD = 256
"""Stored documents that are in memory at once."""


def fill(folder: Path, old: Engine, new: Engine, progress: Progress | None) -> None:
    """Give every document of `old` to `new`, as one batch. The index in `folder` is locked against updates meanwhile."""
    manifest = Manifest(folder / "manifest.sqlite")
    try:
        ids = (id for id, *_ in old.ids())
        done, total = 0, len(old)
        with new.write() as batch:
            while chunk := list(islice(ids, DOCUMENTS_HELD)):
                for id, data in old.fetch(chunk).items():
                    batch.add(records.again(records.unpack(data), in_rows=new.takes_rows))
                    done += 1
                    if progress:
                        progress(done, total, id)
    finally:
        manifest.close()
