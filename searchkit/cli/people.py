"""searchkit people: the persons whom the documents name."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from searchkit.cli.command import NOTHING, Command
from searchkit.cli.lists import ListFormat, Looks, form_options, give
from searchkit.cli.options import filter_options, index_option, open_index
from searchkit.cli.translated import option


@click.command(
    "people",
    cls=Command,
    short_help="The persons whom the documents name.",
    example="searchkit people --limit 50\nsearchkit people --path seeds --xlsx people.xlsx",
)
@option("-n", "--limit", type=click.IntRange(1), help="Persons shown.  [default: all]")
@filter_options
@index_option
@form_options
def command(
    limit: int | None,
    language: str | None,
    date: str | None,
    path: str | None,
    folder: Path,
    form: ListFormat,
) -> None:
    """List the persons whom the documents name, most mentioned first, the spellings of a name merged.

    Names are known by their form and by the words beside them, so that a few may be missing or be something else. Full
    names count, and surnames with initials; searchkit mentions lists the places. Exit code 1 when there is nobody.
    """
    from searchkit.display import list_tables, people

    with open_index(folder) as index:
        found = index.people(limit, language=language, date=date, path=path)
    give(form, found, Looks(people.people, list_tables.people, end=lambda: {"people": len(found)}))
    if not found:
        sys.exit(NOTHING)
