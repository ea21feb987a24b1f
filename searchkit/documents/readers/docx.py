"""Word documents, by python-docx: all visible text, in order; then notes, headers and footers.

python-docx opens the package and knows properties and styles. The text is read from the XML itself, since its paragraphs
leave out what stands in content controls, tracked insertions and text boxes.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from typing import Any, BinaryIO

from searchkit.documents import titles
from searchkit.documents.dates import find
from searchkit.documents.reasons import error_summary
from searchkit.errors import DocumentError
from searchkit.model import Document, Failure

LARGEST = 512 << 20  # bytes of the unpacked file
HIGHEST_RATIO = 200  # unpacked to packed, for files that unpack to more than `UNSUSPECTED`; text packs at 1:10 to 1:40
UNSUSPECTED = 32 << 20

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
# Deleted text, instructions of fields, and the second copy of text boxes for old programs.
_SKIPPED = frozenset((f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", f"{_W}delText", f"{_W}pPr", f"{_W}rPr", _FALLBACK))
_CHARACTERS = {
    f"{_W}tab": "\t",
    f"{_W}br": "\n",
    f"{_W}cr": "\n",
    f"{_W}noBreakHyphen": "\u2011",
    f"{_W}softHyphen": "\u00ad",
}
_TEMPLATE_DATE = "2013-12-23"  # python-docx's own template, which its users seldom change
_NOTES = ("/footnotes", "/endnotes", "/header", "/footer")


def read(file: BinaryIO, path: str, id: str) -> Iterator[Document | Failure]:
    """One document."""
    _check_package(file)
    import docx

    try:
        file.seek(0)
        word = docx.Document(file)
        lines = list(_lines(word.element.body))
        notes = _notes(word)
        heading = _heading(word)
        properties = word.core_properties
        metadata: dict[str, Any] = {"format": "docx"}
        if properties.author and properties.author != "python-docx":
            metadata["author"] = titles.clean(properties.author)
        stated = properties.title or ""
        created = properties.created.date().isoformat() if properties.created else None
    except (MemoryError, DocumentError):
        raise
    except Exception as error:  # python-docx lets errors of every kind escape from malformed files
        raise DocumentError(
            f"is a damaged Word file ({error_summary(error)}): open it in Word and save it anew"
        ) from error
    text = "\n".join(lines + notes).replace("\0", "")
    if not text.strip():
        raise DocumentError("holds no text")
    if created == _TEMPLATE_DATE:
        created = None
    if created:
        metadata["file_date"] = created
    yield Document(
        id=id,
        text=text,
        title=titles.meaningful(stated) or heading or titles.find_title("\n\n".join(lines[:20])),
        date=find.find_date(text),
        source=path,
        metadata=metadata,
    )


def _check_package(file: BinaryIO) -> None:
    """Raise DocumentError for what is no Word package, and for zip bombs, before anything is unpacked."""
    start = file.read(4)
    if start == b"\xd0\xcf\x11\xe0":
        file.seek(0)
        if "EncryptedPackage".encode("utf-16-le") in file.read():
            raise DocumentError("is encrypted: remove its password")
        raise DocumentError("is an old Word file (.doc) under another name: save it as .docx")
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as package:
            entries = package.infolist()
            names = {entry.filename for entry in entries}
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError):
        raise DocumentError("is not a Word file or is damaged: open it in Word and save it anew") from None
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries) or 1
    if unpacked > LARGEST or (unpacked > UNSUSPECTED and unpacked > HIGHEST_RATIO * packed):
        raise DocumentError(f"unpacks to {unpacked / (1 << 20):,.0f} MB, as a zip bomb does, and was not opened")
    if "[Content_Types].xml" not in names:
        raise DocumentError("is a ZIP archive but not a Word file: unpack it")


def _lines(element: Any) -> Iterator[str]:
    """The paragraphs and table rows under `element`; the cells of a row are joined by tabs."""
    for child in element:
        if child.tag == f"{_W}p":
            boxes: list[str] = []
            yield _paragraph(child, boxes)
            yield from boxes
        elif child.tag == f"{_W}tr":
            yield "\t".join(" ".join(_lines(cell)).strip() for cell in child.iter(f"{_W}tc") if _row(cell) is child)
        elif child.tag not in _SKIPPED and isinstance(child.tag, str):
            yield from _lines(child)


def _row(cell: Any) -> Any:
    """The row that a cell stands in, past content controls; a cell of an inner table is not its outer row's."""
    parent = cell.getparent()
    while parent is not None and parent.tag != f"{_W}tr":
        parent = parent.getparent()
    return parent


def _paragraph(paragraph: Any, boxes: list[str]) -> str:
    """The text of a paragraph; that of text boxes anchored in it goes to `boxes`."""
    pieces: list[str] = []
    stack = list(reversed(paragraph))
    while stack:
        element = stack.pop()
        if element.tag in (f"{_W}t", _MATH):
            pieces.append(element.text or "")
        elif element.tag in _CHARACTERS:
            pieces.append(_CHARACTERS[element.tag])
        elif element.tag == f"{_W}txbxContent":
            boxes.extend(_lines(element))
        elif element.tag not in _SKIPPED:
            stack.extend(reversed(element))
    return "".join(pieces)


def _notes(word: Any) -> list[str]:
    """The lines of footnotes, endnotes, headers and footers, each distinct line once."""
    from lxml import etree

    lines: dict[str, None] = {}
    for relation in word.part.rels.values():
        if relation.is_external or not relation.reltype.endswith(_NOTES):
            continue
        parser = etree.XMLParser(resolve_entities=False, huge_tree=False)
        root = etree.fromstring(relation.target_part.blob, parser)
        lines |= dict.fromkeys(line for line in _lines(root) if line.strip())
    return list(lines)


def _heading(word: Any) -> str:
    """The first paragraph in the style Title, else the first in a heading style, among the first two hundred."""
    first = ""
    for number, paragraph in enumerate(word.paragraphs):
        if number >= 200:
            break
        style = (paragraph.style.name or "") if paragraph.style is not None else ""
        text = titles.clean(paragraph.text)
        if text and style.lower() == "title":
            return text
        if text and not first and style.lower().startswith("heading"):
            first = text
    return first
