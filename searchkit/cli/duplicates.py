"""searchkit duplicates: documents of one text."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from searchkit.cli.command import Command, finish
from searchkit.cli.lists import ListFormat, Looks, form_options, give
from searchkit.cli.options import filter_options, index_option, open_index
from searchkit.cli.translated import option

if TYPE_CHECKING:
    from searchkit.collection.near_copies import NearCopies
    from searchkit.collection.same_text import SameText


@click.command(
    "duplicates",
    cls=Command,
    short_help="Documents that have the same text.",
    example="searchkit duplicates\nsearchkit duplicates --path archive --xlsx twice.xlsx\nsearchkit duplicates --near",
)
@option(
    "--near", is_flag=True, help="Also texts that are nearly the same: drafts, other addresses, other scans. Reads all."
)
@filter_options
@index_option
@form_options
def command(
    near: bool, language: str | None, date: str | None, path: str | None, folder: Path, form: ListFormat
) -> None:
    """List the documents that have the same text, the largest group first, also in another format or encoding.

    All of them are in the index, and a search finds each. With --near at least four fifths of the passages of five words
    of two texts are the same. Exit code 1 when there is none.
    """
    from searchkit.display import duplicates, list_tables

    with open_index(folder) as index:
        if near:
            found: Sequence[NearCopies | SameText] = index.near_duplicates(language=language, date=date, path=path)
            looks = Looks(duplicates.near_groups, list_tables.near_duplicates, end=lambda: end)
        else:
            found = index.duplicates(language=language, date=date, path=path)
            looks = Looks(duplicates.groups, list_tables.duplicates, end=lambda: end)
    end = {"groups": len(found), "documents": sum(len(group.ids) for group in found)}
    give(form, found, looks)
    finish(failed=False, found=bool(found))
