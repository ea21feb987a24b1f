"""Word documents (.docx and its like): all visible text, in order; then notes, comments, headers and footers.

The parts are read by their own XML, by the names of elements without their namespaces: so files of the strict kind are read,
templates, files with macros, and files that lack parts which others name.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any, BinaryIO

from searchkit.documents import titles
from searchkit.documents.dates import date_finder
from searchkit.documents.encodings.detect import decode, tidy
from searchkit.documents.readers import html
from searchkit.documents.readers.zip_package import core_properties, name_of, open_package, part, relations, xml
from searchkit.errors import DocumentError
from searchkit.model import Document, Failure

_MAIN = "word/document.xml"
# Deleted text, instructions of fields, properties, and the second copy of text boxes for old programs.
_SKIPPED = frozenset(("del", "moveFrom", "instrText", "delText", "pPr", "Fallback"))
_CHARACTERS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
_TEMPLATE_DATE = "2013-12-23"  # python-docx's own template, which its users seldom change
_BESIDE = ("footnotes", "endnotes", "comments", "header", "footer", "diagramData", "chart")
"""Parts whose text follows that of the document."""
_DEEPEST = 3
"""Documents within documents that are read."""


def read(file: BinaryIO, path: str, id: str) -> Iterator[Document | Failure]:
    """One document."""
    with open_package(file, "a Word file") as package:
        word = _WordPackage(package)
        lines = list(word.lines())
        text = tidy("\n".join([*lines, *word.beside()]))
        heading = word.heading()
        facts = core_properties(package)
    if not text.strip():
        raise DocumentError("holds no text")
    metadata: dict[str, Any] = {"format": "docx"}
    if facts.get("creator") and facts["creator"] != "python-docx":
        metadata["author"] = titles.clean(facts["creator"])
    created = facts.get("created", "")[:10]
    if created != _TEMPLATE_DATE and (day := date_finder.parse_date(created)):
        metadata["file_date"] = day
    yield Document(
        id=id,
        text=text,
        title=titles.meaningful(facts.get("title", "")) or heading or titles.find_title("\n\n".join(lines[:20])),
        date=date_finder.find_date(text),
        source=path,
        metadata=metadata,
    )


class _WordPackage:
    """An open Word package. Raises DocumentError where it holds no document."""

    def __init__(self, package: zipfile.ZipFile, depth: int = 0) -> None:
        self._package = package
        self._depth = depth
        mains = [relation.target for relation in relations(package, "").values() if relation.kind == "officeDocument"]
        self._main = next((name for name in mains if name in package.namelist()), _MAIN)
        root = xml(part(package, self._main))
        if root is None or name_of(root) != "document":
            if self._main in package.namelist() or "[Content_Types].xml" in package.namelist():
                raise DocumentError("is a damaged Word file: open it in Word and save it anew")
            raise DocumentError("is a ZIP archive but not a Word file: unpack it")
        self._root = root
        self._relations = relations(package, self._main)
        self._names, self._capitals = self._styles()

    def lines(self) -> Iterator[str]:
        """The paragraphs and table rows of the document."""
        return self._lines(self._root)

    def beside(self) -> list[str]:
        """The lines of notes, comments, headers and footers, each distinct line once."""
        lines: dict[str, None] = {}
        for kind, target in self._relations.values():
            if kind in _BESIDE and (root := xml(part(self._package, target))) is not None:
                lines |= dict.fromkeys(line for line in self._lines(root) if line.strip())
        return list(lines)

    def heading(self) -> str:
        """The first paragraph in the style Title, else the first in a heading style, among the first two hundred."""
        first = ""
        for number, paragraph in enumerate(e for e in self._root.iter() if name_of(e) == "p"):
            if number >= 200:
                break
            style = self._names.get(_value(paragraph, "pPr", "pStyle"), "")
            if style == "title" or (style.startswith("heading") and not first):
                text = titles.clean(self._paragraph(paragraph, []))
                if text and style == "title":
                    return text
                first = text
        return first

    def _styles(self) -> tuple[dict[str, str], frozenset[str]]:
        """The names of styles in small letters by their ids, and the ids of those that show capitals."""
        parts = [relation.target for relation in self._relations.values() if relation.kind == "styles"]
        root = xml(part(self._package, parts[0])) if parts else None
        if root is None:
            return {}, frozenset()
        styles = [(_attribute(style, "styleId"), style) for style in root if name_of(style) == "style"]
        names = {id: _value(style, "name").lower() for id, style in styles}
        return names, frozenset(id for id, style in styles if _shows_capitals(_child(style, "rPr")))

    # -------------------------------------------------------------- text
    def _lines(self, element: Any) -> Iterator[str]:
        """The paragraphs and table rows under `element`; the cells of a row are joined by tabs."""
        for child in element:
            name = name_of(child)
            if name == "p":
                boxes: list[str] = []
                yield self._paragraph(child, boxes)
                yield from boxes
            elif name == "tr":
                cells = (cell for cell in child.iter() if name_of(cell) == "tc" and _row(cell) is child)
                yield "\t".join(" ".join(self._lines(cell)).strip() for cell in cells)
            elif name == "altChunk":
                yield from self._chunk(_attribute(child, "id"))
            elif name and name not in _SKIPPED:
                yield from self._lines(child)

    def _paragraph(self, paragraph: Any, boxes: list[str]) -> str:
        """The text of a paragraph; that of text boxes anchored in it goes to `boxes`."""
        all_capitals = _value(paragraph, "pPr", "pStyle") in self._capitals
        pieces: list[str] = []
        stack = [(child, all_capitals) for child in reversed(paragraph)]
        while stack:
            element, capitals = stack.pop()
            name = name_of(element)
            if name == "r":
                properties = _child(element, "rPr")
                capitals = capitals or _shows_capitals(properties) or _value(element, "rPr", "rStyle") in self._capitals
            if name == "t":
                text = element.text or ""
                pieces.append(text.upper() if capitals else text)
            elif name in _CHARACTERS:
                pieces.append(_CHARACTERS[name])
            elif name == "txbxContent":
                boxes.extend(self._lines(element))
            elif name and name not in _SKIPPED and name != "rPr":
                stack.extend((child, capitals) for child in reversed(element))
        return "".join(pieces)

    def _chunk(self, id: str) -> Iterator[str]:
        """The lines of a file that stands whole within the document: a page, a text or another Word file."""
        relation = self._relations.get(id)
        data = part(self._package, relation.target) if relation else None
        if not data or self._depth >= _DEEPEST:
            return
        try:
            if data.startswith(b"PK\x03\x04"):
                with open_package(io.BytesIO(data), "a Word file") as package:
                    yield from _WordPackage(package, self._depth + 1).lines()
            elif html.is_page(data) or data.lstrip()[:1] == b"<":
                yield from html.document(data, "", "chunk").text.split("\n")
            else:
                yield from tidy(decode(data)[0]).split("\n")
        except DocumentError:
            return  # the document around it is read all the same


def _row(cell: Any) -> Any:
    """The row that a cell stands in, past content controls; a cell of an inner table is not its outer row's."""
    parent = cell.getparent()
    while parent is not None and name_of(parent) != "tr":
        parent = parent.getparent()
    return parent


def _child(element: Any, name: str) -> Any | None:
    return next((child for child in element if name_of(child) == name), None)


def _attribute(element: Any, name: str) -> str:
    """The value of an attribute, whatever its namespace."""
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def _value(element: Any, *names: str) -> str:
    """The attribute `val` of the child of the child … of these names."""
    for name in names:
        element = _child(element, name)
        if element is None:
            return ""
    return _attribute(element, "val")


def _shows_capitals(properties: Any | None) -> bool:
    """Whether these properties of a run show small letters as capitals, which is how a name in a list is read."""
    if properties is None:
        return False
    found = [_child(properties, "caps"), _child(properties, "smallCaps")]
    return any(child is not None and _attribute(child, "val") not in ("0", "false", "off") for child in found)
