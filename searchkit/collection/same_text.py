"""Documents of one text: copies in several folders, letters that were sent twice, also in another format or encoding.

The index knows each text by its letters (`text.same_words`), as a term, so that copies are found without reading the documents.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from searchkit.collection.records import Stored
from searchkit.engines.base import Engine
from searchkit.terms.column_terms import SAME_TEXT, in_column
from searchkit.terms.query_tree import And, Group, Node, Term
from searchkit.text import same_words


class SameText(NamedTuple):
    """The ids of two documents or more of one text, in order; the fingerprint is that of the first (`Document.fingerprint`)."""

    fingerprint: str
    ids: tuple[str, ...]


def copies(engine: Engine, known_by: str) -> int:
    """How many documents beside one have the text that is known by this."""
    return max(0, engine.frequency("word", in_column(SAME_TEXT, known_by)) - 1) if known_by else 0


def alike(engine: Engine, filters: tuple[Node, ...]) -> Iterator[tuple[str, ...]]:
    """The ids of documents of one text, in order, among those that answer the filters; a text after the other."""
    for term in engine.terms("word", in_column(SAME_TEXT, "")):
        if engine.frequency("word", term) > 1:
            ids = tuple(engine.select(And((Group((Term("word", term),), boost=0.0), *filters))))
            if len(ids) > 1:
                yield ids


def alike_by_reading(documents: Iterable[Stored]) -> Iterator[tuple[str, ...]]:
    """The same for an index of an earlier version, which does not know its texts."""
    ids: dict[str, list[str]] = {}
    for stored in documents:
        ids.setdefault(same_words.key(stored.document.text), []).append(stored.document.id)
    return (tuple(those) for known_by, those in ids.items() if known_by and len(those) > 1)


def groups(alike: Iterable[tuple[str, ...]], read: Callable[[list[str]], Mapping[str, Stored]]) -> list[SameText]:
    """Groups of ids, the largest first, equal ones in order of their first id; `read` gives stored documents."""
    found = sorted(alike, key=lambda ids: (-len(ids), ids))
    return [SameText(read([ids[0]])[ids[0]].document.fingerprint, ids) for ids in found]
