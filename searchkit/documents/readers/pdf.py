"""PDF, by pdfium: the text layer with the values of forms and typed notes, pages joined by form feeds."""

from __future__ import annotations

import ctypes
import datetime
import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, BinaryIO

from searchkit.documents import ocr, scans, titles
from searchkit.documents.dates import date_finder
from searchkit.documents.encodings.detect import tidy
from searchkit.documents.encodings.mojibake import repair
from searchkit.documents.readers import pdf_letters, pdf_pages
from searchkit.errors import DocumentError
from searchkit.model import Document, Failure

LARGER = 1.15  # times the print of most of the page, from which a line may be the title
WHOLE = 64 << 20
"""Bytes up to which a file is read at once; a larger one is read piece by piece, which takes longer."""
DRAWN_LETTERS = 100  # shapes on a page without text from which they may be letters that were drawn
MOST_PIXELS = 40_000_000  # of a page that is read by OCR: A4 has 9 million at 300 dots an inch
LETTERS_MEASURED = 1_500  # code points of the first page whose print is measured, to find the title

MOST_MIXED = 0.3  # share of the words that may have letters of two alphabets
_WORD = re.compile(r"[^\W\d_]{4,}")
_MIXED = re.compile(
    "[\u0400-\u04ff][^\\s\u0400-\u04ff]*[\u00c0-\u024f]|[\u00c0-\u024f][^\\s\u00c0-\u024f]*[\u0400-\u04ff]"
)
_PROPERTIES = {"Author": "author", "Subject": "subject", "Keywords": "keywords"}
_HYPHEN_AT_LINE_END = "\ufffe"  # what pdfium writes for a hyphen and the line end after it
_TEXT_FIELDS = frozenset((4, 5, 6))  # combo box, list box, text field


def read(file: BinaryIO, path: str, id: str) -> Iterator[Document | Failure | None]:
    """One document; a page that cannot be read is left empty and is a Failure beside it."""
    import pypdfium2

    if b"%PDF-" not in file.read(1024):
        raise DocumentError("is not a PDF, whatever its name says: give it its right extension")
    size = file.seek(0, 2)
    file.seek(0)
    try:
        pdf = pypdfium2.PdfDocument(file.read() if size <= WHOLE else file)
    except pypdfium2.PdfiumError as error:
        raise _refusal(error) from error
    try:
        yield from _documents(pdf, path, id)
    finally:
        pdf.close()


def _refusal(error: Exception) -> DocumentError:
    """What to tell the user of a file that pdfium does not open."""
    if "password" in str(error).lower():
        return DocumentError("is encrypted: remove its password (open it and save or print it without one)")
    if "security" in str(error).lower():
        return DocumentError("is encrypted in a way that is not known: save or print it without protection")
    return DocumentError("is a damaged PDF: open it in a viewer and save or print it anew")


def _documents(pdf: Any, path: str, id: str) -> Iterator[Document | Failure | None]:
    import pypdfium2

    count = len(pdf)
    if not count:
        raise DocumentError("is a damaged PDF, which has no pages: open it in a viewer and save or print it anew")
    if pdf.get_formtype():
        pdf.init_forms()
    pages: list[str] = []
    broken: list[int] = []
    for number in range(count):
        try:
            pages.append(_mended(_text(pdf, number)))
        except pypdfium2.PdfiumError:
            pages.append("")
            broken.append(number + 1)
    if len(broken) == count:
        raise DocumentError(
            "is a damaged PDF, of which no page can be read: open it in a viewer and save or print it anew"
        )
    scanned = [number for number, page in enumerate(pages) if number + 1 not in broken and _is_scan(pdf, number, page)]
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
    properties = pdf.get_metadata_dict(skip_empty=True)
    metadata: dict[str, Any] = {"format": "pdf", "pages": count}
    metadata |= {name: _mended(properties[key]) for key, name in _PROPERTIES.items() if properties.get(key, "").strip()}
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
        title=titles.meaningful(_mended(properties.get("Title", ""))) or _title(pdf) or titles.find_title(pages[0]),
        date=date_finder.find_date(text),
        source=path,
        metadata=metadata,
    )
    if scanned:
        yield Failure(path, scans.reason(len(scanned)))
    if broken:
        yield pdf_pages.broken_pages(path, broken)


def _mended(text: str) -> str:
    return repair(pdf_letters.mend(text))


def _text(pdf: Any, number: int) -> str:
    """The text of a page, with what was typed into its forms and notes; what of it is not shown follows, each on a line."""
    page = pdf[number]
    try:
        text = _layer(page)
        typed = _typed(page, pdf)
        if typed is None:
            return text
        text = _flattened(page, pdf, number, text)
    finally:
        page.close()
    shown = "".join(text.split())
    more = [value for value in typed if "".join(value.split()) not in shown]
    return "\n".join([*([text] if text else []), *more])


def _flattened(page: Any, pdf: Any, number: int, text: str) -> str:
    """The text of a page with its forms and notes in their places; `text` as it was where fonts suffer from it."""
    import pypdfium2.raw as raw

    if raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY) != raw.FLATTEN_SUCCESS:
        return text
    again = pdf[number]  # what became part of the page is seen when it is loaded anew
    try:
        flat = _layer(again)
    finally:
        again.close()
    return flat if set(text.split()) <= set(flat.split()) else text


