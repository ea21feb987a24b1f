"""Files within files: what an archive, a mailbox or a letter holds, and the limits of unpacking."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import BinaryIO, NamedTuple

DEEPEST = 4
"""Archives in archives beyond this depth are not opened."""
MOST = 20_000
"""Members of one file, those of inner archives included."""
LARGEST_MEMBER = 256 << 20
"""Bytes of one unpacked member."""
LARGEST_IN_ALL = 2 << 30
"""Bytes that all members of one file unpack to."""


class Member(NamedTuple):
    """A file within a file. `name` is its path there, with /; `reason` says why it has no `data`."""

    name: str
    data: bytes = b""
    reason: str = ""


Unpack = Callable[[BinaryIO], Iterator[Member]]
"""The members of an open file, one at a time. Raises DocumentError where it cannot be opened at all."""


class Budget:
    """How much may still be unpacked from one file."""

    def __init__(self) -> None:
        self._members = MOST
        self._bytes = LARGEST_IN_ALL

    def take(self, size: int) -> bool:
        """Take a member of `size` bytes from it; False where there is no room left."""
        self._members -= 1
        self._bytes -= size
        return self._members >= 0 and self._bytes >= 0


def safe_name(name: str) -> str:
    """The name of a member without what would lead out of its archive; "" for what systems put there for themselves."""
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    if not parts or parts[0] == "__MACOSX" or any(part.startswith(".") for part in parts):
        return ""
    return "/".join(parts)


def distinct(name: str, names: set[str]) -> str:
    """The name, or the name with a number where another member has it already; `names` takes it in."""
    stem, ending = os.path.splitext(name)
    number, found = 1, name
    while found in names:
        number += 1
        found = f"{stem}~{number}{ending}"
    names.add(found)
    return found
