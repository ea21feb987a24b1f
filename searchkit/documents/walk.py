"""The files under given paths: each once, sorted by name, folder by folder, with what must not be read reported.

Skipped silently: hidden files and folders, the lock and index files of programs (`~$x.docx`, `Thumbs.db`), whatever
`exclude` or a file `.searchkitignore` matches, and links to files and folders that are met under the given paths anyway. A
link that leads out of the given paths is skipped with a Notice, unless links are to be followed: who shares a folder may
not mean what it points to.
"""

from __future__ import annotations

import contextlib
import errno
import fnmatch
import os
import re
import stat
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from searchkit.documents import real_paths
from searchkit.documents.readers.formats import unsupported
from searchkit.model import Failure, Notice

_CLUTTER = frozenset(("thumbs.db", "desktop.ini", "__macosx", "$recycle.bin", "system volume information"))


IGNORE = ".searchkitignore"
"""A file in a folder that names what below it is not read: patterns as `exclude` has them, one a line, # before a comment."""


class Entry(NamedTuple):
    """A file to read. `path` begins with the given path it was found under; `size` is in bytes.

    `name` is the path for ids: its letters are composed (NFC), but where two names would become one. `changed_ns` is when its
    content, name or rights were last changed, which nobody can set; 0 on Windows, which does not say.
    """

    path: str
    name: str
    size: int
    mtime_ns: int
    changed_ns: int = 0

    @classmethod
    def of(cls, path: str, name: str, status: os.stat_result) -> Entry:
        """The entry of a file in this state."""
        return cls(path, name, status.st_size, status.st_mtime_ns, changed_ns(status))


def changed_ns(status: os.stat_result) -> int:
    """See `Entry`."""
    return 0 if os.name == "nt" else status.st_ctime_ns


class Skipped(NamedTuple):
    """A file of a format that is not read; `reason` is the same for all of its kind. A file that was given itself is a
    Failure instead."""

    path: str
    reason: str


def walk(
    paths: Iterable[str | os.PathLike[str]],
    exclude: Sequence[str] = (),
    leave_out: Sequence[str | os.PathLike[str]] = (),
    follow_links: bool = False,
    with_ocr: bool = False,
    within: Collection[str] | None = None,
) -> Iterator[Entry | Skipped | Failure | Notice]:
    """The files of supported formats under `paths`, others as Skipped, and a Failure for what should be read and cannot.

    `exclude`: patterns with * ? [ ]. One without a slash is held against the name of each file and folder, one with a
    slash against the path below the given path. Nothing below an excluded folder is read. A given folder is never
    excluded itself. `leave_out`: folders that are never entered, such as the index's own. `follow_links`: also those that
    lead out of `paths`. `with_ocr`: pictures are files to read as well. `within`: only what is at or below one of these
    paths, which begin as `paths` do. Folders are listed one at a time; memory does not grow with the number of files.
    """
    given, left_out = ([os.fspath(path) for path in several] for several in (paths, leave_out))
    yield from _Walk(given, exclude, left_out, follow_links, with_ocr, within).run()


def is_hidden(name: str) -> bool:
    """Whether a file or folder of this name is not for readers: hidden, or a program's own."""
    return name.startswith((".", "~$")) or name.lower() in _CLUTTER


class _Place(NamedTuple):
    """A file or folder: its path, and the same for ids (see `Entry`)."""

    path: str
    name: str
    exclusions: tuple[tuple[str, _Exclusion], ...] = ()
    """The patterns of what is not read below it: `exclude`, and the files `IGNORE` of the folders around it, each with its folder for ids."""


