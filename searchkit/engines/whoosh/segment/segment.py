"""A segment: documents and their postings in one file (see `section_file`) that never changes once it is written.

    stored                       the stored bytes, one document after the other
    stored.starts, .checks       where each begins, and the end; the CRC-32 of each
    postings                     the posting lists (see `postings`), each with its own checksum
    ids, hashes, paths, files    texts of the documents, one after the other; files are missing in older segments
    ids.starts ...               where each begins, and the end
    order                        the documents in order of id
    keys, key.documents          digests of the ids, rising, and the documents they belong to
    days.first, days.last        the period of the document's date (see `filters.period`), 0 where it has none
    text.starts, text.sizes      first position and number of positions of each document; so for title
    length.F                     the number of terms of field F in each document
    class.F                      the same in a byte (see `length_classes`)
    terms.F, terms.F.starts      the terms of field F in order, one after the other; where each begins, and the end
    heads.F                      the first bytes of each term as a number (see `head`)
    frequencies.F, pointers.F    in how many documents each term stands; where its posting list begins, and the end

Texts are UTF-8 that may hold lone surrogates; their order as bytes is their order as text.
"""

from __future__ import annotations

import zlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import lru_cache
from hashlib import blake2b
from itertools import pairwise
from pathlib import Path

from searchkit.engines import durable
from searchkit.engines.whoosh.segment.postings import Postings, decode
from searchkit.engines.whoosh.segment.section_file import Sections
from searchkit.terms.fields import FIELDS, TITLE_FIELDS

KINDS = ("text", "title")
"""The fields of a kind count positions together."""
LANGUAGE = "language"
"""The field of the documents' languages, which has no positions."""
TERM_FIELDS = (*FIELDS, LANGUAGE)
TEXTS = ("ids", "hashes", "paths", "files")
"""Sections with one text for each document."""


def kind_of(field: str) -> str:
    return "title" if field in TITLE_FIELDS else "text"


def to_bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def to_text(content: bytes | memoryview) -> str:
    return str(content, "utf-8", "surrogatepass")


def key_of(id: bytes) -> int:
    """The digest under which an id is looked up; two ids may share one."""
    return int.from_bytes(blake2b(id, digest_size=8).digest(), "little")


LEAST_LENGTHS = (0, *(int(2 ** (number / 16)) for number in range(255)))
"""Of each class of lengths the least; sixteen classes double it."""


def length_classes(lengths: Iterable[int]) -> bytes:
    """The class of each length: the last whose least length it reaches."""
    classes = _LengthClasses()
    return bytes(map(classes.__getitem__, lengths))


def head(term: bytes) -> int:
    """A number of a term's first 8 bytes; the numbers of terms in order do not fall.

    An abbreviated key (Nyberg and others, AlphaSort, 1994): binary search compares numbers, and reads only terms that begin
    alike. "abc" is 0x6162630000000000. One of 97,000 terms is found in 1.7 µs instead of 3.9; a query with its translations looks
    forty up in each segment.
    """
    return int.from_bytes(term[:8].ljust(8, b"\0"), "big")


_head = lru_cache(4096)(head)
"""Of terms that are looked up, as each is in one segment after the other."""


class _LengthClasses(dict[int, int]):
    def __missing__(self, length: int) -> int:
        found = self[length] = bisect_right(LEAST_LENGTHS, length) - 1
        return found


class Texts:
    """One text after the other."""

    def __init__(self, sections: Sections, name: str) -> None:
        self.content = sections.content(name)
        self.starts = sections.numbers(f"{name}.starts", "Q")

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, number: int) -> bytes:
        return self.content[self.starts[number] : self.starts[number + 1]].tobytes()

    def some(self, numbers: range) -> list[str]:
        """The texts of a range of numbers, decoded."""
        starts = self.starts[numbers.start : numbers.stop + 1]
        if not numbers:
            return []
        first = starts[0]
        content = self.content[first : starts[-1]].tobytes()
        return [to_text(content[start - first : end - first]) for start, end in pairwise(starts)]


