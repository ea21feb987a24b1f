"""PowerPoint presentations (.pptx and its like): slides in their order, with tables, diagrams and notes."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from typing import Any, BinaryIO

from searchkit.documents import titles
from searchkit.documents.dates import date_finder
from searchkit.documents.readers.zip_package import core_properties, name_of, open_package, part, relations, xml
from searchkit.errors import DocumentError
from searchkit.model import Document, Failure

_BREAKS = {"br": "\n", "tab": "\t"}
_BESIDE = ("notesSlide", "diagramData", "chart", "comments")
"""Parts whose text belongs to the slide that names them."""


def read(file: BinaryIO, path: str, id: str) -> Iterator[Document | Failure]:
    """One document; slides are pages, divided by form feeds."""
    with open_package(file, "a PowerPoint file") as package:
        names = package.namelist()
        slides = _slides(package, names)
        if not slides:
            raise DocumentError("is a ZIP archive but not a PowerPoint file: give it its right extension")
        pages = ["\n".join(line for line in _slide(package, name) if line.strip()) for name in slides]
        facts = core_properties(package)
    text = "\f".join(pages)
    if not text.strip():
        raise DocumentError("holds no text")
    metadata: dict[str, Any] = {"format": "pptx", "pages": len(pages)}
    if facts.get("creator"):
        metadata["author"] = facts["creator"]
    created = date_finder.parse_date(facts.get("created", "")[:10]) or None
    if created:
        metadata["file_date"] = created
    first = pages[0].partition("\n")[0]
    yield Document(
        id=id,
        text=text,
        title=titles.meaningful(facts.get("title", "")) or (titles.clean(first) if titles.is_heading(first) else ""),
        date=date_finder.find_date(text),
        source=path,
        metadata=metadata,
    )


def _slides(package: zipfile.ZipFile, names: list[str]) -> list[str]:
    """The slides in the order of the presentation; by their numbers where it does not say."""
    targets = relations(package, "ppt/presentation.xml")
    root = xml(part(package, "ppt/presentation.xml"))
    listed: list[str] = []
    if root is not None:
        for element in root.iter():
            if name_of(element) == "sldId":
                keys = [value for key, value in element.attrib.items() if key.endswith("}id")]
                listed += [targets[key].target for key in keys if key in targets and targets[key].target in names]
    found = [name for name in names if re.fullmatch(r"ppt/slides/[^/]+\.xml", name)]
    return listed or sorted(found, key=lambda name: int("".join(re.findall(r"\d", name)) or 0))


def _slide(package: zipfile.ZipFile, name: str) -> Iterator[str]:
    yield from _lines(xml(part(package, name)))
    for kind, target in relations(package, name).values():
        if kind in _BESIDE:
            yield from _lines(xml(part(package, target)))


def _lines(root: Any | None) -> Iterator[str]:
    """The paragraphs of a part; the cells of a table's row are joined by tabs. Numbers of slides are left out."""
    if root is None:
        return
    for element in root.iter():
        name = name_of(element)
        if name == "tr":
            yield "\t".join(
                " ".join(_paragraph(p) for p in cell.iter() if name_of(p) == "p").strip()
                for cell in element
                if name_of(cell) == "tc"
            )
        elif name == "p" and not any(name_of(parent) == "tc" for parent in element.iterancestors()):
            yield _paragraph(element)
        elif name in ("text", "v") and element.text and not len(element):  # comments, labels of charts
            yield element.text


def _paragraph(paragraph: Any) -> str:
    pieces: list[str] = []
    for element in paragraph.iter():
        name = name_of(element)
        if name == "t":
            field = element.getparent()
            if name_of(field) != "fld" or field.get("type") != "slidenum":
                pieces.append(element.text or "")
        elif name in _BREAKS:
            pieces.append(_BREAKS[name])
    return "".join(pieces)
