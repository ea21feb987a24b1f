"""Tables as XLSX workbooks. Text is written as text, so that nothing in it is run or made a link."""

from __future__ import annotations

import contextlib
import itertools
import os
from pathlib import Path
from typing import Any

from searchkit.display.list_tables import DataTable
from searchkit.display.screen import one_line, safe
from searchkit.errors import SearchkitError

SHEET_ROWS = 1_048_576
"""Rows of a sheet (Excel's limit); more go on to the next."""
CELL = 32_767
"""Characters of a cell, in UTF-16 (Excel's limit); a longer text is cut, with an ellipsis."""
WIDTHS = {"context": 80, "passages": 80, "reason": 40, "forms": 60, "left": 50, "right": 50}
WIDTH = 16
"""Columns of a cell, where `WIDTHS` says nothing else."""


def write(file: Path, table: DataTable) -> int:
    """Write a workbook, replacing one of that name when all is written; returns how many rows it has."""
    try:
        import xlsxwriter
    except ImportError:
        raise SearchkitError(
            "XLSX needs the library XlsxWriter: install it with pip install 'searchkit[xlsx]', or use --csv."
        ) from None

    if not file.name or file.is_dir():
        raise SearchkitError(f"{file} is a folder: name a file after --xlsx, such as list.xlsx.")
    unfinished = file.with_name(file.name + ".part")
    try:
        with unfinished.open("wb") as content:
            book = xlsxwriter.Workbook(content, {"constant_memory": True})
            rows = _fill(book, table)
            book.close()
        os.replace(unfinished, file)
    except BaseException:
        with contextlib.suppress(OSError):
            unfinished.unlink()
        raise
    return rows


def _fill(book: Any, table: DataTable) -> int:
    bold, rows, total = book.add_format({"bold": True}), iter(table.rows), 0
    while True:
        sheet, count = book.add_worksheet(), 0
        sheet.freeze_panes(1, 0)
        for column, name in enumerate(table.columns):
            sheet.set_column(column, column, WIDTHS.get(name, WIDTH))
            sheet.write_string(0, column, name, bold)
        for count, row in enumerate(itertools.islice(rows, SHEET_ROWS - 1), 1):
            for column, cell in enumerate(row):
                _write(sheet, count, column, cell)
        sheet.autofilter(0, 0, count, len(table.columns) - 1)
        total += count
        if count < SHEET_ROWS - 1:
            return total


def _write(sheet: Any, row: int, column: int, cell: Any) -> None:
    if isinstance(cell, bool):
        sheet.write_boolean(row, column, cell)
    elif isinstance(cell, (int, float)):
        sheet.write_number(row, column, cell)
    elif cell is not None and cell != "":
        sheet.write_string(row, column, _fitting(safe(one_line(str(cell)))))


def _fitting(text: str) -> str:
    if len(text) <= CELL // 2:  # each character takes at most two units
        return text
    units = text.encode("utf-16-le")
    return text if len(units) <= 2 * CELL else units[: 2 * (CELL - 1)].decode("utf-16-le", "ignore") + "…"
