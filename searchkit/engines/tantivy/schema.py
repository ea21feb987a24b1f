"""The schema: how a document is kept in Tantivy.

    key                   hash of the id, under which documents are found and deleted
    entry                 bucket, id, hash and file (see `encoding.entry`)
    id, hash, file, stored   what comes back
    number                unique; by it a few documents are picked out of a query
    text, title           the terms of a kind of fields, at the positions of their words (see `encoding.term`, `positions`)
    language, path        for the filters, and likewise
    type, folder          of the file, for facets
    flag                  LONG for an id, hash or file that cannot be had from the entry
    first_day, last_day   the period of the date; 0 without one
    length_FIELD, tokens_KIND   terms of a field; what Tantivy takes for the length of a kind

One Tantivy field takes in all three fields of a kind, so that a phrase may go from one to the other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from searchkit.engines import filter_meaning
from searchkit.engines.base import Record
from searchkit.engines.tantivy import positions
from searchkit.engines.tantivy.encoding import bucket_of, cut, entry, escaped, is_short, key_of, to_bytes
from searchkit.terms.fields import FIELDS, TEXT_FIELDS, TITLE_FIELDS
from searchkit.terms.wire import TermStreams

if TYPE_CHECKING:
    from tantivy import Document, Schema

LONG = "long"
TEXT, TITLE = "text", "title"
KINDS = {TEXT: TEXT_FIELDS, TITLE: TITLE_FIELDS}
KIND_OF = {field: kind for kind, fields in KINDS.items() for field in fields}


def schema() -> Schema:
    from tantivy import SchemaBuilder

    builder = SchemaBuilder()
    for name in ("key", "entry", "language", "path", "type", "folder", "flag"):
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
    for name, value in ("type", filter_meaning.type_of(record.file)), ("folder", filter_meaning.folder_of(record.file)):
        if value:
            made.add_text(name, cut(escaped(value)))
    made.add_text("path", cut(escaped(filter_meaning.folded(record.path))))
    first, last = filter_meaning.period(record.date)
    made.add_unsigned("first_day", first)
    made.add_unsigned("last_day", last)
    fields = TermStreams.of(record.fields)
    for kind, stream in ((TEXT, fields.text), (TITLE, fields.title)):
        tokens, lengths = positions.add(made, kind, stream)
        made.add_unsigned(f"tokens_{kind}", tokens)
        for field, length in zip(KINDS[kind], lengths, strict=True):
            made.add_unsigned(f"length_{field}", length)
    return made


def fieldnorm(length: int) -> int:
    """The length that Tantivy makes of one: it keeps 3 bits after the first, above 40 exact ones."""
    if length <= 40:
        return length
    shift = (length - 24).bit_length() - 4
    return ((length - 24) >> shift << shift) + 24
