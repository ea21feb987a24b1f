"""searchkit stats: what the index holds."""

from __future__ import annotations

from pathlib import Path

import click

from searchkit.cli import output
from searchkit.cli.command import Command
from searchkit.cli.options import index_option, json_option, open_index


@click.command("stats", cls=Command, short_help="What the index holds.", example="searchkit stats --index index")
@index_option
@json_option
def command(folder: Path, as_json: bool) -> None:
    """Say what the index holds: documents, languages, dates, size, and files that could not be read."""
    with open_index(folder) as index:
        statistics = index.statistics()
    if as_json:
        output.echo_json(statistics)
    else:
        from searchkit.display import update

        output.echo_all(update.statistics(statistics))