class Terms:
    """The terms of a field, in order, with their postings."""

    def __init__(self, sections: Sections, field: str) -> None:
        self.texts = Texts(sections, f"terms.{field}")
        self._heads = sections.numbers(f"heads.{field}", "Q")
        self.frequencies = sections.numbers(f"frequencies.{field}", "I")
        self._pointers = sections.numbers(f"pointers.{field}", "Q")
        self._count = len(self.texts)
        self._postings = sections.view("postings")
        self._path = sections.path

    def __len__(self) -> int:
        return self._count

    def find(self, term: bytes) -> int:
        """The number of a term, -1 where it is not there."""
        number = self._first_from(term)
        return number if number < self._count and self.texts[number] == term else -1

    def beginning_with(self, prefix: bytes) -> range:
        """The numbers of the terms that begin with these bytes of UTF-8."""
        if not prefix:
            return range(len(self))
        return range(self._first_from(prefix), self._first_from(prefix[:-1] + bytes([prefix[-1] + 1])))

    def all(self) -> list[str]:
        return self.texts.some(range(len(self)))

    def postings(self, number: int) -> Postings:
        start, end = self._pointers[number : number + 2]
        try:
            return decode(self._postings[start:end].tobytes(), self.frequencies[number])
        except (ValueError, zlib.error) as error:
            raise durable.damaged(self._path, str(error)) from None

    def _first_from(self, term: bytes) -> int:
        number = _head(term)
        low = bisect_left(self._heads, number)
        if low == self._count or self._heads[low] != number:
            return low
        alike = range(low, bisect_right(self._heads, number, low))
        return low + bisect_left(alike, term, key=self.texts.__getitem__)


class Segment:
    """An open segment. Raises BrokenIndexError where its file is damaged, OSError where it is not there."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.sections = Sections(path)
        self.count: int = self.sections.description["documents"]
        self._terms: dict[str, Terms] = {}
        self._texts: dict[str, Texts] = {}

    def terms(self, field: str) -> Terms:
        terms = self._terms.get(field)
        if terms is None:
            terms = self._terms[field] = Terms(self.sections, field)
        return terms

    def postings(self, field: str, term: bytes) -> Postings | None:
        terms = self.terms(field)
        number = terms.find(term)
        return None if number < 0 else terms.postings(number)

    def texts(self, name: str) -> Texts:
        """Those of TEXTS."""
        texts = self._texts.get(name)
        if texts is None:
            texts = self._texts[name] = Texts(self.sections, name)
        return texts

    def numbers(self, name: str) -> memoryview:
        """A section of 32-bit numbers."""
        return self.sections.numbers(name, "I")

    def length_classes(self, field: str) -> memoryview:
        """The length of the field in each document, as `length_classes`."""
        return self.sections.content(f"class.{field}")

    def positions(self) -> int:
        """The number of positions of the kind that has more."""
        return max(sum(self.numbers(f"{kind}.{part}")[-1] for part in ("starts", "sizes")) for kind in KINDS)

    def id(self, document: int) -> str:
        return to_text(self.texts("ids")[document])

    def file(self, document: int) -> str:
        """The name of the document's file, "" in a segment of before those were kept."""
        return to_text(self.texts("files")[document]) if "files" in self.sections else ""

    def find(self, id: bytes, key: int) -> Iterator[int]:
        """The documents of this id, living and deleted; `key` is `key_of(id)`."""
        keys = self.sections.numbers("keys", "Q")
        for number in range(bisect_left(keys, key), self.count):
            if keys[number] != key:
                return
            document = self.numbers("key.documents")[number]
            if self.texts("ids")[document] == id:
                yield document

    def stored(self, document: int) -> bytes:
        start, end = self.sections.numbers("stored.starts", "Q")[document : document + 2]
        stored = self.sections.view("stored")[start:end].tobytes()
        if zlib.crc32(stored) != self.numbers("stored.checks")[document]:
            raise durable.damaged(self.path, f"document {document} does not fit its checksum")
        return stored
