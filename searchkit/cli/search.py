"""searchkit search: the documents that hold the words of a query."""

from __future__ import annotations

import functools
import gc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from searchkit.cli import output, recent
from searchkit.cli.asked import Asked, query_argument
from searchkit.cli.command import Command, finish
from searchkit.cli.facet_counts import print_facets
from searchkit.cli.lists import ListFormat, Listing, form_options, give_all
from searchkit.cli.options import context_option, filter_options, index_option, matching_options, open_index
from searchkit.cli.searches import PAGE, PageRange, Searches, look_of
from searchkit.cli.translated import option
from searchkit.locale.spoken import say


@click.command(
    "search",
    cls=Command,
    short_help="Documents that hold the words of a query.",
    example="searchkit search 'memorandum lang:kk date:2025..2026'\nsearchkit search --lang uz kutubxona\n"
    "searchkit search memorandum --xlsx memorandum.xlsx\nsearchkit search --from queries.txt --count",
)
@query_argument("QUERY")
@option("-n", "--limit", type=click.IntRange(1), help="Documents a page.  [default: 10, in a table all]")
@option("--page", type=click.IntRange(1), default=1, show_default=True, help="Which page of the answer.")
@filter_options
@option(
    "--sort",
    "order",
    type=click.Choice(["score", "newest", "oldest", "added"]),
    default="score",
    show_default=True,
    help="Best first, by date, or what was added last first.",
)
@option("--snippets", type=click.IntRange(0, 100), default=2, show_default=True, help="Passages shown a document.")
@context_option
@matching_options
@option("--count", "only_count", is_flag=True, help="Show only how many documents there are.")
@option(
    "--facets",
    "only_facets",
    is_flag=True,
    help="Show only how many there are of each language, year, type and folder.",
)
@option("--ids", "only_ids", is_flag=True, help="Show only the ids, all of them unless -n is given.")
@option("-0", "zero", is_flag=True, help="With --ids: end each with a null byte, as they are, for xargs -0.")
@option("--text", "with_text", is_flag=True, help="With --json: the whole text of each document too.")
@option("--explain", is_flag=True, help="Show what the query looks for, and search no further.")
@index_option
@form_options
def command(
    asked: Asked,
    limit: int | None,
    page: int,
    language: str | None,
    date: str | None,
    path: str | None,
    order: Any,
    snippets: int,
    words: int | None,
    plain: bool,
    match: str,
    translate: bool,
    transliterate: bool,
    only_count: bool,
    only_facets: bool,
    only_ids: bool,
    zero: bool,
    with_text: bool,
    explain: bool,
    folder: Path,
    form: ListFormat,
) -> None:
    """Find documents that hold the words of QUERY, in any language, alphabet and case ending.

    QUERY may hold "phrases", AND, OR, NOT, -word, lang:kk, title:word, date:2025..2026, path:text, pre*, wor~1 and
    =exact; a single - reads queries from the standard input. Exit code 1 when nothing is found.
    """
    if asked.is_batch or only_ids or form.is_table:
        gc.enable()  # a long list makes garbage that could pile up
    matching: dict[str, Any] = {"plain": plain, "match": match, "translate": translate, "transliterate": transliterate}
    with open_index(folder) as index:
        if explain:
            for query in asked.queries:
                output.echo_all(index.explain(query, **matching, say=say).splitlines())
            return
        ask = functools.partial(index.search, **matching, language=language, date=date, path=path, order=order)
        wanted = PageRange(limit or (None if only_ids or form.is_table else PAGE), page)
        searches = Searches(asked, ask, wanted)
        if only_count:
            found = _print_counts(searches, asked.is_batch, form)
        elif only_facets:
            count = functools.partial(index.facets, **matching, language=language, date=date, path=path)
            found = print_facets(asked, count, form)
        elif only_ids:
            found = _print_ids(searches, zero)
        else:
            found = _print_hits(searches, asked.is_batch, snippets, words, with_text, form, folder)
    finish(asked.failed, found > 0)


def _print_counts(searches: Searches, batch: bool, form: ListFormat) -> int:
    total = 0
    for query, results in searches.totals():
        total += results.total
        if form.json:
            output.echo_json({"query": query, "documents": results.total})
        else:
            output.echo(f"{results.total}\t{query}" if batch else str(results.total))
    return total


def _print_ids(searches: Searches, zero: bool) -> int:
    found = 0
    for _, _, hits in searches.answers(snippets=0):
        for hit in hits:
            found += 1
            if zero:
                output.echo_raw(f"{hit.id}\0")
            else:
                output.echo(hit.id)
    return found


def _print_hits(
    searches: Searches, batch: bool, snippets: int, words: int | None, with_text: bool, form: ListFormat, folder: Path
) -> int:
    """Print the answers; returns how many hits there are on the pages asked for."""
    found = 0

    def answers() -> Iterator[Listing]:
        nonlocal found
        for query, results, hits in searches.answers(snippets):
            if words is not None:
                from searchkit.display import context

                hits = (context.of_hit(hit, words) for hit in hits)
            yield Listing(query, hits, look_of(results, searches.page, form, with_text))
            found += len(results.hits)
            if form.is_lines and results.hits and not batch:
                recent.remember(folder, [hit.id for hit in results.hits], searches.page.offset + 1)

    give_all(form, answers(), batch)
    return found
