"""A file of named sections, written once and then read through memory mapping.

The sections stand one after the other, then comes a table of contents (JSON: a description, and for each section its
offset, length and CRC-32), then the table's offset and CRC-32. A section is checked when it is first used.
Numbers are little-endian arrays.
"""

from __future__ import annotations

import contextlib
import json
import mmap
import sys
import zlib
from array import array
from pathlib import Path
from struct import Struct
from typing import Any, Literal

from searchkit.engines import durable

_MAGIC = b"searchkit segment 1\n"
_TRAILER = Struct("<QI")


class SectionWriter:
    """Writes such a file: `add` for whole sections, `begin` and `write` for one that streams."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._sections: dict[str, tuple[int, int, int | None]] = {}
        self._file = open(path, "xb", buffering=1 << 18)  # noqa: SIM115 (closed by finish or abandon)
        self._file.write(_MAGIC)
        self._streaming: tuple[str, int] | None = None
        self.write = self._file.write

    def begin(self, name: str) -> None:
        """Begin a section: all that is written until the next belongs to it; it has no checksum of its own."""
        self._end()
        self._streaming = name, self._file.tell()

    def add(self, name: str, content: bytes | bytearray) -> None:
        self._end()
        self._sections[name] = self._file.tell(), len(content), zlib.crc32(content)
        self._file.write(content)

    def add_numbers(self, name: str, numbers: array[int]) -> None:
        if sys.byteorder == "big":
            numbers = numbers[:]
            numbers.byteswap()
        self.add(name, numbers.tobytes())

    def finish(self, description: dict[str, Any]) -> int:
        """Make the file durable; returns its size in bytes."""
        self._end()
        offset = self._file.tell()
        contents = json.dumps({**description, "sections": self._sections}).encode()
        self._file.write(contents + _TRAILER.pack(offset, zlib.crc32(contents)))
        size = self._file.tell()
        durable.sync(self._file)
        self._file.close()
        return size

    def abandon(self) -> None:
        """Give up: close and delete the file."""
        # Where the disk is full, closing fails, too: what is in the buffer cannot be written.
        with contextlib.suppress(OSError):
            self._file.close()
        durable.delete(self.path)

    def _end(self) -> None:
        if self._streaming:
            name, start = self._streaming
            self._sections[name] = start, self._file.tell() - start, None
            self._streaming = None


class Sections:
    """Reads such a file. Raises BrokenIndexError where it is damaged, OSError where it is not there.

    The file may be deleted meanwhile: what is mapped stays readable as long as this object lives.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        with open(path, "rb") as file:
            try:
                self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            except ValueError:
                raise durable.damaged(path, "it is empty") from None
        self._content = memoryview(self._map)
        self._checked: dict[str, memoryview] = {}
        self.description = self._read_contents()
        self._sections = self.description["sections"]

    def __contains__(self, name: str) -> bool:
        return name in self._sections

    def release(self) -> None:
        """Let the memory go that what was read takes; it is read again where it is needed."""
        if hasattr(mmap, "MADV_DONTNEED"):
            self._map.madvise(mmap.MADV_DONTNEED)

    def view(self, name: str) -> memoryview:
        """The bytes of a streamed section, unchecked."""
        start, length, _ = self._sections[name]
        return self._content[start : start + length]

    def content(self, name: str) -> memoryview:
        """The bytes of a section."""
        content = self._checked.get(name)
        if content is None:
            content = self.view(name)
            if zlib.crc32(content) != self._sections[name][2]:
                raise durable.damaged(self.path, f"{name} does not fit its checksum")
            self._checked[name] = content
        return content

    def numbers(self, name: str, typecode: Literal["I", "Q"]) -> memoryview:
        """The numbers of a section; "I" is 32 bits and "Q" 64."""
        content = self.content(name)
        if sys.byteorder == "little":
            return content.cast(typecode)
        numbers = array(typecode, content.tobytes())
        numbers.byteswap()
        return memoryview(numbers)

    def _read_contents(self) -> dict[str, Any]:
        end = len(self._content) - _TRAILER.size
        if end < len(_MAGIC) or self._content[: len(_MAGIC)] != _MAGIC:
            raise durable.damaged(self.path, "it is cut off, or no segment")
        offset, checksum = _TRAILER.unpack_from(self._content, end)
        contents = bytes(self._content[offset:end]) if offset <= end else b""
        if zlib.crc32(contents) != checksum or not contents:
            raise durable.damaged(self.path, "its table of contents does not fit its checksum")
        description: dict[str, Any] = json.loads(contents)
        return description
