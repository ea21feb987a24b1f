"""Errors of the operating system in reading and writing, as sentences that say what to do."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from searchkit.engines import durable
from searchkit.errors import SearchkitError, StorageError

_SOME = 1 << 20
_STAYS = "what was saved before is unharmed"

_SENTENCES = {
    errno.ENOSPC: f"The disk of {{path}} is full: free some space and run it again; {_STAYS}.",
    errno.EDQUOT: f"Your share of the disk of {{path}} is used up: free some space and run it again; {_STAYS}.",
    errno.EIO: f"The disk of {{path}} fails to read or write: check the disk and its cable, and run it again; {_STAYS}.",
    errno.EROFS: "The disk of {path} can only be read: make it writable, or keep the index elsewhere.",
    errno.EACCES: "There is no permission for {path}: have it given to you, or run as the user who owns it.",
    errno.EMFILE: "Too many files are open for {path} to be opened: raise the limit (ulimit -n) and run it again.",
    errno.ENFILE: "The system has too many files open for {path} to be opened: close other programs and run it again.",
    errno.ENOMEM: "Memory does not suffice for {path}: close other programs and run it again.",
}
_SENTENCES[errno.EPERM] = _SENTENCES[errno.EACCES]
_OTHER = f"{{path}} cannot be read or written ({{what}}): mend that and run it again; {_STAYS}."

_OF_WINDOWS = {5: errno.EACCES, 4: errno.EMFILE, 8: errno.ENOMEM, 19: errno.EROFS, 23: errno.EIO, 112: errno.ENOSPC}
"""Windows's own numbers, as libraries that do not go through Python give them."""


def storage_error(path: Path | str, number: int, what: str = "") -> StorageError:
    """The error for a number of `errno`."""
    sentence = _SENTENCES.get(number, _OTHER)
    error = StorageError(sentence.format(path=path, what=what or os.strerror(number)))
    error.errno = number
    return error


def storage_error_of(path: Path | str, number: int) -> StorageError:
    """The error for a number of the system's own, which on Windows is not one of `errno`."""
    return storage_error(path, _OF_WINDOWS.get(number, 0) or number if os.name == "nt" else number)


def try_to_write(folder: Path) -> None:
    """Write and delete a file of some size. Raises OSError where that cannot be done."""
    path = folder / "commit.json.new"
    try:
        with open(path, "wb") as file:
            file.write(bytes(_SOME))
            durable.sync(file)
    finally:
        durable.delete(path)


@contextmanager
def explained(folder: Path) -> Iterator[None]:
    """An OSError as StorageError, about its own file or, where it names none, the folder."""
    try:
        yield
    except (SearchkitError, FileNotFoundError):
        # Whoever looks for a file knows best what it means that it is not there.
        raise
    except OSError as error:
        if error.errno is None:
            raise
        raise storage_error(error.filename or folder, error.errno, error.strerror or "") from error
