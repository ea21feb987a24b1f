"""JSON Lines: one object, one document a line. Read line by line; a broken line costs that line."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import BinaryIO

from searchkit.documents.encodings.detect import detect_stream
from searchkit.documents.readers import rows
from searchkit.errors import DocumentError
from searchkit.model import Document, Failure, Notice

DECODER = json.JSONDecoder(strict=False)
"""Takes tabs within strings, which are a common mistake, and harmless."""


def read(file: BinaryIO, path: str, id: str) -> Iterator[Document | Failure | Notice]:
    """The documents, and a Failure for each line that is not one."""
    yield from rows.collect(_lines(file, path, id), path, id)


def _lines(file: BinaryIO, path: str, id: str) -> Iterator[Document | DocumentError]:
    stream = io.TextIOWrapper(file, detect_stream(file), errors="replace", newline="\n")
    try:
        for number, line in enumerate(stream, start=1):
            line = line.removeprefix("\ufeff").strip()
            if line:
                try:
                    yield _document(line, number, path, id)
                except DocumentError as error:
                    yield error
    finally:
        stream.detach()


def _document(line: str, number: int, path: str, id: str) -> Document:
    try:
        record = DECODER.decode(line)
    except json.JSONDecodeError as error:
        raise DocumentError(f"line {number} is not JSON: {message(error)} at column {error.colno}") from error
    except (ValueError, RecursionError) as error:
        raise DocumentError(f"line {number} is not JSON: nested too deep, or a number too long") from error
    if not isinstance(record, dict):
        raise DocumentError(f'line {number} is not a JSON object such as {{"id": …, "text": …}}')
    return rows.document(record, number, path, id, "jsonl")


def message(error: json.JSONDecodeError) -> str:
    """The decoder's message, without the words by which it leads over to the place."""
    return error.msg.removesuffix(" at").removesuffix(" starting")
