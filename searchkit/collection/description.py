"""searchkit.json: which engine keeps an index, in which folder, and by which analysis its terms were made.

An index is a folder:

    searchkit.json      this description
    manifest.sqlite     the files that were read (see `manifest`)
    whoosh-1f0c9a7e/    the engine's own files; the name is new each time that the engine's files are made anew
    roots.json          the folders that were given (see `roots`)
    ocr.sqlite          the scanned pages that were read (see `documents.ocr`)
    write.lock          held by whoever changes anything
    lexicon/            the user's own words

A new engine is built beside the old one and named in the description when it is complete; what is not named there is
rubbish, deleted by the next writer. A description that is `new` names an engine that holds nothing yet, so a creation
that was cut short is begun anew. A description that is lost or damaged is not needed to get the documents back: the
engine's folder is recognised.
"""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import zlib
from pathlib import Path
from typing import Any, NamedTuple

from searchkit import engines, lazy
from searchkit.analysis.version import ANALYSIS
from searchkit.engines import durable
from searchkit.errors import BrokenIndexError

FILE_NAME = "searchkit.json"
MANIFEST = "manifest.sqlite"
FORMAT = 2
"""1: the engine's folder was called as the engine, and there was no checksum."""

_COMMITS = ("commit.json", "format.json", "address.json")
"""Files by which an engine's folder is recognised; the second is that of Tantivy before it had the first, the third says
where a cluster is."""
_DAMAGED = ".damaged"
"""Ends the name of an engine's folder of which not everything could be read when it was mended; nobody deletes it."""
_LEFT_EMPTY = frozenset((".managed.json",))
"""Files that Tantivy may leave in a folder that it only looked at."""
_OURS = lazy.regex(
    rf"{re.escape(FILE_NAME)}.*|manifest(-[0-9a-f]+)?\.sqlite.*|roots\.json.*|address\.json|shared\.version|ocr\.sqlite.*|write\.lock.*|lexicon|.*{re.escape(_DAMAGED)}"
)


class Description(NamedTuple):
    """The contents of searchkit.json. `analysis` is 0 where it is not known; `new`: the engine may be half made, and holds nothing."""

    engine: str
    folder: str
    analysis: int
    conversion_suggested: bool = False
    new: bool = False


def stamp(index: Path) -> tuple[int, int, int] | None:
    """Changes when the description does, and is cheap to ask for; None where there is none."""
    try:
        status = os.stat(index / FILE_NAME)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        if error.errno != errno.ELOOP:
            raise
        return None
    return status.st_mtime_ns, status.st_ino, status.st_size


def read(index: Path) -> Description | None:
    """The description of the index in a folder; None where there is no index. Raises BrokenIndexError for a newer format."""
    try:
        content = json.loads(durable.contents(index / FILE_NAME))
        if not isinstance(content, dict):
            raise ValueError
        version = content["format"]
        if isinstance(version, int) and version > FORMAT:
            raise _too_new(index, version)
        described = _of_format_1(content) if version == 1 else _checked(content)
        if not _is_engine_folder(described.folder, described.engine):
            raise ValueError
    except (FileNotFoundError, NotADirectoryError):
        return _recognised(index)
    except (ValueError, KeyError, TypeError, RecursionError):
        recognised = _recognised(index)
        if recognised is None:
            raise BrokenIndexError(
                f"{index / FILE_NAME} is damaged and no engine's files are beside it: restore the folder from a backup."
            ) from None
        return recognised
    return described


def is_sound(index: Path) -> bool:
    """Whether there is a description that can be read as it was written."""
    try:
        data = durable.contents(index / FILE_NAME)
        content = json.loads(data)
        if content["format"] != 1:
            _checked(content)
            return data.endswith(b"}\n")
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return False
    return True


def write(index: Path, description: Description) -> None:
    """Put a description in the place of what stands there, durably."""
    content: dict[str, Any] = {"format": FORMAT, **description._asdict()}
    content["checksum"] = _checksum(content)
    durable.replace(index / FILE_NAME, json.dumps(content).encode() + b"\n")


