"""Make an engine's files anew from the documents that an index holds: by another engine, or in today's format and by
today's analysis. The sources are not read.

The new files are made in a folder of their own beside the old ones, which answer all the while. The description names the
new folder in one step when it is complete; an interruption before leaves the old engine, and a folder that the next writer
deletes.
"""

from __future__ import annotations

import shutil
import zlib
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

from searchkit import engines
from searchkit.analysis.version import ANALYSIS
from searchkit.collection import description, records
from searchkit.collection.description import Description
from searchkit.engines.base import Engine, Record
from searchkit.errors import BrokenIndexError
from searchkit.model import Progress

DOCUMENTS_HELD = 256
"""Stored documents that are in memory at once."""


def rebuild(index: Path, described: Description, old: Engine, engine: str, progress: Progress | None) -> Description:
    """Have the documents of `old`, which the index in a folder is `described` to hold, kept by a new `engine`.

    The caller holds the write lock of the index. Returns the new description, which holds from now on.
    """
    name = description.new_folder(engine)
    folder = index / name
    folder.mkdir()
    try:
        new = engines.open(engine, folder)
        try:
            fill(old, new, progress, new_passages=described.analysis != ANALYSIS)
        finally:
            new.close()
        described = described._replace(engine=engine, folder=name, analysis=ANALYSIS)
        description.write(index, described)
    except BaseException:
        current = description.read(index)
        if current is None or current.folder != name:
            shutil.rmtree(folder, ignore_errors=True)
        raise
    return described


def fill(old: Engine, new: Engine, progress: Progress | None, new_passages: bool) -> None:
    """Give every document of `old` to `new`, as one batch; `new_passages`: their languages are found anew."""
    done, total = 0, len(old)
    with new.write() as batch:
        for record in _records(old, new_passages):
            batch.add(record)
            done += 1
            if progress:
                progress(done, total, record.id)
        if done != total:
            raise BrokenIndexError(f"The index holds {total:,} documents and gives {done:,}: {_REPAIR}")


_REPAIR = "mend it with searchkit verify --repair, and try again."


def _records(old: Engine, new_passages: bool) -> Iterator[Record]:
    """The documents of an engine, a few held at a time. They keep their hashes, by which they are told to be unchanged."""
    rows = old.ids()
    while chunk := list(islice(rows, DOCUMENTS_HELD)):
        stored = old.fetch(id for id, *_ in chunk)
        for id, hash, _ in chunk:
            if id in stored:
                yield replace(_record(id, stored[id], new_passages), hash=hash)


def _record(id: str, stored: bytes, new_passages: bool) -> Record:
    try:
        unpacked = records.unpack(stored)
    except (ValueError, KeyError, TypeError, zlib.error) as error:
        raise BrokenIndexError(f"The document {id} cannot be read from the index ({error}): {_REPAIR}") from error
    return records.reindexed(unpacked, new_passages)
