"""roots.json: which files and folders an index was made of, and with which options, so that an update needs no paths.

A root goes by its name (see `file_names`), so that a collection can be moved together with its index. Whoever names a folder
says with which options it is read from then on. A folder within another one is a root of its own only where its options
differ, as when `archive` is read without `archive/drafts`, and that is read as well: then the update of the outer folder
leaves the inner one's documents alone.

Only a convenience depends on this file: where it is lost or damaged, the user names the folders once more.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from searchkit.documents.readers.columns import Choice
from searchkit.engines import durable
from searchkit.errors import SearchkitError
from searchkit.text.slash_names import is_at_or_below

FILE_NAME = "roots.json"


class RootOptions(NamedTuple):
    """How the files below a root are read; see `Index.sync`."""

    exclude: tuple[str, ...] = ()
    follow_links: bool = False
    columns: Choice = ()


class Root(NamedTuple):
    """A given path, by its name."""

    name: str
    options: RootOptions = RootOptions()


def read(index: Path) -> list[Root]:
    """The roots of the index in a folder, outer ones first. Raises SearchkitError where none are known."""
    try:
        found = _checked(durable.contents(index / FILE_NAME))
    except FileNotFoundError:
        found = []
    except (ValueError, KeyError, TypeError, RecursionError):
        raise SearchkitError(
            f"{index / FILE_NAME}, the list of the folders that were indexed, is damaged: name them once more, as in"
            " searchkit index FOLDER."
        ) from None
    if not found:
        raise SearchkitError(
            "No folder was indexed before, so there is none to update: name one, as in searchkit index FOLDER."
        )
    return found


def columns_of(index: Path, name: str) -> Choice | None:
    """The columns that were chosen for the files below a root; None where it is not known."""
    try:
        return next((root.options.columns for root in read(index) if root.name == name), None)
    except SearchkitError:
        return None


def is_sound(index: Path) -> bool:
    """Whether what is there can be read as it was written."""
    try:
        _checked(durable.contents(index / FILE_NAME))
    except FileNotFoundError:
        return True
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return False
    return True


def forget(index: Path) -> None:
    """From here on, no root is known."""
    durable.make_way(index / FILE_NAME)
    (index / FILE_NAME).unlink(missing_ok=True)
    durable.sync_folder(index)


def remember(index: Path, given: Sequence[Root], gone: Iterable[str] = ()) -> None:
    """Add the roots of an update, which take the place of those within them, and take out those of the names `gone`."""
    try:
        known = read(index)
    except SearchkitError:
        known = []
    lost = set(gone)
    found = [
        root
        for root in known
        if root.name not in lost and not any(is_at_or_below(root.name, new.name) for new in given)
    ]
    for new in sorted(given):
        outer = [root for root in found if is_at_or_below(new.name, root.name)]
        innermost = max(outer, key=lambda root: len(root.name), default=None)
        if new.name not in lost and not (innermost and innermost.options == new.options):
            found.append(new)
    found.sort()
    if found != known:
        durable.replace(index / FILE_NAME, _content(found))


def groups(roots: Iterable[Root]) -> Iterator[tuple[RootOptions, list[str]]]:
    """The names of roots that are updated together, having the same options; the others are updated apart."""
    for options, those in groupby(sorted(roots, key=lambda root: root.options), key=lambda root: root.options):
        yield options, [root.name for root in those]


def _content(roots: Iterable[Root]) -> bytes:
    rows = [{"name": root.name, **root.options._asdict(), "columns": dict(root.options.columns)} for root in roots]
    return json.dumps({"roots": rows, "checksum": _checksum(rows)}, ensure_ascii=False, indent=1).encode() + b"\n"


def _checked(data: bytes) -> list[Root]:
    content = json.loads(data)
    rows: list[dict[str, Any]] = content["roots"]
    if content["checksum"] != _checksum(rows) or data != _content(found := [_root(row) for row in rows]):
        raise ValueError
    return found


def _root(row: dict[str, Any]) -> Root:
    columns = tuple((role, name) for role, name in row["columns"].items())
    return Root(row["name"], RootOptions(tuple(row["exclude"]), row["follow_links"], columns))


def _checksum(rows: list[dict[str, Any]]) -> int:
    return zlib.crc32(json.dumps(rows, sort_keys=True).encode())
