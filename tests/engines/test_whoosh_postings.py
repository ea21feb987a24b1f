"""Posting lists as bytes: what is encoded comes back, and damage is noticed."""

from __future__ import annotations

from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.engines.whoosh.merge import _join
from searchkit.engines.whoosh.postings import MAX_POSITION, decode, encode, encode_one, from_numbers

gaps = st.sampled_from([1, 2, 7, 255, 256, 65535, 65536, 2**20])
Lists = tuple[list[int], "list[int] | None", list[int]]


@st.composite
def lists(draw: st.DrawFn) -> Lists:
    """Rising ids, counts or none, and as many rising positions, or none in a field without."""
    ids = list(accumulate(draw(st.lists(gaps, min_size=1, max_size=80))))
    counts = draw(st.none() | st.lists(st.sampled_from([1, 2, 300]), min_size=len(ids), max_size=len(ids)))
    if draw(st.booleans()):
        return ids, counts, []
    size = sum(counts) if counts else len(ids)
    step = draw(gaps)
    first = draw(st.sampled_from([0, 1, MAX_POSITION - step * size if step * size < MAX_POSITION else 0]))
    positions = list(range(first, first + step * size, step))
    return ids, counts, [min(position, MAX_POSITION) for position in positions]


@given(lists())
def test_what_is_encoded_comes_back(written: Lists) -> None:
    ids, counts, positions = written
    read = decode(encode(from_numbers(ids, counts, positions)), len(ids))
    assert read.ids() == ids
    assert (None if read.counts is None else list(read.counts)) == counts
    assert read.positions() == positions
    assert read.size == len(ids)
    assert read.occurrences() == (sum(counts) if counts else len(ids))


@pytest.mark.parametrize("position", [0, 5, MAX_POSITION])
def test_the_short_way_for_one_occurrence_writes_the_same(position: int) -> None:
    assert encode_one(3, position) == encode(from_numbers([3], None, [position]))


@given(st.lists(lists(), min_size=2, max_size=4), st.booleans())
def test_joined_lists_are_one_list(parts: list[Lists], positioned: bool) -> None:
    whole_ids: list[int] = []
    whole_counts: list[int] = []
    whole_positions: list[int] = []
    moved = []
    for ids, counts, _ in parts:
        start = whole_ids[-1] if whole_ids else 0
        new_ids = [start + id for id in ids]
        size = sum(counts) if counts else len(ids)
        first = whole_positions[-1] + 1 if whole_positions else 0
        positions = list(range(first, first + size * 3, 3)) if positioned else []
        moved.append(from_numbers(new_ids, counts, positions))
        whole_ids += new_ids
        whole_counts += counts or [1] * len(ids)
        whole_positions += positions
    joined = _join(moved)
    read = decode(encode(joined), joined.size)
    assert read.ids() == whole_ids
    assert list(read.counts or [1] * read.size) == whole_counts
    assert read.positions() == whole_positions


def test_every_changed_bit_is_noticed() -> None:
    for size in (1, 3, 400):
        record = encode(from_numbers(range(10, 10 + size), [2] * size, range(size * 2)))
        for place in range(len(record)):
            damaged = bytearray(record)
            damaged[place] ^= 1 << place % 8
            with pytest.raises(ValueError, match="checksum"):
                decode(bytes(damaged), size)
        with pytest.raises(ValueError, match="checksum"):
            decode(record[:-1], size)
        with pytest.raises(ValueError, match="checksum"):
            decode(b"", size)
