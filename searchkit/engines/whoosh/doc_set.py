"""Sets of a segment's documents as large numbers: for sets of many documents, of which plain sets would be slow.

A bitset (Lucene's FixedBitSet), but with a whole byte for each document, so that it has the shape of a list of counts or bounds, and Python's own
arithmetic on large numbers works on all documents at once: of five documents, {0, 2, 3} is 0x00_01_01_00_01 (the first document
is the lowest byte), and the union of two such sets is one `|`. Of 10,000 documents, two sets
of 1,000 are united in 0.6 µs instead of 24, and intersected in 0.5 instead of 7; a set of 3,000 takes 11 KB instead of 215.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from itertools import compress
from typing import Any

_ONES = b"\0" + b"\1" * 255


class DocSet(Set[int]):
    """A set of documents below `count`; `number` has the byte 1 for each of them. Works with plain sets, too."""

    __slots__ = ("_content", "count", "number")

    def __init__(self, number: int, count: int) -> None:
        self.number = number
        self.count = count
        self._content: bytes | None = None

    @classmethod
    def of(cls, documents: Iterable[int], count: int) -> DocSet:
        if isinstance(documents, DocSet):
            return documents
        content = bytearray(count)
        for document in documents:
            content[document] = 1
        return cls(int.from_bytes(content, "little"), count)

    @classmethod
    def of_counts(cls, number: int, count: int) -> DocSet:
        """Of the documents whose byte in a number is not 0."""
        return cls(int.from_bytes(number.to_bytes(count, "little").translate(_ONES), "little"), count)

    @classmethod
    def all(cls, count: int) -> DocSet:
        return cls(int.from_bytes(b"\1" * count, "little"), count)

    @property
    def content(self) -> bytes:
        """A byte for each document: 1 for those in the set, 0 for the others."""
        if self._content is None:
            self._content = self.number.to_bytes(self.count, "little")
        return self._content

    def __len__(self) -> int:
        return self.number.bit_count()

    def __bool__(self) -> bool:
        return self.number != 0

    def __iter__(self) -> Iterator[int]:
        return compress(range(self.count), self.content)

    def __contains__(self, document: object) -> bool:
        return isinstance(document, int) and self.content[document] == 1

    def __and__(self, other: Set[Any]) -> Set[int]:
        if isinstance(other, DocSet):
            return DocSet(self.number & other.number, self.count)
        content = self.content
        return {document for document in other if content[document]}

    __rand__ = __and__

    def __or__(self, other: Set[Any]) -> DocSet:
        return DocSet(self.number | DocSet.of(other, self.count).number, self.count)

    __ror__ = __or__

    def __sub__(self, other: Set[Any]) -> DocSet:
        if not other:
            return self
        return DocSet(self.number & ~DocSet.of(other, self.count).number, self.count)

    def __rsub__(self, other: Set[Any]) -> Set[int]:
        content = self.content
        return {document for document in other if not content[document]}
