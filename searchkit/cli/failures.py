"""searchkit failures: the files that could not be read."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from searchkit.cli.command import NOTHING, Command
from searchkit.cli.lists import ListFormat, Looks, form_options, give
from searchkit.cli.options import index_option, open_index
from searchkit.cli.translated import option
from searchkit.errors import SearchkitError
from searchkit.model import Failure


@click.command(
    "failures",
    cls=Command,
    short_help="The files that could not be read, and why.",
    example="searchkit failures\nsearchkit failures --csv > failures.csv\nsearchkit failures --repaired",
)
@option("--repaired", is_flag=True, help="The documents whose text was mended instead, and how.")
@index_option
@form_options
def command(repaired: bool, folder: Path, form: ListFormat) -> None:
    """List the files that the last updates could not read, by reason, with what to do.

    They are tried again by the next searchkit index. Exit code 1 when there is none.
    """
    from searchkit.display import list_tables, update

    with open_index(folder) as index:
        if repaired:
            failed: list[Failure] | None = [Failure(one.path, one.text) for one in index.repaired()]
        else:
            failed = index.failures()
    if failed is None:
        if form.json:
            give(form, (), Looks(update.by_reason, list_tables.failures, end=lambda: {"failed": None, "reasons": None}))
        raise SearchkitError(
            "Which files could not be read is not known until an update has come to its end: run searchkit index, or wait"
            " where one is running."
        )
    reasons = len({failure.reason for failure in failed})
    end = {"failed": len(failed), "reasons": reasons}
    lines = update.by_repair if repaired else update.by_reason
    give(form, failed, Looks(lines, list_tables.failures, end=lambda: end))
    if not failed:
        sys.exit(NOTHING)
