"""searchkit mentions: every place that names a person."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from searchkit.cli import output
from searchkit.cli.command import NOTHING, Command
from searchkit.cli.options import filter_options, index_option, json_option, open_index

if TYPE_CHECKING:
    from searchkit.collection.index import Index


class _Grouping(click.Choice[str]):
    """The groupings, and the name that one had before."""

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        return super().convert("context" if value == "company" else value, param, ctx)


@click.command(
    "mentions",
    cls=Command,
    example="searchkit mentions 'Gaziza Nurgaliyeva'\nsearchkit mentions 'Тоқаев Қ.' --by form\n"
    "searchkit mentions 'Gaziza Nurgaliyeva' --csv > nurgaliyeva.csv",
)
@click.argument("name", nargs=-1, required=True)
@click.option(
    "--by",
    "grouping",
    type=_Grouping(["document", "form", "date", "context"]),
    default="document",
    show_default=True,
    help="How places are grouped. By document they show as they are found, otherwise when all are. By context, people of "
    "one name are told apart by their patronymics and by who and what stands beside the name.",
)
@filter_options
@click.option("--csv", "as_csv", is_flag=True, help="A table for a spreadsheet.")
@index_option
@json_option
def command(
    name: tuple[str, ...],
    grouping: str,
    language: str | None,
    date: str | None,
    path: str | None,
    as_csv: bool,
    folder: Path,
    as_json: bool,
) -> None:
    """List every place that names the person NAME, however it is spelled, declined or shortened.

    Complete, in reading order, one line a place, with why it counts. A surname or given name alone counts only where
    the document names the person in full. Exit code 1 when there is none.
    """
    filters = {"language": language, "date": date, "path": path}
    with open_index(folder) as index:
        if grouping == "context":
            places = _show_namesakes(index, " ".join(name), filters, as_csv, as_json)
        else:
            places = _show_mentions(index, " ".join(name), filters, grouping, as_csv, as_json)
    if not places:
        sys.exit(NOTHING)


def _show_mentions(
    index: Index, name: str, filters: dict[str, str | None], grouping: str, as_csv: bool, as_json: bool
) -> int:
    """Print the mentions; returns how many there are."""
    from searchkit.display import mentions, tables

    count = mentions.Count()
    found = count.over(index.mentions(name, **filters))
    if as_json:
        for mention in found:
            output.echo_json(mention)
    elif as_csv:
        output.echo_table(tables.mentions(found))
    else:
        from searchkit import people

        output.echo_all(mentions.mentions(found, grouping))
        output.echo_all(mentions.closing(count, len(index), index.failures(), people.fathers(count.forms)))
    return count.places


def _show_namesakes(index: Index, name: str, filters: dict[str, str | None], as_csv: bool, as_json: bool) -> int:
    """Print the people of the name with their mentions; returns how many mentions there are."""
    from searchkit.display import mentions, tables

    found = index.namesakes(name, **filters)
    count = mentions.Count()
    places = (mention for namesake in found for mention in namesake.mentions)
    for _ in count.over(sorted(places, key=lambda mention: mention.document_id)):
        pass
    if as_json:
        for namesake in found:
            output.echo_json(namesake)
    elif as_csv:
        output.echo_table(tables.namesakes(found))
    else:
        output.echo_all(mentions.namesakes(found))
        output.echo_all(mentions.closing(count, len(index), index.failures()))
    return count.places
