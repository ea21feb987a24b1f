"""JSON: an object is a document, and so is each object of a list. JSON Lines under this name are read as such."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import count
from typing import Any, BinaryIO

from searchkit.documents.encodings.detect import decode
from searchkit.documents.readers import jsonl, rows
from searchkit.documents.reasons import size_in_words
from searchkit.errors import DocumentError
from searchkit.model import Document, Failure, Notice

LARGEST = 128 << 20
"""Bytes of a file, which is read as a whole; JSON Lines have no such limit."""
_BLANKS = " \t\n\r"
_LIST_OF_OBJECTS = re.compile(rf"\[[{_BLANKS}]*\{{")
_BETWEEN = (*_BLANKS, ",")
"""The characters between two records of a list."""


def read(file: BinaryIO, path: str, id: str) -> Iterator[Document | Failure | Notice]:
    """The documents: of a list those of its objects, `id#number` where they have no id of their own; of an object that is
    little else than a list, as programs export them, the same; of any other content one document, `id`."""
    data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise DocumentError(f"is larger than {size_in_words(LARGEST)}: save it as .jsonl, one object a line")
    text = decode(data, "utf-8")[0].strip(_BLANKS)
    if _LIST_OF_OBJECTS.match(text):
        yield from rows.collect(_objects(text, path, id), path, id)
        return
    try:
        content = jsonl.DECODER.decode(text)
    except json.JSONDecodeError as error:
        if error.msg == "Extra data" and "\n" in text:
            file.seek(0)
            yield from jsonl.read(file, path, id)
            return
        raise _broken(error) from error
    except (ValueError, RecursionError) as error:
        raise DocumentError("is not JSON: nested too deep, or a number too long") from error
    records = _records(content)
    if records is not None:
        documents = (_document(record, number, path, id) for number, record in enumerate(records, 1))
        yield from rows.collect(documents, path, id)
        return
    record = content if isinstance(content, dict) else {"text": content}
    try:
        yield replace(rows.document(record, 1, path, id, "json"), id=id)
    except DocumentError:
        raise DocumentError("holds no text") from None


def _objects(text: str, path: str, id: str) -> Iterator[Document | DocumentError]:
    """The documents of a list of objects, one at a time: what stands before a mistake is read."""
    at = 1
    for number in count(1):
        while text.startswith(_BETWEEN, at):
            at += 1
        if text.startswith("]", at):
            return
        try:
            record, at = jsonl.DECODER.raw_decode(text, at)
        except json.JSONDecodeError as error:
            yield DocumentError(f"its record {number} {_broken(error)}; the records after it were not read")
            return
        except (ValueError, RecursionError):
            yield DocumentError(f"its record {number} is nested too deep; the records after it were not read")
            return
        yield _document(record, number, path, id)


def _document(record: Any, number: int, path: str, id: str) -> Document | DocumentError:
    try:
        return rows.document(record if isinstance(record, dict) else {"text": record}, number, path, id, "json")
    except DocumentError:
        return DocumentError(f"its record {number} has no text")


def _records(content: Any) -> list[Any] | None:
    """The objects of {"total": 2, "items": [{…}, {…}]}; None for content of another form."""
    if not isinstance(content, Mapping):
        return None
    lists = [value for value in content.values() if isinstance(value, list) and value]
    others = [value for value in content.values() if isinstance(value, Mapping) and value]
    if len(lists) == 1 and not others and all(isinstance(one, dict) for one in lists[0]):
        texts = [value for value in content.values() if isinstance(value, str) and len(value.split()) > 1]
        return None if texts else lists[0]
    return None


def _broken(error: json.JSONDecodeError) -> DocumentError:
    return DocumentError(f"is not JSON: {jsonl.message(error)} at line {error.lineno}, column {error.colno}")
