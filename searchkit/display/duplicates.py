"""Documents of one text, under each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from searchkit.display.screen import bold, count, dim
from searchkit.locale.spoken import say

if TYPE_CHECKING:
    from searchkit.collection.near_copies import NearCopies
    from searchkit.collection.same_text import SameText


def near_groups(found: Sequence[NearCopies]) -> Iterator[str]:
    """As `groups`, for documents of nearly one text."""
    for group in found:
        alike = say("at least %(share)s %% of their passages are the same", share=f"{100 * group.least:.0f}")
        documents = bold(count(len(group.ids), "document"))
        yield say("%(documents)s of nearly one text", documents=documents) + f"  {dim(alike)}"
        yield from (f"   {id}" for id in group.ids)
        yield ""
    if found:
        documents = count(sum(len(group.ids) for group in found), "document")
        yield say("%(texts)s in %(documents)s.", texts=count(len(found), "text"), documents=documents)
    else:
        yield say("No two documents have nearly the same text.")


def groups(found: Sequence[SameText]) -> Iterator[str]:
    """A heading a group, an id a line, and at the end how many there are."""
    for group in found:
        documents = bold(count(len(group.ids), "document"))
        yield say("%(documents)s of one text", documents=documents) + f"  {dim(group.fingerprint)}"
        yield from (f"   {id}" for id in group.ids)
        yield ""
    more = sum(len(group.ids) - 1 for group in found)
    if found:
        documents = count(more + len(found), "document")
        yield say("%(texts)s in %(documents)s.", texts=count(len(found), "text"), documents=documents)
    else:
        yield say("No two documents have the same text.")
