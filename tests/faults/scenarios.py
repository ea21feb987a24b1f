"""What is done to an index while faults are put in its way, and what must have come of it.

A scenario has an index as it was (`prepare`), something that is done to it (`act`) and the state that this leads to. The
library is small and holds every kind of change: files added, changed, moved, removed and unchanged, and rows of a table.
"""

from __future__ import annotations

import json
import os
import shutil
import time
from pathlib import Path

import searchkit
from searchkit.collection import batch, description, records
from searchkit.documents.readers.formats import read_open
from searchkit.documents.workers import pool
from searchkit.documents.workers.protocol import FileResult, hash_file
from searchkit.model import Document, Failure

WORD = "tulips"
"""Stands in every document."""
ADDED = Document("by hand", f"A card about {WORD}, which came without a file.", language="en")


def read_here(jobs, **settings):
    """As `pool.read_files`, in this process: a fault ends it at a place that can be found again."""
    for job in jobs:
        digest = hash_file(job.path)
        if digest == job.known_hash:
            yield FileResult(job.path, job.id, digest, same=True)
            continue
        with open(job.path, "rb") as file:
            items = list(read_open(file, job.path, job.id))
        documents = [records.of_file(item, job.id) for item in items if isinstance(item, Document)]
        failures = tuple(item for item in items if isinstance(item, Failure))
        for document in documents[:-1]:
            yield FileResult(job.path, job.id, digest, (document,), last=False)
        yield FileResult(job.path, job.id, digest, tuple(documents[-1:]), failures)


def settle(monkeypatched=setattr) -> None:
    """Small batches, read in this process."""
    monkeypatched(pool, "read_files", read_here)
    monkeypatched(batch, "DOCUMENTS", 4)


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    then = time.time() - 100
    os.utime(path, (then, then))


def _rows(numbers, word: str) -> str:
    return "\n".join(json.dumps({"id": f"r{n}", "text": f"Row {n} of {word} and {WORD}."}) for n in numbers)


def library(folder: Path) -> None:
    """The files as they are at first."""
    for name in ("same", "changed", "moved", "moved too", "removed", "removed too"):
        write(folder / f"{name}.txt", f"The file {name} speaks of {WORD}.")
    write(folder / "rows.jsonl", _rows(range(5), "gardens"))
    write(folder / "moved.jsonl", _rows(range(3), "parks"))


def changed_library(folder: Path) -> None:
    """The same files some time later."""
    write(folder / "changed.txt", f"The file speaks of roses and {WORD} now.")
    write(folder / "added.txt", f"A new file about {WORD}.")
    write(folder / "more" / "added.txt", f"Another new file about {WORD}.")
    (folder / "moved.txt").rename(folder / "more" / "moved.txt")
    (folder / "moved too.txt").rename(folder / "renamed.txt")
    (folder / "moved.jsonl").rename(folder / "renamed.jsonl")
    (folder / "removed.txt").unlink()
    (folder / "removed too.txt").unlink()
    write(folder / "rows.jsonl", _rows((0, 2, 3, 4, 7, 8), "orchards"))


class Scenario:
    """One kind of change; `base` is the folder of everything."""

    engine = "whoosh"

    def __init__(self, base: Path, engine: str) -> None:
        self.base = base
        self.engine = engine
        self.index = base / "index"
        self.library = base / "library"

    def prepare(self) -> None:
        """Make the index as it is before."""
        library(self.library)
        with searchkit.open(self.index, self.engine, create=True) as index:
            index.sync([self.library])
        changed_library(self.library)

    def act(self) -> dict[str, int]:
        """Change it. Returns how many documents it says to have added and removed."""
        with searchkit.open(self.index, self.engine, create=True) as index:
            report = index.sync([self.library])
        return {"added": report.added, "removed": report.removed, "failed": len(report.failed)}

    def state(self) -> dict[str, object]:
        """Everything that the index holds, and what the next update finds to do."""
        with searchkit.open(self.index, create=False) as index:
            engine = index._engine
            rows = sorted(engine.ids())
            texts = {id: index.get(id).text for id, *_ in rows}
            found = sorted(hit.id for hit in index.search(WORD, limit=100))
            again = index.sync([self.library])
        folders = sorted(path.name.partition("-")[0] for path in self.index.iterdir() if path.is_dir())
        return {
            "rows": [list(row) for row in rows],
            "texts": texts,
            "found": found,
            "again": [again.added, again.updated, again.moved, again.removed, again.unchanged, len(again.failed)],
            "folders": folders,
        }


class Create(Scenario):
    """The first update of an index that is not there yet."""

    def prepare(self) -> None:
        library(self.library)


class Convert(Scenario):
    """The documents are given to the other engine."""

    def prepare(self) -> None:
        library(self.library)
        with searchkit.open(self.index, self.engine, create=True) as index:
            index.sync([self.library])
            index.add([ADDED])

    def act(self) -> dict[str, int]:
        other = {"whoosh": "tantivy", "tantivy": "whoosh"}[self.engine]
        with searchkit.open(self.index, create=True) as index:
            index.convert(other)
        return {"added": 0, "removed": 0, "failed": 0}


class Upgrade(Convert):
    """An index of an earlier analysis is analysed anew."""

    def prepare(self) -> None:
        super().prepare()
        described = description.read(self.index)
        description.write(self.index, described._replace(analysis=described.analysis - 1))

    def act(self) -> dict[str, int]:
        with searchkit.open(self.index, create=True) as index:
            index.upgrade()
        return {"added": 0, "removed": 0, "failed": 0}


class AddByHand(Scenario):
    """A document without a file, and one that stands in for that of a file until the next update."""

    def prepare(self) -> None:
        library(self.library)
        with searchkit.open(self.index, self.engine, create=True) as index:
            index.sync([self.library])

    def act(self) -> dict[str, int]:
        with searchkit.open(self.index, create=True) as index:
            before = len(index)
            index.add([ADDED, Document("library/same.txt", f"Not what the file says of {WORD}.", language="en")])
            report = index.sync([self.library])
            return {"added": len(index) - before, "removed": 0, "failed": len(report.failed)}


SCENARIOS = {"update": Scenario, "create": Create, "convert": Convert, "upgrade": Upgrade, "add": AddByHand}


def copied(source: Path, target: Path) -> None:
    """Put a copy of a folder in the place of another."""
    shutil.rmtree(target, ignore_errors=True)
    if source.exists():
        shutil.copytree(source, target, symlinks=True)
