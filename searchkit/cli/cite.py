"""searchkit cite: a reference to a document."""

from __future__ import annotations

from pathlib import Path

import click

from searchkit.cli import output
from searchkit.cli.command import Command
from searchkit.cli.document import named
from searchkit.cli.options import index_option, open_index
from searchkit.cli.translated import argument, option
from searchkit.display import citations


@click.command(
    "cite",
    cls=Command,
    short_help="A reference to a document.",
    example="searchkit cite 3\nsearchkit cite 3 --as ris > document.ris",
)
@argument("id")
@option(
    "--as",
    "style",
    type=click.Choice(list(citations.STYLES)),
    default="plain",
    show_default=True,
    help="Plain text, or for a reference manager.",
)
@option("--collection", metavar="NAME", help="The name of the collection, to stand in the reference.")
@option("--page", type=click.IntRange(1), help="The page that is cited.")
@index_option
def command(id: str, style: str, collection: str | None, page: int | None, folder: Path) -> None:
    """Print a reference to the document ID, with today as the day on which it was seen.

    ID may be shortened, or be the number of a hit of the last search, as for searchkit show. Exit code 1 when it is not
    there.
    """
    with open_index(folder) as index:
        document = index.get(named(index, folder, id))
    assert document is not None
    output.echo_all(citations.STYLES[style](citations.reference(document, collection, page)))
