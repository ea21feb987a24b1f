"""The files under given paths: each once, sorted by name, folder by folder, with what must not be read reported.

Skipped silently: hidden files and folders, the lock and index files of programs (`~$x.docx`, `Thumbs.db`), whatever
`exclude` matches, and links to files and folders that are met under the given paths anyway.
"""

from __future__ import annotations

import contextlib
import fnmatch
import os
import re
import stat
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from searchkit.documents.readers.formats import unsupported
from searchkit.model import Failure

_CLUTTER = frozenset(("thumbs.db", "desktop.ini", "__macosx", "$recycle.bin", "system volume information"))


class Entry(NamedTuple):
    """A file to read. `path` begins with the given path it was found under; `size` is in bytes."""

    path: str
    size: int
    mtime_ns: int


def walk(
    paths: Iterable[str | os.PathLike[str]],
    exclude: Sequence[str] = (),
    leave_out: Sequence[str | os.PathLike[str]] = (),
) -> Iterator[Entry | Failure]:
    """The files of supported formats under `paths`, and a Failure for everything else that may have been meant.

    `exclude`: patterns with * ? [ ]. One without a slash is held against the name of each file and folder, one with a
    slash against the path below the given path. Nothing below an excluded folder is read. A given folder is never
    excluded itself. `leave_out`: folders that are never entered, such as the index's own. Folders are listed one at a time; memory does not grow with the number of files.
    """
    yield from _Walk([os.fspath(path) for path in paths], exclude, [os.fspath(path) for path in leave_out]).run()


def printable(path: str) -> str:
    """`path` with the bytes that are not UTF-8 written as \\xNN, so that it can be shown."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def is_hidden(name: str) -> bool:
    """Whether a file or folder of this name is not for readers: hidden, or a program's own."""
    return name.startswith((".", "~$")) or name.lower() in _CLUTTER


class _Walk:
    def __init__(self, paths: list[str], exclude: Sequence[str], leave_out: list[str]) -> None:
        self._exclude = _Exclusion(exclude)
        # Folders that are not entered (again): those left out, and those that have been read.
        self._visited: set[tuple[int, int]] = set()
        for path in leave_out:
            with contextlib.suppress(OSError):
                self._visited.add(_identity(os.stat(path)))
        # Where the same place is given twice, the first spelling counts.
        self._roots: dict[str, str] = {}
        for path in paths:
            self._roots.setdefault(os.path.realpath(path), os.path.normpath(path) if path else path)

    def run(self) -> Iterator[Entry | Failure]:
        for real, path in self._roots.items():
            if not _is_utf8(path):
                yield _not_utf8(path)
                continue
            try:
                status = os.stat(path)
            except OSError as error:
                yield Failure(path, _reason(error))
                continue
            if any(self._meets(root, real) for root in _parents(real) if root in self._roots):
                continue
            if stat.S_ISDIR(status.st_mode):
                yield from self._folder(path, path, [])
            elif not self._exclude.matches(os.path.basename(path), path, os.path.dirname(path)):
                yield from self._file(path, status)

    def _folder(self, folder: str, root: str, ancestors: list[tuple[int, int]]) -> Iterator[Entry | Failure]:
        """What is in a folder; `ancestors` are the folders around it, by device and inode."""
        try:
            identity = _identity(os.stat(folder))
            if identity in ancestors:
                yield Failure(folder, "is a link to a folder that it lies in (a loop): remove the link")
                return
            if identity in self._visited:
                return
            self._visited.add(identity)
            with os.scandir(folder) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except OSError as error:
            yield Failure(folder, _reason(error))
            return
        for entry in entries:
            path = entry.path if folder != os.curdir else entry.name
            if is_hidden(entry.name) or self._exclude.matches(entry.name, path, root):
                continue
            if not _is_utf8(entry.name):
                yield _not_utf8(path)
                continue
            try:
                if entry.is_symlink():
                    yield from self._link(path, root, [*ancestors, identity])
                elif entry.is_dir():
                    yield from self._folder(path, root, [*ancestors, identity])
                else:
                    yield from self._file(path, entry.stat())
            except FileNotFoundError:
                continue  # gone since the folder was listed
            except OSError as error:
                yield Failure(path, _reason(error))

    def _link(self, path: str, root: str, ancestors: list[tuple[int, int]]) -> Iterator[Entry | Failure]:
        try:
            status = os.stat(path)
        except OSError as error:
            # Without a target, and a link to itself, are told from a target that may not be looked at.
            broken = isinstance(error, FileNotFoundError)
            yield Failure(path, "is a link to nothing: remove it" if broken else _reason(error))
            return
        real = os.path.realpath(path)
        is_folder = stat.S_ISDIR(status.st_mode)
        if is_folder and _identity(status) in ancestors:
            yield Failure(path, "is a link to a folder that it lies in (a loop): remove the link")
        elif any(self._meets(parent, real) for parent in _parents(real, itself=True) if parent in self._roots) and (
            is_folder or unsupported(real) is None
        ):
            return
        elif is_folder:
            yield from self._folder(path, root, ancestors)
        else:
            yield from self._file(path, status)

    def _file(self, path: str, status: os.stat_result) -> Iterator[Entry | Failure]:
        kind = _special(status.st_mode)
        reason = f"is {kind}, not a file: move it elsewhere or exclude it" if kind else unsupported(path)
        yield Failure(path, reason) if reason else Entry(path, status.st_size, status.st_mtime_ns)

    def _meets(self, root: str, real: str) -> bool:
        """Whether the walk under the given path `root` comes by `real` (both without links)."""
        below = os.path.relpath(real, root)
        if below == os.curdir:
            return True
        parts = below.split(os.sep)
        return not any(
            is_hidden(part) or self._exclude.matches(part, os.path.join(root, *parts[:number]), root)
            for number, part in enumerate(parts, start=1)
        )


class _Exclusion:
    """Glob patterns, compiled."""

    def __init__(self, patterns: Sequence[str]) -> None:
        patterns = [pattern.replace(os.sep, "/").removeprefix("./").rstrip("/") for pattern in patterns]
        self._names = _any([pattern for pattern in patterns if "/" not in pattern])
        self._paths = _any([pattern.lstrip("/") for pattern in patterns if "/" in pattern])

    def matches(self, name: str, path: str, root: str) -> bool:
        """Whether a file or folder is excluded: by its name, or by its path below the given path `root`."""
        if self._names and self._names.match(name):
            return True
        if not self._paths:
            return False
        return self._paths.match(os.path.relpath(path, root or os.curdir).replace(os.sep, "/")) is not None


def _any(patterns: list[str]) -> re.Pattern[str] | None:
    return re.compile("|".join(fnmatch.translate(pattern) for pattern in patterns)) if any(patterns) else None


def _parents(real: str, itself: bool = False) -> Iterator[str]:
    if itself:
        yield real
    while (parent := os.path.dirname(real)) != real:
        yield parent
        real = parent


def _identity(status: os.stat_result) -> tuple[int, int]:
    return status.st_dev, status.st_ino


def _special(mode: int) -> str:
    """What a path is that is no file; "" for a file."""
    if stat.S_ISFIFO(mode):
        return "a named pipe"
    if stat.S_ISSOCK(mode):
        return "a socket"
    return "" if stat.S_ISREG(mode) else "a device"


def _is_utf8(name: str) -> bool:
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _not_utf8(path: str) -> Failure:
    return Failure(printable(path), "has a name that is not UTF-8: rename it (for example with convmv)")


def _reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "does not exist"
    if isinstance(error, PermissionError):
        return "cannot be opened: you have no permission to read it"
    return f"cannot be opened: {error.strerror or error}"
