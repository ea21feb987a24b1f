"""The mentions of a person, in groups, and the people of one name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from searchkit.display import place_lines
from searchkit.display.screen import bold, count, dim, one_line
from searchkit.locale.spoken import say, spoken
from searchkit.model import Mention, Namesake

CONTEXT_SHOWN = 6
"""Persons and offices beside a name in one line."""


def mentions(found: Iterable[Mention], grouping: str) -> Iterator[str]:
    """A heading a group, a line a place. Grouped by "document", lines come as the mentions do."""
    if grouping == "document":
        yield from place_lines.by_document(found)
        return
    key = _form if grouping == "form" else _date
    groups: dict[str, list[Mention]] = {}
    for mention in found:
        groups.setdefault(key(mention), []).append(mention)
    for name in sorted(groups, key=lambda name: (-len(groups[name]), name) if grouping == "form" else (0, name)):
        yield f"{bold(name)}  {count(len(groups[name]), 'mention')}"
        for mention in groups[name]:
            yield f"  {mention.document_id}, {place_lines.line(mention)}"
        yield ""


def namesakes(found: Iterable[Namesake]) -> Iterator[str]:
    """A numbered heading a person, with whom and what stands beside the name, then the places, document by document."""
    for number, namesake in enumerate(found, 1):
        documents = len({mention.document_id for mention in namesake.mentions})
        of = say(
            "%(mentions)s in %(documents)s",
            mentions=count(len(namesake.mentions), "mention"),
            documents=count(documents, "document"),
        )
        yield f"{number}. {bold(one_line(namesake.name))}  {of}"
        for label, others in ((say("known as"), namesake.offices), (say("together with"), namesake.context)):
            if others:
                yield dim(f"   {label} {_some(others)}")
        for line in place_lines.by_document(namesake.mentions):
            yield f"   {line}".rstrip()


def _some(others: Sequence[tuple[str, int]]) -> str:
    some = ", ".join(f"{one_line(name)} ({times:,})" for name, times in others[:CONTEXT_SHOWN])
    if len(others) <= CONTEXT_SHOWN:
        return some
    return some + " " + say("and %(num)s more", num=spoken().number(len(others) - CONTEXT_SHOWN))


def several_people(fathers: int) -> Iterator[str]:
    """A hint, where the patronymics of a list are of several people."""
    if fathers > 1:
        yield say("The patronymics are of %(num)s people: --by context tells them apart.", num=fathers)


def _form(mention: Mention) -> str:
    return mention.form


def _date(mention: Mention) -> str:
    return mention.document_date or say("undated")
