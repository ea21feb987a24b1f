"""The mentions of a person in a document as the index keeps it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from searchkit.collection.records import Stored
from searchkit.model import Document, Mention

if TYPE_CHECKING:
    from searchkit.model import Token
    from searchkit.people import Found, Name, Screen


def in_document(
    stored: Stored, wanted: Name, stems: bool, screen: Screen | None = None
) -> Iterator[tuple[str, Sequence[Token], Iterator[Mention]]]:
    """(text, tokens, mentions) of a document: of its title, where that is not part of the text, then of its text.

    A text that `screen` does not let pass is left out.
    """
    from searchkit import people
    from searchkit.analysis import analyse

    for field, text, passages in stored.fields():
        if screen is not None and not screen.passes(analyse.surface_words(text, passages)):
            continue
        tokens = analyse.analyze(text, passages=passages, stems=stems)
        places = people.find(wanted, tokens, text)
        yield text, tokens, (_mention(stored.document, field, text, place) for place in places)


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
