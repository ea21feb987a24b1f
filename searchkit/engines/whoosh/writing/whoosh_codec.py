"""The Whoosh codec of our segments: how Whoosh's table of contents names them, and how Whoosh's own readers read them.

Whoosh keeps the table of contents, its generations and the schema; what is in a segment is `segment`'s, since Whoosh's own
codec unpickles what it reads and does not notice damage. CONTRIBUTING says how fast either is (benchmarks/engine.py). Whoosh's
readers and searchers work on these segments too, but for phrases.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from whoosh import fields
from whoosh.codec import base

from searchkit.engines.whoosh.generation import EXTENSION, INDEX_NAME, SegmentEntry
from searchkit.engines.whoosh.segment import segment
from searchkit.terms.fields import FIELDS


def schema() -> fields.Schema:
    """Whoosh's schema for the fields; the terms come ready made."""
    terms = {name: fields.KEYWORD(scorable=name in FIELDS) for name in segment.TERM_FIELDS}
    return fields.Schema(id=fields.STORED(), hash=fields.STORED(), content=fields.STORED(), **terms)


class WhooshSegment(base.Segment):  # type: ignore[misc]
    """A segment in Whoosh's table of contents, where it is pickled: the names of its attributes are part of the format.

    `lengths` holds, for each of FIELDS, the number of terms in the living documents.
    """

    def __init__(self, entry: SegmentEntry) -> None:
        self.indexname = INDEX_NAME
        self.segid = entry.file_name.removeprefix(f"{INDEX_NAME}_").removesuffix(EXTENSION)
        self.compound = False
        self.documents = entry.documents
        self.deleted = entry.deleted
        self.lengths = entry.lengths

    @property
    def file_name(self) -> str:
        return str(self.make_filename(EXTENSION))

    def codec(self) -> WhooshCodec:
        return WhooshCodec()

    def doc_count_all(self) -> int:
        return self.documents

    def deleted_count(self) -> int:
        return len(self.deleted)

    def deleted_docs(self) -> frozenset[int]:
        return self.deleted

    def is_deleted(self, docnum: int) -> bool:
        return docnum in self.deleted

    def should_assemble(self) -> bool:
        return False


class WhooshCodec(base.Codec):  # type: ignore[misc]
    """Reads; the engine alone writes."""

    def per_document_reader(self, storage: Any, segment: WhooshSegment) -> DocumentReader:
        return DocumentReader(storage, segment)

    def terms_reader(self, storage: Any, segment: WhooshSegment) -> TermsReader:
        return TermsReader(storage, segment)


def _open(storage: Any, whoosh_segment: WhooshSegment) -> segment.Segment:
    return segment.Segment(Path(storage.folder) / whoosh_segment.file_name)


class DocumentReader(base.PerDocumentReader):  # type: ignore[misc]
    def __init__(self, storage: Any, whoosh_segment: WhooshSegment) -> None:
        self._segment = _open(storage, whoosh_segment)
        self._entry = whoosh_segment

    def doc_count(self) -> int:
        return self._entry.documents - len(self._entry.deleted)

    def doc_count_all(self) -> int:
        return self._entry.documents

    def has_deletions(self) -> bool:
        return bool(self._entry.deleted)

    def is_deleted(self, docnum: int) -> bool:
        return docnum in self._entry.deleted

    def deleted_docs(self) -> frozenset[int]:
        return self._entry.deleted

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        return int(self._segment.numbers(f"length.{fieldname}")[docnum]) if fieldname in FIELDS else default

    def field_length(self, fieldname: str) -> int:
        return self._entry.lengths.get(fieldname, 0)

    def min_field_length(self, fieldname: str) -> int:
        return min(self._segment.numbers(f"length.{fieldname}"), default=0)

    def max_field_length(self, fieldname: str) -> int:
        return max(self._segment.numbers(f"length.{fieldname}"), default=0)

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        return {
            "id": self._segment.id(docnum),
            "hash": segment.to_text(self._segment.texts("hashes")[docnum]),
            "content": self._segment.stored(docnum),
        }


class TermsReader(base.TermsReader):  # type: ignore[misc]
    def __init__(self, storage: Any, whoosh_segment: WhooshSegment) -> None:
        self._segment = _open(storage, whoosh_segment)

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        return self._segment.terms(term[0]).find(term[1]) >= 0

    def indexed_field_names(self) -> tuple[str, ...]:
        return segment.TERM_FIELDS

    def terms(self) -> Iterator[tuple[str, bytes]]:
        for field in sorted(segment.TERM_FIELDS):
            yield from self.terms_from(field, b"")

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        texts = self._segment.terms(fieldname).texts
        return ((fieldname, text) for number in range(len(texts)) if (text := texts[number]) >= prefix)

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        terms = self._segment.terms(fieldname)
        number = terms.find(text)
        return 0 if number < 0 else int(terms.frequencies[number])

    def frequency(self, fieldname: str, text: bytes) -> int:
        postings = self._segment.postings(fieldname, text)
        return sum(postings.documents()[1] or (postings.size,)) if postings else 0

    def term_info(self, fieldname: str, text: bytes) -> Any:
        from whoosh.reading import TermInfo, TermNotFound

        postings = self._segment.postings(fieldname, text)
        if postings is None:
            raise TermNotFound(f"No term {fieldname}:{text!r}")
        ids, counts = postings.documents()
        lengths = [1]
        if fieldname in FIELDS:
            all_lengths = self._segment.numbers(f"length.{fieldname}")
            lengths = [all_lengths[id] for id in ids]
        return TermInfo(
            weight=sum(counts or (postings.size,)),
            df=postings.size,
            minlength=min(lengths),
            maxlength=max(lengths),
            maxweight=max(counts or (1,)),
            minid=ids[0],
            maxid=ids[-1],
        )

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> Any:
        from whoosh.matching import ListMatcher

        info = self.term_info(fieldname, text)
        postings = self._segment.postings(fieldname, text)
        assert postings is not None
        ids, counts = postings.documents()
        weights = [float(count) for count in counts or [1] * len(ids)]
        return ListMatcher(ids, weights, None, format_, scorer, term=(fieldname, text), terminfo=info)
