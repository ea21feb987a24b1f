"""The text layer of a page of a PDF, with what was typed into its forms and notes."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

from searchkit.documents.encodings.detect import tidy
from searchkit.documents.readers.pdf_letters import HYPHEN_AT_LINE_END, with_accents
from searchkit.documents.readers.pdf_print import prints

DRAWN_LETTERS = 100  # shapes on a page without text from which they may be letters that were drawn
_TEXT_FIELDS = frozenset((4, 5, 6))  # combo box, list box, text field


class PdfPage(NamedTuple):
    """What a page says; `prints` are the sizes of its lines where they were asked for (see `pdf_print.prints`)."""

    text: str
    prints: list[tuple[float, str]]
    is_drawn: bool
    """Whether it has no text but a picture, or shapes that may be letters."""


def read_page(pdf: Any, number: int, with_prints: bool = False) -> PdfPage:
    """A page: its text, with what was typed into its forms and notes; what of it is not shown follows, each on a line."""
    page = pdf[number]
    try:
        text, prints = _layer(page, with_prints)
        typed = _typed(page, pdf)
        if typed is not None:
            text = _with_typed(_flattened(page, pdf, number, text), typed)
        return PdfPage(text, prints, not text.strip() and _is_drawn(page))
    finally:
        page.close()


def _with_typed(text: str, typed: list[str]) -> str:
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
        flat, _ = _layer(again)
    finally:
        again.close()
    return flat if set(text.split()) <= set(flat.split()) else text


def _layer(page: Any, with_prints: bool = False) -> tuple[str, list[tuple[float, str]]]:
    layer = page.get_textpage()
    try:
        text: str = layer.get_text_range()
        found = prints(layer, text) if with_prints else []
    finally:
        layer.close()
    return with_accents(tidy(text).replace("\f", "\n").replace(HYPHEN_AT_LINE_END, "-\n")), found


def _is_drawn(page: Any) -> bool:
    import pypdfium2.raw as raw

    kinds = [item.type for item in page.get_objects(max_depth=3)]
    return raw.FPDF_PAGEOBJ_IMAGE in kinds or kinds.count(raw.FPDF_PAGEOBJ_PATH) >= DRAWN_LETTERS


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
