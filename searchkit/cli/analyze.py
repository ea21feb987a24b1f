"""searchkit analyze: what each word becomes in the index."""

from __future__ import annotations

import sys

import click

from searchkit.cli import output
from searchkit.cli.command import NOTHING, Command
from searchkit.cli.options import json_option
from searchkit.cli.translated import argument, option


@click.command(
    "analyze",
    cls=Command,
    short_help="What a word becomes in the index.",
    example="searchkit analyze Кітапханасында\nsearchkit analyze --lang uz kutubxonalarimizda",
)
@argument("text", nargs=-1, required=True)
@option("--lang", "language", metavar="CODE", help="Take the text as this language.  [default: found]")
@json_option
def command(text: tuple[str, ...], language: str | None, as_json: bool) -> None:
    """Show what each word of TEXT becomes in the index, and why."""
    from searchkit.analysis import analyse
    from searchkit.display import explanations

    explained = analyse.explain(" ".join(text), language)
    for word in explained:
        if as_json:
            output.echo_json(word)
        else:
            output.echo_all(explanations.explanation(word))
    if not explained:
        sys.exit(NOTHING)
