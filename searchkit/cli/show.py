"""searchkit show: a whole document."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from searchkit.cli import output
from searchkit.cli.command import NOTHING, Command
from searchkit.cli.options import index_option, json_option, open_index


@click.command("show", cls=Command, example="searchkit show seeds/library-accord-uz-latin.txt --query memorandum")
@click.argument("id")
@click.option("--query", help="Mark the words that answer this query.")
@index_option
@json_option
def command(id: str, query: str | None, folder: Path, as_json: bool) -> None:
    """Print the document ID as it is kept in the index. Exit code 1 when it is not there."""
    with open_index(folder) as index:
        hit = index.show(id, query)
        if hit is None:
            output.echo(f"There is no document {id} in the index.", err=True)
            sys.exit(NOTHING)
        if as_json:
            output.echo_json(hit if query else hit.document)
        else:
            from searchkit.display import hits

            output.echo_all(hits.document(hit))
