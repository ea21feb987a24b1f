"""searchkit index: bring the index up to date with files."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import searchkit
from searchkit.cli import output
from searchkit.cli.command import ERROR, FOUND, Command
from searchkit.cli.options import index_option, json_option
from searchkit.cli.progress import ProgressBar
from searchkit.cli.translated import PathType, argument, option
from searchkit.display.screen import count
from searchkit.locale.spoken import say

if TYPE_CHECKING:
    from searchkit.collection.index import Index
    from searchkit.model import SyncReport


@click.command(
    "index",
    cls=Command,
    short_help="Bring the index up to date with files.",
    example="searchkit index seeds\nsearchkit index ~/archive --exclude '*.jpg'\nsearchkit index",
)
@argument("paths", nargs=-1, type=PathType(), metavar="[PATH]...")
@option("--exclude", multiple=True, metavar="GLOB", help="Pass over files whose name or path fits. May be repeated.")
@option("--force", is_flag=True, help="Read every file again, changed or not.")
@option(
    "--prune",
    is_flag=True,
    help="Take out the documents of a PATH that is gone or empty, which otherwise stay, lest a disk is not connected.",
)
@option("--follow-links", is_flag=True, help="Also read what symbolic links out of PATH lead to.")
@option(
    "--columns",
    multiple=True,
    metavar="ROLE=NAME",
    help="Which columns of tables are their text, title, date, language, path and id, where their names do not tell:"
    " text=Note,date=Year. May be repeated.",
)
@option(
    "--ocr/--no-ocr",
    default=None,
    help="Read scanned pages and pictures as well, by Tesseract.  [default: as the last time]",
)
@option(
    "--ocr-languages",
    metavar="CODES",
    help="Languages of the scans, as Tesseract names them.  [default: kaz+rus+eng, or where most documents are Uzbek"
    " uzb+uzb_cyrl+rus+eng]",
)
@option(
    "--password",
    "passwords",
    multiple=True,
    metavar="TEXT",
    help="Try this password on encrypted files. May be repeated; it is kept nowhere.  [env var: SEARCHKIT_PASSWORD]",
)
@option("--ask-password", is_flag=True, help="Ask for such a password, which is not shown.")
@option("--jobs", type=click.IntRange(1), help="Number of worker processes.  [default: as many as there are cores]")
@option("--engine", help="Engine of a new index.  [default: whoosh]")
@option(
    "--watch",
    is_flag=True,
    help="Go on after the update: what changes from then on can be searched a second later. Ctrl-C ends it.",
)
@index_option
@json_option
def command(
    paths: tuple[str, ...],
    force: bool,
    prune: bool,
    engine: str | None,
    watch: bool,
    passwords: tuple[str, ...],
    ask_password: bool,
    folder: Path,
    as_json: bool,
    **settings: Any,
) -> None:
    """Bring the index up to date with the files in PATH, or in those that were named before, as they were named.

    New files are added, changed ones replaced, gone ones removed, moved ones recognised; the rest is not read.
    Files that cannot be read are listed with the reason, and tried again the next time (exit code 2).
    """
    if not paths and (settings["exclude"] or settings["follow_links"]):
        raise click.UsageError(
            say("Name the PATH as well: --exclude and --follow-links hold for the folders named with them.")
        )
    settings["passwords"] = _passwords(passwords, ask_password)
    if watch and (force or prune):
        raise click.UsageError(say("Use --force and --prune without --watch, which only reads what changes."))
    with searchkit.open(folder, engine, create=bool(paths)) as index:
        if index.outdated:
            documents = count(len(index), "document")
            output.echo(
                say(
                    "The index is of an earlier searchkit: %(documents)s are analysed anew, from the texts that it keeps.",
                    documents=documents,
                ),
                err=True,
            )
            with ProgressBar() as bar:
                index.upgrade(None if as_json else bar)
        if watch:
            _follow(index, paths or None, as_json, settings)
            return
        with ProgressBar() as bar:
            report = index.sync(paths or None, None if as_json else bar, force=force, prune=prune, **settings)
        _say(report, len(index), as_json)
        if not as_json and index.suggests_conversion():
            advice = say("So many documents are searched faster by another engine: searchkit convert --engine tantivy")
            output.echo(advice, err=True)
    sys.exit(ERROR if report.failed else FOUND)


def _passwords(given: tuple[str, ...], ask: bool) -> list[str]:
    """All passwords to try; what is typed after a command can be seen by others of the computer."""
    asked = [click.prompt(say("Password"), hide_input=True, err=True)] if ask else []
    return [*given, *filter(None, [os.environ.get("SEARCHKIT_PASSWORD", "")]), *asked]


def _follow(index: Index, paths: tuple[str, ...] | None, as_json: bool, settings: dict[str, Any]) -> None:
    """Say what each update did, until Ctrl-C."""
    first = True
    with ProgressBar() as bar, contextlib.closing(index.watch(paths, None if as_json else bar, **settings)) as reports:
        try:
            for report in reports:
                if first or any((report.added, report.updated, report.moved, report.removed, report.failed)):
                    _say(report, len(index), as_json)
                if first and not as_json:
                    output.echo(say("Watching for changes. Ctrl-C ends it."), err=True)
                first = False
                output.flush()
        except KeyboardInterrupt:
            if first:
                raise


def _say(report: SyncReport, documents: int, as_json: bool) -> None:
    if as_json:
        output.echo_json(report)
        return
    from searchkit.display import update

    output.echo_all(update.report(report, documents))
    output.echo_all(update.notices(report.notices), err=True)
    output.echo_all(update.scanned(report.scans), err=True)
    output.echo_all(update.skipped(report.skipped), err=True)
    output.echo_all(update.failures(report.failed), err=True)
