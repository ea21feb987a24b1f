"""The title of a PDF by its print: the first line in the largest letters of the first page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from searchkit.documents import titles
from searchkit.documents.readers.pdf_letters import HYPHEN_AT_LINE_END, mended, with_accents

LARGER = 1.15  # times the print of most of the page, from which a line may be the title
LETTERS_MEASURED = 1_500  # code points of the first page whose print is measured, to find the title

_WORD = re.compile(r"\S+\s*")


def title_by_print(lines: Sequence[tuple[float, str]]) -> str:
    """The first of the `prints` of a page in the largest size, where it is larger than most and reads as a title."""
    lengths: Counter[float] = Counter()
    for height, text in lines:
        lengths[height] += len(text.strip())
    if len(lengths) < 2:
        return ""
    largest = max(lengths)
    line = next(text for height, text in lines if height == largest)
    first, *rest = line.split(HYPHEN_AT_LINE_END)
    line = first + "".join(part if part[:1].islower() else f"-{part}" for part in rest)
    line = titles.clean(mended(with_accents(line)))
    large = largest >= LARGER * lengths.most_common(1)[0][0]
    return line if large and " " in line and titles.is_heading(line) else ""


def prints(layer: Any, text: str) -> list[tuple[float, str]]:
    """(height in points, text) of the first lines of a page, lines of one height that follow each other together.

    `text` is the text of the page as pdfium gives it. The first letter of a word tells the height of all of it: pdfium is
    asked once a word, since a question takes as long as reading a hundred letters.
    """
    import pypdfium2.raw as raw

    found: list[tuple[float, str]] = []
    box = raw.FS_RECTF()
    handle = layer.raw
    for word in _WORD.finditer(text, 0, LETTERS_MEASURED):
        index = raw.FPDFText_GetCharIndexFromTextIndex(handle, word.start())
        measured = index >= 0 and raw.FPDFText_GetLooseCharBox(handle, index, box)
        height = round(abs(box.top - box.bottom), 1) if measured else found[-1][0] if found else 0.0
        if found and height == found[-1][0]:
            found[-1] = (height, found[-1][1] + word[0])
        else:
            found.append((height, word[0]))
    return found
