"""searchkit verify: is the index whole, and does it say what the files say?"""

from __future__ import annotations

import sys
from pathlib import Path

import click

import searchkit
from searchkit.cli import output
from searchkit.cli.command import ERROR, FOUND, Command
from searchkit.cli.options import index_option
from searchkit.cli.progress import ProgressBar
from searchkit.cli.translated import option
from searchkit.display.screen import count
from searchkit.locale.spoken import say, sentence


@click.command(
    "verify",
    cls=Command,
    short_help="Check the index, and mend it from the files.",
    example="searchkit verify\nsearchkit verify --repair",
)
@option("--repair", is_flag=True, help="Mend what is wrong, from the files that the index was made of.")
@index_option
def command(repair: bool, folder: Path) -> None:
    """Check that the index is whole and says what the files say.

    Every byte of the index is read, and each file is compared by its content with what it was when it was indexed. Exit
    code 2 where something is wrong and was not mended.
    """
    with searchkit.Index(folder) as index, ProgressBar() as bar:
        found = index.verify(repair, bar)
    output.echo_all(map(sentence, found.problems))
    if found.problems and repair:
        output.echo_all((say("Still wrong: %(problem)s", problem=sentence(one)) for one in found.remaining), err=True)
        output.echo(say("Not everything could be mended.") if found.remaining else say("Everything was mended."))
    elif found.problems:
        output.echo(say("Mend this with searchkit verify --repair."), err=True)
    else:
        compared = {"documents": count(found.documents, "document"), "files": count(found.files, "file")}
        output.echo(say("Nothing is wrong: %(documents)s and %(files)s were compared.", **compared))
    sys.exit(ERROR if found.remaining else FOUND)
