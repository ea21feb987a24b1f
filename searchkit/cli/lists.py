"""A list in the form that was asked for: lines to read, JSON for programs, a table for a spreadsheet.

Lists stream: what is found is printed before all is. JSON ends with a line of totals, without which it was cut off.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from searchkit.cli import output
from searchkit.cli.translated import PathType, option
from searchkit.display import screen
from searchkit.locale.spoken import say

if TYPE_CHECKING:
    from searchkit.display.list_tables import DataTable

F = TypeVar("F", bound=Callable[..., Any])


class ListFormat(NamedTuple):
    """The form of a list; lines to read where it is none of these."""

    json: bool = False
    csv: bool = False
    xlsx: Path | None = None

    @property
    def is_table(self) -> bool:
        return self.csv or self.xlsx is not None

    @property
    def is_lines(self) -> bool:
        return not (self.json or self.is_table)


def form_options(command: F) -> F:
    """--json, --csv and --xlsx, as one `form`."""

    @functools.wraps(command)
    def run(*args: Any, as_json: bool, as_csv: bool, xlsx: Path | None, **options: Any) -> Any:
        if as_json + as_csv + (xlsx is not None) > 1:
            raise click.UsageError(say("Choose one of --json, --csv and --xlsx."))
        return command(*args, form=ListFormat(as_json, as_csv, xlsx), **options)

    for each in (
        option("--json", "as_json", is_flag=True, help="One JSON object a line, for programs; the last has totals."),
        option("--xlsx", type=PathType(dir_okay=False, path_type=Path), help="Write a workbook to this file."),
        option("--csv", "as_csv", is_flag=True, help="A table for a spreadsheet."),
    ):
        run = each(run)
    return run  # type: ignore[return-value]


class Looks(NamedTuple):
    """How a list looks in each form; `closing` are the last lines, and `end` the totals, when the list is over."""

    lines: Callable[[Any], Iterable[str]]
    table: Callable[[Any], DataTable]
    as_json: Callable[[Any], Any] = lambda entry: entry
    closing: Callable[[], Iterable[str]] = tuple
    end: Callable[[], dict[str, Any]] = dict


class Listing(NamedTuple):
    """The entries found for a query, and how they look."""

    query: str
    found: Iterable[Any]
    looks: Looks


def started(answer: Listing) -> Listing:
    """The answer with its first entry found already, so that what cannot be understood shows before anything is printed."""
    found = iter(answer.found)
    return answer._replace(found=itertools.chain(list(itertools.islice(found, 1)), found))


def give(form: ListFormat, found: Iterable[Any], looks: Looks) -> None:
    """Print one list, or write it to its file."""
    give_all(form, iter([Listing("", found, looks)]), batch=False)


def give_all(form: ListFormat, answers: Iterator[Listing], batch: bool = True) -> None:
    """Print the answers to one query, or to a batch of them, each with its query. The closing lines of a table go to
    standard error."""
    if form.json:
        _give_json(answers, batch)
    elif form.is_table:
        _give_table(form, answers, batch)
    else:
        for query, found, looks in answers:
            if batch:
                output.echo(f"{screen.bold(query)}:")
            output.echo_all(looks.lines(found))
            output.echo_all(looks.closing())
            if batch:
                output.echo()


def _give_json(answers: Iterator[Listing], batch: bool) -> None:
    from searchkit.display import json_lines

    ends = []
    for query, found, looks in answers:
        asked = {"query": query} if batch else {}
        for entry in found:
            value = looks.as_json(entry)
            output.echo_json({**asked, **json_lines.plain(value)} if batch else value)
        ends.append({**asked, **looks.end()})
    output.echo_json({"end": {"queries": ends} if batch else ends[0]})


def _give_table(form: ListFormat, answers: Iterator[Listing], batch: bool) -> None:
    from searchkit.display import list_tables, xlsx

    first = next(answers, None)
    if first is None:
        return
    columns = first.looks.table(()).columns
    closing: list[tuple[str, str]] = []

    def rows() -> Iterator[Sequence[Any]]:
        for query, found, looks in itertools.chain([first], answers):
            for row in looks.table(found).rows:
                yield (query, *row) if batch else row
            closing.extend((query, line) for line in looks.closing())

    table = list_tables.DataTable(("query", *columns) if batch else columns, rows())
    if form.xlsx is None:
        output.echo_table(list_tables.csv_lines(table))
        output.flush()
    else:
        written = xlsx.write(form.xlsx, table)
        rows_written = screen.count(written, "row")
        output.echo(say("%(rows)s in %(file)s", rows=rows_written, file=form.xlsx), err=True)
    for query, line in closing:
        output.echo(f"{query}: {line}" if batch else line, err=True)
