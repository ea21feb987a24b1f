"""Electronic books: EPUB, chapter by chapter in the order of its spine, and FictionBook (.fb2)."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from typing import Any, BinaryIO
from urllib.parse import unquote

from searchkit.documents import titles
from searchkit.documents.dates import date_finder
from searchkit.documents.encodings.detect import decode
from searchkit.documents.readers.html_blocks import visible_text
from searchkit.documents.readers.zip_package import name_of, open_package, part, xml
from searchkit.errors import DocumentError
from searchkit.model import Document, Failure

_BLOCKS = frozenset(("p", "v", "subtitle", "text-author", "td", "th"))


def read_epub(file: BinaryIO, path: str, id: str) -> Iterator[Document | Failure]:
    """One document; chapters are pages, divided by form feeds."""
    with open_package(file, "an EPUB book") as package:
        container = xml(part(package, "META-INF/container.xml"))
        roots = (
            [] if container is None else [e.get("full-path", "") for e in container.iter() if name_of(e) == "rootfile"]
        )
        book = xml(part(package, roots[0])) if roots else None
        if book is None:
            raise DocumentError("is not an EPUB book or is damaged: save it anew with a program for e-books")
        if part(package, "META-INF/rights.xml") is not None:
            raise DocumentError("is protected against copying: it cannot be read")
        chapters = list(_chapters(package, roots[0], book))
    text = "\f".join(chapters)
    if not text.strip():
        raise DocumentError("holds no text")
    facts: dict[str, list[str]] = {}
    for element in book.iter():
        if element.text and name_of(element.getparent() if element.getparent() is not None else element) == "metadata":
            facts.setdefault(name_of(element), []).append(element.text.strip())
    yield _document(
        id, path, "epub", text, first(facts, "title"), facts.get("creator", []), first(facts, "date"), len(chapters)
    )


def read_fb2(file: BinaryIO, path: str, id: str) -> Iterator[Document | Failure]:
    """One document; the notes follow the text."""
    data = file.read()
    book = xml(data)
    if book is None or name_of(book) != "FictionBook":
        raise DocumentError("is not a FictionBook or is damaged: save it anew with a program for e-books")
    bodies = [child for child in book if name_of(child) == "body"]
    text = "\n".join(line for body in bodies for line in _blocks(body))
    if not text.strip():
        raise DocumentError("holds no text")
    info = next((e for e in book.iter() if name_of(e) == "title-info"), None)
    title, date, authors = "", "", []
    for element in () if info is None else info:
        name = name_of(element)
        if name == "book-title":
            title = "".join(element.itertext()).strip()
        elif name == "date":
            date = element.get("value") or "".join(element.itertext()).strip()
        elif name == "author":
            parts = {name_of(part): (part.text or "").strip() for part in element}
            names = (parts.get(part, "") for part in ("first-name", "middle-name", "last-name"))
            authors.append(" ".join(filter(None, names)))
    yield _document(id, path, "fb2", text, title, authors, date, None)


def _document(
    id: str, path: str, format: str, text: str, title: str, authors: list[str], date: str, pages: int | None
) -> Document:
    metadata: dict[str, Any] = {"format": format}
    if pages:
        metadata["pages"] = pages
    if any(authors):
        metadata["author"] = "; ".join(filter(None, authors))
    return Document(
        id=id,
        text=text,
        title=titles.clean(title) or titles.find_title(text),
        date=date_finder.parse_date(date)
        or date_finder.parse_date(date[:10])
        or date_finder.parse_date(date[:4])
        or None,
        source=path,
        metadata=metadata,
    )


def first(facts: dict[str, list[str]], name: str) -> str:
    """The first value of a name, "" without one."""
    return facts.get(name, [""])[0]


def _chapters(package: zipfile.ZipFile, root: str, book: Any) -> Iterator[str]:
    folder = posixpath.dirname(root)
    items = {e.get("id"): e.get("href", "") for e in book.iter() if name_of(e) == "item"}
    for element in book.iter():
        if name_of(element) == "itemref" and element.get("idref") in items:
            name = posixpath.normpath(posixpath.join(folder, unquote(items[element.get("idref")])))
            data = part(package, name)
            if data:
                yield visible_text(decode(data, "utf-8")[0])


def _blocks(element: Any) -> Iterator[str]:
    for child in element:
        name = name_of(child)
        if name in _BLOCKS:
            yield "".join(child.itertext()).strip()
        elif name and name != "binary":
            yield from _blocks(child)
