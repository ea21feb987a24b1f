"""The files that documents were read from, and the pages of PDFs as pictures.

Only files that the index itself names are given, and only where their real place lies within the folders that were indexed or
in the folder of the file's name: a link that leads out is refused. Nothing in a file runs: it is a download, except PDF and
pictures, which browsers show in a box of their own.
"""

from __future__ import annotations

import math
import os
import struct
import threading
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import FileResponse, Response

from searchkit.web import addresses
from searchkit.web.pages import full_text
from searchkit.web.replies import Site, disposition, named

SHOWN = {
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
}
SANDBOX = "sandbox; default-src 'none'"
SCALE = 1.6
"""Pixels of a picture for each point of the page; a large page gets fewer."""
LARGEST = 4_000_000
"""Pixels of a picture."""
_pdfium = threading.Lock()
"""pdfium is used by one thread at a time."""


def original(site: Site, request: Request) -> Response:
    """/original: the file of a document."""
    file = _file(site, request)
    if file is None:
        return full_text.missing(site, request, site.speech(request))
    kind = SHOWN.get(file.suffix.lower())
    place = "inline" if kind else "attachment"
    headers = {
        **disposition(file.name, place),
        "content-security-policy": SANDBOX,
        "cache-control": "private, no-cache",
    }
    return FileResponse(file, media_type=kind or "application/octet-stream", headers=headers)


def _file(site: Site, request: Request) -> Path | None:
    """The file of the document that is asked for; None where it may not be given."""
    if not site.settings.originals:
        return None
    file = site.holdings.index.original(request.query_params.get("id", ""))
    if file is None:
        return None
    real, folder = os.path.realpath(file), os.path.realpath(file.parent)
    if os.path.islink(file) and os.path.commonpath([real, folder]) != folder:
        return None
    return Path(real) if os.path.isfile(real) else None


class Box(NamedTuple):
    """A marked word on the picture of a page, in its pixels."""

    x: float
    y: float
    width: float
    height: float


class Scan(NamedTuple):
    """The size of the picture of a page, the boxes of its marked words, and how many pages there are."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    pages: int


def picture(site: Site, request: Request) -> Response:
    """/page-image: a page of a PDF as PNG."""
    file = _file(site, request)
    number = request.query_params.get("page", "1")
    if file is None or file.suffix.lower() != ".pdf" or not number.isdecimal():
        return full_text.missing(site, request, site.speech(request))
    drawn = _draw(file, int(number))
    if drawn is None:
        return full_text.missing(site, request, site.speech(request))
    return Response(drawn, 200, {"cache-control": "private, max-age=3600"}, "image/png")


def page(site: Site, request: Request) -> Response:
    """/pages: the picture of a page with the words of the query marked, beside its text."""
    said = site.speech(request)
    asked = addresses.read(request.query_params.multi_items())
    file = _file(site, request)
    document = site.holdings.index.get(asked.id)
    if file is None or document is None or file.suffix.lower() != ".pdf":
        return full_text.missing(site, request, said)
    marks = full_text.marks(site, asked, document)
    texts = document.text.split("\f")
    number = min(asked.page, len(texts))
    start = sum(len(text) + 1 for text in texts[: number - 1])
    inside = [mark for mark in marks if start <= mark.start < start + len(texts[number - 1])]
    scan = _measure(file, number, {document.text[mark.start : mark.end] for mark in inside})
    if scan is None:
        return full_text.missing(site, request, said)
    section = full_text.in_languages(
        document.text, marks, site.holdings.index.passages(document.id), start, start + len(texts[number - 1])
    )
    with_marks = sorted({document.page_at(mark.start) or 1 for mark in marks})
    title = named(document)
    return site.page(
        request,
        "page_image.html",
        f"{title} – {said.say('page %(page)s', page=said.number(number))}",
        asked=asked,
        document=document,
        heading=title,
        number=number,
        pages=scan.pages,
        scan=scan,
        text=section,
        image=f"/page-image?id={quote(document.id)}&page={number}",
        with_marks=with_marks,
        doc_url=asked.but(page=1).url("/document"),
    )


def _scale(width: float, height: float) -> float:
    return min(SCALE, math.sqrt(LARGEST / max(1.0, width * height)))


@contextmanager
def _opened(file: Path, number: int) -> Iterator[tuple[Any, int]]:
    """(a page of a PDF, how many pages it has); the page is None where it cannot be read."""
    import pypdfium2

    with _pdfium:
        try:
            pdf = pypdfium2.PdfDocument(file)
        except (pypdfium2.PdfiumError, OSError):
            pdf = None
        try:
            pages = 0 if pdf is None else len(pdf)
            yield pdf[number - 1] if 1 <= number <= pages else None, pages
        finally:
            if pdf is not None:
                pdf.close()


def _draw(file: Path, number: int) -> bytes | None:
    with _opened(file, number) as (sheet, _):
        if sheet is None:
            return None
        bitmap = sheet.render(scale=_scale(*sheet.get_size()), rev_byteorder=True, prefer_bgrx=True)
        return png(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, bitmap.n_channels)


def _measure(file: Path, number: int, words: Iterable[str]) -> Scan | None:
    with _opened(file, number) as (sheet, pages):
        if sheet is None:
            return None
        width, height = sheet.get_size()
        scale = _scale(width, height)
        boxes = [
            Box(left * scale, (height - top) * scale, (right - left) * scale, (top - bottom) * scale)
            for left, bottom, right, top in _rectangles(sheet.get_textpage(), words)
        ]
        return Scan(width * scale, height * scale, tuple(boxes), pages)


def _rectangles(text: Any, words: Iterable[str]) -> Iterable[tuple[float, float, float, float]]:
    """The places of words on a page, in points from its lower left corner."""
    for word in words:
        searcher = text.search(word, match_case=True, match_whole_word=True)
        while found := searcher.get_next():
            index, count = found
            for number in range(text.count_rects(index, count)):
                yield text.get_rect(number)


def png(pixels: bytes, width: int, height: int, stride: int, channels: int) -> bytes:
    """A picture as PNG (RFC 2083): rows of RGB, or RGB with a byte that is left out, or grey."""
    rows = []
    for number in range(height):
        row = pixels[number * stride : number * stride + width * channels]
        if channels == 4:
            kept = bytearray(width * 3)
            kept[0::3], kept[1::3], kept[2::3] = row[0::4], row[1::4], row[2::4]
            row = bytes(kept)
        rows.append(b"\x00" + row)
    colour = 0 if channels == 1 else 2
    header = struct.pack(">IIBBBBB", width, height, 8, colour, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(b"".join(rows), 6)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )
