"""Lists as tables, and tables as CSV (RFC 4180): the header first, a row a line.

UTF-8 with a byte order mark, without which Excel takes Cyrillic for the code page, and lines that end as the RFC wants.
A cell that a spreadsheet would take for a formula begins with an apostrophe, which makes it text.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from searchkit.display.screen import one_line, safe
from searchkit.model import Failure, Hit, Mention, Namesake, Occurrence, Person

if TYPE_CHECKING:
    from searchkit.collection.near_copies import NearCopies
    from searchkit.collection.same_text import SameText

BYTE_ORDER_MARK = "\ufeff"
FORMULA = ("=", "+", "-", "@")
"""First characters of cells that spreadsheets run as formulas; tabs and returns before it are white space here (OWASP, CSV injection)."""

MENTION = (
    *("document_id", "document_title", "document_date", "page", "field", "start", "end", "text", "form"),
    *("kind", "named_after", "score", "reason", "context"),
)


class DataTable(NamedTuple):
    """The names of the columns, and the rows, which may come as they are found."""

    columns: Sequence[str]
    rows: Iterable[Sequence[Any]]


def hits(found: Iterable[Hit]) -> DataTable:
    """A document a row, with its passages."""
    columns = ("id", "title", "language", "date", "source", "score", "passages")
    return DataTable(columns, map(_hit, found))


def _hit(hit: Hit) -> Sequence[Any]:
    document = hit.document
    passages = " … ".join(snippet.text for snippet in hit.snippets if snippet.field == "text")
    return (hit.id, document.title, document.language, document.date, document.source, round(hit.score, 4), passages)


def mentions(found: Iterable[Mention]) -> DataTable:
    """A mention a row."""
    return DataTable(MENTION, map(_mention, found))


def namesakes(found: Iterable[Namesake]) -> DataTable:
    """As `mentions`, the number of the person and whom it is named with before each mention."""
    rows = (
        (number, _names(namesake.offices), _names(namesake.context), *_mention(mention))
        for number, namesake in enumerate(found, 1)
        for mention in namesake.mentions
    )
    return DataTable(("person", "offices", "together_with", *MENTION), rows)


def _mention(mention: Mention) -> Sequence[Any]:
    return [getattr(mention, name) for name in MENTION]


def _names(counted: Iterable[tuple[str, int]]) -> str:
    return "; ".join(name for name, _ in counted)


def occurrences(found: Iterable[Occurrence]) -> DataTable:
    """A place a row, what stands before and after it in columns of their own."""
    columns = (
        *("document_id", "document_title", "document_date", "page", "field", "start", "end"),
        *("left", "text", "right", "language", "query", "reason"),
    )
    return DataTable(columns, map(_occurrence, found))


def _occurrence(place: Occurrence) -> Sequence[Any]:
    where = (place.document_id, place.document_title, place.document_date, place.page, place.field)
    before = place.context[: place.start - place.context_start]
    after = place.context[place.end - place.context_start :]
    words = (before, place.text, after, place.language, place.query, place.reason)
    return (*where, place.start, place.end, *words)


def people(found: Iterable[Person]) -> DataTable:
    """A person a row, the spellings in one cell."""
    rows = ((person.name, person.mentions, person.documents, _names(person.forms)) for person in found)
    return DataTable(("name", "mentions", "documents", "forms"), rows)


def near_duplicates(found: Iterable[NearCopies]) -> DataTable:
    """A document a row, the groups one after another."""
    rows = ((number, round(group.least, 3), id) for number, group in enumerate(found, 1) for id in group.ids)
    return DataTable(("group", "least", "id"), rows)


def duplicates(found: Iterable[SameText]) -> DataTable:
    """A document a row, the groups one after another."""
    rows = ((number, group.fingerprint, id) for number, group in enumerate(found, 1) for id in group.ids)
    return DataTable(("group", "fingerprint", "id"), rows)


def failures(found: Iterable[Failure]) -> DataTable:
    """A file that could not be read a row."""
    return DataTable(("path", "reason"), ((failure.path, failure.reason) for failure in found))


def csv_lines(table: DataTable) -> Iterator[str]:
    """The lines of CSV, the first with the byte order mark."""
    line = io.StringIO(newline="")
    writer = csv.writer(line)
    line.write(BYTE_ORDER_MARK)
    writer.writerow(table.columns)
    for row in table.rows:
        writer.writerow([_text(cell) if isinstance(cell, str) else cell for cell in row])
        yield line.getvalue()
        line.seek(0)
        line.truncate()
    yield line.getvalue()  # the header of a table without rows


def _text(cell: str) -> str:
    """A cell on one line that neither a terminal nor a spreadsheet runs."""
    line = one_line(cell)
    return safe("'" + line if line.startswith(FORMULA) else line)