def _layer(page: Any) -> str:
    layer = page.get_textpage()
    try:
        text: str = layer.get_text_range()
    finally:
        layer.close()
    return tidy(text).replace("\f", "\n").replace(_HYPHEN_AT_LINE_END, "-\n")


def _typed(page: Any, pdf: Any) -> list[str] | None:
    """The values of form fields and the notes typed onto the page; None where it has neither."""
    import pypdfium2.raw as raw

    found = False
    values: list[str] = []
    for number in range(raw.FPDFPage_GetAnnotCount(page)):
        annotation = raw.FPDFPage_GetAnnot(page, number)
        kind = raw.FPDFAnnot_GetSubtype(annotation)
        found = found or kind in (raw.FPDF_ANNOT_FREETEXT, raw.FPDF_ANNOT_WIDGET)
        if kind == raw.FPDF_ANNOT_FREETEXT:
            values.append(_string(partial(raw.FPDFAnnot_GetStringValue, annotation, b"Contents")))
        elif (
            kind == raw.FPDF_ANNOT_WIDGET
            and pdf.formenv
            and raw.FPDFAnnot_GetFormFieldType(pdf.formenv, annotation) in _TEXT_FIELDS
        ):
            values.append(_string(partial(raw.FPDFAnnot_GetFormFieldValue, pdf.formenv, annotation)))
        raw.FPDFPage_CloseAnnot(annotation)
    return [tidy(value).strip() for value in values if value.strip()] if found else None


def _string(get: Callable[..., int]) -> str:
    """A text that pdfium writes into a buffer as UTF-16; `get(buffer, size)` gives its size in bytes."""
    import pypdfium2.raw as raw

    size = get(None, 0)
    if size <= 2:
        return ""
    buffer = ctypes.create_string_buffer(size)
    get(ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR)), size)
    return buffer.raw[: size - 2].decode("utf-16-le", "replace")


def _is_scan(pdf: Any, number: int, text: str) -> bool:
    """Whether a page is a picture, or in fonts that do not say which letters their glyphs are."""
    if text.strip():
        return _lacks_letters(text)
    import pypdfium2.raw as raw

    page = pdf[number]
    try:
        kinds = [item.type for item in page.get_objects(max_depth=3)]
        return raw.FPDF_PAGEOBJ_IMAGE in kinds or kinds.count(raw.FPDF_PAGEOBJ_PATH) >= DRAWN_LETTERS
    finally:
        page.close()


def _lacks_letters(text: str) -> bool:
    visible = "".join(text.split())
    unknown = sum(
        character == "\ufffd" or "\ue000" <= character <= "\uf8ff" or character < " " for character in visible
    )
    unknown += sum(len(name) for name in re.findall(r"/g\d+|/gid\d+|\(cid:\d+\)", visible))
    if unknown > 0.5 * len(visible):
        return True
    # Glyphs of a font with places of its own: no language has Cyrillic and Western letters beyond ASCII in one word.
    words = _WORD.findall(text)
    return sum(_MIXED.search(word) is not None for word in words) > MOST_MIXED * max(1, len(words))


def _by_ocr(pdf: Any, number: int) -> str:
    """What stands on the picture of a page; "" where it takes too long."""
    page = pdf[number]
    try:
        scale = min(ocr.RESOLUTION / 72, (MOST_PIXELS / max(1.0, page.get_width() * page.get_height())) ** 0.5)
        bitmap = page.render(scale=scale, grayscale=True)
        picture = ocr.greyscale(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
        bitmap.close()
        return ocr.read(picture).replace("\f", "\n")
    except ocr.PageTooSlowError:
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


def _title(pdf: Any) -> str:
    """The first line in the largest print of the first page, where it is larger than most and reads as a title."""
    import pypdfium2

    try:
        page = pdf[0]
        layer = page.get_textpage()
        runs = _runs(layer)
        layer.close()
        page.close()
    except pypdfium2.PdfiumError:  # the text has been read; only the sizes of its print are missing
        return ""
    lengths: Counter[float] = Counter()
    for height, text in runs:
        lengths[height] += len(text.strip())
    if len(lengths) < 2:
        return ""
    largest = max(lengths)
    line = titles.clean(_mended(next(text for height, text in runs if height == largest)))
    large = largest >= LARGER * lengths.most_common(1)[0][0]
    return line if large and " " in line and titles.is_heading(line) else ""


def _runs(layer: Any) -> list[tuple[float, str]]:
    """(height in points, text) of the lines of a page, lines of one height that follow each other together."""
    import pypdfium2.raw as raw

    runs: list[tuple[float, str]] = []
    box = raw.FS_RECTF()
    for index in range(min(layer.count_chars(), LETTERS_MEASURED)):
        letter = chr(raw.FPDFText_GetUnicode(layer, index))
        height = runs[-1][0] if runs else 0.0
        if letter.strip() and raw.FPDFText_GetLooseCharBox(layer, index, box):
            height = round(abs(box.top - box.bottom), 1)
        if runs and height == runs[-1][0]:
            runs[-1] = (height, runs[-1][1] + letter)
        elif letter.strip():
            runs.append((height, letter))
    return runs
