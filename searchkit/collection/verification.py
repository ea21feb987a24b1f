"""Is the index whole, and does it say what the files say? Everything is read: each byte of the engine's files, each document
that they keep, the list of files, and each file that it names, by its content.

Repairing makes the engine's files anew, where they are damaged, from the documents that they still give whole, and reads
again the files of all others and those that say something else than the index. Files that changed since the last update,
as their time or size shows, and files that are gone are not wrong: the next update deals with them.
"""

from __future__ import annotations

import contextlib
import os
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from searchkit import engines
from searchkit.analysis.version import ANALYSIS
from searchkit.collection import description, records, roots, sync
from searchkit.collection.description import MANIFEST, Description
from searchkit.collection.file_names import Names
from searchkit.collection.manifest import FileState, Manifest, documents_without_file, known_files
from searchkit.documents.walk import Entry
from searchkit.documents.workers import pool
from searchkit.engines.base import Engine
from searchkit.errors import BrokenIndexError, EngineError
from searchkit.model import Progress


@dataclass(frozen=True)
class Verification:
    """The result of a verification: `problems` in sentences, how many `documents` and `files` were compared, and what is still wrong
    after the repair (all of it, without one)."""

    problems: tuple[str, ...] = ()
    documents: int = 0
    files: int = 0
    remaining: tuple[str, ...] = ()


@dataclass
class _Findings:
    problems: list[str] = field(default_factory=list)
    damaged: bool = False
    """Whether the engine's files must be made anew."""
    read_again: list[str] = field(default_factory=list)
    """Names of files whose documents are not what they should be."""
    documents: int = 0
    files: int = 0


def verify(index: Path, repair: bool, progress: Progress | None) -> Verification:
    """See `Index.verify`. The caller holds the write lock of the index in a folder."""
    found = _check(index, progress)
    problems = tuple(found.problems)
    if not (repair and problems):
        return Verification(problems, found.documents, found.files, problems)
    lost = _repair(index, found, progress)
    after = _check(index, None)
    return Verification(problems, found.documents, found.files, (*lost, *after.problems))


# ------------------------------------------------------------------ looking
def _check(index: Path, progress: Progress | None) -> _Findings:
    found = _Findings()
    if not description.is_sound(index):
        found.problems.append(
            f"{index / description.FILE_NAME} is damaged; the engine's folder was recognised without it."
        )
    if not roots.is_sound(index):
        found.problems.append(
            f"{index / roots.FILE_NAME}, the list of the folders that were indexed, is damaged: name them once more with"
            " searchkit index FOLDER."
        )
    try:
        with _engine(index) as engine:
            damage = list(engine.verify())
            found.problems += damage
            found.damaged = bool(damage)
            if engine.outdated:  # it does not tell which document is of which file
                _check_documents(engine, found)
                return found
            with contextlib.closing(_manifest(index, engine)) as manifest:
                if manifest.rebuilt not in manifest.NO_FAULTS:
                    found.problems.append(
                        f"The list of files could not be used ({manifest.rebuilt}); it was made anew."
                    )
                _check_documents(engine, found)
                _check_files(Names(index), manifest, found, progress)
    except (BrokenIndexError, EngineError) as error:
        found.problems.append(str(error))
        found.damaged = True
    found.problems += (
        f"{folder} holds an engine's files of which not everything could be read: when all documents are in the index again,"
        " delete it."
        for folder in description.kept_aside(index)
    )
    return found


def _check_documents(engine: Engine, found: _Findings) -> None:
    """Whether each document is kept as it was put in."""
    for id, hash, file in engine.ids():
        found.documents += 1
        if not _is_whole(engine, id, hash):
            found.problems.append(f"The document {id} is not kept as it was put in.")
            found.damaged = True
            if file:
                found.read_again.append(file)


def _is_whole(engine: Engine, id: str, hash: str) -> bool:
    try:
        stored = records.unpack(engine.fetch([id])[id])
    except (ValueError, KeyError, TypeError, zlib.error, BrokenIndexError, EngineError):
        return False
    return records.content_hash(stored.document) == hash


def _check_files(names: Names, manifest: Manifest, found: _Findings, progress: Progress | None) -> None:
    """Whether each file that was read still has the content that it had then, where its size and time say so."""
    for name in manifest.paths():
        state = manifest.file(name)
        problem = _problem(names, name, state)
        if problem:
            found.problems.append(problem)
            found.read_again.append(name)
        found.files += 1
        if progress:
            progress(found.files, None, name)


