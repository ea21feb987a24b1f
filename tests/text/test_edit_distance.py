"""The edit distance, against the whole table of `reference` and on words that show what it counts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.text.edit_distance import distance, near
from tests.engines.reference import distance as plain_distance

words = st.text("абвab", max_size=9)


@given(words, words, st.integers(0, 3))
def test_distance_is_that_of_the_whole_table(left: str, right: str, limit: int) -> None:
    edits = plain_distance(left, right)
    assert distance(left, right, limit) == (edits if edits <= limit else None)


@given(words, st.lists(words, max_size=30), st.integers(0, 3))
def test_near_passes_over_no_term(word: str, terms: list[str], limit: int) -> None:
    expected = [(term, edits) for term in terms if (edits := plain_distance(word, term)) <= limit]
    assert list(near(word, terms, limit)) == expected


@pytest.mark.parametrize(
    ("left", "right", "edits"),
    [
        ("", "", 0),
        ("кітап", "кітап", 0),
        ("кітап", "кітаб", 1),
        ("кітап", "кітапх", 1),
        ("кітап", "ітап", 1),
        ("кітап", "кіатп", 1),  # neighbours exchanged
        ("кітап", "ікатп", 2),  # two pairs
        ("ca", "abc", None),  # three: no letter is edited twice
        ("ab", "", 2),
        ("abc", "", None),
        ("kitap", "кітап", None),
    ],
)
def test_distance(left: str, right: str, edits: int | None) -> None:
    assert distance(left, right, 2) == edits
    assert distance(right, left, 2) == edits
