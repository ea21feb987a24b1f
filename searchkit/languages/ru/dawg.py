"""Reading a DAWG in place: a word list as an automaton, in the file that the dawgdic library writes.

The file is mapped into memory and never read as a whole, so that a look-up touches a few pages of several megabytes:

    count   uint32, little-endian
    units   count × uint32: the automaton, a double array (J. Aoe, 1989)
    size    uint32
    guide   size × 2 bytes: for each unit the label of its first child and of its next sibling

From a unit, the byte `label` leads to the unit `at ^ offset(units[at]) ^ label`, if that unit bears the label. What a
key stands for is written behind it: the key, the byte 1, base64 of a record, a newline.
"""

from __future__ import annotations

import mmap
import struct
from binascii import a2b_base64
from collections.abc import Iterator
from pathlib import Path

_LEAF = 1 << 31
_HAS_LEAF = 1 << 8
_MASK = 0xFFFFFFFF
_BYTES = [bytes((label,)) for label in range(256)]
_SEPARATOR = b"\x01"
ROOT = 0


class Dawg:
    """The automaton of a file. Raises OSError where the file is missing and ValueError where it is empty."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._map = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        end = 4 + 4 * int.from_bytes(self._map[:4], "little")
        self._units = self._map[4:end].cast("I")
        self._guide = self._map[end + 4 :]
        self._records: dict[int, tuple[tuple[int, ...], ...]] = {}

    def follow(self, key: bytes, at: int = ROOT) -> int:
        """The unit that `key` leads to from the unit `at`; -1 where no key goes on like this."""
        units = self._units
        for label in key:
            base = units[at]
            at = (at ^ ((base >> 10) << ((base & 0x200) >> 6)) ^ label) & _MASK
            if units[at] & (_LEAF | 0xFF) != label:
                return -1
        return at

    def value(self, at: int) -> int:
        """The number that stands for the key that led to a unit, in a file of keys and numbers; 0 for no key."""
        base = self._units[at]
        if not base & _HAS_LEAF:
            return 0
        return self._units[(at ^ ((base >> 10) << ((base & 0x200) >> 6))) & _MASK] & ~_LEAF

    def records(self, at: int, form: struct.Struct) -> tuple[tuple[int, ...], ...]:
        """The records of the key that led to the unit `at`, in the order of their bytes; a file has them in one form.

        An automaton has one unit for all keys that go on alike, so that the words of one paradigm share theirs and most
        are known already.
        """
        start = self.follow(_SEPARATOR, at)
        if start < 0:
            return ()
        found = self._records.get(start)
        if found is None:
            found = self._records[start] = tuple(form.unpack(a2b_base64(encoded)) for encoded in self._below(start))
        return found

    def _below(self, start: int) -> Iterator[bytes]:
        """The characters that follow a unit in keys, in the guide's order."""
        units, guide = self._units, self._guide
        pending = [(start, b"")]
        while pending:
            at, read = pending.pop()
            base = units[at]
            if base & _HAS_LEAF:
                yield read
            label = guide[2 * at]
            if not label:
                continue
            children = at ^ ((base >> 10) << ((base & 0x200) >> 6))
            found = []
            while label:
                child = (children ^ label) & _MASK
                found.append((child, read + _BYTES[label]))
                label = guide[2 * child + 1]
            pending += reversed(found) if len(found) > 1 else found
