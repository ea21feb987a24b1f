"""The checksum beside the manifest, and the files of SQLite beside it.

The checksum is deleted before the first change and written when the manifest is closed: without it the last run did not come to
its end.
"""

from __future__ import annotations

import os
from pathlib import Path

from searchkit.engines import durable

_ENDINGS = ("", "-journal", "-wal", "-shm", ".crc32", ".crc32.new", ".new", ".new-journal", ".new-wal", ".new-shm")


def seal(file: Path) -> None:
    """A manifest that comes from elsewhere is as it was closed there."""
    durable.replace(seal_of(file), sealed(file))


def is_sealed(file: Path) -> bool:
    """Whether a manifest was closed after its last change."""
    try:
        return seal_of(file).read_bytes() == sealed(file)
    except OSError:
        return False


def forget(file: Path) -> None:
    """Delete a manifest and what stands beside it."""
    for path in companions(file):
        durable.make_way(path)
        path.unlink(missing_ok=True)


def unseal(file: Path) -> None:
    """From here on a manifest is not to be believed until it has been compared with the engine, whose documents will be others."""
    durable.make_way(seal_of(file))
    seal_of(file).unlink(missing_ok=True)
    durable.sync_folder(file.parent)


def seal_of(file: Path) -> Path:
    """The file that holds the checksum of a manifest."""
    return file.with_name(file.name + ".crc32")


def sealed(file: Path) -> bytes:
    """The seal's contents for a file as it is now."""
    return f"{durable.checksum(file):08x}\n".encode()


def companions(file: Path) -> list[Path]:
    """The names of a manifest and of what may stand beside it."""
    return [file.with_name(file.name + end) for end in _ENDINGS]


def is_readable(file: Path) -> bool:
    """Whether there is a manifest, and nothing in the place of a file beside it that SQLite would wait for."""
    return file.is_file() and all(path.is_file() or not os.path.lexists(path) for path in companions(file))


def journal_of(file: Path) -> Path:
    """The journal that SQLite leaves beside a manifest whose last change was cut short."""
    return file.with_name(file.name + "-journal")
