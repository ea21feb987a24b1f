"""Files that survive a crash: synced contents, atomic replacement, and what to say where one is damaged."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import stat
import sys
import time
import zlib
from collections.abc import Callable
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import IO, Any, TypeVar

from searchkit.errors import BrokenIndexError, OutdatedIndexError

Result = TypeVar("Result")

REPAIR = "`searchkit verify --repair` mends it from the files that it was made of"
"""The advice at the end of each message about damage."""
_CHUNK = 1 << 20
_PATIENCE = 2.0
"""Seconds to retry on Windows what fails while someone has the file open."""


def damaged(path: Path, what: str) -> BrokenIndexError:
    return BrokenIndexError(f"The index file {path} is damaged ({what}): {REPAIR}.")


def gone(folder: Path) -> BrokenIndexError:
    return BrokenIndexError(f"The index in {folder} is gone: put the folder back, or index the documents again.")


def outdated(folder: Path, found: int) -> OutdatedIndexError:
    return OutdatedIndexError(
        f"The index in {folder} has the earlier format {found}: `searchkit index` brings it up, and until then it can be searched."
    )


def too_new(folder: Path, found: object, known: int) -> BrokenIndexError:
    return BrokenIndexError(
        f"The index in {folder} has format {found}, this searchkit reads up to {known}: use the newer searchkit that made it."
    )


def sync(file: IO[Any]) -> None:
    """Have the contents of an open file on the disk itself."""
    file.flush()
    if sys.platform == "darwin":
        import fcntl

        # On macOS, fsync leaves the contents in the drive's cache.
        with contextlib.suppress(OSError):
            fcntl.fcntl(file.fileno(), fcntl.F_FULLFSYNC)
            return
    os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Have the names in a folder on the disk itself; Windows has no such thing."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def replace(path: Path, content: bytes) -> None:
    """Put `content` in the place of a file, all or nothing, durably."""
    temporary = path.with_name(path.name + ".new")
    make_way(path)
    make_way(temporary)
    if temporary.is_symlink():
        os.unlink(temporary)
    with open(temporary, "wb") as file:
        file.write(content)
        sync(file)
    rename(temporary, path)
    sync_folder(path.parent)


def replace_checked(path: Path, content: dict[str, Any], number: int) -> None:
    """As `replace`, for a value written as JSON with its checksum.

    `number` is that of the version: the size of the file differs from that of the versions before it, since a new file can
    have the inode and the time of an old one, and readers look at those to learn whether it is another.
    """
    line = json.dumps(content).encode() + b" " * (number % 61)
    replace(path, line + b"\n" + sha256(line).hexdigest().encode() + b"\n")


def read_checked(path: Path) -> dict[str, Any]:
    """Reads a file that `replace_checked` wrote. Raises BrokenIndexError where it does not fit its checksum, OSError."""
    line, _, rest = patiently(path.read_bytes).partition(b"\n")
    # Indexes of earlier formats have blanks at the end; any other byte that is not as it was written is damage.
    if sha256(line).hexdigest().encode() + b"\n" != rest.rstrip(b" "):
        raise damaged(path, "it does not fit its checksum")
    content: dict[str, Any] = json.loads(line)
    return content


def checksum(path: Path) -> int:
    """The CRC-32 of a file: of what the standard library has, it is the quickest that finds every single flipped bit."""
    value = 0
    with open(path, "rb") as file:
        while chunk := file.read(_CHUNK):
            value = zlib.crc32(chunk, value)
    return value


def problem(path: Path, size: int, expected: int) -> str:
    """The damage found in a file of a commit, "" for none; every byte is read."""
    try:
        actual = path.stat().st_size
        if actual != size:
            return f"{path} has {actual} bytes instead of {size}."
        return "" if checksum(path) == expected else f"{path} does not fit its checksum."
    except FileNotFoundError:
        return f"{path} is missing."
    except OSError as error:
        return f"{path} cannot be read ({error.strerror})."


def contents(path: Path) -> bytes:
    """The bytes of a file. Raises ValueError where what stands there is none, such as a folder or a link in a circle, OSError."""
    try:
        mode = os.stat(path).st_mode
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise ValueError(f"{path} is a link in a circle") from error
        raise
    if not stat.S_ISREG(mode):
        raise ValueError(f"{path} is no file")
    return path.read_bytes()


def make_way(path: Path) -> None:
    """Take away what stands in the place of a file of ours and is none, such as a folder or a link that leads nowhere. What
    may hold something is kept under another name."""
    try:
        if stat.S_ISREG(os.stat(path).st_mode):
            return
    except OSError as error:
        if not path.is_symlink():  # nothing there, or not for us to see
            return
        if error.errno not in (errno.ENOENT, errno.ELOOP):
            raise
    if path.is_symlink():
        os.unlink(path)
        return
    with contextlib.suppress(OSError):
        os.rmdir(path)
        return
    rename(path, path.with_name(f"{path.name}.aside-{os.urandom(4).hex()}"))


def rename(source: Path, target: Path) -> None:
    """Put a file in the place of another, in one step."""
    patiently(partial(os.replace, source, target))


def patiently(action: Callable[[], Result]) -> Result:
    """Do what Windows does not let be done while someone else has the file open, as soon as it does."""
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            return action()
        except PermissionError:
            if os.name != "nt" or time.monotonic() > deadline:
                raise
            time.sleep(0.01)


def delete(path: Path) -> None:
    """Delete a file, if it is there and the system lets us; on Windows it does not while a reader has it open."""
    with contextlib.suppress(OSError):
        os.unlink(path)
