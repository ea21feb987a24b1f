"""Pictures of pages (.jpg .png .tif), read where OCR is asked for: one document, a page of a TIFF after the other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from searchkit.documents import ocr, scans, titles
from searchkit.documents.dates import date_finder
from searchkit.errors import DocumentError
from searchkit.model import Document, Failure, Notice

_SIGNATURES = (b"\xff\xd8\xff", b"\x89PNG", b"II*\0", b"MM\0*")


def read(file: BinaryIO, path: str, id: str) -> Iterator[Document | Failure | Notice]:
    """One document, or a Notice where nothing that could be read stands in the picture."""
    if not ocr.is_on():
        raise DocumentError(scans.reason(1))
    picture = file.read()
    if not picture.startswith(_SIGNATURES):
        raise DocumentError("is not a picture of its kind, whatever its name says: give it its right extension")
    try:
        text = ocr.read(picture)
    except ocr.PageTooSlowError:
        raise DocumentError("takes too long to be read by OCR: cut it into smaller pictures") from None
    except ocr.DamagedPictureError:
        raise DocumentError("is damaged, or a kind of picture that is not read: open it and save it as .png") from None
    if not text.strip():
        yield Notice(path, "holds no text that OCR can read")
        return
    pages = text.count("\f") + 1
    yield Document(
        id=id,
        text=text,
        title=titles.find_title(text),
        date=date_finder.find_date(text),
        source=path,
        metadata={"format": "picture", "ocr_pages": pages} | ({"pages": pages} if pages > 1 else {}),
    )
