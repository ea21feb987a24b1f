"""Places in documents, mentions of a person or words of a query: a line each, under their documents, counted at the end."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from searchkit.display import marked
from searchkit.display.screen import bold, count, dim, one_line
from searchkit.documents import scans
from searchkit.locale import N_
from searchkit.locale.spoken import say, spoken
from searchkit.model import Failure, Mention, Occurrence

FEW = 5
"""Files named in one line."""

Place = TypeVar("Place", Mention, Occurrence)


class Count:
    """How many places have gone by, in how many documents; of mentions also in which forms."""

    def __init__(self) -> None:
        self.places = 0
        self.documents = 0
        self.forms: set[str] = set()

    def over(self, found: Iterable[Place]) -> Iterator[Place]:
        """The same places, counted on the way."""
        last = None
        for place in found:
            self.places += 1
            self.documents += place.document_id != last
            last = place.document_id
            if isinstance(place, Mention):
                self.forms.add(place.form)
            yield place


def by_document(found: Iterable[Mention | Occurrence]) -> Iterator[str]:
    """A heading a document, a line a place, as they come."""
    for _, members in itertools.groupby(found, key=lambda place: place.document_id):
        for first, place in zip(itertools.chain((True,), itertools.repeat(False)), members, strict=False):
            if first:
                facts = " · ".join(filter(None, (one_line(place.document_title), place.document_date)))
                yield bold(place.document_id) + (f"  {facts}" if facts else "")
            yield "  " + line(place)
        yield ""


def line(place: Mention | Occurrence) -> str:
    """Where the place is, the passage with the place marked, and why it is one."""
    where = f"{place.start}-{place.end}"
    where = say("title") + f", {where}" if place.field == "title" else where
    where = say("p. %(page)s", page=place.page) + f", {where}" if place.page is not None else where
    span = (place.start - place.context_start, place.end - place.context_start)
    return f"{where}: {one_line(marked.text(place.context, [span]))}{_why(place)}"


def _why(place: Mention | Occurrence) -> str:
    if isinstance(place, Mention):
        reason = "; ".join(map(_said, place.reason.split("; ")))
        return "  " + dim(f"({place.score:.2f}: {reason})")
    return "" if place.reason == "exact" else "  " + dim(f"({place.query}: {say(place.reason)})")


REASONS = (
    *(N_("full name"), N_("given name and patronymic, no surname"), N_("given name by initial"), N_("one name")),
    N_("surname alone, the full name stands elsewhere in the document"),
    N_("given name alone, the full name stands elsewhere in the document"),
    *(N_("named after the person"), N_("feminine surname"), N_("Cyrillic"), N_("Latin")),
    *(N_("genitive"), N_("dative"), N_("accusative"), N_("locative"), N_("ablative"), N_("instrumental")),
    *(N_("plural"), N_("equative"), N_("comparison"), N_("possessive pronoun"), N_("oblique case")),
)
"""The parts of the reason of a mention; the name of a case has that of its language before it."""


def _said(part: str) -> str:
    """A part of a reason: "Kazakh genitive" as its two words."""
    if say(part) != part or " " not in part:
        return say(part)
    language, _, case = part.partition(" ")
    return f"{say(case)} ({say(language)})" if say(case) != case else part


def closing(counted: Count, noun: str, searched: int, failed: Sequence[Failure] | None) -> Iterator[str]:
    """How many places there are, and how far to trust that number."""
    number = spoken().number
    yield say(
        "%(places)s in %(some)s of %(documents)s.",
        places=count(counted.places, noun),
        some=number(counted.documents),
        documents=count(searched, "document"),
    )
    if failed is None:
        yield say(
            "Which files could not be read is not known until searchkit index has come to its end: there may be more."
        )
        return
    failed, scanned = scans.divided(failed)
    if scanned:
        pages = sum(scans.pages(file.reason) for file in scanned)
        yield say(
            "%(pages)s of %(files)s are scans, in which nothing was looked for.",
            pages=count(pages, "page"),
            files=count(len(scanned), "file"),
        )
    if failed:
        paths = list(dict.fromkeys(failure.path for failure in failed))
        names = ", ".join(paths[:FEW])
        if len(paths) > FEW:
            names += say(" and %(num)s more (see searchkit failures)", num=number(len(paths) - FEW))
        yield say(
            "%(files)s of the collection could not be read: %(names)s.", files=count(len(paths), "file"), names=names
        )
