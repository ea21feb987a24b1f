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


@click.command(
    "index",
    cls=Command,
    short_help="Bring the index up to date with files.",
    example="searchkit index seeds\nsearchkit index ~/archive --exclude '*.jpg'\nsearchkit index",
)
@click.argument("paths", nargs=-1, type=click.Path(), metavar="[PATH]...")
@click.option(
    "--exclude", multiple=True, metavar="GLOB", help="Pass over files whose name or path fits. May be repeated."
)
@click.option("--force", is_flag=True, help="Read every file again, changed or not.")
@click.option(
    "--prune",
    is_flag=True,
    help="Take out the documents of a PATH that is gone or empty, which otherwise stay, lest a disk is not connected.",
)
@click.option("--follow-links", is_flag=True, help="Also read what symbolic links out of PATH lead to.")
@click.option(
    "--ocr/--no-ocr",
    default=None,
    help="Read scanned pages and pictures as well, by Tesseract.  [default: as the last time]",
)
@click.option(
    "--ocr-languages",
    metavar="CODES",
    help="Languages of the scans, as Tesseract names them.  [default: kaz+rus+eng, or where most documents are Uzbek"
    " uzb+uzb_cyrl+rus+eng]",
)
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
    prune: bool,
    follow_links: bool,
    ocr: bool | None,
    ocr_languages: str | None,
    jobs: int | None,
    engine: str | None,
    folder: Path,
    as_json: bool,
) -> None:
    """Bring the index up to date with the files in PATH, or in those that were named before, as they were named.

    New files are added, changed ones replaced, gone ones removed, moved ones recognised; the rest is not read.
    Files that cannot be read are listed with the reason, and tried again the next time (exit code 2).
    """
    if not paths and (exclude or follow_links):
        raise click.UsageError(
            "Name the PATH as well: --exclude and --follow-links hold for the folders named with them."
        )
    with searchkit.open(folder, engine, create=bool(paths)) as index:
        if index.outdated:
            output.echo(
                f"The index is of an earlier searchkit: its {len(index):,} documents are analysed anew, from the texts that"
                " it keeps.",
                err=True,
            )
            with ProgressBar() as bar:
                index.upgrade(None if as_json else bar)
        with ProgressBar() as bar:
            report = index.sync(
                paths or None,
                None if as_json else bar,
                exclude=exclude,
                force=force,
                prune=prune,
                jobs=jobs,
                follow_links=follow_links,
                ocr=ocr,
                ocr_languages=ocr_languages,
            )
        documents, outgrown = len(index), index.suggests_conversion()
    if as_json:
        output.echo_json(report)
    else:
        from searchkit.display import update

        output.echo_all(update.report(report, documents))
        output.echo_all(update.notices(report.notices), err=True)
        output.echo_all(update.scanned(report.scans), err=True)
        output.echo_all(update.skipped(report.skipped), err=True)
        output.echo_all(update.failures(report.failed), err=True)
        if outgrown:
            output.echo(
                "So many documents are searched faster by another engine: searchkit convert --engine tantivy", err=True
            )
    sys.exit(ERROR if report.failed else FOUND)
