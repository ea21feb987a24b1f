"""Catalogue records in ISO 2709 (.mrc, .marc, .iso): MARC 21 and RUSMARC/UNIMARC, by pymarc. One document a record."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from searchkit.documents import titles
from searchkit.documents.encodings.detect import detect
from searchkit.documents.readers import rows
from searchkit.errors import DocumentError
from searchkit.model import Document, Failure, Notice

_YEAR = re.compile(r"(?<!\d)(1[4-9]\d\d|20\d\d)(?!\d)")
_MARC21 = {"title": ("245",), "author": ("100", "110", "111", "700", "710"), "published": ("264", "260")}
_UNIMARC = {"title": ("200",), "author": ("700", "701", "702", "710", "711"), "published": ("210", "214")}
_TITLE_PARTS = {"245": "abnp", "200": "aehi"}
_SAMPLE = 1 << 20  # bytes that tell the encoding


def read(file: BinaryIO, path: str, id: str) -> Iterator[Document | Failure | Notice]:
    """A document a record; a Failure for each that is broken. Fields the catalogue searches by are metadata."""
    sample = file.read(_SAMPLE)
    file.seek(0)
    if not re.match(rb"\s*\d{5}.{5}", sample, re.DOTALL) or b"\x1d" not in sample:
        raise DocumentError(
            "is not a file of MARC records (ISO 2709), whatever its name says: give it its right extension"
        )
    yield from rows.collect(_records(file, path, id, detect(sample)), path, id)


def _records(file: BinaryIO, path: str, id: str, encoding: str) -> Iterator[Document | DocumentError]:
    import pymarc

    # UTF-8 is said by the record's leader, and read so whatever `file_encoding` says.
    reader = pymarc.MARCReader(
        file,
        to_unicode=True,
        force_utf8=encoding == "utf-8",
        file_encoding="iso8859-1" if encoding == "utf-8" else encoding,
        utf8_handling="replace",
    )
    number = 0
    while True:
        number += 1
        try:
            record = next(reader)
        except StopIteration:
            return
        except MemoryError:
            raise
        except Exception as error:  # pymarc stops at some kinds of damage and goes on after others
            yield DocumentError(f"record {number} and those after it cannot be read ({type(error).__name__})")
            return
        if record is None:
            yield DocumentError(f"record {number} is broken: {reader.current_exception}")
            continue
        try:
            yield _document(record, number, path, id)
        except DocumentError as error:
            yield error


def _document(record: Any, number: int, path: str, id: str) -> Document:
    unimarc = not record.get_fields("245") and bool(record.get_fields("200"))
    kinds = _UNIMARC if unimarc else _MARC21
    text = "\n".join(line for field in record.get_fields() if (line := _line(field)))
    if not text:
        raise DocumentError(f"record {number} has no text")
    title = next((_parts(field, _TITLE_PARTS[field.tag]) for field in record.get_fields(*kinds["title"])), "")
    authors = [_author(field) for field in record.get_fields(*kinds["author"])]
    published = " ".join(_line(field) for field in record.get_fields(*kinds["published"]))
    year = _YEAR.search(published)
    metadata: dict[str, Any] = {"format": "rusmarc" if unimarc else "marc", "record": number}
    if any(authors):
        metadata["author"] = "; ".join(dict.fromkeys(filter(None, authors)))
    control = next((field.data.strip() for field in record.get_fields("001") if field.data), "")
    return Document(
        id=f"{id}#{control or number}",
        text=text,
        title=titles.clean(title),
        date=year[0] if year else None,
        source=path,
        metadata=metadata,
    )


def _line(field: Any) -> str:
    """The text of a field: all its subfields, but for links and codes (those named by digits)."""
    if field.tag < "010" or not getattr(field, "subfields", None):
        return ""
    return " ".join(" ".join(part.value.split()) for part in field.subfields if not part.code.isdigit() and part.value)


def _parts(field: Any, codes: str) -> str:
    parts = (part.value.strip() for part in field.subfields if part.code in codes and part.value)
    return " ".join(parts).rstrip(" /:;,=")


def _author(field: Any) -> str:
    """A name as it is read: surname (a), then initials (UNIMARC's b) or their full form (g)."""
    values = {part.code: part.value.strip(" ,;/") for part in reversed(field.subfields) if part.value}
    return " ".join(filter(None, (values.get("a", ""), values.get("g") or values.get("b", ""))))
