"""searchkit show: a whole document."""

from __future__ import annotations

from pathlib import Path

import click

from searchkit.cli import output
from searchkit.cli.command import Command
from searchkit.cli.document import named
from searchkit.cli.options import index_option, json_option, open_index
from searchkit.cli.translated import argument, option


@click.command(
    "show",
    cls=Command,
    short_help="The text of a document.",
    example="searchkit show seeds/library-accord-uz-latin.txt --query memorandum\nsearchkit show 3",
)
@argument("id")
@option("--query", help="Mark the words that answer this query.")
@index_option
@json_option
def command(id: str, query: str | None, folder: Path, as_json: bool) -> None:
    """Print the document ID as it is kept in the index, a long one page by page. Exit code 1 when it is not there.

    ID may be shortened to a part of it that no other has, or be the number of a hit of the last search.
    """
    with open_index(folder) as index:
        hit = index.show(named(index, folder, id), query)
        assert hit is not None
        if as_json:
            output.echo_json(hit if query else hit.document)
        else:
            from searchkit.display import hits

            output.page(hits.document(hit))
