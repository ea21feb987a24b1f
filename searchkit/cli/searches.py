"""One search or many, and all of their hits: what `searchkit search` asks the index."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from searchkit.cli import output
from searchkit.cli.asked import Asked
from searchkit.cli.lists import ListFormat, Looks
from searchkit.display import hits as shown
from searchkit.locale.spoken import say

if TYPE_CHECKING:
    from searchkit.collection.results import Results
    from searchkit.model import Hit

PAGE = 10
"""Hits of a page that is read."""
FETCHED = 500
"""Hits taken at once from the index for a long list."""


class PageRange(NamedTuple):
    """Which hits are wanted: `limit` a page, or all of them; pages count from 1."""

    limit: int | None
    number: int

    @property
    def offset(self) -> int:
        return (self.number - 1) * (self.limit or PAGE)

    def end(self, total: int) -> int:
        """The number of the last hit, of so many in all."""
        return total if self.limit is None else min(total, self.offset + self.limit)


class Searches:
    """The answers to what is asked, one by one."""

    def __init__(self, asked: Asked, ask: Callable[..., Results], page: PageRange) -> None:
        self._asked, self._ask, self.page = asked, ask, page

    def totals(self) -> Iterator[tuple[str, Results]]:
        """Each query with an answer that only counts."""
        return self._answered(limit=0, snippets=0)

    def answers(self, snippets: int) -> Iterator[tuple[str, Results, Iterator[Hit]]]:
        """Each query with the beginning of its answer, and its hits, the rest of which is fetched as they are read."""
        limit = min(self.page.limit or FETCHED, FETCHED)
        for query, results in self._answered(limit=limit, offset=self.page.offset, snippets=snippets):
            yield query, results, self._hits(query, results, snippets)

    def _hits(self, query: str, results: Results, snippets: int) -> Iterator[Hit]:
        offset, end = self.page.offset, self.page.end(results.total)
        while results.hits:
            yield from results.hits
            offset += len(results.hits)
            if offset >= end:
                return
            results = self._ask(query, limit=min(FETCHED, end - offset), offset=offset, snippets=snippets)

    def _answered(self, **settings: Any) -> Iterator[tuple[str, Results]]:
        return self._asked.each(lambda query: (query, self._ask(query, **settings)))


def look_of(results: Results, page: PageRange, form: ListFormat, with_text: bool) -> Looks:
    """How the answer to a search looks in each form."""

    def closing() -> Iterable[str]:
        if results.total and not results.hits:
            output.echo(shown.past_the_end(results.total, page.limit or PAGE), err=True)
        elif form.is_table:
            yield shown.heading(results, page.offset + 1, page.end(results.total))
        elif form.json and results.suggestion:
            output.echo(say("Did you mean: %(query)s", query=results.suggestion), err=True)

    def end() -> dict[str, Any]:
        list(closing())
        return {
            "total": results.total,
            "shown": max(0, page.end(results.total) - page.offset),
            "complete": results.complete,
            "relaxed": results.relaxed,
            "suggestion": results.suggestion,
        }

    def table(found: Iterable[Hit]) -> Any:
        from searchkit.display import list_tables

        return list_tables.hits(found)

    def as_json(hit: Hit) -> Any:
        from searchkit.display import json_lines

        return json_lines.hit(hit, with_text)

    return Looks(
        lines=lambda found: shown.results(results, found, page.offset + 1, page.end(results.total)),
        table=table,
        as_json=as_json,
        closing=closing,
        end=end,
    )
