"""Names of files: one name for one place, whichever way leads there, and a name that can be shown.

A place may be given through symbolic links, in another case on Windows and macOS, or with its letters decomposed, as a Mac
writes them (й as и and a breve). Ids and paths of documents are composed (Unicode NFC); the file is opened by the name
that it has.
"""

from __future__ import annotations

import contextlib
import os
import re
import sys
import unicodedata

_HALVES = re.compile("[\ud800-\udfff]")


def real_path(path: str) -> str:
    """The one absolute path of a place: without links, in the case that the file system has.

    What of the path does not exist stays as it is given.
    """
    real = os.path.realpath(path)
    if sys.platform not in ("darwin", "win32"):
        return real
    drive, rest = os.path.splitdrive(real)
    result = drive.upper() + os.sep
    for part in filter(None, rest.split(os.sep)):
        result = os.path.join(result, _as_listed(result, part))
    return result


def composed(path: str) -> str:
    """`path` in NFC, as ids have it."""
    return path if path.isascii() else unicodedata.normalize("NFC", path)


def existing(path: str) -> str:
    """The path of the file whose name, composed, is `path`; `path` itself where there is none."""
    if path.isascii() or os.path.lexists(path):
        return path
    folder, name = os.path.split(path)
    if not name:
        return path
    folder = existing(folder)
    if not os.path.lexists(os.path.join(folder, name)):
        with contextlib.suppress(OSError):
            name = next((other for other in os.listdir(folder) if composed(other) == name), name)
    return os.path.join(folder, name)


def is_utf8(name: str) -> bool:
    """Whether a name can be written as UTF-8: not where it has bytes, or on Windows half characters, that are none."""
    return not _HALVES.search(name)


def printable(path: str) -> str:
    """`path` with what is not UTF-8 written as \\xNN (a byte) or \\uNNNN (half a character), so that it can be shown."""
    return _HALVES.sub(_escaped, path)


def _escaped(half: re.Match[str]) -> str:
    code = ord(half[0])
    # Python has a byte that is not UTF-8 as U+DC80 to U+DCFF (PEP 383), but on Windows, where names are UTF-16.
    return f"\\x{code - 0xDC00:02x}" if 0xDC80 <= code <= 0xDCFF and sys.platform != "win32" else f"\\u{code:04x}"


def _as_listed(folder: str, name: str) -> str:
    """The name in `folder` of what a file system that ignores case, or the form of letters, finds as `name`."""
    try:
        names = os.listdir(folder)
        if name in names:
            return name
        alike = [other for other in names if _folded(other) == _folded(name)]
        return next((other for other in alike if _is_same(folder, other, name)), name)
    except OSError:
        return name


def _folded(name: str) -> str:
    return composed(name).casefold()


def _is_same(folder: str, one: str, other: str) -> bool:
    return os.path.samefile(os.path.join(folder, one), os.path.join(folder, other))
