"""Old PowerPoint presentations (.ppt of PowerPoint 97 and later): the text atoms of its one stream.

The stream is a tree of records: four bits of version and twelve of instance, sixteen of type, thirty-two of length, little-endian;
a record of version 15 holds records ([MS-PPT], 2.3.1). Text stands in atoms of three types.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from searchkit.documents import passwords, titles
from searchkit.documents.dates import date_finder
from searchkit.documents.readers.ole_properties import summary
from searchkit.errors import DocumentError
from searchkit.model import Document, Failure

_TEXT_CHARS, _TEXT_BYTES = 0x0FA0, 0x0FA8
_CONTAINER = 0xF
_DRAWING_TEXTBOX = 0xF00D
_SKIPPED = frozenset((0x03F8, 0x0FC9))
"""Containers without words of the author: the master slides, the handout."""
_DEEPEST = 50
_PLACEHOLDERS = ("Click to edit Master", "Образец ", "*")


def read(file: BinaryIO, path: str, id: str) -> Iterator[Document | Failure]:
    """One document, the paragraphs of the slides in the order in which the file has them."""
    import olefile

    try:
        with olefile.OleFileIO(file) as ole:
            if ole.exists("EncryptedSummary"):
                raise passwords.refusal()
            if not ole.exists("PowerPoint Document"):
                raise DocumentError("is not a PowerPoint file, whatever its name says: give it its right extension")
            data = ole.openstream("PowerPoint Document").read()
    except DocumentError:
        raise
    except MemoryError:
        raise
    except Exception as error:  # olefile lets errors of several kinds escape from damaged files
        raise DocumentError("is not a PowerPoint file or is damaged: save it as .pptx") from error
    seen: dict[str, None] = {}
    for text in _texts(memoryview(data), 0):
        cleaned = text.replace("\r", "\n").replace("\x0b", "\n").replace("\0", "").strip()
        if cleaned and not cleaned.startswith(_PLACEHOLDERS):
            seen[cleaned] = None  # outline and slide hold most texts twice
    if not seen:
        raise DocumentError("holds no text")
    facts = summary(file)
    whole = "\n".join(seen)
    first = next(iter(seen)).partition("\n")[0]
    yield Document(
        id=id,
        text=whole,
        title=titles.meaningful(facts.title) or (titles.clean(first) if titles.is_heading(first) else ""),
        date=date_finder.find_date(whole),
        source=path,
        metadata={"format": "ppt"} | facts.metadata(),
    )


def _texts(data: memoryview, depth: int) -> Iterator[str]:
    at = 0
    while at + 8 <= len(data):
        version = data[at] & 0xF
        kind = int.from_bytes(data[at + 2 : at + 4], "little")
        length = int.from_bytes(data[at + 4 : at + 8], "little")
        body = data[at + 8 : at + 8 + length]
        if kind == _TEXT_CHARS:
            yield bytes(body).decode("utf-16-le", "replace")
        elif kind == _TEXT_BYTES:  # the low bytes of UTF-16, where all high ones are zero
            yield bytes(body).decode("latin-1")
        elif (version == _CONTAINER or kind == _DRAWING_TEXTBOX) and kind not in _SKIPPED and depth < _DEEPEST:
            yield from _texts(body, depth + 1)
        at += 8 + length
