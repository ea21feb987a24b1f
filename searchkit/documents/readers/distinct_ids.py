"""Which ids of a file's records have come before, and others in their place."""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Iterable


class DistinctIds:
    """The ids of a file, each made distinct from those before it.

    Of each id it keeps 64 bits of its hash, in a hash table with open addressing and linear probing (Knuth, The Art of
    Computer Programming, vol. 3, 6.4): 16 to 32 bytes a row, where a set of texts takes about 150, so that a catalogue of
    ten million rows stays within the memory of a worker. By chance two of ten million ids share their 64 bits once in
    300,000 such files; then one row is kept apart without need.
    """

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self.repeated = 0
        self.example = ""
        self._slots = array("Q", bytes(8 * 1024))  # 0 is an empty slot
        self._used = 0
        self._last: dict[int, int] = {}  # of ids that repeat: the last number given
        for id in taken:
            self._add(_key(id))

    def distinct(self, id: str) -> str:
        """`id` itself where it is new, else `id~N` with the lowest N that makes it new."""
        key = _key(id)
        if self._add(key):
            return id
        number = self._last.get(key, 1) + 1
        while not self._add(_key(other := f"{id}~{number}")):
            number += 1
        self._last[key] = number
        self.repeated += 1
        self.example = self.example or other
        return other

    def _add(self, key: int) -> bool:
        """Note a key; False where it was there."""
        slots = self._slots
        if 2 * self._used >= len(slots):
            slots = self._slots = self._larger()
        place = _place(slots, key)
        if slots[place]:
            return False
        slots[place] = key
        self._used += 1
        return True

    def _larger(self) -> array[int]:
        larger = array("Q", bytes(16 * len(self._slots)))
        for key in filter(None, self._slots):
            larger[_place(larger, key)] = key
        return larger


def _key(id: str) -> int:
    """64 bits of a hash, never 0; the same in every process."""
    return int.from_bytes(hashlib.blake2b(id.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big") or 1


def _place(slots: array[int], key: int) -> int:
    """The slot that holds `key`, or the empty one where it belongs."""
    mask = len(slots) - 1
    place = key & mask
    while slots[place] not in (0, key):
        place = (place + 1) & mask
    return place
