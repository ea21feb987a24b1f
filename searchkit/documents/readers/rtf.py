"""Rich text (.rtf), by striprtf."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from searchkit.documents import titles
from searchkit.documents.dates import date_finder
from searchkit.documents.encodings.detect import tidy
from searchkit.documents.reasons import error_summary
from searchkit.errors import DocumentError
from searchkit.model import Document, Failure

_INFO = {"title": rb"\{\\title\s+((?:[^{}]|\\[{}])*)\}", "author": rb"\{\\author\s+((?:[^{}]|\\[{}])*)\}"}
_CREATED = re.compile(rb"\\creatim\\yr(\d{4})\\mo(\d{1,2})\\dy(\d{1,2})")
_CELL = re.compile(rb"\\(?:nest)?cell(?![a-z])")  # which striprtf writes as |
_CODE_PAGE = re.compile(rb"\\ansicpg(\d+)")


def read(file: BinaryIO, path: str, id: str) -> Iterator[Document | Failure]:
    """One document."""
    data = file.read()
    if not data.lstrip().startswith(b"{\\rtf"):
        raise DocumentError("is not a rich text file, whatever its name says: give it its right extension")
    text = _plain(data)
    if not text.strip():
        raise DocumentError("holds no text")
    page = _CODE_PAGE.search(data)
    head = (b"{\\rtf1\\ansi\\ansicpg" + page[1] + b" ") if page else b"{\\rtf1\\ansi "
    facts = {name: _property(data, head, pattern) for name, pattern in _INFO.items()}
    metadata: dict[str, Any] = {"format": "rtf"}
    if facts["author"]:
        metadata["author"] = facts["author"]
    stamp = _CREATED.search(data)
    created = date_finder.parse_date("-".join(part.decode().zfill(2) for part in stamp.groups())) if stamp else None
    if created:
        metadata["file_date"] = created
    yield Document(
        id=id,
        text=text,
        title=titles.meaningful(facts["title"]) or titles.find_title(text),
        date=date_finder.find_date(text),
        source=path,
        metadata=metadata,
    )


def _property(data: bytes, head: bytes, pattern: bytes) -> str:
    match = re.search(pattern, data[: 1 << 16])
    return titles.clean(_plain(head + match[1] + b"}")) if match else ""


def _plain(data: bytes) -> str:
    from striprtf.striprtf import rtf_to_text

    try:
        # Latin-1 keeps each byte: letters beyond ASCII are escapes, which striprtf reads by the file's own code page.
        text: str = rtf_to_text(_CELL.sub(rb"\\tab", data).decode("latin-1"), errors="replace")
    except (MemoryError, DocumentError):
        raise
    except Exception as error:  # striprtf lets errors of every kind escape from malformed files
        raise DocumentError(
            f"is a damaged rich text file ({error_summary(error)}): open it and save it as .docx"
        ) from error
    return tidy(text)
