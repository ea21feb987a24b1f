"""OpenDocument: texts (.odt) and presentations (.odp), as LibreOffice writes them. Tables are in `spreadsheet`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from searchkit.documents import odf_passwords, titles
from searchkit.documents.dates import date_finder
from searchkit.documents.readers.zip_package import name_of, open_package, part, xml
from searchkit.errors import DocumentError
from searchkit.model import Document, Failure

_PARAGRAPHS = frozenset(("p", "h"))
_SKIPPED = frozenset(("tracked-changes", "forms", "settings", "styles", "automatic-styles", "font-face-decls"))
_LONGEST_SPACE = 100


def read(file: BinaryIO, path: str, id: str) -> Iterator[Document | Failure]:
    """One document; slides are pages, divided by form feeds."""
    with open_package(odf_passwords.opened(file), "an OpenDocument file") as package:
        content = xml(part(package, "content.xml"))
        stated = xml(part(package, "meta.xml"))
    if content is None:
        raise DocumentError("is not an OpenDocument file or is damaged: open it in LibreOffice and save it anew")
    slides = [element for element in content.iter() if name_of(element) == "page"]
    text = "\x0c".join("\n".join(lines(slide)) for slide in slides) if slides else "\n".join(lines(content))
    if not text.strip():
        raise DocumentError("holds no text")
    metadata: dict[str, Any] = {"format": "odp" if slides else "odt"}
    if slides:
        metadata["pages"] = len(slides)
    facts = properties(stated)
    if facts.get("creator"):
        metadata["author"] = facts["creator"]
    created = date_finder.parse_date(facts.get("creation-date", "")[:10]) or None
    if created:
        metadata["file_date"] = created
    yield Document(
        id=id,
        text=text,
        title=titles.meaningful(facts.get("title", "")) or _heading(content) or titles.find_title(text),
        date=date_finder.find_date(text),
        source=path,
        metadata=metadata,
    )


def lines(element: Any) -> Iterator[str]:
    """The paragraphs and table rows under an element; the cells of a row are joined by tabs."""
    for child in element:
        name = name_of(child)
        if name in _PARAGRAPHS:
            inner: list[str] = []
            yield "".join(_pieces(child, inner))
            yield from inner
        elif name == "table-row":
            yield "\t".join(" ".join(lines(cell)).strip() for cell in child if name_of(cell).endswith("table-cell"))
        elif name not in _SKIPPED:
            yield from lines(child)


def _pieces(element: Any, inner: list[str]) -> Iterator[str]:
    """The text of a paragraph; the lines of notes and frames within it go to `inner`."""
    yield element.text or ""
    for child in element:
        name = name_of(child)
        if name == "s":
            count = next((value for key, value in child.attrib.items() if key.endswith("}c")), "1")
            yield " " * min(int(count) if count.isdigit() else 1, _LONGEST_SPACE)
        elif name == "tab":
            yield "\t"
        elif name == "line-break":
            yield "\n"
        elif name in ("note", "frame", "custom-shape", "annotation"):
            inner += [line for line in lines(child) if line.strip()]
        elif name and name not in _SKIPPED:
            yield from _pieces(child, inner)
        yield child.tail or ""


def properties(meta: Any | None) -> dict[str, str]:
    """The metadata in meta.xml, by the names of its elements: "title", "creator", "creation-date"."""
    if meta is None:
        return {}
    return {
        name_of(element): (element.text or "").strip() for element in reversed(list(meta.iter())) if name_of(element)
    }


def _heading(content: Any) -> str:
    for number, element in enumerate(content.iter()):
        if number > 2_000:
            break
        if name_of(element) == "h":
            return titles.clean("".join(_pieces(element, [])))
    return ""
