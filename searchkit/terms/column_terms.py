"""The terms of one column of a table, or one field of what a document says of itself: `author:Сейфуллин`.

They follow the terms of the text, in the same fields, each led by its column between colons:

    w:author:сейфуллин s:author:seyfullin n

No word of a text begins with a colon, so the two never meet. A column that a document has is marked by the bare `:author:`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from searchkit.terms.fields import TEXT_FIELDS
from searchkit.terms.query_tree import And, Fuzzy, Group, Node, Or, Prefix, Sequence, Term

MARK = ":"
SAME_TEXT = "sametext"
"""The column of what a text is known by whatever its form (see `text.same_words`), one term as well."""
REPAIRS = "repairs"
"""The column of what was mended in a text, a whole sentence a term."""
FILE_DATE = "filedate"
"""The column of the day on which a file was made, which is one term, as in ISO 8601."""
ADDED = "@added"
"""The column of the minute in which a document came into the index, or changed last: one term, as in ISO 8601, UTC."""
EARLIER = "@earlier"
"""The column of the fingerprints of the texts that a document had before it changed, a term each."""

Alternative = Term | Prefix | Fuzzy | Sequence


def in_column(column: str, term: str) -> str:
    """A term of a column; that of the term "" marks the documents that have the column."""
    return f"{MARK}{column}{MARK}{term}"


def without_column(term: str) -> str:
    """The term as it stands in a text."""
    return term.split(MARK, 2)[2] if term.startswith(MARK) else term


def narrowed(node: Node, column: str) -> Node:
    """Groups that look in a column for what `node` looks for in texts."""
    if isinstance(node, (And, Or)):
        return replace(node, children=tuple(narrowed(child, column) for child in node.children))
    if isinstance(node, Group):
        return replace(node, alternatives=tuple(_narrowed(node.alternatives, column)))
    return node


def widened(group: Group) -> Group:
    """The group that looks in texts for what one looks for in a column."""
    if not any(_is_in_column(one) for one in group.alternatives):
        return group
    return replace(group, alternatives=tuple(_with(one, without_column) for one in group.alternatives))


def _narrowed(alternatives: Iterable[Alternative], column: str) -> Iterator[Alternative]:
    for one in alternatives:
        fields = {term.field for slot in one.slots for term in slot} if isinstance(one, Sequence) else {one.field}
        if fields <= set(TEXT_FIELDS):
            yield _with(one, lambda term: in_column(column, term))


def _with(one: Alternative, change: Callable[[str], str]) -> Alternative:
    if isinstance(one, Sequence):
        slots = tuple(tuple(replace(term, text=change(term.text)) for term in slot) for slot in one.slots)
        return replace(one, slots=slots)
    return replace(one, text=change(one.text))


def _is_in_column(one: Alternative) -> bool:
    if isinstance(one, Sequence):
        return any(term.text.startswith(MARK) for slot in one.slots for term in slot)
    return one.text.startswith(MARK)
