"""The committed state of an index, and how the next one takes its place.

    commit.json         which generation holds: its segments (see `SegmentEntry`), and its table of contents with size and SHA-256
    _MAIN_N.toc         Whoosh's table of contents of generation N, for Whoosh's own readers
    MAIN_X.seg1         segments

A commit writes and syncs the new segments, then the new table of contents, and then replaces `commit.json`: with
this one step the new state holds. Until then the old one does, with all its files; afterwards they are deleted, or,
where that was cut short, by the next writer. The table of contents, a pickle, is checked but never unpickled here: so no
code of a stranger's runs, and Whoosh, which takes 9 ms to load, need not be loaded by a search.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import uuid4

from searchkit import lazy
from searchkit.engines import durable
from searchkit.engines.whoosh.generation import INDEX_NAME, Commit, SegmentEntry
from searchkit.errors import BrokenIndexError

FORMAT = 4
OLDER = (3,)
"""Formats that can be read but not written to. 3: segments have no `files`, commits no token and no checksums of segments."""

_COMMIT = "commit.json"
_OURS = lazy.regex(rf"_{INDEX_NAME}_\d+\.toc.*|{INDEX_NAME}_.*|commit\.json\.new")


def exists(folder: Path) -> bool:
    return (folder / _COMMIT).exists()


def stamp(folder: Path) -> tuple[int, int, int]:
    """Changes with each commit, and is cheap to ask for. Raises OSError where there is no index any more."""
    status = os.stat(folder / _COMMIT)
    return status.st_mtime_ns, status.st_ino, status.st_size


def create(folder: Path) -> None:
    """Begin an empty index. Raises BrokenIndexError where the folder holds files of an index whose commit is lost."""
    leftover = next((name for name in os.listdir(folder) if _OURS.fullmatch(name) and not name.endswith(".new")), None)
    if leftover:
        raise durable.damaged(folder / _COMMIT, f"it is missing, though there is {leftover}")
    _publish(folder, {"generation": 0, "toc": None, "segments": []})


def read(folder: Path) -> Commit:
    """The state that holds. Raises BrokenIndexError; FileNotFoundError where a writer has just replaced it."""
    path = folder / _COMMIT
    content = _checked(path)
    segments = tuple(
        SegmentEntry(name, size, documents, frozenset(deleted), lengths, *checksum or (None,))
        for name, size, documents, deleted, lengths, *checksum in content["segments"]
    )
    for segment in segments:
        actual = os.stat(folder / segment.file_name).st_size
        if actual != segment.bytes:
            raise durable.damaged(folder / segment.file_name, f"it has {actual} bytes instead of {segment.bytes}")
    total = sum(segment.bytes for segment in segments)
    toc = content["toc"]
    if toc is not None:
        pickled = (folder / toc["name"]).read_bytes()
        if len(pickled) != toc["size"] or sha256(pickled).hexdigest() != toc["sha256"]:
            raise durable.damaged(folder / toc["name"], "it does not fit its checksum")
        total += len(pickled)
    token = content.get("token") or f"{content['generation']}.{toc['sha256'] if toc else ''}"
    return Commit(content["format"], content["generation"], token, segments, total)


def write(folder: Path, generation: int, segments: Sequence[SegmentEntry]) -> None:
    """Make these segments, already written and synced, the state that holds."""
    from whoosh.index import TOC

    from searchkit.engines.whoosh.writing.whoosh_codec import WhooshSegment, schema

    TOC(schema(), list(map(WhooshSegment, segments)), generation).write(_storage(folder), INDEX_NAME)
    name = TOC._filename(INDEX_NAME, generation)
    pickled = (folder / name).read_bytes()
    toc = {"name": name, "size": len(pickled), "sha256": sha256(pickled).hexdigest()}
    rows = [(*segment[:3], sorted(segment.deleted), segment.lengths, segment.checksum) for segment in segments]
    _publish(folder, {"generation": generation, "toc": toc, "segments": rows})


def problems(folder: Path) -> Iterator[str]:
    """The damage found in the files of the committed state, a sentence each; every byte is read."""
    try:
        commit = read(folder)
    except BrokenIndexError as error:
        yield str(error)
        return
    for entry in commit.segments:
        found = (
            durable.problem(folder / entry.file_name, entry.bytes, entry.checksum) if entry.checksum is not None else ""
        )
        if found:
            yield found


def clean(folder: Path) -> None:
    """Delete what no longer belongs to the state that holds. For the holder of the write lock alone."""
    content = _checked(folder / _COMMIT)
    kept = {name for name, *_ in content["segments"]}
    if content["toc"]:
        kept.add(content["toc"]["name"])
    for name in os.listdir(folder):
        if name not in kept and _OURS.fullmatch(name):
            durable.delete(folder / name)


def _storage(folder: Path) -> Any:
    from whoosh.filedb.filestore import FileStorage

    class DurableStorage(FileStorage):  # type: ignore[misc]
        """Whoosh writes a table of contents under another name and renames it, but syncs nothing."""

        def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
            with open(folder / oldname, "rb+") as file:
                durable.sync(file)
            durable.rename(folder / oldname, folder / newname)
            durable.sync_folder(folder)

    return DurableStorage(os.fspath(folder))


def _publish(folder: Path, content: dict[str, Any]) -> None:
    content = {"engine": "whoosh", "format": FORMAT, "token": uuid4().hex, **content}
    durable.replace_checked(folder / _COMMIT, content, content["generation"])


def _checked(path: Path) -> dict[str, Any]:
    content = durable.read_checked(path)
    if content["format"] not in (FORMAT, *OLDER):
        raise durable.too_new(path.parent, content["format"], FORMAT)
    return content
