"""The commit file: which state holds, and the size and checksum of each file of it.

    commit.json   {"engine": "tantivy", "format": 3, "number": 7, "token": "…", "pending": false, "meta": "…",
                   "files": {"9f3c….store": [bytes, CRC-32], …}}, and its own checksum (see `durable.read_checked`)

`meta` is the content of meta.json, in which Tantivy names the segments. Tantivy replaces that file in one step after the
files that it names are synced: with that step the new state holds. Tantivy keeps no checksums that it would look at when
it reads, so they are kept here. A commit goes

1. `begin`: the commit file with "pending" true: from here on meta.json counts;
2. Tantivy writes, replaces meta.json, and merges, which replaces it again;
3. `finish`: the commit file with what meta.json is now, and the checksums. Only now the commit is acknowledged.

A writer that is killed in between leaves a whole index, of the state before or after, whose new files have no checksums
until the next writer calls `finish`. While nothing is pending, meta.json itself is not read: damage to it harms nobody,
and the next writer mends it (`mend`).
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple
from uuid import uuid4

from searchkit.engines import durable
from searchkit.errors import BrokenIndexError

FORMAT = 3
OLDER = (2,)
"""Formats that can be read but not written to. 2: no commit file but format.json; entries have no bucket and no file."""

META = "meta.json"
_COMMIT = "commit.json"
_OLD_COMMIT = "format.json"
_SEGMENT_FILE = re.compile(r"([0-9a-f]{32})\.(?:(\d+)\.del|store|idx|pos|term|fieldnorm|fast)")
_MANAGED = ".managed.json"
"""Tantivy's list of its files, those of earlier states included, of which it deletes what no state needs."""

Files = Mapping[str, tuple[int, int]]
"""By name, bytes and CRC-32."""


class Commit(NamedTuple):
    """A state that holds; where it is `pending`, `meta` and `files` are of the one before."""

    format: int
    number: int
    token: str
    pending: bool
    meta: bytes
    files: Files


def exists(folder: Path) -> bool:
    return (folder / _COMMIT).exists() or (folder / _OLD_COMMIT).exists()


def read(folder: Path) -> Commit:
    """The state that holds. Raises BrokenIndexError; FileNotFoundError where there is no index."""
    try:
        content = durable.read_checked(folder / _COMMIT)
    except FileNotFoundError:
        return _read_old(folder)
    if content["format"] != FORMAT:
        raise durable.too_new(folder, content["format"], FORMAT)
    files = {name: (size, checksum) for name, (size, checksum) in content["files"].items()}
    meta = content["meta"].encode()
    return Commit(FORMAT, content["number"], content["token"], content["pending"], meta, files)


def _read_old(folder: Path) -> Commit:
    path = folder / _OLD_COMMIT
    try:
        version = json.loads(path.read_bytes())["format"]
    except (ValueError, KeyError, TypeError):
        raise durable.damaged(path, "it cannot be read") from None
    if version not in OLDER:
        raise durable.too_new(folder, version, FORMAT)
    return Commit(version, 0, "", False, (folder / META).read_bytes(), {})


def stamp(folder: Path) -> tuple[int, int, int]:
    """Changes with each commit, and is cheap to ask for. Raises FileNotFoundError where there is no index any more."""
    try:
        status = os.stat(folder / _COMMIT)
    except FileNotFoundError:
        status = os.stat(folder / _OLD_COMMIT)
    return status.st_mtime_ns, status.st_ino, status.st_size


def begin(folder: Path, before: Commit | None) -> None:
    """Say that Tantivy is about to replace the state."""
    number, meta, files = (before.number + 1, before.meta, before.files) if before else (0, b"", {})
    _publish(folder, Commit(FORMAT, number, uuid4().hex, True, meta, files))


