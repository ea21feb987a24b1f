"""DjVu, by djvu-rs: the text layer that OCR left in it, pages joined by form feeds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from searchkit.documents import titles
from searchkit.documents.dates import date_finder
from searchkit.documents.encodings.detect import tidy
from searchkit.documents.readers import pdf_pages
from searchkit.errors import DocumentError, MissingReaderError
from searchkit.model import Document, Failure


def read(file: BinaryIO, path: str, id: str) -> Iterator[Document | Failure]:
    """One document."""
    data = file.read()
    if not data.startswith(b"AT&TFORM"):
        raise DocumentError("is not a DjVu file, whatever its name says: give it its right extension")
    try:
        import djvu_rs
    except ImportError:
        raise MissingReaderError(
            "needs djvu-rs to be read: pip install 'searchkit[formats]', or save it as PDF"
        ) from None
    try:
        book = djvu_rs.Document.from_bytes(data)
        count = book.page_count() if callable(book.page_count) else book.page_count
    except djvu_rs.Error as error:
        raise DocumentError("is a damaged DjVu file: save it anew, or as PDF") from error
    pages: list[str] = []
    broken: list[int] = []
    for number in range(count):
        try:
            pages.append(tidy(_text(book.page(number))).replace("\f", "\n").rstrip("\n"))
        except djvu_rs.Error:
            pages.append("")
            broken.append(number + 1)
    text = pdf_pages.join(pages)
    if not text.strip():
        raise DocumentError("has no text layer: save it as PDF and run OCR on it")
    metadata: dict[str, Any] = {"format": "djvu", "pages": count}
    empty = sum(not page.strip() for page in pages)
    if empty:
        metadata["pages_without_text"] = empty
    yield Document(
        id=id,
        text=text,
        title=titles.find_title(pages[0]),
        date=date_finder.find_date(text),
        source=path,
        metadata=metadata,
    )
    if broken:
        yield pdf_pages.broken_pages(path, broken)


def _text(page: Any) -> str:
    text = page.text() if callable(page.text) else page.text
    return text or ""
