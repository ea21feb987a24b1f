"""Which documents have text that was mended when it was read, and how: the index knows it as terms."""

from __future__ import annotations

from collections.abc import Iterator

from searchkit.engines.base import Engine
from searchkit.model import Notice
from searchkit.terms.column_terms import REPAIRS, in_column, without_column
from searchkit.terms.query_tree import Group, Term


def counts(engine: Engine) -> dict[str, int]:
    """In how many documents something was mended, by what it was, the most frequent first."""
    found = {
        without_column(term): engine.frequency("word", term) for term in engine.terms("word", in_column(REPAIRS, ""))
    }
    return dict(
        sorted(((repair, count) for repair, count in found.items() if count), key=lambda item: (-item[1], item))
    )


def having(engine: Engine, repair: str) -> Iterator[str]:
    """The ids of the documents in which this was mended, in order; streams."""
    return engine.select(Group((Term("word", in_column(REPAIRS, repair)),), boost=0.0))


def documents(engine: Engine) -> Iterator[Notice]:
    """The documents by id, each with what was mended in it, a repair after the other."""
    for repair in counts(engine):
        yield from (Notice(id, repair) for id in having(engine, repair))
