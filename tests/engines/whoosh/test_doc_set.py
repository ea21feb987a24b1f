"""Sets of documents as large numbers behave like sets."""

from __future__ import annotations

from operator import and_, or_, sub

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.engines.whoosh.doc_set import DocSet

COUNT = 300
sets = st.sets(st.integers(0, COUNT - 1))


@pytest.mark.parametrize("operation", [and_, or_, sub])
@given(left=sets, right=sets)
def test_with_each_other_and_with_plain_sets(operation: object, left: set[int], right: set[int]) -> None:
    assert callable(operation)
    expected = sorted(operation(left, right))
    flags, others = DocSet.of(left, COUNT), DocSet.of(right, COUNT)
    for result in (operation(flags, others), operation(flags, right), operation(left, others)):
        assert sorted(result) == expected
        assert len(result) == len(expected)
        assert bool(result) == bool(expected)
    assert sorted(operation(frozenset(left), others)) == expected


@given(sets)
def test_what_they_hold(documents: set[int]) -> None:
    flags = DocSet.of(documents, COUNT)
    assert list(flags) == sorted(documents)
    assert all((document in flags) == (document in documents) for document in range(COUNT))
    assert list(DocSet.all(COUNT) - flags) == sorted(set(range(COUNT)) - documents)
    counts = bytes(7 if document in documents else 0 for document in range(COUNT))
    assert DocSet.of_counts(int.from_bytes(counts, "little"), COUNT) == flags
