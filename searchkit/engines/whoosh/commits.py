"""The committed state of an index, and how the next one takes its place.

    commit.json         which generation holds: its table of contents with size and SHA-256, the segments with sizes
    _MAIN_N.toc         Whoosh's table of contents of generation N, a pickle
    MAIN_X.seg1         segments

A commit writes and syncs the new segments, then the new table of contents, and then replaces `commit.json`: with
this one step the new state holds. Until then the old one does, with all its files; afterwards they are deleted, or,
where that was cut short, by the next writer. No pickle is read that `commit.json` does not vouch for.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from searchkit.engines.whoosh import durable
from searchkit.errors import BrokenIndexError

if TYPE_CHECKING:
    from searchkit.engines.whoosh.codec import WhooshSegment

INDEX_NAME = "MAIN"
FORMAT = 1

_COMMIT = "commit.json"
_OURS = re.compile(rf"_{INDEX_NAME}_\d+\.toc.*|{INDEX_NAME}_.*|commit\.json\.new")


@dataclass(frozen=True)
class Commit:
    """What a generation consists of; `sizes` are the bytes of its files."""

    generation: int
    segments: tuple[WhooshSegment, ...]
    sizes: dict[str, int]


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
    _publish(folder, {"generation": 0, "toc": None, "segments": {}})


def read(folder: Path) -> Commit:
    """The state that holds. Raises BrokenIndexError; FileNotFoundError where a writer has just replaced it."""
    path = folder / _COMMIT
    content = _checked(path)
    generation, toc, sizes = content["generation"], content["toc"], content["segments"]
    for name, size in sizes.items():
        actual = os.stat(folder / name).st_size
        if actual != size:
            raise durable.damaged(folder / name, f"it has {actual} bytes instead of {size}")
    if toc is None:
        return Commit(generation, (), {})
    pickled = (folder / toc["name"]).read_bytes()
    if len(pickled) != toc["size"] or sha256(pickled).hexdigest() != toc["sha256"]:
        raise durable.damaged(folder / toc["name"], "it does not fit its checksum")
    segments = _segments(folder, generation)
    return Commit(generation, segments, {toc["name"]: toc["size"], **sizes})


def write(folder: Path, generation: int, segments: Sequence[WhooshSegment]) -> None:
    """Make these segments, already written and synced, the state that holds."""
    from whoosh.index import TOC

    from searchkit.engines.whoosh.codec import schema

    TOC(schema(), list(segments), generation).write(_storage(folder), INDEX_NAME)
    name = TOC._filename(INDEX_NAME, generation)
    pickled = (folder / name).read_bytes()
    toc = {"name": name, "size": len(pickled), "sha256": sha256(pickled).hexdigest()}
    sizes = {segment.file_name: os.stat(folder / segment.file_name).st_size for segment in segments}
    _publish(folder, {"generation": generation, "toc": toc, "segments": sizes})


def clean(folder: Path) -> None:
    """Delete what no longer belongs to the state that holds. For the holder of the write lock alone."""
    content = _checked(folder / _COMMIT)
    kept = set(content["segments"])
    if content["toc"]:
        kept.add(content["toc"]["name"])
    for name in os.listdir(folder):
        if name not in kept and _OURS.fullmatch(name):
            durable.delete(folder / name)


def _segments(folder: Path, generation: int) -> tuple[WhooshSegment, ...]:
    from whoosh.index import TOC

    return tuple(TOC.read(_storage(folder), INDEX_NAME, gen=generation).segments)


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
    line = json.dumps({"engine": "whoosh", "format": FORMAT, **content}).encode()
    # The size differs from that of the generations before: a new file can have the inode and the time of an old one.
    padding = b" " * (content["generation"] % 61)
    durable.replace(folder / _COMMIT, line + b"\n" + sha256(line).hexdigest().encode() + b"\n" + padding)


def _checked(path: Path) -> dict[str, Any]:
    line, _, rest = path.read_bytes().partition(b"\n")
    if sha256(line).hexdigest().encode() != rest.strip():
        raise durable.damaged(path, "it does not fit its checksum")
    content: dict[str, Any] = json.loads(line)
    if content["format"] != FORMAT:
        raise BrokenIndexError(
            f"The index in {path.parent} has format {content['format']}, this searchkit reads {FORMAT}:"
            " delete the index and index the documents again."
        )
    return content