def _problem(names: Names, name: str, state: FileState | None) -> str:
    try:
        status = os.stat(names.path(name))
        if state is None or not state.hash:
            # It failed, and is known to have; or what it gave is not what the index holds.
            return (
                ""
                if state and state.failures
                else f"{name} was not read to its end, or the index holds other documents of it."
            )
        if state.modified != -1 and not state.describes(Entry.of(name, name, status)):
            return ""  # it has changed since: the next update reads it
        if pool.hash_file(names.path(name)) == state.hash:
            return ""
    except OSError:
        return ""  # gone, or not to be read now
    return f"{name} has another content than when it was indexed, at the same size and time."


# ------------------------------------------------------------------ mending
def _repair(index: Path, found: _Findings, progress: Progress | None) -> list[str]:
    """Returns what cannot be mended."""
    described = description.read(index)
    if described is None:
        return ["There is nothing left of the index: index the documents again."]
    files = dict.fromkeys(found.read_again)
    lost: list[str] = []
    if found.damaged:
        files.update(dict.fromkeys(known_files(index / MANIFEST)))
        old = described.folder
        known = documents_without_file(index / MANIFEST)
        described, salvaged, lost_ids, whole = _salvage(index, described, progress)
        if not whole and known is not None:
            lost_ids |= known - salvaged
        lost = [f"The document {id}, which came without a file, is lost: add it again." for id in sorted(lost_ids)]
        names = Names(index)
        there = (index / old).is_dir()
        if (
            there
            and not whole
            and (known is None or lost_ids or not all(os.path.exists(names.path(name)) for name in files))
        ):
            description.set_aside(index, old)
        if not whole and known is None:
            lost.append(
                "Not every document could be read: index the folders of your documents again, and add those without a file."
            )
    description.write(index, described)
    description.clean(index, described)
    if not roots.is_sound(index):
        roots.forget(index)
    with _engine(index) as engine:
        with contextlib.closing(_manifest(index, engine)) as manifest:
            files.update((name, None) for name in manifest.paths() if not _is_known(manifest.file(name)))
            wanted = [name for name in files if name in found.read_again or not _is_known(manifest.file(name))]
        if engine.outdated:
            return [*lost, "The index is of an earlier format: searchkit index brings it up."]
        report = sync.read_again(index, engine, wanted, progress)
    return [*lost, *(f"{failure.path}: {failure.reason}" for failure in report.failed)]


def _is_known(state: FileState | None) -> bool:
    return state is not None and bool(state.hash or state.failures)


class _Salvaged(NamedTuple):
    """The new description, the ids of documents that came without a file, kept and lost ones, and whether the engine gave
    all the documents that it counts."""

    description: Description
    without_file: set[str]
    lost: set[str]
    whole: bool


def _salvage(index: Path, described: Description, progress: Progress | None) -> _Salvaged:
    """Make the engine's files anew from the documents that are whole."""
    name = description.new_folder(described.engine)
    (index / name).mkdir()
    new = engines.open(described.engine, index / name)
    salvaged: set[str] = set()
    lost: set[str] = set()
    done, total = 0, -1
    try:
        with contextlib.suppress(BrokenIndexError, EngineError), _engine(index) as old, new.write() as batch:
            total = len(old)
            for done, (id, hash, file) in enumerate(_readable(old), start=1):
                if _is_whole(old, id, hash):
                    stored = records.unpack(old.fetch([id])[id])
                    salvaged.update(() if file else (id,))
                    batch.add(
                        replace(records.reindexed(stored, new_passages=described.analysis != ANALYSIS), hash=hash)
                    )
                elif not file:
                    lost.add(id)
                if progress:
                    progress(done, total, id)
    finally:
        new.close()
    return _Salvaged(described._replace(folder=name, analysis=ANALYSIS), salvaged, lost, done == total)


def _readable(engine: Engine) -> Iterator[tuple[str, str, str]]:
    """The ids of an engine, as far as they can be read."""
    with contextlib.suppress(BrokenIndexError, EngineError):
        yield from engine.ids()


# ------------------------------------------------------------------ parts
@contextlib.contextmanager
def _engine(index: Path) -> Iterator[Engine]:
    described = description.read(index)
    if described is None or described.new:
        raise BrokenIndexError(f"There is no index in {index}: make one with searchkit index PATH.")
    if description.is_damaged(index / described.folder):
        raise description.damage(index / described.folder)
    if not description.holds_engine(index / described.folder):
        raise BrokenIndexError(f"The folder {index / described.folder} of the index is gone.")
    engine = engines.open(described.engine, index / described.folder)
    try:
        yield engine
    finally:
        engine.close()


def _manifest(index: Path, engine: Engine) -> Manifest:
    return Manifest(index / MANIFEST, engine.generation, engine.ids)
