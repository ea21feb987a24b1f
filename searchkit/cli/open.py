"""searchkit open: the original file of a document, in the program that the system has for it."""

from __future__ import annotations

from pathlib import Path

import click

from searchkit.cli import output
from searchkit.cli.command import Command
from searchkit.cli.document import named
from searchkit.cli.options import index_option, open_index
from searchkit.cli.translated import argument, option
from searchkit.errors import SearchkitError


@click.command(
    "open",
    cls=Command,
    short_help="The original file of a document.",
    example="searchkit open 3\nsearchkit open library-accord-uz-latin --where",
)
@argument("id")
@option("--where", is_flag=True, help="Show only where the file is.")
@index_option
def command(id: str, where: bool, folder: Path) -> None:
    """Open the original file of the document ID, in the program that this computer has for it.

    ID may be shortened, or be the number of a hit of the last search, as for searchkit show. Exit code 1 when it is not
    there.
    """
    with open_index(folder) as index:
        id = named(index, folder, id)
        # What a document says of its source is not opened: it may name any program.
        file = index.original(id)
    if file is None:
        raise SearchkitError(f"{id} was added without a file: read it with searchkit show.")
    if not file.is_file():
        raise SearchkitError(f"{file} is not there any more: bring the index up to date with searchkit index.")
    if where:
        output.echo(str(file))
    elif click.launch(str(file)):
        raise SearchkitError(f"This computer has no program that opens {file}: open it by hand.")
