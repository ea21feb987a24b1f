"""searchkit concordance: every place that answers a query."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from searchkit.cli.asked import Asked, query_argument
from searchkit.cli.command import Command, finish
from searchkit.cli.lists import ListFormat, Listing, Looks, form_options, give_all, started
from searchkit.cli.options import context_option, filter_options, index_option, matching_options, open_index
from searchkit.cli.place_lists import end
from searchkit.display import context
from searchkit.display.place_lines import Count

if TYPE_CHECKING:
    from searchkit.collection.index import Index


@click.command(
    "concordance",
    cls=Command,
    short_help="Every place of the words of a query.",
    example="searchkit concordance кітапхана -C 5\nsearchkit concordance '\"national library\"' --xlsx places.xlsx",
)
@query_argument("QUERY")
@filter_options
@context_option
@matching_options
@index_option
@form_options
def command(
    asked: Asked,
    language: str | None,
    date: str | None,
    path: str | None,
    words: int | None,
    plain: bool,
    match: str,
    translate: bool,
    transliterate: bool,
    folder: Path,
    form: ListFormat,
) -> None:
    """List every place of the words of QUERY, one a line, with what stands before and after.

    Complete, document by document, in reading order; the words of a phrase make one place. QUERY and options are those
    of searchkit search. Exit code 1 when there is none.
    """
    matching: dict[str, Any] = {"plain": plain, "match": match, "translate": translate, "transliterate": transliterate}
    filters: dict[str, Any] = {"language": language, "date": date, "path": path}
    counts: list[Count] = []
    with open_index(folder) as index:

        def answer(query: str) -> Listing:
            counts.append(Count())
            found = context.of_places(index, index.concordance(query, **matching, **filters), words)
            return started(Listing(query, counts[-1].over(found), _looks(index, counts[-1])))

        give_all(form, asked.each(answer), asked.is_batch)
    finish(asked.failed, any(count.places for count in counts))


def _looks(index: Index, count: Count) -> Looks:
    from searchkit.display import list_tables, place_lines

    return Looks(
        place_lines.by_document,
        list_tables.occurrences,
        closing=lambda: place_lines.closing(count, "place", len(index), index.failures()),
        end=lambda: end(index, count, "places"),
    )
