"""What a document is in Tantivy, and how ids and terms are written in it.

    key                   hash of the id, under which documents are found and deleted
    entry                 bucket, id, hash and file (see `entry`)
    id, hash, file, stored   what comes back
    number                unique; by it a few documents are picked out of a query
    text, title           the terms of a kind of fields, at the positions of their words (see `term`, `positions`)
    language, path        for the filters, and likewise
    flag                  LONG for an id, hash or file that cannot be had from the entry
    first_day, last_day   the period of the date; 0 without one
    length_FIELD, tokens_KIND   terms of a field; what Tantivy takes for the length of a kind

One Tantivy field takes in all three fields of a kind, so that a phrase may go from one to the other.
"""

from __future__ import annotations

import re
from hashlib import blake2b
from typing import TYPE_CHECKING

from searchkit.engines import filters
from searchkit.engines.base import FIELDS, TEXT_FIELDS, TITLE_FIELDS, Record
from searchkit.engines.tantivy import positions
from searchkit.terms import wire
from searchkit.terms.wire import MARKS, NOTHING, Rows, TermRows, split

if TYPE_CHECKING:
    from tantivy import Document, Schema

LONG = "long"
TEXT, TITLE = "text", "title"
KINDS = {TEXT: TEXT_FIELDS, TITLE: TITLE_FIELDS}
KIND_OF = {field: kind for kind, fields in KINDS.items() for field in fields}

_LONGEST = 12_000
"""Code points of a term or id; Tantivy drops, without a word, what has more than 65,530 bytes."""
_CUT = "\ue000cut\ue000"
_ESCAPE = "\ud7ff"
"""Not assigned, and the last before the surrogates, which are no UTF-8: so the order of code points stays."""
_ESCAPED = re.compile("[\ud7ff-\udfff]")
_UNESCAPED = re.compile(_ESCAPE + "(.)", re.DOTALL)
_END = "\0\0"
BUCKETS = [chr(code) for code in range(ord("0"), ord("0") + 64)]
"""What entries begin with, by the hash of their id: so that they can be listed a part at a time (see `Snapshot.entries`)."""


def schema() -> Schema:
    from tantivy import SchemaBuilder

    builder = SchemaBuilder()
    for name in ("key", "entry", "language", "path", "flag"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in ("id", "hash", "file", "stored"):
        builder.add_bytes_field(name, stored=True)
    for kind in KINDS:
        builder.add_text_field(kind, tokenizer_name=positions.TOKENIZER, index_option="position")
    builder.add_unsigned_field("number", indexed=True, fast=True)
    for name in ("first_day", "last_day", *map("length_{}".format, FIELDS)):
        builder.add_unsigned_field(name, fast=True)
    for kind in KINDS:
        builder.add_unsigned_field(f"tokens_{kind}", fast=True)
    return builder.build()


def document(record: Record, number: int) -> Document:
    """The record as Tantivy takes it."""
    from tantivy import Document

    made = Document()
    made.add_text("key", key_of(record.id))
    made.add_text("entry", bucket_of(record.id) + entry(record.id, record.hash, record.file))
    made.add_bytes("id", to_bytes(record.id))
    made.add_bytes("hash", to_bytes(record.hash))
    made.add_bytes("file", to_bytes(record.file))
    made.add_bytes("stored", record.stored)
    made.add_unsigned("number", number)
    for code in record.languages:
        made.add_text("language", escaped(code))
    if not is_short(record.id, record.hash, record.file):
        made.add_text("flag", LONG)
    made.add_text("path", cut(escaped(filters.folded(record.path))))
    first, last = filters.period(record.date)
    made.add_unsigned("first_day", first)
    made.add_unsigned("last_day", last)
    fields = TermRows.of(record.fields)
    for kind, rows in ((TEXT, fields.text), (TITLE, fields.title)):
        if len(rows.word) + len(rows.stem) + len(rows.name) > _LONGEST:
            rows = Rows(*map(_cut_row, rows))
        lengths = positions.lengths(rows)
        made.add_unsigned(f"tokens_{kind}", positions.add(made, kind, rows, lengths))
        for field, length in zip(KINDS[kind], lengths, strict=True):
            made.add_unsigned(f"length_{field}", length)
    return made


def _cut_row(row: str) -> str:
    terms = split(row)
    if max(map(len, terms), default=0) <= _LONGEST:
        return row
    return " ".join(term if term == NOTHING else term[0] + cut(term[1:]) for term in terms)


def term(field: str, text: str) -> str:
    """The term of a field in Tantivy's field of its kind."""
    return MARKS[field] + cut(wire.escaped(text))


def text_of(term: str) -> str:
    """The reverse of `term`; of a very long one, the beginning."""
    return wire.unescaped(term[1:].partition(_CUT)[0])


def bucket_of(id: str) -> str:
    return BUCKETS[int(key_of(id)[:2], 16) % len(BUCKETS)]


def entry(id: str, hash: str, file: str) -> str:
    """Sorts as ids do, where it `is_short`; two NULs end a part, so a NUL in one becomes NUL and 1."""
    return _END.join(cut(escaped(part).replace("\0", "\0\1")) for part in (id, hash, file))


def of_entry(written: str) -> tuple[str, str, str]:
    """The id, hash and file of an entry that is short; entries of format 2 have no file."""
    id, hash, *file = (unescaped(part.replace("\0\1", "\0")) for part in written.split(_END))
    return id, hash, "".join(file)


def is_short(*parts: str) -> bool:
    """Whether the parts can be had from the entry."""
    return all(len(part) < _LONGEST // 4 for part in parts)


def key_of(id: str) -> str:
    return blake2b(to_bytes(id), digest_size=16).hexdigest()


def to_bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def to_text(content: bytes) -> str:
    return content.decode("utf-8", "surrogatepass")


def escaped(text: str) -> str:
    """Without surrogates, in the same order, with the same beginnings."""
    if text.isascii():
        return text
    return _ESCAPED.sub(lambda match: _ESCAPE + chr(ord(match[0]) - 0xD700), text)


def unescaped(text: str) -> str:
    if text.isascii():
        return text
    return _UNESCAPED.sub(lambda match: chr(ord(match[1]) + 0xD700), text)


def cut(text: str) -> str:
    """A very long text by its beginning and its hash."""
    if len(text) <= _LONGEST:
        return text
    return text[:_LONGEST] + _CUT + key_of(text)


def fieldnorm(length: int) -> int:
    """The length that Tantivy makes of one: it keeps 3 bits after the first, above 40 exact ones."""
    if length <= 40:
        return length
    shift = (length - 24).bit_length() - 4
    return ((length - 24) >> shift << shift) + 24
