"""Tables for a spreadsheet, as CSV (RFC 4180): the header first, a row a line.

UTF-8 with a byte order mark, without which Excel takes Cyrillic for the code page, and lines that end as the RFC wants.
A cell that a spreadsheet would take for a formula begins with an apostrophe, which makes it text.
"""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from searchkit.display.screen import one_line, safe
from searchkit.model import Mention, Namesake

BYTE_ORDER_MARK = "\ufeff"
FORMULA = ("=", "+", "-", "@")
"""What a cell begins with that spreadsheets run; tabs and returns before it are white space here (OWASP, CSV injection)."""

COLUMNS = (
    *("document_id", "document_title", "document_date", "page", "field", "start", "end", "text", "form"),
    *("kind", "named_after", "score", "reason", "context"),
)


def mentions(found: Iterable[Mention]) -> Iterator[str]:
    """A mention a row."""
    return table(itertools.chain([COLUMNS], map(_row, found)))


def namesakes(found: Iterable[Namesake]) -> Iterator[str]:
    """As `mentions`, the number of the person and whom it is named with before each mention."""
    header = ("person", "offices", "together_with", *COLUMNS)
    rows = (
        [number, "; ".join(name for name, _ in namesake.offices), "; ".join(name for name, _ in namesake.context)]
        + _row(mention)
        for number, namesake in enumerate(found, 1)
        for mention in namesake.mentions
    )
    return table(itertools.chain([header], rows))


def _row(mention: Mention) -> list[Any]:
    return [getattr(mention, name) for name in COLUMNS]


def table(rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """Rows of cells as lines of CSV, the first with the byte order mark."""
    line = io.StringIO(newline="")
    writer = csv.writer(line)
    line.write(BYTE_ORDER_MARK)
    for row in rows:
        writer.writerow([_text(cell) if isinstance(cell, str) else cell for cell in row])
        yield line.getvalue()
        line.seek(0)
        line.truncate()


def _text(cell: str) -> str:
    """A cell on one line that neither a terminal nor a spreadsheet runs."""
    line = one_line(cell)
    return safe("'" + line if line.startswith(FORMULA) else line)
