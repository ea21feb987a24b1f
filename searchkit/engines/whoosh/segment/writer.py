"""Writes a segment (see `segment` for its sections)."""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Iterable, Sequence
from pathlib import Path

from searchkit.engines.whoosh.segment.section_file import SectionWriter
from searchkit.engines.whoosh.segment.segment import KINDS, TEXTS, head, key_of, length_classes
from searchkit.terms.fields import FIELDS


class SegmentWriter:
    """All documents first, then `add_field` for each field, then `finish`; or `abandon`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.count = 0
        self.positions = dict.fromkeys(KINDS, 0)
        """The number of positions so far."""
        self.starts = {kind: array("I") for kind in KINDS}
        self.sizes = {kind: array("I") for kind in KINDS}
        self.lengths = {field: array("I") for field in FIELDS}
        """To be filled by whoever adds the documents."""
        self._texts = {name: bytearray() for name in TEXTS}
        self._text_starts = {name: array("Q", [0]) for name in self._texts}
        self._stored_starts = array("Q", [0])
        self._checks = array("I")
        self._keys = array("Q")
        self._days = {"days.first": array("I"), "days.last": array("I")}
        self._terms: dict[str, tuple[bytearray, dict[str, array[int]]]] = {}
        self._pointer = 0
        self._file = SectionWriter(path)
        self._file.begin("stored")

    def add_document(
        self,
        texts: Sequence[bytes],
        stored: bytes,
        days: tuple[int, int],
        sizes: Sequence[int],
    ) -> int:
        """Returns the document's number. `texts` follow TEXTS, `sizes` KINDS."""
        for (name, content), text in zip(self._texts.items(), texts, strict=True):
            content += text
            self._text_starts[name].append(len(content))
        self._keys.append(key_of(texts[0]))
        self._file.write(stored)
        self._stored_starts.append(self._stored_starts[-1] + len(stored))
        self._checks.append(zlib.crc32(stored))
        for days_of, day in zip(self._days.values(), days, strict=True):
            days_of.append(day)
        for kind, size in zip(KINDS, sizes, strict=True):
            self.starts[kind].append(self.positions[kind])
            self.sizes[kind].append(size)
            self.positions[kind] += size
        self.count += 1
        return self.count - 1

    def id(self, document: int) -> bytes:
        start, end = self._text_starts["ids"][document : document + 2]
        return bytes(self._texts["ids"][start:end])

    def add_field(self, field: str, entries: Iterable[tuple[bytes, int, bytes]]) -> None:
        """Write a field's terms, in order: (term, in how many documents, encoded posting list)."""
        if not self._terms:
            self._file.begin("postings")
        terms, starts, heads = bytearray(), array("Q", [0]), array("Q")
        frequencies, pointers = array("I"), array("Q", [self._pointer])
        write = self._file.write
        for term, frequency, record in entries:
            terms += term
            starts.append(len(terms))
            heads.append(head(term))
            frequencies.append(frequency)
            write(record)
            self._pointer += len(record)
            pointers.append(self._pointer)
        self._terms[field] = (
            terms,
            {"terms.{}.starts": starts, "heads.{}": heads, "frequencies.{}": frequencies, "pointers.{}": pointers},
        )

    def finish(self) -> int:
        """Write what remains and make the file durable; returns its size in bytes."""
        file = self._file
        for field, (terms, numbers) in self._terms.items():
            file.add(f"terms.{field}", terms)
            for name, row in numbers.items():
                file.add_numbers(name.format(field), row)
        for name, content in self._texts.items():
            file.add(name, content)
            file.add_numbers(f"{name}.starts", self._text_starts[name])
        file.add_numbers("stored.starts", self._stored_starts)
        file.add_numbers("stored.checks", self._checks)
        file.add_numbers("order", array("I", sorted(range(self.count), key=self.id)))
        by_key = array("I", sorted(range(self.count), key=self._keys.__getitem__))
        file.add_numbers("keys", array("Q", map(self._keys.__getitem__, by_key)))
        file.add_numbers("key.documents", by_key)
        for name, days in self._days.items():
            file.add_numbers(name, days)
        for kind in KINDS:
            file.add_numbers(f"{kind}.starts", self.starts[kind])
            file.add_numbers(f"{kind}.sizes", self.sizes[kind])
        for field, lengths in self.lengths.items():
            file.add_numbers(f"length.{field}", lengths)
            file.add(f"class.{field}", length_classes(lengths))
        return file.finish({"documents": self.count})

    def abandon(self) -> None:
        """Give up: close and delete the file."""
        self._file.abandon()
