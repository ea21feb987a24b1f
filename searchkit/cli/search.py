"""searchkit search: the documents that hold the words of a query."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from searchkit.cli import output
from searchkit.cli.command import NOTHING, Command
from searchkit.cli.options import filter_options, index_option, json_option, open_index


@click.command(
    "search",
    cls=Command,
    example="searchkit search 'memorandum lang:kk date:2025..2026'\nsearchkit search --lang uz kutubxona",
)
@click.argument("query", nargs=-1, required=True)
@click.option("-n", "--limit", type=click.IntRange(1, 10_000), default=10, show_default=True, help="Documents a page.")
@click.option("--page", type=click.IntRange(1), default=1, show_default=True, help="Which page of the answer.")
@filter_options
@click.option(
    "--sort",
    "order",
    type=click.Choice(["score", "newest", "oldest"]),
    default="score",
    show_default=True,
    help="Best first, or by date.",
)
@click.option(
    "--snippets", type=click.IntRange(0, 100), default=2, show_default=True, help="Passages shown a document."
)
@click.option("--plain", is_flag=True, help="Take the query as words, with no operators.")
@click.option("--no-translate", is_flag=True, help="Do not match words of other languages.")
@click.option("--no-translit", is_flag=True, help="Do not match other alphabets and spellings.")
@click.option("--explain", is_flag=True, help="Show what the query looks for, and search no further.")
@index_option
@json_option
def command(
    query: tuple[str, ...],
    limit: int,
    page: int,
    language: str | None,
    date: str | None,
    path: str | None,
    order: Any,
    snippets: int,
    plain: bool,
    no_translate: bool,
    no_translit: bool,
    explain: bool,
    folder: Path,
    as_json: bool,
) -> None:
    """Find documents that hold the words of QUERY, in any language, alphabet and case ending.

    QUERY may hold "phrases", AND, OR, NOT, -word, lang:kk, title:word, date:2025..2026, path:text, pre*, wor~1 and
    =exact. Exit code 1 when nothing is found.
    """
    with open_index(folder) as index:
        if explain:
            explained = index.explain(" ".join(query), plain, not no_translate, not no_translit)
            output.echo_all(explained.splitlines())
            return
        results = index.search(
            " ".join(query),
            limit=limit,
            offset=(page - 1) * limit,
            plain=plain,
            language=language,
            date=date,
            path=path,
            order=order,
            translate=not no_translate,
            transliterate=not no_translit,
            snippets=snippets,
        )
        if results.total and not results.hits:
            from searchkit.display import hits

            output.echo(hits.past_the_end(results.total, limit), err=True)
        elif as_json:
            for hit in results.hits:
                output.echo_json(hit)
        else:
            from searchkit.display import hits

            output.echo_all(hits.results(results, first=(page - 1) * limit + 1))
    if not results.hits:
        if as_json and results.suggestion:
            output.echo(f"Did you mean: {results.suggestion}", err=True)
        sys.exit(NOTHING)
