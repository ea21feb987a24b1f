"""PDF, by pdfium: the text layer with the values of forms and typed notes, pages joined by form feeds."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from searchkit.documents import ocr, passwords, repairs, scans, titles
from searchkit.documents.dates import date_finder
from searchkit.documents.encodings.mojibake import repair
from searchkit.documents.readers import pdf_pages
from searchkit.documents.readers.pdf_layer import read_page
from searchkit.documents.readers.pdf_letters import mend, mended
from searchkit.documents.readers.pdf_print import title_by_print
from searchkit.errors import DocumentError
from searchkit.model import Document, Failure
from searchkit.text.scripts import CYRILLIC

WHOLE = 64 << 20
"""Bytes up to which a file is read at once; a larger one is read piece by piece, which takes longer."""
MOST_PIXELS = 40_000_000  # of a page that is read by OCR: A4 has 9 million at 300 dots an inch

MOST_MIXED = 0.3  # share of the words that may have letters of two alphabets
_UNKNOWN = re.compile("[\x00-\x08\x0e-\x1b\ufffd\ue000-\uf8ff]")
_CODES = re.compile(r"/g\d+|/gid\d+|\(cid:\d+\)")
_WESTERN = re.compile("[\u00c0-\u024f]")
_WORD = re.compile(r"[^\W\d_]{4,}")
_MIXED = re.compile(
    "[\u0400-\u04ff][^\\s\u0400-\u04ff]*[\u00c0-\u024f]|[\u00c0-\u024f][^\\s\u00c0-\u024f]*[\u0400-\u04ff]"
)
_PROPERTIES = {"Author": "author", "Subject": "subject", "Keywords": "keywords"}


def read(file: BinaryIO, path: str, id: str) -> Iterator[Document | Failure | None]:
    """One document; a page that cannot be read is left empty and is a Failure beside it."""
    import pypdfium2

    if b"%PDF-" not in file.read(1024):
        raise DocumentError("is not a PDF, whatever its name says: give it its right extension")
    size = file.seek(0, 2)
    file.seek(0)
    content = file.read() if size <= WHOLE else file
    try:
        pdf = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if "password" not in str(error).lower():
            raise _refusal(error) from error
        pdf = passwords.first_that_opens(
            lambda password: pypdfium2.PdfDocument(content, password=password), (pypdfium2.PdfiumError,)
        )
        if pdf is None:
            raise passwords.refusal("save or print it without one") from error
    try:
        yield from _documents(pdf, path, id)
    finally:
        pdf.close()


def _refusal(error: Exception) -> DocumentError:
    """The error for a file that pdfium does not open."""
    if "security" in str(error).lower():
        return DocumentError("is encrypted in a way that is not known: save or print it without protection")
    return DocumentError("is a damaged PDF: open it in a viewer and save or print it anew")


def _mended(text: str, repaired: dict[str, None]) -> str:
    """As `mended`, of a page; what was done is added to `repaired`."""
    letters = mend(text)
    whole = repair(letters)
    if letters != text:
        repaired[repairs.FONT_CODES] = None
    if whole != letters:
        repaired[repairs.GARBLED] = None
    return whole


def _documents(pdf: Any, path: str, id: str) -> Iterator[Document | Failure | None]:
    import pypdfium2

    count = len(pdf)
    if not count:
        raise DocumentError("is a damaged PDF, which has no pages: open it in a viewer and save or print it anew")
    if pdf.get_formtype():
        pdf.init_forms()
    pages: list[str] = []
    broken: list[int] = []
    scanned: list[int] = []
    repaired: dict[str, None] = {}
    properties = pdf.get_metadata_dict(skip_empty=True)
    title = titles.meaningful(mended(properties.get("Title", "")))
    for number in range(count):
        try:
            page = read_page(pdf, number, with_prints=number == 0 and not title)
        except pypdfium2.PdfiumError:
            pages.append("")
            broken.append(number + 1)
            continue
        pages.append(_mended(page.text, repaired))
        if page.is_drawn or _lacks_letters(pages[-1]):
            scanned.append(number)
        title = title or title_by_print(page.prints)
    if len(broken) == count:
        raise DocumentError(
            "is a damaged PDF, of which no page can be read: open it in a viewer and save or print it anew"
        )
    read_by_ocr = 0
    if ocr.is_on():
        for number in scanned:
            pages[number] = _by_ocr(pdf, number) or pages[number]
            read_by_ocr += bool(pages[number].strip())
            yield None  # a sign of life: each page has its own time
        scanned = []
    text = pdf_pages.join(pages)
    if not text.strip() or _lacks_letters(text):
        raise DocumentError(scans.reason(len(scanned)) if scanned else "holds no text")
    metadata: dict[str, Any] = {"format": "pdf", "pages": count}
    metadata |= {name: mended(properties[key]) for key, name in _PROPERTIES.items() if properties.get(key, "").strip()}
    if repaired:
        metadata["repairs"] = list(repaired)
    if read_by_ocr:
        metadata["ocr_pages"] = read_by_ocr
    empty = sum(not page.strip() for page in pages)
    if empty:
        metadata["pages_without_text"] = empty
    created = _created(properties)
    if created:
        metadata["file_date"] = created
    yield Document(
        id=id,
        text=text,
        title=title or titles.find_title(pages[0]),
        date=date_finder.find_date(text),
        source=path,
        metadata=metadata,
    )
    if scanned:
        yield Failure(path, scans.reason(len(scanned)))
    if broken:
        yield pdf_pages.broken_pages(path, broken)


def _lacks_letters(text: str) -> bool:
    """Whether a page is in fonts that do not say which letters their glyphs are."""
    unknown = len(_UNKNOWN.findall(text))
    if "/g" in text or "(cid:" in text:
        unknown += sum(map(len, _CODES.findall(text)))
    if unknown and unknown > 0.5 * len("".join(text.split())):
        return True
    # Glyphs of a font with places of its own: no language has Cyrillic and Western letters beyond ASCII in one word.
    if not (_WESTERN.search(text) and CYRILLIC.search(text)):
        return False
    words = _WORD.findall(text)
    return sum(_MIXED.search(word) is not None for word in words) > MOST_MIXED * max(1, len(words))


def _by_ocr(pdf: Any, number: int) -> str:
    """The text that OCR reads on a page; "" where it takes too long or Tesseract fails."""
    page = pdf[number]
    try:
        scale = min(ocr.RESOLUTION / 72, (MOST_PIXELS / max(1.0, page.get_width() * page.get_height())) ** 0.5)
        bitmap = page.render(scale=scale, grayscale=True)
        picture = ocr.greyscale(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
        bitmap.close()
        return ocr.read(picture).replace("\f", "\n")
    except (ocr.PageTooSlowError, ocr.DamagedPictureError):
        return ""
    finally:
        page.close()


def _created(properties: dict[str, str]) -> str | None:
    """The day on which the file was made: the last resort for a date."""
    match = re.match(r"D:(\d{4})(\d\d)(\d\d)", properties.get("CreationDate", ""))
    if not match or int(match[1]) < 1985:  # clocks that were never set
        return None
    date = date_finder.parse_date("-".join(match.groups()))
    return date if date and date <= datetime.date.today().isoformat() else None
