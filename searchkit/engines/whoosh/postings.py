"""A posting list as bytes: the documents that hold a term, how often, and where.

Positions are numbered through a whole segment: a document's first position is its start, the next document's follow.
A phrase is then found by arithmetic on plain numbers, whatever the document. Documents and positions rise; each is
kept as its first number and the gaps after it, in arrays of the narrowest width that holds them:

    flags            1 byte: widths of the id gaps, counts and position gaps, and whether the arrays are deflated
    first id         4 bytes
    first position   4 bytes
    length           4 bytes, of the deflated ids and counts; absent where they are not deflated
    ids, counts      numbers of 1, 2 or 4 bytes; no counts where every count is 1
    positions        numbers of 1, 2 or 4 bytes; absent in fields without positions
    checksum         4 bytes, CRC-32 of all before

Ids and positions are below 2**32. All numbers are little-endian.
"""

from __future__ import annotations

import sys
import zlib
from array import array
from collections.abc import Sequence
from itertools import accumulate
from operator import sub
from struct import Struct

MAX_POSITION = 2**32 - 1

_HEADER = Struct("<BII")
_LENGTH = Struct("<I")
_TYPECODES = " BHI"
"""By the two bits that say a width; 0 is no array."""
_DEFLATED = 0x40
_WORTH_DEFLATING = 160
"""Bytes of arrays; below, deflating costs more time than it saves room."""


class Postings:
    """A posting list. `size` is its number of documents; `counts` is None where every count is 1."""

    __slots__ = ("_positions", "counts", "first", "first_position", "gaps", "size")

    def __init__(
        self,
        first: int,
        gaps: array[int],
        counts: array[int] | None,
        first_position: int,
        positions: tuple[bytes, str] | array[int] | None,
    ) -> None:
        """`positions`: the gaps after `first_position`, or their bytes and typecode, or None for none."""
        self.first = first
        self.gaps = gaps
        self.counts = counts
        self.first_position = first_position
        self.size = len(gaps) + 1
        self._positions = positions

    def ids(self) -> list[int]:
        """The documents, rising."""
        return list(accumulate(self.gaps, initial=self.first))

    def occurrences(self) -> int:
        return self.size if self.counts is None else sum(self.counts)

    def position_gaps(self) -> array[int] | None:
        """The gaps after `first_position`; None in a field without positions."""
        if isinstance(self._positions, tuple):
            content, typecode = self._positions
            if len(content) != (self.occurrences() - 1) * array(typecode).itemsize:
                content = zlib.decompress(content)
            self._positions = _unpack(content, typecode)
        return self._positions

    def positions(self) -> list[int]:
        """All positions, rising; empty in a field without."""
        gaps = self.position_gaps()
        return [] if gaps is None else list(accumulate(gaps, initial=self.first_position))


def from_numbers(ids: Sequence[int], counts: Sequence[int] | None, positions: Sequence[int]) -> Postings:
    """A posting list of rising ids and positions; no positions at all in a field without."""
    return Postings(
        ids[0],
        narrow(list(map(sub, ids[1:], ids))),
        None if counts is None else narrow(counts),
        positions[0] if positions else 0,
        narrow(list(map(sub, positions[1:], positions))) if positions else None,
    )


def narrow(numbers: Sequence[int]) -> array[int]:
    """The numbers in an array of the narrowest width that holds them."""
    largest = max(numbers, default=0)
    return array("B" if largest < 256 else "H" if largest < 65536 else "I", numbers)


def encode_one(id: int, position: int) -> bytes:
    """The bytes of a posting list of one occurrence, as half of all terms have."""
    record = _HEADER.pack(0x11, id, position)
    return record + _LENGTH.pack(zlib.crc32(record))


def encode(postings: Postings) -> bytes:
    """The bytes of a posting list."""
    positions = postings.position_gaps()
    flags = postings.gaps.itemsize.bit_length()
    head = _pack(postings.gaps)
    tail = b""
    if postings.counts is not None:
        flags |= postings.counts.itemsize.bit_length() << 2
        head += _pack(postings.counts)
    if positions is not None:
        flags |= positions.itemsize.bit_length() << 4
        tail = _pack(positions)
    if len(head) + len(tail) >= _WORTH_DEFLATING:
        flags |= _DEFLATED
        head = zlib.compress(head, 1)
        head = _LENGTH.pack(len(head)) + head
        tail = _shorter(zlib.compress(tail, 1), tail)
    record = _HEADER.pack(flags, postings.first, postings.first_position) + head + tail
    return record + _LENGTH.pack(zlib.crc32(record))


def decode(record: bytes, size: int) -> Postings:
    """The posting list of `size` documents. Raises ValueError where the checksum does not fit."""
    end = len(record) - _LENGTH.size
    if end < _HEADER.size or _LENGTH.unpack_from(record, end)[0] != zlib.crc32(record[:end]):
        raise ValueError("a posting list does not fit its checksum")
    flags, first, first_position = _HEADER.unpack_from(record)
    id_code, count_code, position_code = (_TYPECODES[flags >> shift & 3] for shift in (0, 2, 4))
    start = _HEADER.size
    id_bytes = (size - 1) << (flags & 3) - 1
    if flags & _DEFLATED:
        start += _LENGTH.size
        middle = start + _LENGTH.unpack_from(record, _HEADER.size)[0]
        head = zlib.decompress(record[start:middle])
    else:
        middle = start + id_bytes + (size << (flags >> 2 & 3) - 1 if count_code != " " else 0)
        head = record[start:middle]
    return Postings(
        first,
        _unpack(head[:id_bytes], id_code),
        None if count_code == " " else _unpack(head[id_bytes:], count_code),
        first_position,
        None if position_code == " " else (record[middle:end], position_code),
    )


def _shorter(deflated: bytes, plain: bytes) -> bytes:
    """Deflated bytes are told from plain ones by their length, so they must be shorter."""
    return deflated if len(deflated) < len(plain) else plain


def _pack(numbers: array[int]) -> bytes:
    """The numbers' lowest bytes, then their next bytes, and so on: high bytes resemble each other, and deflate well."""
    if sys.byteorder == "big":
        numbers = numbers[:]
        numbers.byteswap()
    content, width = numbers.tobytes(), numbers.itemsize
    return content if width == 1 else b"".join(content[byte::width] for byte in range(width))


def _unpack(content: bytes, typecode: str) -> array[int]:
    numbers = array(typecode)
    width = numbers.itemsize
    if width == 1:
        numbers.frombytes(content)
        return numbers
    size = len(content) // width
    woven = bytearray(len(content))
    for byte in range(width):
        woven[byte::width] = content[byte * size : (byte + 1) * size]
    numbers.frombytes(woven)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
