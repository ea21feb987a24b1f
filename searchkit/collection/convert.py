"""Make an engine's files anew from the documents that an index holds: by another engine, or in today's format and by
today's analysis. The sources are not read.

The new files are made in a folder of their own beside the old ones, which answer all the while. The description names the
new folder in one step when it is complete; an interruption before leaves the old engine, and a folder that the next writer
deletes.
"""

from __future__ import annotations

import shutil
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import chain, islice
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
DOCUMENTS_OF_A_BATCH = 20_000
"""A cluster writes a batch down before it is done, which takes as much room again."""


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


def fill(
    old: Engine,
    new: Engine,
    progress: Progress | None,
    new_passages: bool,
    name: Callable[[str], str] = str,
) -> None:
    """Give every document of `old` to `new`, which nobody reads yet, a batch at a time; `new_passages`: their languages are found anew;
    `name` gives the name that a file has there."""
    done, total = 0, len(old)
    made = _records(old, new_passages, name)
    while some := list(islice(made, DOCUMENTS_HELD)):
        with new.write() as batch:
            for record in chain(some, islice(made, DOCUMENTS_OF_A_BATCH - len(some))):
                batch.add(record)
                done += 1
                if progress:
                    progress(done, total, record.id)
    if done != total:
        raise BrokenIndexError(f"The index holds {total:,} documents and gives {done:,}: {_REPAIR}")


_REPAIR = "mend it with searchkit verify --repair, and try again."


def _records(old: Engine, new_passages: bool, name: Callable[[str], str]) -> Iterator[Record]:
    """The documents of an engine, a few held at a time. Those of which the name stays keep their hashes, by which they are told to be
    unchanged."""
    rows = old.ids()
    while chunk := list(islice(rows, DOCUMENTS_HELD)):
        stored = old.fetch(id for id, *_ in chunk)
        for id, hash, file in chunk:
            if id not in stored:
                continue
            unpacked = _unpacked(id, stored[id])
            if file and name(file) != file:
                yield records.of_renamed_file(unpacked, file, name(file), new_passages)
            else:
                yield replace(records.reindexed(unpacked, new_passages), hash=hash)


def _unpacked(id: str, stored: bytes) -> records.Stored:
    try:
        return records.unpack(stored)
    except (ValueError, KeyError, TypeError, zlib.error) as error:
        raise BrokenIndexError(f"The document {id} cannot be read from the index ({error}): {_REPAIR}") from error
