"""Spreadsheets (.xlsx, .xls, .ods), by calamine: one document a row, names of columns in the first full row of each sheet."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any, BinaryIO

from searchkit.documents import odf_passwords, passwords
from searchkit.documents.readers import columns, rows
from searchkit.documents.readers.zip_package import open_package, refuse_encrypted
from searchkit.errors import DocumentError
from searchkit.model import Document, Failure, Notice

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


def read(file: BinaryIO, path: str, id: str) -> Iterator[Document | Failure | Notice]:
    """The documents; their ids end in `#sheet!line`, or `#line` in a book of one sheet."""
    start = file.read(4)
    file.seek(0)
    if start == _ZIP:
        with open_package(file, "a spreadsheet") as package:  # asks for the limits
            locked = odf_passwords.is_locked(package)
        file.seek(0)
        if locked:
            file = odf_passwords.opened(file)
    elif start == _OLE:
        refuse_encrypted(file)
    else:
        raise DocumentError("is not a spreadsheet, whatever its name says: give it its right extension")
    yield from rows.collect(_documents(file, path, id), path, id)


def _documents(file: BinaryIO, path: str, id: str) -> Iterator[Document | DocumentError]:
    import python_calamine

    try:
        book = python_calamine.load_workbook(file)
        sheets = [
            (sheet.name, book.get_sheet_by_name(sheet.name)) for sheet in book.sheets_metadata if _has_cells(sheet)
        ]
    except python_calamine.PasswordError:
        raise passwords.refusal() from None
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise DocumentError("is a damaged spreadsheet: open it and save it anew") from error
    filled = [(name, sheet) for name, sheet in sheets if sheet.height]
    for name, sheet in filled:
        prefix = f"{id}#{name}!" if len(filled) > 1 else f"{id}#"
        yield from _rows(sheet, name if len(filled) > 1 else "", prefix, path, id)


def _has_cells(sheet: Any) -> bool:
    return str(sheet.typ).endswith("WorkSheet")


def _rows(sheet: Any, name: str, prefix: str, path: str, id: str) -> Iterator[Document | DocumentError]:
    names: list[str] = []
    for line, cells in enumerate(sheet.iter_rows(), start=1):
        values = [_string(cell) for cell in cells]
        if not any(values):
            continue
        # What stands alone above the table is its heading: the names of its columns are still to come.
        is_heading = len(values) > 1 and sum(map(bool, values)) == 1
        if not names and not is_heading:
            names = columns.distinct_names(values) if columns.are_names(values) else columns.numbered(len(values))
            if columns.are_names(values):
                continue
        record = dict(zip(names or columns.numbered(len(values)), values, strict=False))
        if name:
            record.setdefault("sheet", name)
        try:
            yield rows.document(record, line, path, id, "spreadsheet")
        except DocumentError as error:
            yield error


def _string(cell: Any) -> str:
    """A cell as it is read on the screen: whole numbers without .0, dates as in ISO 8601."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime.datetime) and cell.time() == datetime.time():
        cell = cell.date()
    return str(cell).strip() if cell is not None else ""
