"""searchkit duplicates: documents of one text."""

from __future__ import annotations

from pathlib import Path

import click

from searchkit.cli.command import Command, finish
from searchkit.cli.lists import ListFormat, Looks, form_options, give
from searchkit.cli.options import filter_options, index_option, open_index


@click.command(
    "duplicates",
    cls=Command,
    short_help="Documents that have the same text.",
    example="searchkit duplicates\nsearchkit duplicates --path archive --xlsx twice.xlsx",
)
@filter_options
@index_option
@form_options
def command(language: str | None, date: str | None, path: str | None, folder: Path, form: ListFormat) -> None:
    """List the documents that have the same text to the letter, the largest group first.

    All of them are in the index, and a search finds each. All documents are read for the list. Exit code 1 when there
    is none.
    """
    from searchkit.display import duplicates, list_tables

    with open_index(folder) as index:
        found = index.duplicates(language=language, date=date, path=path)
    end = {"groups": len(found), "documents": sum(len(group.ids) for group in found)}
    give(form, found, Looks(duplicates.groups, list_tables.duplicates, end=lambda: end))
    finish(failed=False, found=bool(found))
