"""Documents of one text, under each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from searchkit.display.screen import bold, count, dim

if TYPE_CHECKING:
    from searchkit.collection.near_copies import NearCopies
    from searchkit.collection.same_text import SameText


def near_groups(found: Sequence[NearCopies]) -> Iterator[str]:
    """As `groups`, for documents of nearly one text."""
    for group in found:
        alike = f"at least {100 * group.least:.0f} % of their passages are the same"
        yield f"{bold(count(len(group.ids), 'document'))} of nearly one text  {dim(alike)}"
        yield from (f"   {id}" for id in group.ids)
        yield ""
    if found:
        yield f"{count(len(found), 'text')} in {sum(len(group.ids) for group in found):,} documents."
    else:
        yield "No two documents have nearly the same text."


def groups(found: Sequence[SameText]) -> Iterator[str]:
    """A heading a group, an id a line, and at the end how many there are."""
    for group in found:
        yield f"{bold(count(len(group.ids), 'document'))} of one text  {dim(group.fingerprint)}"
        yield from (f"   {id}" for id in group.ids)
        yield ""
    more = sum(len(group.ids) - 1 for group in found)
    if found:
        yield f"{count(len(found), 'text')} in {more + len(found):,} documents."
    else:
        yield "No two documents have the same text."
