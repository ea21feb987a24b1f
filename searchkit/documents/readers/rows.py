"""A record of a .jsonl or .csv file as a document, and the failures of those that are broken."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
from array import array
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from searchkit.documents import titles
from searchkit.documents.dates import find
from searchkit.documents.encodings.detect import tidy
from searchkit.errors import DocumentError
from searchkit.model import Document, Failure, Notice

COLUMNS = ("id", "title", "text", "language", "date", "source")
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


def collect(results: Iterator[Document | DocumentError], path: str, id: str) -> Iterator[Document | Failure | Notice]:
    """Documents as they come, broken records as Failures, and a Notice where ids repeat. `id` is the file's.

    A record whose id another one of the file has, or a file beside it (`books.csv#notes.txt`), is kept under an id of its
    own, `id~2`, `id~3` and so on, the same one whenever the file is read. Raises DocumentError where there was no record.
    """
    ids = _DistinctIds(_ids_of_files(path, id))
    empty = True
    for result in results:
        empty = False
        if isinstance(result, Document):
            id = ids.distinct(result.id)
            yield result if id == result.id else replace(result, id=id)
        else:
            yield Failure(path, str(result))
    if empty:
        raise DocumentError("holds no records")
    if ids.repeated:
        yield Notice(
            path,
            f"holds {ids.repeated:,} rows with an id that another row or file has: they are kept apart"
            f" (as {ids.example.removeprefix(id + '#')}); give each row an id of its own",
        )


class _DistinctIds:
    """The ids of a file, each made distinct from those before it.

    Of each id it keeps 64 bits of its hash, in a hash table with open addressing and linear probing (Knuth, The Art of
    Computer Programming, vol. 3, 6.4): 16 to 32 bytes a row, where a set of texts takes about 150, so that a catalogue of
    ten million rows stays within the memory of a worker. By chance two of ten million ids share their 64 bits once in
    300,000 such files; then one row is kept apart without need.
    """

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self.repeated = 0
        self.example = ""
        self._slots = array("Q", bytes(8 * 1024))  # 0 is an empty slot
        self._used = 0
        self._last: dict[int, int] = {}  # of ids that repeat: the last number given
        for id in taken:
            self._add(_key(id))

    def distinct(self, id: str) -> str:
        """`id` itself where it is new, else `id~N` with the lowest N that makes it new."""
        key = _key(id)
        if self._add(key):
            return id
        number = self._last.get(key, 1) + 1
        while not self._add(_key(other := f"{id}~{number}")):
            number += 1
        self._last[key] = number
        self.repeated += 1
        self.example = self.example or other
        return other

    def _add(self, key: int) -> bool:
        """Note a key; False where it was there."""
        slots = self._slots
        if 2 * self._used >= len(slots):
            slots = self._slots = self._larger()
        place = _place(slots, key)
        if slots[place]:
            return False
        slots[place] = key
        self._used += 1
        return True

    def _larger(self) -> array[int]:
        larger = array("Q", bytes(16 * len(self._slots)))
        for key in filter(None, self._slots):
            larger[_place(larger, key)] = key
        return larger


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


def _key(id: str) -> int:
    """64 bits of a hash, never 0; the same in every process."""
    return int.from_bytes(hashlib.blake2b(id.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big") or 1


def _place(slots: array[int], key: int) -> int:
    """The slot that holds `key`, or the empty one where it belongs."""
    mask = len(slots) - 1
    place = key & mask
    while slots[place] not in (0, key):
        place = (place + 1) & mask
    return place


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
