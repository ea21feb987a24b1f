"""searchkit mentions: every place that names a person."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from searchkit.cli.asked import Asked, query_argument
from searchkit.cli.command import Command, finish
from searchkit.cli.lists import ListFormat, Listing, Looks, form_options, give_all, started
from searchkit.cli.options import context_option, filter_options, index_option, open_index
from searchkit.cli.place_lists import end
from searchkit.cli.translated import option
from searchkit.display import context
from searchkit.display.place_lines import Count

if TYPE_CHECKING:
    from searchkit.collection.index import Index


class _Grouping(click.Choice[str]):
    """The groupings, and the name that one had before."""

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        return super().convert("context" if value == "company" else value, param, ctx)


@click.command(
    "mentions",
    cls=Command,
    short_help="Every place that names a person.",
    example="searchkit mentions 'Gaziza Nurgaliyeva'\nsearchkit mentions 'Тоқаев Қ.' --by form\n"
    "searchkit mentions 'Gaziza Nurgaliyeva' --xlsx nurgaliyeva.xlsx\nsearchkit mentions --from names.txt --csv > names.csv",
)
@query_argument("NAME")
@option(
    "--by",
    "grouping",
    type=_Grouping(["document", "form", "date", "context"]),
    default="document",
    show_default=True,
    help="How places are grouped. By document they show as they are found, otherwise when all are. By context, people of "
    "one name are told apart by their patronymics and by who and what stands beside the name.",
)
@filter_options
@context_option
@index_option
@form_options
def command(
    asked: Asked,
    grouping: str,
    language: str | None,
    date: str | None,
    path: str | None,
    words: int | None,
    folder: Path,
    form: ListFormat,
) -> None:
    """List every place that names the person NAME, however it is spelled, declined or shortened.

    Complete, in reading order, one line a place, with why it counts. A surname or given name alone counts only where
    the document names the person in full. A single - reads names from the standard input. Exit code 1 when there is none.
    """
    filters = {"language": language, "date": date, "path": path}
    with open_index(folder) as index:
        look = _namesakes if grouping == "context" else functools.partial(_mentions, grouping=grouping)
        counts: list[Count] = []

        def answer(name: str) -> Listing:
            counts.append(Count())
            return started(look(index, name, filters, words, counts[-1]))

        give_all(form, asked.each(answer), asked.is_batch)
    finish(asked.failed, any(count.places for count in counts))


def _mentions(
    index: Index, name: str, filters: dict[str, str | None], words: int | None, count: Count, grouping: str
) -> Listing:
    """The mentions of a name, as they are found."""
    from searchkit.display import list_tables, mentions, place_lines

    def closing() -> Iterable[str]:
        from searchkit import people

        yield from place_lines.closing(count, "mention", len(index), index.failures())
        yield from mentions.several_people(people.fathers(count.forms))

    found = count.over(context.of_places(index, index.mentions(name, **filters), words))
    lines = functools.partial(mentions.mentions, grouping=grouping)
    return Listing(
        name, found, Looks(lines, list_tables.mentions, closing=closing, end=lambda: end(index, count, "mentions"))
    )


def _namesakes(index: Index, name: str, filters: dict[str, str | None], words: int | None, count: Count) -> Listing:
    """The people of a name with their mentions."""
    from searchkit.display import list_tables, mentions, place_lines

    found = index.namesakes(name, **filters)
    if words is not None:
        found = [
            dataclasses.replace(each, mentions=tuple(context.of_places(index, each.mentions, words))) for each in found
        ]
    each_place = (mention for namesake in found for mention in namesake.mentions)
    for _ in count.over(sorted(each_place, key=lambda mention: mention.document_id)):
        pass

    def closing() -> Iterable[str]:
        return place_lines.closing(count, "mention", len(index), index.failures())

    looks = Looks(mentions.namesakes, list_tables.namesakes, closing=closing, end=lambda: end(index, count, "mentions"))
    return Listing(name, found, looks)
