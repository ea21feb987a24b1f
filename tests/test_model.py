"""Values are equal by type and fields, and do not change."""

from __future__ import annotations

import copy
import dataclasses
import pickle

import pytest

from searchkit import Document, Failure, Highlight, Snippet, SyncReport
from searchkit.engines.base import Record
from searchkit.terms import query_tree

VALUES = [
    Document("1", "text", "title", "kk", "2025", "path"),
    Highlight(1, 2, "stem", "word"),
    Snippet("text", 0, 4, (Highlight(0, 4, "exact", "text"),), 3),
    Failure("path", "reason"),
    SyncReport(added=1, failed=(Failure("path", "reason"),)),
    Record("1", "hash", {"word": ["text"]}, b"stored", ("kk",)),
    query_tree.Word("word", "title", exact=True),
    query_tree.Term("stem", "word", 0.5, "stem"),
    query_tree.Not(query_tree.And((query_tree.Word("one"), query_tree.Everything()))),
]


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_a_copy_is_equal_and_a_change_is_not(value: object) -> None:
    assert copy.deepcopy(value) == value
    assert pickle.loads(pickle.dumps(value)) == value
    first = dataclasses.fields(value)[0].name  # type: ignore[arg-type]
    assert dataclasses.replace(value, **{first: None}) != value  # type: ignore[type-var]
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(value, first, None)


def test_values_of_two_types_are_never_equal() -> None:
    fields = (query_tree.Word("one"), query_tree.Word("two"))
    assert query_tree.And(fields) != query_tree.Or(fields)
    assert (
        len(
            {
                query_tree.And(fields),
                query_tree.Or(fields),
                query_tree.And(fields),
                query_tree.InLanguage("kk"),
                query_tree.InPath("kk"),
            }
        )
        == 4
    )
    assert query_tree.InLanguage("kk") != ("kk",)


def test_a_value_is_written_as_it_is_made() -> None:
    assert repr(Failure("a", "b")) == "Failure(path='a', reason='b')"
    assert repr(query_tree.Not(query_tree.Everything())) == "Not(child=Everything())"
