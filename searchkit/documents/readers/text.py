"""Plain text and Markdown. The text is kept as it stands; a saved web page or another format under .txt is told apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from searchkit.documents import titles
from searchkit.documents.dates import date_finder
from searchkit.documents.encodings.detect import read_text, tidy
from searchkit.documents.readers import html
from searchkit.errors import DocumentError
from searchkit.model import Document, Failure

_FRONT_MATTER = re.compile(r"\A\ufeff?---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_PROPERTY = re.compile(r"^([\w-]+):[ \t]+(.+?)[ \t]*$", re.MULTILINE)


def read(file: BinaryIO, path: str, id: str) -> Iterator[Document | Failure]:
    """One document; title and date from the first lines."""
    data = file.read()
    if html.is_page(data):
        yield html.document(data, path, id)
        return
    text, metadata = _text(data, "txt")
    yield Document(
        id=id,
        text=text,
        title=titles.find_title(text),
        date=date_finder.find_date(text),
        source=path,
        metadata=metadata,
    )


def read_markdown(file: BinaryIO, path: str, id: str) -> Iterator[Document | Failure]:
    """One document; title and date from the front matter ("title: …" between lines of ---), else as in plain text."""
    text, metadata = _text(file.read(), "md")
    match = _FRONT_MATTER.match(text)
    body = text[match.end() :] if match else text
    properties = {name.lower(): value.strip("\"'") for name, value in _PROPERTY.findall(match[1])} if match else {}
    title = titles.clean(properties.pop("title", ""))
    date = date_finder.parse_date(properties.pop("date", ""))
    yield Document(
        id=id,
        text=text,
        title=title or titles.find_markdown_title(body) or titles.find_title(body),
        date=date or date_finder.find_date(body),
        source=path,
        metadata={**properties, **metadata},
    )


def _text(data: bytes, format: str) -> tuple[str, dict[str, Any]]:
    """The text of a file and the metadata that hold for every text."""
    decoded = read_text(data)
    text = tidy(decoded.text)
    if text.startswith("{\\rtf"):
        raise DocumentError("is a rich text file (RTF), not plain text: save it as .docx")
    if not text.strip():
        raise DocumentError("holds no text")
    metadata: dict[str, Any] = {"format": format, "encoding": decoded.encoding}
    return text, metadata | ({"repairs": list(decoded.repairs)} if decoded.repairs else {})
