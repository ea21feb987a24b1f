"""Values are equal by type and fields, and do not change."""

from __future__ import annotations

import copy
import dataclasses
import pickle

import pytest

from searchkit import Document, Failure, Highlight, Snippet, SyncReport
from searchkit.engines.base import Record
from searchkit.query import tree

VALUES = [
    Document("1", "text", "title", "kk", "2025", "path"),
    Highlight(1, 2, "stem", "word"),
    Snippet("text", 0, 4, (Highlight(0, 4, "exact", "text"),), 3),
    Failure("path", "reason"),
    SyncReport(added=1, failed=(Failure("path", "reason"),)),
    Record("1", "hash", {"word": ["text"]}, b"stored", ("kk",)),
    tree.Word("word", "title", exact=True),
    tree.Term("stem", "word", 0.5, "stem"),
    tree.Not(tree.And((tree.Word("one"), tree.Everything()))),
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
    fields = (tree.Word("one"), tree.Word("two"))
    assert tree.And(fields) != tree.Or(fields)
    assert len({tree.And(fields), tree.Or(fields), tree.And(fields), tree.InLanguage("kk"), tree.InPath("kk")}) == 4
    assert tree.InLanguage("kk") != ("kk",)


def test_a_value_is_written_as_it_is_made() -> None:
    assert repr(Failure("a", "b")) == "Failure(path='a', reason='b')"
    assert repr(tree.Not(tree.Everything())) == "Not(child=Everything())"