def create(index: Path, engine: str) -> Description:
    """Begin an index that holds nothing. For the holder of the write lock alone."""
    described = Description(engine, new_folder(engine), ANALYSIS, new=True)
    write(index, described)
    folder = index / described.folder
    folder.mkdir()
    engines.open(engine, folder).close()
    described = described._replace(new=False)
    write(index, described)
    return described


def holds_engine(folder: Path) -> bool:
    """Whether a folder holds the files of an engine."""
    return any((folder / name).exists() for name in _COMMITS)


def is_damaged(folder: Path) -> bool:
    """Whether a folder holds files of an engine, but not the one that says which of them count."""
    if holds_engine(folder) or not folder.is_dir():
        return False
    return any(not name.endswith(".lock") and name not in _LEFT_EMPTY for name in os.listdir(folder))


def damage(folder: Path) -> BrokenIndexError:
    """The error message for such a folder."""
    return BrokenIndexError(
        f"The files in {folder} are damaged (the list of those that count is gone): restore the folder from a backup, or mend"
        " the index from its sources with searchkit verify --repair."
    )


def set_aside(index: Path, folder: str) -> Path:
    """Keep an engine's folder of which not everything could be read: under another name, which nobody deletes."""
    kept = index / f"{folder}{_DAMAGED}"
    durable.rename(index / folder, kept)
    return kept


def kept_aside(index: Path) -> list[Path]:
    """The folders that were `set_aside`."""
    return sorted(index / name for name in os.listdir(index) if name.endswith(_DAMAGED))


def new_folder(engine: str) -> str:
    """A name for a new folder of an engine."""
    return f"{engine}-{os.urandom(4).hex()}"


def holds_other_files(index: Path) -> bool:
    """Whether a folder that is to become an index holds files that are not an index's."""
    if not index.exists():
        return False
    return not index.is_dir() or any(
        not (name.startswith(".") or _OURS.fullmatch(name) or _engine_of(name)) for name in os.listdir(index)
    )


def clean(index: Path, description: Description) -> None:
    """Delete engines' folders that the description does not name. For the holder of the write lock alone."""
    if description.new or not (index / description.folder).is_dir():
        return
    for name in os.listdir(index):
        if name != description.folder and _engine_of(name):
            shutil.rmtree(index / name, ignore_errors=True)


def _recognised(index: Path) -> Description | None:
    """The description of an index that has lost it: the engine's folder that holds most documents; None for none.

    Raises BrokenIndexError where there is but one that is damaged.
    """
    found: list[tuple[int, str, str]] = []
    damaged: BrokenIndexError | None = None
    for name in sorted(os.listdir(index)) if index.is_dir() else ():
        engine = _engine_of(name)
        if engine and is_damaged(index / name):
            damaged = damage(index / name)
        elif engine and holds_engine(index / name):
            try:
                opened = engines.open(engine, index / name)
                found.append((len(opened), name, engine))
                opened.close()
            except BrokenIndexError as error:
                damaged = error
    if found and max(found)[0]:
        _, name, engine = max(found)
        return Description(engine, name, 0)
    if damaged:
        raise damaged
    return None


def _engine_of(name: str) -> str | None:
    """The engine whose folder has this name, if any."""
    return next((engine for engine in engines.names() if _is_engine_folder(name, engine)), None)


def _is_engine_folder(name: str, engine: str) -> bool:
    return engine in engines.names() and re.fullmatch(rf"{re.escape(engine)}(-[0-9a-f]{{8}})?", name) is not None


def _of_format_1(content: dict[str, Any]) -> Description:
    return Description(content["engine"], content["engine"], 0, bool(content.get("conversion_suggested")))


def _checked(content: dict[str, Any]) -> Description:
    if content.pop("checksum") != _checksum(content):
        raise ValueError
    content.pop("format")
    return Description(**content)


def _checksum(content: dict[str, Any]) -> int:
    return zlib.crc32(json.dumps(content, sort_keys=True).encode())


def _too_new(index: Path, version: int) -> BrokenIndexError:
    return BrokenIndexError(
        f"The index in {index} has format {version}, this searchkit reads up to {FORMAT}:"
        " use the newer searchkit that made it."
    )
