"""Old Word documents (.doc of Word 97 and later), by legacy-doc, which needs Python 3.11."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from searchkit.documents import passwords, titles
from searchkit.documents.dates import date_finder
from searchkit.documents.encodings.detect import tidy
from searchkit.documents.readers import html, rtf
from searchkit.documents.readers.ole_properties import summary
from searchkit.documents.reasons import error_summary
from searchkit.errors import DocumentError, MissingReaderError
from searchkit.model import Document, Failure

_ADVICE = "save it as .docx"


def read(file: BinaryIO, path: str, id: str) -> Iterator[Document | Failure]:
    """One document. Rich text and web pages that are named .doc are read as what they are."""
    data = file.read()
    file.seek(0)
    if data.lstrip().startswith(b"{\\rtf"):
        yield from rtf.read(file, path, id)
        return
    if html.is_page(data):
        yield html.document(data, path, id)
        return
    if data.startswith(b"PK\x03\x04"):
        raise DocumentError("is a new Word file under an old name: rename it to .docx")
    if not data.startswith(b"\xd0\xcf\x11\xe0"):
        raise DocumentError(f"is of a Word before Word 97, or no Word file: {_ADVICE}")
    text = _text(data)
    if not text.strip():
        raise DocumentError("holds no text")
    facts = summary(file)
    yield Document(
        id=id,
        text=text,
        title=titles.meaningful(facts.title) or titles.find_title(text),
        date=date_finder.find_date(text),
        source=path,
        metadata={"format": "doc"} | facts.metadata(),
    )


def _text(data: bytes) -> str:
    try:
        import legacy_doc
    except ImportError:
        raise MissingReaderError(
            f"needs Python 3.11 and legacy-doc to be read: pip install 'searchkit[formats]', or {_ADVICE}"
        ) from None
    try:
        return tidy(legacy_doc.extract_text(data).text).replace("\x0b", "\n").replace("\x07", "\t").replace("\f", "\n")
    except MemoryError:
        raise
    except Exception as error:  # legacy-doc, like all parsers of this format, meets files that nobody foresaw
        if "encrypt" in str(error).lower() or "password" in str(error).lower():
            raise passwords.refusal() from None
        raise DocumentError(f"cannot be read as an old Word file ({error_summary(error)}): {_ADVICE}") from error
