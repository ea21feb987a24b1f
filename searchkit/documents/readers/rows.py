"""A record of a table as a document, and the failures of those that are broken."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from searchkit.documents import titles
from searchkit.documents.dates import date_finder
from searchkit.documents.encodings.detect import tidy
from searchkit.documents.readers import columns
from searchkit.documents.readers.distinct_ids import DistinctIds
from searchkit.errors import DocumentError
from searchkit.model import Document, Failure, Notice


def document(record: Mapping[str, Any], line: int, path: str, id: str, format: str) -> Document:
    """The document of a record.

    Its text is that of the column of the text, and below it a line "name: value" for each other column but title,
    language, source and id; of a record without such a column, or with nothing in it, the lines alone. Other columns also go
    into the metadata. Without an id the record goes by its line number. A date that cannot be read stays in the metadata as it
    is. Raises DocumentError where there is nothing to search for: no text, no title and no other column but dates.
    """
    roles = columns.roles(record)
    role_of = {name: role for role, name in roles.items()}
    values = {role: _string(record.get(roles[role])) if role in roles else "" for role in columns.ROLES}
    text = tidy(values["text"]).strip("\n")
    title = titles.clean(values["title"])
    stated = values["date"].strip()
    date = date_finder.parse_date(stated)
    lines = []
    metadata: dict[str, Any] = {"format": format, "line": line}
    for name, value in record.items():
        role = role_of.get(name, "")
        said = ", ".join(" ".join(part.split()) for part in _string(value).split("\n\n"))
        if not said or role in ("text", "title", "language", "source", "id"):
            continue
        if role == "":
            metadata[name] = value
        if role == "date" and date and len(date) == 10 and stated.startswith(date):
            continue  # by a program for programs, and found by date:
        if role == "date" and not date:
            metadata["date"] = stated
        lines.append(f"{name.strip()}: {said}")
    says = any(role_of.get(name, "") == "" and _string(value).strip() for name, value in record.items())
    if not text.strip() and not title and not says and not (lines and "text" not in roles):
        raise DocumentError(f"line {line} has no text")
    return Document(
        id=f"{id}#{values['id'].strip() or line}",
        text="\n\n".join(filter(None, (text, "\n".join(lines)))),
        title=title or titles.find_title(text),
        language=columns.language(values["language"]),
        date=date or date_finder.find_date(text),
        source=values["source"].strip() or path,
        metadata=metadata,
    )


def collect(results: Iterator[Document | DocumentError], path: str, id: str) -> Iterator[Document | Failure | Notice]:
    """Documents as they come, broken records as Failures, and a Notice where ids repeat. `id` is the file's.

    A record whose id another one of the file has, or a file beside it (`books.csv#notes.txt`), is kept under an id of its
    own, `id~2`, `id~3` and so on, the same one whenever the file is read. Raises DocumentError where there was no record.
    """
    ids = DistinctIds(_ids_of_files(path, id))
    empty = True
    for result in results:
        empty = False
        if isinstance(result, Document):
            distinct = ids.distinct(result.id)
            yield result if distinct == result.id else replace(result, id=distinct)
        else:
            yield Failure(path, str(result))
    if empty:
        raise DocumentError("holds no records")
    if ids.repeated:
        yield Notice(
            path,
            f"holds rows with the ids of other rows or files, {ids.repeated:,} in all: they are kept apart"
            f" (as {ids.example.removeprefix(id + '#')}); give each row an id of its own",
        )


def _ids_of_files(path: str, id: str) -> Iterator[str]:
    """The ids of files whose names read as records of this one: the file `books.csv#5.txt` beside `books.csv`."""
    folder, name = os.path.split(path)
    with contextlib.suppress(OSError):
        for other in os.listdir(folder or os.curdir):
            if other.startswith(f"{name}#"):
                yield id + other.removeprefix(name)
                for inner, _, files in os.walk(os.path.join(folder, other)):
                    below = os.path.relpath(inner, folder or os.curdir).replace(os.sep, "/").removeprefix(name)
                    yield from (f"{id}{below}/{file}" for file in files)


def _string(value: Any) -> str:
    """A value as text: the parts of a list are paragraphs."""
    if value is None or value == [] or value == {}:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return "\n\n".join(map(_string, value))
    if isinstance(value, dict):
        return "; ".join(f"{name} {_string(item)}" for name, item in value.items())
    return str(value)
