"""A record of a .jsonl or .csv file as a document, and the failures of those that are broken."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from searchkit.documents import titles
from searchkit.documents.dates import find
from searchkit.documents.encodings.detect import tidy
from searchkit.errors import DocumentError
from searchkit.model import Document, Failure

COLUMNS = ("id", "title", "text", "language", "date", "source")
MOST_FAILURES = 100  # of one file; the rest are counted
_CODES = {"eng": "en", "kaz": "kk", "rus": "ru", "uzb": "uz", "tur": "tr", "hun": "hu", "kz": "kk"}


def document(record: Mapping[str, Any], line: int, path: str, id: str, format: str) -> Document:
    """The document of a record; names of columns in any case, other columns go into the metadata.

    Without an id the record goes by its line number. A date that cannot be read stays in the metadata as it is.
    Raises DocumentError where there is neither text nor title.
    """
    values: dict[str, Any] = {}
    metadata: dict[str, Any] = {"format": format, "line": line}
    for name, value in record.items():
        column = name.strip().lower()
        if column in COLUMNS and column not in values:
            values[column] = value
        elif value not in (None, ""):
            metadata[name] = value
    text = tidy(_string(values, "text"))
    title = titles.clean(_string(values, "title"))
    if not text.strip() and not title:
        raise DocumentError(f"line {line} has no text")
    stated = _string(values, "date").strip()
    date = find.parse_date(stated)
    if stated and not date:
        metadata["date"] = stated
    return Document(
        id=f"{id}#{_string(values, 'id').strip() or line}",
        text=text,
        title=title or titles.find_title(text),
        language=_language(_string(values, "language")),
        date=date or find.find_date(text),
        source=_string(values, "source").strip() or path,
        metadata=metadata,
    )


def collect(results: Iterator[Document | DocumentError], path: str) -> Iterator[Document | Failure]:
    """Documents as they come; broken records as Failures, at most `MOST_FAILURES` of them and a count of the rest.

    Raises DocumentError where there was no record at all.
    """
    documents = failures = 0
    for result in results:
        if isinstance(result, Document):
            documents += 1
            yield result
            continue
        failures += 1
        if failures <= MOST_FAILURES:
            yield Failure(path, str(result))
    if failures > MOST_FAILURES:
        yield Failure(path, f"{failures - MOST_FAILURES} more lines are broken")
    if not documents and not failures:
        raise DocumentError("holds no records")


def _string(values: Mapping[str, Any], column: str) -> str:
    value = values.get(column)
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if column == "text" and isinstance(value, list):
        return "\n\n".join(str(part) for part in value)
    return str(value)


def _language(value: str) -> str | None:
    """The ISO 639-1 code of a column's "KK", "kk-Cyrl" or "kaz"; None, so that it is found, for anything else."""
    if not value:
        return None
    code = re.split(r"[-_]", value.strip().lower())[0]
    code = _CODES.get(code, code)
    return code if re.fullmatch("[a-z]{2}", code) else None
