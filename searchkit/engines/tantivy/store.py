"""The files of a Tantivy index: opening, creating, and what to say where they are damaged or the library is missing.

Tantivy's meta.json is the state that holds; it is replaced in one step, after the files that it names are synced.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from searchkit.engines import durable
from searchkit.engines.tantivy import positions
from searchkit.engines.tantivy.schema import FORMAT, schema
from searchkit.errors import BrokenIndexError, QueryError, SearchkitError

if TYPE_CHECKING:
    from tantivy import Index

_META = "meta.json"
_DESCRIPTION = "format.json"


def require() -> None:
    """Raises SearchkitError, with what to do, where Tantivy is not installed."""
    try:
        import tantivy  # noqa: F401
    except ImportError:
        raise SearchkitError(
            "The engine tantivy needs a library that is not installed: pip install 'searchkit[tantivy]', on Python 3.11 or newer."
        ) from None


@contextmanager
def guarded(folder: Path) -> Iterator[None]:
    """What Tantivy raises where its files are damaged, as BrokenIndexError; its panics are no Exception."""
    try:
        yield
    except (SearchkitError, GeneratorExit):
        raise
    except (ValueError, OSError) as error:
        raise _damaged(folder, str(error)) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise _damaged(folder, str(error)) from None


def exists(folder: Path) -> bool:
    return (folder / _META).exists()


def create(folder: Path) -> None:
    """Begin an empty index. Raises BrokenIndexError where there are files of an index whose meta.json is lost."""
    from tantivy import Index

    if any(path.suffix in (".store", ".idx", ".term") for path in folder.iterdir()):
        raise _damaged(folder, f"{_META} is missing")
    content = {"engine": "tantivy", "format": FORMAT}
    durable.replace(folder / _DESCRIPTION, json.dumps(content).encode() + b"\n")
    with guarded(folder):
        Index(schema(), os.fspath(folder))
        durable.sync_folder(folder)


def open_index(folder: Path) -> Index:
    """The index in a folder. Raises BrokenIndexError."""
    from tantivy import Index

    _check_format(folder)
    with guarded(folder):
        index = Index.open(os.fspath(folder))
        positions.register(index)
        # Whoever searches looks for a new state himself; the other policy would be told of it half a second late.
        index.config_reader("manual")
        return index


def stamp(folder: Path) -> tuple[int, int, int]:
    """Changes with each commit and merge, and is cheap to ask for. Raises BrokenIndexError where the index is gone."""
    try:
        status = os.stat(folder / _META)
    except FileNotFoundError:
        raise BrokenIndexError(f"The index in {folder} is gone: index the documents again.") from None
    return status.st_mtime_ns, status.st_ino, status.st_size


def segments(folder: Path) -> list[Any]:
    """What meta.json says of the segments."""
    content = json.loads((folder / _META).read_bytes())
    found: list[Any] = content["segments"]
    return found


def _check_format(folder: Path) -> None:
    try:
        version = json.loads((folder / _DESCRIPTION).read_bytes())["format"]
    except (OSError, ValueError, KeyError, TypeError):
        raise _damaged(folder, f"{_DESCRIPTION} cannot be read") from None
    if version != FORMAT:
        raise BrokenIndexError(
            f"The index in {folder} has format {version}, this searchkit reads {FORMAT}:"
            " delete the index and index the documents again."
        )


def _damaged(folder: Path, what: str) -> BrokenIndexError:
    (line, *_) = what.strip().splitlines() or [""]
    return BrokenIndexError(
        f"The index in {folder} is damaged ({line[:200]}): delete it and index the documents again."
    )


def too_deep(limit: int) -> QueryError:
    return QueryError(f"The query is nested more than {limit} levels deep: write it with fewer brackets.")
