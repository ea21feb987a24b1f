"""The mentions of a person in the documents of an index."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from searchkit.collection.fetching import fetched
from searchkit.collection.records import Passages, Stored, capitalised_words, unpack
from searchkit.model import Document, Mention

if TYPE_CHECKING:
    from searchkit.engines.base import Engine
    from searchkit.model import Token
    from searchkit.people import Found, Name


SMALL = 200
"""Documents; in a smaller collection no surname is rare."""
Windows = dict[str, list[tuple[int, int]] | None]
"""Field -> the (start, end) of the parts of its text to be read; None for the whole text."""
RARE = 0.005
"""Of the documents, the share that may hold a surname for it to be rare."""


class Reader:
    """Reads the documents that may hold a name, and finds the mentions in them."""

    def __init__(self, engine: Engine, wanted: Name) -> None:
        from searchkit import people

        self._engine = engine
        self._wanted = wanted
        self._filter = people.WordFilter(wanted)

    def documents(self, ids: Iterator[str]) -> Iterator[tuple[Stored, Windows]]:
        """The documents of ids, in their order, that may hold the name, with the windows of their fields to be read for it."""
        for data in fetched(self._engine, ids):
            words = self._filter.words(capitalised_words(data))
            if words == []:
                continue
            stored = unpack(data)
            windows = {
                field: None if words is None else self._filter.near(text, words) for field, text, _ in stored.fields()
            }
            if any(found != [] for found in windows.values()):
                yield stored, windows

    def mentions(self, stored: Stored, windows: Windows) -> Iterator[Mention]:
        """The mentions in a document, looked for in the windows."""
        for field, text, passages in stored.fields():
            within = windows[field]
            if within != []:
                yield from self._found(stored, field, text, passages, stems=False, within=within)[1]

    def whole(self, stored: Stored) -> Iterator[tuple[str, Sequence[Token], Iterator[Mention]]]:
        """(text, tokens with stems, mentions) of the title, where that is not part of the text, and of the text."""
        for field, text, passages in stored.fields():
            tokens, found = self._found(stored, field, text, passages, stems=True)
            yield text, tokens, found

    def _found(
        self,
        stored: Stored,
        field: str,
        text: str,
        passages: Passages,
        stems: bool,
        within: list[tuple[int, int]] | None = None,
    ) -> tuple[Sequence[Token], Iterator[Mention]]:
        from searchkit import people
        from searchkit.analysis import analyse

        tokens = analyse.analyze(text, passages=passages, stems=stems, within=within)
        places = people.find(self._wanted, tokens, text, self._is_rare)
        return tokens, (_mention(stored.document, field, text, place) for place in places)

    def _is_rare(self, surname: str) -> bool:
        """Whether few documents of the collection hold a surname."""
        size = len(self._engine)
        return size >= SMALL and self._engine.frequency("word", surname) <= RARE * size


def _mention(document: Document, field: str, text: str, place: Found) -> Mention:
    from searchkit.highlight import snippets

    start, end = snippets.context(text, place.start, place.end)
    return Mention(
        document_id=document.id,
        start=place.start,
        end=place.end,
        text=text[place.start : place.end],
        score=place.score,
        context=text[start:end],
        context_start=start,
        context_end=end,
        kind=place.kind,
        form=place.form,
        named_after=place.named_after,
        reason=place.reason,
        field=field,
        page=document.page_at(place.start) if field == "text" else None,
        document_title=document.title,
        document_date=document.date,
    )