class _Walk:
    def __init__(
        self,
        paths: list[str],
        exclude: Sequence[str],
        leave_out: list[str],
        follow_links: bool,
        with_ocr: bool,
        within: Collection[str] | None,
    ) -> None:
        self._within = None if within is None else frozenset(within)
        self._around = frozenset(parent for path in self._within or () for parent in _parents(path))
        self._exclude = _Exclusion(exclude)
        self._follow_links = follow_links
        self._with_ocr = with_ocr
        # Folders that are not entered (again): those left out, and those that have been read.
        self._visited: set[tuple[int, int]] = set()
        for path in leave_out:
            with contextlib.suppress(OSError):
                self._visited.add(_identity(os.stat(path)))
        # Where the same place is given twice, the first spelling counts.
        self._roots: dict[str, str] = {}
        for path in paths:
            self._roots.setdefault(os.path.realpath(path), os.path.normpath(path) if path else path)

    def run(self) -> Iterator[Entry | Skipped | Failure | Notice]:
        for real, path in self._roots.items():
            if not real_paths.is_utf8(path):
                yield not_utf8(path)
                continue
            try:
                status = os.stat(path)
            except OSError as error:
                yield Failure(real_paths.composed(path), _reason(error))
                continue
            if any(self._meets(root, real) for root in _parents(real) if root in self._roots):
                continue
            name = real_paths.composed(path)
            if stat.S_ISDIR(status.st_mode):
                yield from self._folder(_Place(path, name, ((name, self._exclude),)), [])
            elif not self._is_asked_for(path):
                continue
            elif not self._exclude.matches(os.path.basename(name), name, os.path.dirname(name)):
                for item in self._file(_Place(path, name), status):
                    yield Failure(item.path, item.reason) if isinstance(item, Skipped) else item

    def _folder(self, folder: _Place, ancestors: list[tuple[int, int]]) -> Iterator[Entry | Skipped | Failure | Notice]:
        """The files in a folder; `ancestors` are the folders around it, by device and inode."""
        try:
            identity = _identity(os.stat(folder.path))
            if identity in ancestors:
                yield Failure(folder.name, "is a link to a folder that it lies in (a loop): remove the link")
                return
            if identity in self._visited:
                return
            self._visited.add(identity)
            with os.scandir(folder.path) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except OSError as error:
            yield Failure(folder.name, _reason(error))
            return
        if any(entry.name == IGNORE for entry in entries):
            try:
                patterns = _patterns(os.path.join(folder.path, IGNORE))
            except OSError as error:  # what nobody is to find must not be read for that
                yield Failure(_join(folder.name, IGNORE), _reason(error))
                return
            folder = folder._replace(exclusions=(*folder.exclusions, (folder.name, _Exclusion(patterns))))
        composed = Counter(real_paths.composed(entry.name) for entry in entries if not entry.name.isascii())
        for entry in entries:
            # Of two names that differ in the form of their letters alone, neither is changed.
            name = real_paths.composed(entry.name) if composed[real_paths.composed(entry.name)] == 1 else entry.name
            place = folder._replace(path=_join(folder.path, entry.name), name=_join(folder.name, name))
            if not self._is_asked_for(place.path):
                continue
            if is_hidden(name) or any(each.matches(name, place.name, base) for base, each in folder.exclusions):
                continue
            if not real_paths.is_utf8(entry.name):
                yield not_utf8(place.path)
                continue
            try:
                if _is_link(entry):
                    yield from self._link(place, [*ancestors, identity])
                elif entry.is_dir():
                    yield from self._folder(place, [*ancestors, identity])
                else:
                    yield from self._file(place, entry.stat())
            except FileNotFoundError:
                continue  # gone since the folder was listed
            except OSError as error:
                yield Failure(place.name, _reason(error))

    def _is_asked_for(self, path: str) -> bool:
        """Whether a path is at, below or around one of those that are looked for."""
        if self._within is None or path in self._around:
            return True
        return any(each in self._within for each in _parents(path, itself=True))

    def _link(self, link: _Place, ancestors: list[tuple[int, int]]) -> Iterator[Entry | Skipped | Failure | Notice]:
        try:
            status = os.stat(link.path)
        except OSError as error:
            # Without a target, and a link to itself, are told from a target that may not be looked at.
            broken = isinstance(error, FileNotFoundError)
            yield Failure(link.name, "is a link to nothing: remove it" if broken else _reason(error))
            return
        real = os.path.realpath(link.path)
        is_folder = stat.S_ISDIR(status.st_mode)
        roots = [parent for parent in _parents(real, itself=True) if parent in self._roots]
        if is_folder and _identity(status) in ancestors:
            yield Failure(link.name, "is a link to a folder that it lies in (a loop): remove the link")
        elif not roots and not self._follow_links:
            yield Notice(
                link.name, "is a link out of the given folder, and was not followed: --follow-links follows such links"
            )
        elif any(self._meets(root, real) for root in roots) and (
            is_folder or unsupported(real, self._with_ocr) is None
        ):
            return
        elif is_folder:
            yield from self._folder(link, ancestors)
        else:
            yield from self._file(link, status)

    def _file(self, file: _Place, status: os.stat_result) -> Iterator[Entry | Skipped | Failure]:
        if kind := _special(status.st_mode):
            yield Failure(file.name, f"is {kind}, not a file: move it elsewhere or exclude it")
        elif reason := unsupported(file.path, self._with_ocr):
            yield Skipped(file.name, reason)
        else:
            yield Entry.of(*file[:2], status)

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
        patterns = [
            real_paths.composed(pattern).replace(os.sep, "/").removeprefix("./").rstrip("/") for pattern in patterns
        ]
        self._names = _any([pattern for pattern in patterns if "/" not in pattern])
        self._paths = _any([pattern.lstrip("/") for pattern in patterns if "/" in pattern])

    def matches(self, name: str, path: str, root: str) -> bool:
        """Whether a file or folder is excluded: by its name, or by its path below the folder `root`."""
        if self._names and self._names.match(name):
            return True
        if not self._paths:
            return False
        return self._paths.match(os.path.relpath(path, root or os.curdir).replace(os.sep, "/")) is not None


