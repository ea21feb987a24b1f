"""Repairs of every document, whatever its format: garbled letters, letters of old fonts, halves of characters.

`metadata["repairs"]` says what was done, so that nobody takes the text for what stands in the file; offsets are of the text
as it was mended.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from searchkit.documents import titles
from searchkit.documents.dates import date_finder
from searchkit.documents.encodings import legacy_fonts, mojibake
from searchkit.documents.encodings.detect import CUT
from searchkit.model import Document

GARBLED = "garbled letters were mended: they had been read in a wrong encoding"
OLD_FONT = "letters of an old Kazakh or Uzbek font were replaced by those that they stand for"
FONT_CODES = "letters of fonts that do not say which they are were replaced by those that they stand for"
HALVES = "halves of characters were replaced by \ufffd"
TO_BE_SAID = (CUT, HALVES)
"""Where something may be missing; the others are no loss."""

_HALF = re.compile("[\ud800-\udfff]")


def of(document: Document) -> Sequence[str]:
    """The repairs of a document, in words."""
    found: Sequence[str] = document.metadata.get("repairs", ())
    return found


def mend(document: Document) -> Document:
    """The document itself, or a copy whose text, title and metadata are mended."""
    done: list[str] = []
    if not all(map(_is_whole, vars(document).values())):
        document = Document(**{name: _whole(value) for name, value in vars(document).items()})
        done.append(HALVES)
    values = _values(document)
    mended = [mojibake.repair(value) for value in values]
    if mended != values:
        done.append(GARBLED)
    # An old font is told by all that is written in it, a title being too short.
    fonts = legacy_fonts.repair("\0".join(mended)).split("\0")
    if fonts != mended:
        done.append(OLD_FONT)
    if not done:
        return document
    return _rewritten(document, fonts, [*of(document), *done])


def _values(document: Document) -> list[str]:
    """The text, the title and the texts of the metadata, without NUL."""
    values = [document.text, document.title, *filter(_is_text, document.metadata.values())]
    return [value.replace("\0", "") for value in values]


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _rewritten(document: Document, values: list[str], done: list[str]) -> Document:
    """The document with `values` in place of those that `_values` gave; title and date that were not legible are found."""
    text, title, *rest = values
    texts = iter(rest)
    metadata = {name: next(texts) if _is_text(value) else value for name, value in document.metadata.items()}
    changed = text != document.text
    return replace(
        document,
        text=text,
        title=title or (titles.find_title(text) if changed else ""),
        date=document.date or (date_finder.find_date(text) if changed else None),
        metadata=metadata | {"repairs": done},
    )


def _is_whole(value: Any) -> bool:
    if isinstance(value, str):
        try:
            value.encode("utf-8")
        except UnicodeEncodeError:
            return False
    if isinstance(value, Mapping):
        return all(_is_whole(name) and _is_whole(item) for name, item in value.items())
    return all(map(_is_whole, value)) if isinstance(value, list | tuple) else True


def _whole(value: Any) -> Any:
    """`value` with U+FFFD for each half of a character: UTF-8, and so no index, has these."""
    if isinstance(value, str):
        return _HALF.sub("\ufffd", value)
    if isinstance(value, Mapping):
        return {_whole(name): _whole(item) for name, item in value.items()}
    return list(map(_whole, value)) if isinstance(value, list | tuple) else value
