"""searchkit convert: move the index to another engine."""

from __future__ import annotations

from pathlib import Path

import click

from searchkit.cli import output
from searchkit.cli.command import Command
from searchkit.cli.options import index_option, open_index
from searchkit.cli.progress import ProgressBar
from searchkit.cli.translated import option
from searchkit.display.screen import count
from searchkit.locale.spoken import say


@click.command(
    "convert", cls=Command, short_help="Move the index to another engine.", example="searchkit convert --engine tantivy"
)
@option(
    "--engine",
    required=True,
    help="Engine to move to: whoosh, tantivy for large collections, or opensearch for a cluster.",
)
@index_option
def command(engine: str, folder: Path) -> None:
    """Move the index to another engine, without reading the files again."""
    with open_index(folder) as index, ProgressBar() as bar:
        documents = index.convert(engine, bar)
    output.echo(say("The index holds %(documents)s.", documents=count(documents, "document")))
    output.echo(say("engine: %(name)s", name=engine))