def _patterns(path: str) -> list[str]:
    """The patterns in a file. Raises OSError, also for what is no file: a pipe would be waited for without end."""
    if not stat.S_ISREG(os.stat(path).st_mode):
        raise OSError(errno.EINVAL, "it is not a file")
    with open(path, encoding="utf-8-sig", errors="replace") as file:
        lines = [line.strip() for line in file]
    return [line for line in lines if line and not line.startswith("#")]


def _any(patterns: list[str]) -> re.Pattern[str] | None:
    return re.compile("|".join(fnmatch.translate(pattern) for pattern in patterns)) if any(patterns) else None


def _parents(real: str, itself: bool = False) -> Iterator[str]:
    if itself:
        yield real
    while (parent := os.path.dirname(real)) != real:
        yield parent
        real = parent


def _join(folder: str, name: str) -> str:
    return os.path.join(folder, name) if folder != os.curdir else name


def _is_link(entry: os.DirEntry[str]) -> bool:
    """Whether an entry leads elsewhere: a symbolic link, or on Windows a junction."""
    if entry.is_symlink():
        return True
    junction = getattr(stat, "IO_REPARSE_TAG_MOUNT_POINT", None)
    return getattr(entry.stat(follow_symlinks=False), "st_reparse_tag", 0) == junction


def _identity(status: os.stat_result) -> tuple[int, int]:
    return status.st_dev, status.st_ino


def _special(mode: int) -> str:
    """The kind of a path that is no regular file; "" for a file."""
    if stat.S_ISFIFO(mode):
        return "a named pipe"
    if stat.S_ISSOCK(mode):
        return "a socket"
    return "" if stat.S_ISREG(mode) else "a device"


def not_utf8(path: str) -> Failure:
    """The failure of a path that cannot be written as UTF-8."""
    return Failure(real_paths.printable(path), "has a name that is not UTF-8: rename it (for example with convmv)")


def _reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "does not exist"
    if isinstance(error, PermissionError):
        return "cannot be opened: you have no permission to read it"
    return f"cannot be opened: {error.strerror or error}"
