"""searchkit index: bring the index up to date with files."""

from __future__ import annotations

import sys
from pathlib import Path

import click

import searchkit
from searchkit.cli import output
from searchkit.cli.command import ERROR, FOUND, Command
from searchkit.cli.options import index_option, json_option
from searchkit.cli.progress import ProgressBar


@click.command("index", cls=Command, example="searchkit index seeds\nsearchkit index ~/archive --exclude '*.jpg'")
@click.argument("paths", nargs=-1, required=True, type=click.Path(), metavar="PATH...")
@click.option(
    "--exclude", multiple=True, metavar="GLOB", help="Pass over files whose name or path fits. May be repeated."
)
@click.option("--force", is_flag=True, help="Read every file again, changed or not.")
@click.option(
    "--jobs", type=click.IntRange(1), help="Number of worker processes.  [default: one less than there are cores]"
)
@click.option("--engine", help="Engine of a new index.  [default: whoosh]")
@index_option
@json_option
def command(
    paths: tuple[str, ...],
    exclude: tuple[str, ...],
    force: bool,
    jobs: int | None,
    engine: str | None,
    folder: Path,
    as_json: bool,
) -> None:
    """Bring the index up to date with the files in PATH.

    New files are added, changed ones replaced, gone ones removed, moved ones recognised; the rest is not read.
    Files that cannot be read are listed with the reason, and tried again the next time (exit code 2).
    """
    with searchkit.open(folder, engine) as index:
        with ProgressBar() as bar:
            report = index.sync(paths, None if as_json else bar, exclude=exclude, force=force, jobs=jobs)
        documents, outgrown = len(index), index.suggests_conversion()
    if as_json:
        output.echo_json(report)
    else:
        from searchkit.display import update

        output.echo_all(update.report(report, documents))
        output.echo_all(update.failures(report.failed), err=True)
        if outgrown:
            output.echo(
                "So many documents are searched faster by another engine: searchkit convert --engine tantivy", err=True
            )
    sys.exit(ERROR if report.failed else FOUND)
