"""XML: the text of its elements, line by line. ALTO, which OCR programs write, is recognised: its words are attributes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from searchkit.documents import titles
from searchkit.documents.dates import date_finder
from searchkit.documents.encodings.detect import decode
from searchkit.documents.readers import html
from searchkit.documents.readers.zip_package import name_of, xml
from searchkit.errors import DocumentError
from searchkit.model import Document, Failure

_DECLARED = re.compile(rb"<\?xml[^>]{0,100}?encoding=[\"']([\w.:-]+)")
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_ENTITIES = re.compile(r"<!DOCTYPE[^>\[]*\[.*?\]\s*>", re.DOTALL)
_TITLES = frozenset(("title", "titleproper", "unittitle", "heading", "head", "название", "заголовок"))


def read(file: BinaryIO, path: str, id: str) -> Iterator[Document | Failure]:
    """One document; the pages of ALTO are divided by form feeds. Entities that the file defines are not resolved."""
    data = file.read()
    if html.is_page(data):
        yield html.document(data, path, id)
        return
    match = _DECLARED.search(data[:1024])
    page, encoding = decode(data, match[1].decode("ascii") if match else "utf-8")
    root = xml(_ENTITIES.sub("", _DECLARATION.sub("", page), count=1).encode("utf-8", "replace"))
    if root is None:
        raise DocumentError("is not XML or is damaged: save it anew with the program that made it")
    metadata: dict[str, Any] = {"format": "xml", "encoding": encoding}
    title = ""
    if name_of(root) == "alto":
        pages = [_alto_page(element) for element in root.iter() if name_of(element) == "Page"]
        text = "\f".join(pages)
        metadata |= {"format": "alto", "pages": len(pages)}
    else:
        text = "\n".join(_lines(root))
        title = next(("".join(e.itertext()) for e in root.iter() if name_of(e).lower() in _TITLES), "")
    if not text.strip():
        raise DocumentError("holds no text")
    yield Document(
        id=id,
        text=text,
        title=titles.clean(title) or titles.find_title(text),
        date=date_finder.find_date(text),
        source=path,
        metadata=metadata,
    )


def _lines(element: Any) -> Iterator[str]:
    """A line for each element that holds text of its own, with what is marked up within it."""
    mixed = bool((element.text or "").strip()) or any((child.tail or "").strip() for child in element)
    if mixed or not len(element):
        line = " ".join("".join(_text(element)).split())
        if line:
            yield line
        return
    for child in element:
        if name_of(child):
            yield from _lines(child)


def _text(element: Any) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if name_of(child):
            yield from _text(child)
        yield child.tail or ""


def _alto_page(page: Any) -> str:
    return "\n".join(_alto_line(line) for line in page.iter() if name_of(line) == "TextLine")


def _alto_line(line: Any) -> str:
    """The words of a line; of a word that goes on in the next line, its part with the hyphen."""
    return "".join(
        {"String": element.get("CONTENT", ""), "SP": " ", "HYP": element.get("CONTENT", "-")}.get(name_of(element), "")
        for element in line.iter()
    )
