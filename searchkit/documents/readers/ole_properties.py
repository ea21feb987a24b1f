"""Metadata of an old office file: title, author, and the day on which it was made, by olefile."""

from __future__ import annotations

import datetime
from typing import BinaryIO, NamedTuple

from searchkit.documents import titles
from searchkit.documents.encodings.detect import decode
from searchkit.errors import DocumentError


class Summary(NamedTuple):
    """`created` is ISO 8601; "" and None where the file does not say."""

    title: str = ""
    author: str = ""
    created: str | None = None

    def metadata(self) -> dict[str, str]:
        """The part of it for a document's metadata."""
        facts = {"author": titles.clean(self.author), "file_date": self.created}
        return {name: value for name, value in facts.items() if value}


def summary(file: BinaryIO) -> Summary:
    """The properties of an open OLE file; empty ones where they cannot be read, since the text does not depend on them."""
    import olefile

    try:
        file.seek(0)
        with olefile.OleFileIO(file) as ole:
            facts = ole.get_metadata()
    except MemoryError:
        raise
    except Exception:  # properties are a help, not a condition, and olefile meets damaged ones
        return Summary()
    code_page = facts.codepage if isinstance(facts.codepage, int) else None
    created = facts.create_time
    day = created.date().isoformat() if isinstance(created, datetime.datetime) and created.year >= 1985 else None
    return Summary(_string(facts.title, code_page), _string(facts.author, code_page), day)


def _string(value: object, code_page: int | None) -> str:
    if isinstance(value, str):
        return value.strip("\0 ")
    if not isinstance(value, bytes) or not value.strip(b"\0 "):
        return ""
    value = value.strip(b"\0 ")
    try:
        if code_page:
            return value.decode("utf-8" if code_page in (65001, -535) else f"cp{code_page % 65536}")
        return decode(value)[0]
    except (LookupError, UnicodeDecodeError, DocumentError):
        return ""
