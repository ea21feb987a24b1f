"""References to documents: plain, RIS, BibTeX and CSL-JSON, a list of lines each.

RIS as its makers describe it (two letters, two spaces, a dash), BibTeX as an @misc entry, CSL-JSON by its schema 1.0.2. A
date is as exact as it is known, and stays ISO 8601, which no reader of four languages misreads.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from searchkit.display import json_lines
from searchkit.display.screen import one_line
from searchkit.locale import Speech
from searchkit.locale.spoken import spoken
from searchkit.model import Document


class Reference(NamedTuple):
    """The facts of a reference. `date` is as in `Document`, `seen` a whole date; `location` a path or an address."""

    id: str
    title: str
    author: str
    date: str
    language: str
    collection: str
    location: str
    page: int | None
    seen: str

    @property
    def is_web(self) -> bool:
        return self.location.startswith(("http://", "https://"))


def reference(
    document: Document, collection: str | None = None, page: int | None = None, seen: datetime.date | None = None
) -> Reference:
    """The reference of a document, seen today unless told otherwise."""
    author = document.metadata.get("author", "")
    return Reference(
        id=document.id,
        title=one_line(document.title) or one_line(document.id),
        author=one_line(author) if isinstance(author, str) else "",
        date=document.date or "",
        language=document.language or "",
        collection=one_line(collection or ""),
        location=one_line(document.source or document.id),
        page=page,
        seen=(seen or datetime.date.today()).isoformat(),
    )


def plain(cited: Reference, speech: Speech | None = None) -> Iterable[str]:
    """One line to read, in the language of a reader, or in that which is spoken."""
    said = speech or spoken()
    page = said.say("p. %(page)s", page=cited.page) if cited.page else ""
    where = ", ".join(filter(None, (cited.collection, cited.location, page)))
    seen = said.say("seen %(when)s", when=cited.seen)
    parts = [cited.author, cited.title, cited.date, f"{where} ({seen})"]
    yield ". ".join(part.rstrip(".") for part in parts if part) + "."


def ris(cited: Reference) -> Iterable[str]:
    """RIS; a date is year/month/day, empty where not known."""
    year, month, day = (*cited.date.split("-"), "", "", "")[:3]
    fields = (
        ("TY", "ELEC" if cited.is_web else "GEN"),
        ("AU", cited.author),
        ("TI", cited.title),
        ("PY", year),
        ("DA", f"{year}/{month}/{day}/" if year else ""),
        ("LA", cited.language),
        ("DB", cited.collection),
        ("SP", str(cited.page or "")),
        ("UR" if cited.is_web else "AV", cited.location),
        ("Y2", cited.seen.replace("-", "/") + "/"),
    )
    yield from (f"{name}  - {value}" for name, value in fields if value)
    yield "ER  - "


_SPECIAL = re.compile(r"[\\{}$&#%_^~]")
_COMMANDS = {"\\": r"\textbackslash{}", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}"}


def bibtex(cited: Reference) -> Iterable[str]:
    """BibTeX; titles keep their capitals, and signs that TeX runs are escaped."""

    def escaped(value: str) -> str:
        return _SPECIAL.sub(lambda match: _COMMANDS.get(match[0], f"\\{match[0]}"), value)

    fields = (
        ("author", cited.author),
        ("title", cited.title),
        ("date", cited.date),
        ("year", cited.date[:4]),
        ("langid", cited.language),
        ("organization", cited.collection),
        ("pages", str(cited.page or "")),
        ("url" if cited.is_web else "howpublished", cited.location),
        ("urldate", cited.seen),
    )
    yield f"@misc{{{_key(cited)},"
    for name, value in fields:
        if value:
            shown = value if name == "url" else escaped(value)
            yield f"  {name} = {{{{{shown}}}}}," if name == "title" else f"  {name} = {{{shown}}},"
    yield "}"


def _key(cited: Reference) -> str:
    """A key of ASCII letters and digits: what is left of the file's name, and the year."""
    name = unicodedata.normalize("NFKD", cited.id.rpartition("/")[2].partition(".")[0])
    return re.sub(r"[^A-Za-z0-9]+", "-", name).strip("-") + cited.date[:4] or "document"


def csl(cited: Reference) -> Iterable[str]:
    """CSL-JSON, a list of one item."""

    def parts(date: str) -> dict[str, Any]:
        return {"date-parts": [[int(part) for part in date.split("-")]]}

    fields = {
        "id": cited.id,
        "type": "webpage" if cited.is_web else "document",
        "author": [{"literal": cited.author}] if cited.author else None,
        "title": cited.title,
        "issued": parts(cited.date) if cited.date else None,
        "language": cited.language,
        "archive": cited.collection,
        "page": str(cited.page or ""),
        "URL" if cited.is_web else "archive_location": cited.location,
        "accessed": parts(cited.seen),
    }
    yield json_lines.line([{name: value for name, value in fields.items() if value}])


STYLES: dict[str, Callable[[Reference], Iterable[str]]] = {
    "plain": plain,
    "ris": ris,
    "bibtex": bibtex,
    "csl-json": csl,
}
"""By the name on the command line."""
