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
    "convert",
    cls=Command,
    short_help="Move the index to another engine, or copy it elsewhere.",
    example="searchkit convert --engine tantivy\nsearchkit convert --to https://host:9200/archive",
)
@option(
    "--engine",
    help="Engine to move to: whoosh, tantivy for large collections, or opensearch for a cluster.",
)
@option(
    "--to",
    "target",
    metavar="PLACE",
    help="Copy the index to this empty folder, or this address in a cluster, and leave it as it is here.",
)
@index_option
def command(engine: str | None, target: str | None, folder: Path) -> None:
    """Move the index to another engine, or copy it to another place, without reading the files again."""
    if not (engine or target):
        raise click.UsageError(say("Say where to: --engine for another engine, --to for another place."))
    with open_index(folder) as index, ProgressBar() as bar:
        documents = index.copy(target, engine, bar) if target else index.convert(str(engine), bar)
    output.echo(say("The index holds %(documents)s.", documents=count(documents, "document")))
    if engine:
        output.echo(say("engine: %(name)s", name=engine))
