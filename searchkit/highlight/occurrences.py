"""Every place of a document that answers a query, each with its passage: the lines of a concordance."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from searchkit.highlight.matches import Match, Matcher
from searchkit.highlight.snippets import context
from searchkit.model import Document, Occurrence

_LETTER = re.compile(r"\w")


def occurrences(
    document: Document, fields: Iterable[tuple[str, str, Sequence[tuple[int, int, str]]]], text: Matcher, title: Matcher
) -> Iterator[Occurrence]:
    """The places of a document, in reading order.

    `fields` are ("title" or "text", its text, its passages as (start, end, language)); `text` and `title` are the matchers
    of the query for each. The words of a phrase make one place.
    """
    for field, whole, passages in fields:
        found = (title if field == "title" else text).find(whole, passages)
        starts = [passage[0] for passage in passages]
        paged = field == "text" and document.page_at(0) is not None
        page, counted = 1, 0
        for start, end, match in _phrases(whole, found):
            first, last = context(whole, start, end)
            if paged:  # counted on from the place before: a long document has many of both
                page, counted = page + whole.count("\f", counted, start), start
            yield Occurrence(
                document_id=document.id,
                start=start,
                end=end,
                text=whole[start:end],
                reason=match.reason,
                query=match.query,
                context=whole[first:last],
                context_start=first,
                context_end=last,
                language=passages[bisect_right(starts, start) - 1][2],
                field=field,
                page=page if paged else None,
                document_title=document.title,
                document_date=document.date,
            )


def _phrases(text: str, found: Sequence[Match]) -> Iterator[tuple[int, int, Match]]:
    """(start, end, its first match) of each place: neighbours that answer the same words of several are one."""
    number = 0
    while number < len(found):
        first = found[number]
        end, words, number = first.end, len(first.query.split()) - 1, number + 1
        while words > 0 and number < len(found):
            following = found[number]
            if following.query != first.query or _LETTER.search(text, end, following.start):
                break
            end, words, number = following.end, words - 1, number + 1
        yield first.start, end, first
