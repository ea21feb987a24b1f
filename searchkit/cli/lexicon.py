"""searchkit lexicon: look at the words that carry a query across languages, and add one's own."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from searchkit.cli import output
from searchkit.cli.command import ERROR, NOTHING, Command
from searchkit.cli.options import index_option, json_option, open_index
from searchkit.cli.translated import PathType, TranslatedHelp, argument
from searchkit.display.screen import count
from searchkit.locale.spoken import say


class LexiconGroup(TranslatedHelp, click.Group):
    """The commands on the lexicon."""


@click.group("lexicon", cls=LexiconGroup, short_help="The words that carry a query across languages.")
def command() -> None:
    """Look at the lexicon that carries a query across languages, and add words of your own."""


@command.command(
    "lookup",
    cls=Command,
    short_help="The concepts that a word may mean.",
    example="searchkit lexicon lookup library\nsearchkit lexicon lookup қолжазба",
)
@argument("word", nargs=-1, required=True)
@index_option
@json_option
def lookup_command(word: tuple[str, ...], folder: Path, as_json: bool) -> None:
    """Print the concepts that WORD may mean, with their words in each language. Exit code 1 when there is none."""
    from searchkit.lexicon import user

    found = user.lookup(folder, " ".join(word))
    for concept in found:
        if as_json:
            output.echo_json(concept)
        else:
            from searchkit.display import explanations

            output.echo_all(explanations.concept(concept))
    if not found:
        if not as_json:
            output.echo(say("Nothing found."))
        sys.exit(NOTHING)


@command.command(
    "check", cls=Command, short_help="What is wrong with a word list.", example="searchkit lexicon check words.tsv"
)
@argument("file", type=PathType(path_type=Path))
def check_command(file: Path) -> None:
    """Say what is wrong with a word list before it is imported. Exit code 2 when something is."""
    from searchkit.lexicon import checks, list_formats

    concepts = list(list_formats.read(file))
    problems = list(checks.problems(concepts))
    output.echo_all(problems)
    output.echo(f"{count(len(concepts), 'concept')}, {count(len(problems), 'problem')}.")
    if problems or not concepts:
        sys.exit(ERROR)


@command.command(
    "import", cls=Command, short_help="Add a word list to the index.", example="searchkit lexicon import words.tsv"
)
@argument("file", type=PathType(path_type=Path))
@index_option
def import_command(file: Path, folder: Path) -> None:
    """Add the words of FILE (TSV, SKOS as Turtle or RDF/XML, TBX) to the index; searches use them at once.

    A TSV file has a first line that names its columns, out of pos, en, kk, uz, ru; a cell holds several words with
    semicolons between. A file of the same name replaces what it gave before.
    """
    open_index(folder).close()
    from searchkit.collection import cluster_index
    from searchkit.lexicon import user

    with cluster_index.changing(folder, what=cluster_index.FILES):
        concepts = user.add(folder, file)
    output.echo(say("%(concepts)s imported.", concepts=count(concepts, "concept")))
