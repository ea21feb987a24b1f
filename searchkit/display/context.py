"""Places with as many words around them as the reader asks for."""

from __future__ import annotations

import dataclasses
import itertools
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, TypeVar

from searchkit.model import Hit, Mention, Occurrence, Snippet

if TYPE_CHECKING:
    from searchkit.collection.index import Index

_WORD = re.compile(r"\S+")
_WORD_LENGTH = 40
"""Code points that are looked through for a word; a longer one is cut."""

Place = TypeVar("Place", bound=Mention | Occurrence)


def around(text: str, start: int, end: int, words: int) -> tuple[int, int]:
    """The span of `text[start:end]` with `words` words on each side, in code points."""
    reach = words * _WORD_LENGTH
    first = max(0, start - reach)
    before = [match.start() for match in _WORD.finditer(text, first, start)]
    after = [match.end() for match in _WORD.finditer(text, end, min(len(text), end + reach))]
    return (
        before[-words] if 0 < words <= len(before) else min(before, default=start) if words else start,
        after[words - 1] if 0 < words <= len(after) else max(after, default=end) if words else end,
    )


def of_hit(hit: Hit, words: int) -> Hit:
    """The hit with so many words on each side of what its passages mark."""
    cut = (_of_snippet(snippet, hit.document.text, words) for snippet in hit.snippets)
    return dataclasses.replace(hit, snippets=tuple(cut))


def _of_snippet(snippet: Snippet, text: str, words: int) -> Snippet:
    if not snippet.highlights or snippet.field != "text":
        return snippet
    first, last = snippet.highlights[0].start, snippet.highlights[-1].end
    start, end = around(text, snippet.start + first, snippet.start + last, words)
    moved = tuple(
        dataclasses.replace(mark, start=mark.start + snippet.start - start, end=mark.end + snippet.start - start)
        for mark in snippet.highlights
    )
    return dataclasses.replace(snippet, text=text[start:end], start=start, end=end, highlights=moved)


def of_places(index: Index, found: Iterable[Place], words: int | None) -> Iterator[Place]:
    """The places with so many words on each side; None leaves the passage."""
    if words is None:
        yield from found
        return
    for id, those in itertools.groupby(found, key=lambda place: place.document_id):
        document = index.get(id)
        for place in those:
            text = document and (document.title if place.field == "title" else document.text)
            yield of_place(place, text, words) if text else place


def of_place(place: Place, text: str, words: int) -> Place:
    """The place with so many words on each side; `text` is what its offsets are of."""
    start, end = around(text, place.start, place.end, words)
    return dataclasses.replace(place, context=text[start:end], context_start=start, context_end=end)
