"""The costs of one spelling for many words are those of aligning each pair by itself."""

import sys
from concurrent.futures import ThreadPoolExecutor

from hypothesis import given
from hypothesis import strategies as st

from searchkit.people.spelling.alignment import SOUNDS, cost
from searchkit.people.spelling.alignment_columns import LIMIT, Columns

SPELLINGS = st.text(SOUNDS, min_size=1, max_size=9)


@given(SPELLINGS, st.lists(SPELLINGS, min_size=1, max_size=4))
def test_every_cost_within_the_limit_is_exact(spelling, others):
    columns = Columns(spelling)
    for other in others:
        column = columns.column(other)
        for i in range(len(spelling) + 1):
            exact = cost(spelling[:i], other)
            assert column[i] == exact or (column[i] > LIMIT and exact > LIMIT)
        assert columns.cost(other) == column[-1]


def test_sounds_that_stand_for_two_are_known_across_columns():
    for a, b in (("tetčer", "tečer"), ("aŋsar", "angsar"), ("angsar", "aŋsar")):
        assert Columns(a).cost(b) == cost(a, b) < 0.2


def test_columns_are_made_once_and_few_are_kept(monkeypatch):
    monkeypatch.setattr("searchkit.people.spelling.alignment_columns.MOST_COLUMNS", 5)
    columns = Columns("tokaev")
    for word in ("tokaeva", "tokaevtıŋ", "muratov", "tokaev"):
        assert columns.cost(word) == cost("tokaev", word) or columns.cost(word) > LIMIT


def test_threads_share_columns_of_which_few_are_kept(monkeypatch):
    monkeypatch.setattr("searchkit.people.spelling.alignment_columns.MOST_COLUMNS", 2)
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        columns, words = Columns("tokaev"), ("tokaeva", "tokaevtıŋ", "toqaev", "takaev")
        with ThreadPoolExecutor(4) as threads:
            costs = list(threads.map(columns.cost, words * 300))
    finally:
        sys.setswitchinterval(before)
    assert costs == [cost("tokaev", word) for word in words] * 300
