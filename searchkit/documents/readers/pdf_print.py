"""The title of a PDF by its print: the first line in the largest letters of the first page."""

from __future__ import annotations

import sys
from collections import Counter
from typing import Any

from searchkit.documents import titles
from searchkit.documents.readers.pdf_letters import mended

LARGER = 1.15  # times the print of most of the page, from which a line may be the title
LETTERS_MEASURED = 1_500  # code points of the first page whose print is measured, to find the title


def title_by_print(pdf: Any) -> str:
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
    line = titles.clean(mended(next(text for height, text in runs if height == largest)))
    large = largest >= LARGER * lengths.most_common(1)[0][0]
    return line if large and " " in line and titles.is_heading(line) else ""


def _runs(layer: Any) -> list[tuple[float, str]]:
    """(height in points, text) of the lines of a page, lines of one height that follow each other together. The first letter
    of a word tells the height of all."""
    import pypdfium2.raw as raw

    runs: list[tuple[float, str]] = []
    box = raw.FS_RECTF()
    begins = True
    for index in range(min(layer.count_chars(), LETTERS_MEASURED)):
        code = raw.FPDFText_GetUnicode(layer, index)
        letter = chr(code) if code <= sys.maxunicode else "\ufffd"  # fonts that are damaged give any number
        height = runs[-1][0] if runs else 0.0
        if begins and letter.strip() and raw.FPDFText_GetLooseCharBox(layer, index, box):
            height = round(abs(box.top - box.bottom), 1)
        begins = not letter.strip()
        if runs and height == runs[-1][0]:
            runs[-1] = (height, runs[-1][1] + letter)
        elif letter.strip():
            runs.append((height, letter))
    return runs
