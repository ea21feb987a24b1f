"""The mentions of a person, in groups, with a closing line that says how many there are."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence

from searchkit.display import marked
from searchkit.display.screen import bold, count, dim, one_line
from searchkit.model import Failure, Mention, Namesake

FEW = 5
"""Files named in one line."""
CONTEXT_SHOWN = 6
"""Persons and offices beside a name in one line."""


class Count:
    """How many mentions have gone by, in how many documents and which forms."""

    def __init__(self) -> None:
        self.places = 0
        self.documents = 0
        self.forms: set[str] = set()

    def over(self, found: Iterable[Mention]) -> Iterator[Mention]:
        """The same mentions, counted on the way."""
        last = None
        for mention in found:
            self.places += 1
            self.forms.add(mention.form)
            self.documents += mention.document_id != last
            last = mention.document_id
            yield mention


def mentions(found: Iterable[Mention], grouping: str) -> Iterator[str]:
    """A heading a group, a line a place. Grouped by "document", lines come as the mentions do."""
    if grouping == "document":
        for _, members in itertools.groupby(found, key=lambda mention: mention.document_id):
            for first, mention in zip(itertools.chain((True,), itertools.repeat(False)), members, strict=False):
                if first:
                    facts = " · ".join(filter(None, (one_line(mention.document_title), mention.document_date)))
                    yield bold(mention.document_id) + (f"  {facts}" if facts else "")
                yield "  " + _place(mention)
            yield ""
        return
    key = _form if grouping == "form" else _date
    groups: dict[str, list[Mention]] = {}
    for mention in found:
        groups.setdefault(key(mention), []).append(mention)
    for name in sorted(groups, key=lambda name: (-len(groups[name]), name) if grouping == "form" else (0, name)):
        yield f"{bold(name)}  {count(len(groups[name]), 'mention')}"
        for mention in groups[name]:
            yield f"  {mention.document_id}, {_place(mention)}"
        yield ""


def namesakes(found: Sequence[Namesake]) -> Iterator[str]:
    """A numbered heading a person, with whom and what stands beside the name, then the places, document by document."""
    for number, namesake in enumerate(found, 1):
        documents = len({mention.document_id for mention in namesake.mentions})
        of = f"{count(len(namesake.mentions), 'mention')} in {count(documents, 'document')}"
        yield f"{number}. {bold(one_line(namesake.name))}  {of}"
        for label, others in (("known as", namesake.offices), ("together with", namesake.context)):
            if others:
                more = f" and {len(others) - CONTEXT_SHOWN:,} more" if len(others) > CONTEXT_SHOWN else ""
                some = ", ".join(f"{one_line(name)} ({times:,})" for name, times in others[:CONTEXT_SHOWN])
                yield dim(f"   {label} {some}{more}")
        for line in mentions(namesake.mentions, "document"):
            yield f"   {line}".rstrip()


def _form(mention: Mention) -> str:
    return mention.form


def _date(mention: Mention) -> str:
    return mention.document_date or "undated"


def _place(mention: Mention) -> str:
    where = f"{mention.start}-{mention.end}"
    where = f"title, {where}" if mention.field == "title" else where
    where = f"p. {mention.page}, {where}" if mention.page is not None else where
    span = (mention.start - mention.context_start, mention.end - mention.context_start)
    why = dim(f"({mention.score:.2f}: {mention.reason})")
    return f"{where}: {one_line(marked.text(mention.context, [span]))}  {why}"


def closing(counted: Count, searched: int, failed: Sequence[Failure] | None, people: int = 1) -> Iterator[str]:
    """How many places there are, of how many people at least, and how far to trust that number."""
    yield f"{count(counted.places, 'mention')} in {counted.documents:,} of {count(searched, 'document')}."
    if people > 1:
        yield f"The patronymics are of {people:,} people: --by context tells them apart."
    if failed is None:
        yield "The index is being updated: there may be more."
    elif failed:
        names = ", ".join(failure.path for failure in failed[:FEW])
        more = f" and {len(failed) - FEW:,} more (see searchkit stats)" if len(failed) > FEW else ""
        yield f"{count(len(failed), 'file')} of the collection could not be read: {names}{more}."
