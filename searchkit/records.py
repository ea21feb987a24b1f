"""A Document as the index keeps it: its terms for the engine, and itself in the engine's stored bytes.

`record` also runs in the worker processes that read files, so that analysis uses all cores.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import zlib
from dataclasses import dataclass, replace
from typing import Any

from searchkit import analysis
from searchkit.engines.base import FIELDS, Record
from searchkit.errors import DocumentError
from searchkit.model import Document

Passages = list[tuple[int, int, str]]

_ISO_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


@dataclass(frozen=True)
class Stored:
    """What the index gives back for an id: the document, the languages of its passages, and its file ("" for none)."""

    document: Document
    passages: Passages
    title_passages: Passages
    file: str


def record(document: Document) -> Record:
    """Analyse a document. Raises DocumentError for one that cannot be indexed."""
    return _record(document, file="")


def of_file(document: Document, file: str) -> Record:
    """As `record`, for a document of the file of this name (see `manifest`): the file is its path and its source."""
    source = file if document.source is None or os.path.isabs(document.source) else document.source
    return _record(replace(document, source=source), file)


def moved(stored: Stored, old: str, new: str) -> Record:
    """The record of a document whose file moved from the path `old` to `new`; its ids begin with the path."""
    document = stored.document
    source = new if document.source == old else document.source
    document = replace(document, id=new + document.id.removeprefix(old), source=source)
    return again(replace(stored, document=document, file=new))


def again(stored: Stored) -> Record:
    """The record of a document that an index holds already: its terms are made anew, its passages are as they were."""
    document = stored.document
    text_terms = analysis.terms(document.text, stored.passages)
    title_terms = analysis.terms(document.title, stored.title_passages)
    languages = analysis.document_languages(document.text, stored.passages)
    return Record(
        id=document.id,
        hash=_hash(document),
        fields=dict(zip(FIELDS, (*text_terms, *title_terms), strict=True)),
        stored=pack(stored),
        languages=languages or analysis.document_languages(document.title, stored.title_passages),
        date=document.date or "",
        path=_path(document, stored.file),
    )


def _record(document: Document, file: str) -> Record:
    _check(document)
    analysed = analysis.analyse_document(document)
    if document.language is None and analysed.languages:
        document = replace(document, language=analysed.languages[0])
    return Record(
        id=document.id,
        hash=_hash(document),
        fields=analysed.fields,
        stored=pack(Stored(document, analysed.passages, analysed.title_passages, file)),
        languages=tuple(analysed.languages),
        date=document.date or "",
        path=_path(document, file),
    )


def _hash(document: Document) -> str:
    return hashlib.blake2b(_json(_content(document)), digest_size=16).hexdigest()


def _path(document: Document, file: str) -> str:
    return file or document.source or document.id


def pack(stored: Stored) -> bytes:
    """Stored bytes: compressed JSON, which any later version can read."""
    content = _content(stored.document)
    content["passages"] = stored.passages
    content["title_passages"] = stored.title_passages
    content["file"] = stored.file
    return zlib.compress(_json(content), 3)


def unpack(data: bytes) -> Stored:
    """The reverse of `pack`."""
    content = json.loads(zlib.decompress(data).decode("utf-8", "surrogatepass"))
    passages = [(start, end, code) for start, end, code in content.pop("passages")]
    title_passages = [(start, end, code) for start, end, code in content.pop("title_passages")]
    file = content.pop("file")
    return Stored(Document(**content), passages, title_passages, file)


def _content(document: Document) -> dict[str, Any]:
    return {
        "id": document.id,
        "text": document.text,
        "title": document.title,
        "language": document.language,
        "date": document.date,
        "source": document.source,
        "metadata": dict(document.metadata),
    }


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, default=str, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _check(document: Document) -> None:
    if not isinstance(document.id, str) or not document.id:
        raise DocumentError("A document needs an id: give each a text of its own that is not empty.")
    for name in ("text", "title"):
        if not isinstance(getattr(document, name), str):
            raise DocumentError(f"The {name} of document {document.id!r} is not text: give a str.")
    if document.date is not None and not _ISO_DATE.fullmatch(document.date):
        raise DocumentError(
            f"The date {document.date!r} of document {document.id!r} is not like 2025, 2025-06 or 2025-06-25."
        )
