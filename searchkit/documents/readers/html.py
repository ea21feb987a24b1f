"""Web pages: the main text without menus, the title, and the date that the page states.

trafilatura finds the main text. Where it finds little, or less than half of what stands outside menus (a page of teasers
has no one main text), the text of all blocks is taken that are not mostly links.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from searchkit.documents.dates import date_finder
from searchkit.documents.encodings.detect import read_text, tidy
from searchkit.documents.readers import html_metadata
from searchkit.documents.readers.html_blocks import visible_text
from searchkit.errors import DocumentError
from searchkit.model import Document, Failure

_BEGINS = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.I | re.S
)
_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)|<\?xml[^>]{0,100}encoding=[\"']([\w.:-]+)", re.I
)
_XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_TABLE_ROW = re.compile(r"^\|(.*)\|[ \t]*(?:\n|\Z)", re.MULTILINE)
_SHORTEST = 500  # code points of main text; on shorter pages trafilatura takes menus in
_ENOUGH = 0.5  # trafilatura's share of the text outside menus from which it is believed


def is_page(data: bytes) -> bool:
    """Whether the data begins as a web page does."""
    return _BEGINS.match(data[:4096]) is not None


def read(file: BinaryIO, path: str, id: str) -> Iterator[Document | Failure]:
    """One document."""
    yield document(file.read(), path, id)


def document(data: bytes, path: str, id: str, declared: str | None = None) -> Document:
    """The document of a page, given as bytes; `declared` is the encoding that its sender states."""
    match = _CHARSET.search(data[:8192])
    if declared is None and match:
        declared = (match[1] or match[2]).decode("ascii", "replace")
    page, encoding, repairs = read_text(data, declared)
    page = _XML_DECLARATION.sub("", tidy(page))
    facts, main = _main_text(page)
    text = visible_text(page)
    if not text or len(main) >= max(_SHORTEST, _ENOUGH * len(text)):
        text = main
    if not text.strip():
        raise DocumentError("holds no text outside its scripts and menus: save the page again when it has loaded")
    metadata: dict[str, Any] = {**facts.metadata, "format": "html", "encoding": encoding}
    if repairs:
        metadata["repairs"] = list(repairs)
    return Document(
        id=id,
        text=text,
        title=facts.title,
        date=facts.date or date_finder.find_date(text),
        source=path,
        metadata=metadata,
    )


def _main_text(page: str) -> tuple[html_metadata.Facts, str]:
    """The page's metadata, and its main text, "" where there is none to be found."""
    import lxml.etree
    import lxml.html
    import trafilatura

    try:
        parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=False)
        tree = lxml.html.document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    except (lxml.etree.LxmlError, ValueError):
        return html_metadata.Facts(), ""
    facts = html_metadata.find(tree)
    try:
        # Facts were read first: from here on the tree is taken apart. Headings that are links lose their links, or those
        # of a page of teasers would count as a menu.
        for link in tree.xpath("//*[self::h1 or self::h2 or self::h3 or self::h4 or self::h5 or self::h6]//a"):
            link.drop_tag()
        text = trafilatura.extract(tree, include_comments=False, include_tables=True, favor_recall=True)
    except Exception:  # the extraction is a help, not a condition: the page's blocks remain
        text = None
    return facts, _TABLE_ROW.sub(_cells, text or "").strip("\n")


def _cells(row: re.Match[str]) -> str:
    """A row of a table, which trafilatura writes as Markdown does, with tabs between the cells."""
    cells = [cell.strip() for cell in row[1].split("|")]
    return "" if all(re.fullmatch(":?-+:?", cell) for cell in cells) else "\t".join(cells) + "\n"
