"""The queries or names of a command: one, or a batch from the lines of a file or of the standard input."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import click

from searchkit.cli import output
from searchkit.cli.translated import argument, option
from searchkit.errors import QueryError, SearchkitError
from searchkit.locale import N_
from searchkit.locale.spoken import say, sentence

F = TypeVar("F", bound=Callable[..., Any])
T = TypeVar("T")


FROM = {
    "QUERY": N_("Take each line of a file as a query; - for standard input."),
    "NAME": N_("Take each line of a file as a name; - for standard input."),
}
"""What --from does, by what a command is asked for."""


class Asked:
    """The queries of a command. `failed` says after `each` whether one could not be understood."""

    def __init__(self, queries: list[str], is_batch: bool) -> None:
        self.queries = queries
        self.is_batch = is_batch
        self.failed = False

    def each(self, answer: Callable[[str], T]) -> Iterator[T]:
        """The answer to each query. In a batch, one that cannot be understood is said and costs the others nothing."""
        for query in self.queries:
            try:
                answered = answer(query)
            except QueryError as error:
                if not self.is_batch:
                    raise
                self.failed = True
                output.echo(say("Error: %(sentence)s", sentence=f"{query}: {sentence(str(error))}"), err=True)
            else:
                yield answered


def query_argument(name: str) -> Callable[[F], F]:
    """The argument of a command, and --from FILE, as `asked`; "-" stands for the standard input in both places."""

    def decorate(command: F) -> F:
        @functools.wraps(command)
        def run(*args: Any, given: tuple[str, ...], source: str | None, **options: Any) -> Any:
            if (source is None) == (not given):
                raise click.UsageError(say("Give %(name)s or --from FILE, one of the two.", name=say(name)))
            if given == ("-",):
                source = "-"
            queries = _lines(source) if source is not None else [" ".join(given)]
            return command(*args, asked=Asked(queries, source is not None), **options)

        several = option("--from", "source", metavar="FILE", help=FROM[name])
        return argument("given", nargs=-1, metavar=f"[{name}]...")(several(run))  # type: ignore[return-value]

    return decorate


def _lines(source: str) -> list[str]:
    where = N_("the standard input") if source == "-" else source
    try:
        content = sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise SearchkitError(f"{where} is not in UTF-8: save it as “Text (UTF-8)”.") from None
    found = [line.strip() for line in text.splitlines()]
    if not any(found):
        raise SearchkitError(f"There is no line in {where}: write one query or name a line.")
    return [line for line in found if line]