def finish(folder: Path) -> None:
    """Make the state of meta.json durable with its checksums; of files that are known already they are kept."""
    begun = read(folder)
    # Tantivy writes it for nobody but the user who runs.
    os.chmod(folder / META, (folder / _COMMIT).stat().st_mode)
    durable.sync_folder(folder)
    meta = (folder / META).read_bytes()
    files = {name: begun.files.get(name) or _measured(folder / name) for name in named(folder, meta)}
    _publish(folder, begun._replace(number=begun.number + 1, pending=False, meta=meta, files=files))


def mend(folder: Path) -> None:
    """Finish what a killed writer left, and put back a meta.json that was damaged. For the holder of the write lock."""
    commit = read(folder)
    if commit.pending:
        finish(folder)
        return
    if not is_meta(folder, commit.meta):
        durable.replace(folder / META, commit.meta)
    if not _lists(folder / _MANAGED, [META, *commit.files]):
        names = [name for name in os.listdir(folder) if _SEGMENT_FILE.fullmatch(name)]
        durable.replace(folder / _MANAGED, json.dumps([META, *names]).encode())


def is_meta(folder: Path, content: bytes) -> bool:
    """Whether that is the content of meta.json."""
    try:
        return (folder / META).read_bytes() == content
    except (FileNotFoundError, PermissionError):
        return False


def problems(folder: Path) -> Iterator[str]:
    """The damage found in the files of the committed state, a sentence each; every byte is read."""
    try:
        commit = read(folder)
    except BrokenIndexError as error:
        yield str(error)
        return
    if commit.format != FORMAT:
        return
    if commit.pending:
        yield f"The last update of the index in {folder} was cut short: run `searchkit index` to complete it."
        return
    if not is_meta(folder, commit.meta):
        yield f"{folder / META} does not fit its checksum."
    if not _lists(folder / _MANAGED, [META, *commit.files]):
        yield f"{folder / _MANAGED} is not as Tantivy wrote it."
    for name, (size, expected) in commit.files.items():
        found = durable.problem(folder / name, size, expected)
        if found:
            yield found


def _lists(path: Path, names: list[str]) -> bool:
    """Whether a file is a list of these names and perhaps others of files of segments.

    Tantivy writes it for its own user alone; whoever may not read it does not need it.
    """
    try:
        listed = json.loads(path.read_bytes())
        return set(names) <= set(listed) and all(map(_SEGMENT_FILE.fullmatch, set(listed) - {META}))
    except PermissionError:
        return True
    except (OSError, ValueError, TypeError):
        return False


def named(folder: Path, meta: bytes) -> list[str]:
    """The files of the segments that a meta.json names."""
    deletions = {}
    for segment in json.loads(meta)["segments"]:
        deletes = segment["deletes"]
        deletions[segment["segment_id"].replace("-", "")] = str(deletes["opstamp"]) if deletes else None
    found = []
    for name in sorted(os.listdir(folder)):
        match = _SEGMENT_FILE.fullmatch(name)
        if match and match[1] in deletions and match[2] in (None, deletions[match[1]]):
            found.append(name)
    return found


def _measured(path: Path) -> tuple[int, int]:
    """Bytes and checksum of a file that is new, which is synced, since Tantivy does not promise it."""
    with open(path, "rb+") as file:
        durable.sync(file)
    return path.stat().st_size, durable.checksum(path)


def _publish(folder: Path, commit: Commit) -> None:
    content: dict[str, Any] = {"engine": "tantivy", **commit._asdict(), "meta": commit.meta.decode()}
    durable.replace_checked(folder / _COMMIT, content, commit.number)


def delete_leftovers(folder: Path) -> None:
    """Delete the lists of deletions that a killed writer left: the next one would give a file the same name, and fail on it.

    For the holder of the write lock alone, after `mend`. Files of whole segments have names of their own, and Tantivy deletes
    them when it looks for what is not needed.
    """
    kept = set(named(folder, (folder / META).read_bytes()))
    for name in os.listdir(folder):
        match = _SEGMENT_FILE.fullmatch(name)
        if match and match[2] and name not in kept:
            durable.delete(folder / name)
