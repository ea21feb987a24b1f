"""Every place of a document that answers a query, each with its passage: the lines of a concordance."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from searchkit.highlight.matches import Matcher, phrases
from searchkit.highlight.snippets import context
from searchkit.model import Document, Occurrence


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
        for start, end, match in phrases(whole, found):
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
