"""CSV: one document a row, names of columns in the first, if it has any. Separated by comma, semicolon, tab or bar; read row
by row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import BinaryIO

from searchkit.documents.encodings.detect import detect_stream
from searchkit.documents.readers import columns, rows
from searchkit.errors import DocumentError
from searchkit.model import Document, Failure, Notice

SEPARATORS = ",;\t|"
LONGEST_FIELD = 32 << 20  # code points; beyond it a quotation mark is missing


def read(file: BinaryIO, path: str, id: str) -> Iterator[Document | Failure | Notice]:
    """The documents, and a Failure for each row that is not one."""
    yield from rows.collect(_rows(file, path, id), path, id)


def _rows(file: BinaryIO, path: str, id: str) -> Iterator[Document | DocumentError]:
    stream = io.TextIOWrapper(file, detect_stream(file), errors="replace", newline="")
    try:
        # Files by Excel may say "sep=;" first.
        first = stream.readline().removeprefix("\ufeff")
        skipped = 0
        if first.lower().startswith("sep=") or not first.strip():
            first, skipped = stream.readline(), 1
        csv.field_size_limit(max(csv.field_size_limit(), LONGEST_FIELD))
        lines = (line.replace("\0", "") for line in _with(first, stream))
        reader = csv.reader(lines, delimiter=_separator(first), strict=True)
        names: list[str] = []
        while True:
            # The number of the row's first line: where a reader of the message will look.
            line = reader.line_num + 1 + skipped
            try:
                row = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield DocumentError(f"line {line} is broken: {error}; a quotation mark is missing or not doubled")
                continue
            if not names and columns.are_names(row):
                names = columns.distinct_names(row)
                continue
            names = names or columns.numbered(len(row))
            if any(row):
                try:
                    yield _document(names, row, line, path, id)
                except DocumentError as error:
                    yield error
    finally:
        stream.detach()


def _with(first: str, stream: io.TextIOWrapper) -> Iterator[str]:
    yield first
    for line in stream:  # noqa: UP028 -- "yield from" would close the stream together with the generator
        yield line


def _separator(header: str) -> str:
    return max(SEPARATORS, key=header.count)


def _document(names: list[str], row: list[str], line: int, path: str, id: str) -> Document:
    if any(row[len(names) :]):
        raise DocumentError(
            f"line {line} has {len(row)} fields, but there are {len(names)} columns: put quotation marks around texts"
        )
    return rows.document(dict(zip(names, row, strict=False)), line, path, id, "csv")
