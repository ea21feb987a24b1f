"""Posting lists as bytes: what is encoded comes back, and damage is noticed."""

# Tests as well, in searchkit/: engines/whoosh/segment: byte_streams posting_blocks

from __future__ import annotations

from array import array
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.engines.whoosh.segment import postings
from searchkit.engines.whoosh.segment.postings import (
    MAX_POSITION,
    MOST,
    Postings,
    decode,
    encode,
    from_numbers,
    from_occurrences,
    join,
)

gaps = st.sampled_from([1, 2, 7, 255, 256, 65535, 65536, 2**20])
Lists = tuple[list[int], "list[int] | None", list[int]]


@st.composite
def lists(draw: st.DrawFn) -> Lists:
    """Rising ids, counts or none, and as many rising positions, or none in a field without."""
    near = st.just(1) if draw(st.booleans()) else gaps
    repeats = draw(st.sampled_from([1, 1, 20]))
    ids = list(accumulate(draw(st.lists(near, min_size=1, max_size=80)) * repeats))
    number = st.sampled_from([1, 2, 5, 254, 255, 300] if draw(st.booleans()) else [1, 2])
    counts = draw(st.none() | st.lists(number, min_size=len(ids) // repeats, max_size=len(ids) // repeats))
    counts = counts and counts * repeats
    if draw(st.booleans()):
        return ids, counts, []
    size = sum(counts) if counts else len(ids)
    step = draw(gaps)
    first = draw(st.sampled_from([0, 1, MAX_POSITION - step * size if step * size < MAX_POSITION else 0]))
    positions = list(range(first, first + step * size, step))
    if positions[-1] > MAX_POSITION:
        positions = list(range(size))
    return ids, counts, positions


def agree(read: Postings, ids: list[int], counts: list[int] | None, positions: list[int]) -> None:
    found, times = read.documents()
    assert found == read.ids() == ids
    assert list(times or [1] * len(ids)) == list(counts or [1] * len(ids))
    assert list(read.positions()) == positions
    assert list(read.positions(-3)) == [position - 3 for position in positions]
    assert read.size == len(ids)
    some = set(ids[::3]) | {ids[0] + 1, ids[-1] + 5}
    assert read.count_in(some) == len(some.intersection(ids))
    if ids[-1] < 50_000:
        by_document, largest, more = read.by_document(ids[-1] + 3)
        held = dict(zip(ids, counts or [1] * len(ids), strict=True))
        assert len(by_document) == ids[-1] + 3
        assert {place: more.get(place, count) for place, count in enumerate(by_document) if count} == held
        assert largest == max(held.values())
        assert set(more) == {document for document, count in held.items() if count >= MOST}


@given(lists())
def test_what_is_encoded_comes_back(written: Lists) -> None:
    ids, counts, positions = written
    agree(decode(encode(from_numbers(ids, counts, positions)), len(ids)), ids, counts, positions)


@given(lists())
def test_occurrences_make_the_same_list(written: Lists) -> None:
    ids, counts, positions = written
    owners = [id for id, count in zip(ids, counts or [1] * len(ids), strict=True) for _ in range(count)]
    positions = positions or list(range(len(owners)))
    occurrences = array("Q", [owner << 32 | position for owner, position in zip(owners, positions, strict=True)])
    made = from_occurrences(occurrences)
    agree(decode(encode(made), len(ids)), ids, counts, positions)
    assert encode(made) == encode(from_numbers(ids, counts if counts and max(counts) > 1 else None, positions))


@given(st.lists(lists(), min_size=2, max_size=5), st.booleans(), st.sampled_from([2, 256]))
def test_joined_lists_are_one_list(parts: list[Lists], positioned: bool, small: int) -> None:
    """Those of merged segments: moved, and joined with whole blocks or without."""
    whole_ids: list[int] = []
    whole_counts: list[int] = []
    whole_positions: list[int] = []
    blocks = []
    for ids, counts, _ in parts:
        size = sum(counts) if counts else len(ids)
        positions = list(range(0, size * 3, 3)) if positioned else []
        start = whole_ids[-1] if whole_ids else 0
        first = whole_positions[-1] + 1 if whole_positions else 0
        read = decode(encode(from_numbers(ids, counts, positions)), len(ids))
        for block in read.blocks:
            block.move(start, first)
        blocks += read.blocks
        whole_ids += [start + id for id in ids]
        whole_counts += counts or [1] * len(ids)
        whole_positions += [first + position for position in positions]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(postings, "_SMALL", small)
        joined = join(blocks)
    agree(decode(encode(joined), joined.size), whole_ids, whole_counts, whole_positions)


def test_large_blocks_are_joined_without_being_taken_apart() -> None:
    blocks = []
    for number in range(4):
        (block,) = from_numbers(range(1000), None, range(1000)).blocks
        block.move(number * 1000, number * 1000)
        blocks.append(block)
    assert join(blocks).blocks == blocks
    (small,) = from_numbers([4000], None, [4000]).blocks
    assert [block.size for block in join([*blocks, small]).blocks] == [1000, 1000, 1000, 1001]


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
