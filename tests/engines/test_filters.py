"""Periods of partial dates, and patterns of paths."""

# Tests as well, in searchkit/: engines: filter_meaning; engines/whoosh/searching: filters

from __future__ import annotations

import fnmatch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.engines.filter_meaning import NO_DATE, days, literals, path_test, period


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2025", (20250000, 20259999)),
        ("2025-06", (20250600, 20250699)),
        ("2025-06-25", (20250625, 20250625)),
        ("2025-06-25T10:00:00+05:00", (20250625, 20250625)),
        ("0001", (10000, 19999)),
        ("", NO_DATE),
        ("2025-6", NO_DATE),
        ("25", NO_DATE),
        ("2025-06-25x", NO_DATE),
        ("٢٠٢٥", NO_DATE),
        ("about 2025", NO_DATE),
    ],
)
def test_period(date: str, expected: tuple[int, int]) -> None:
    assert period(date) == expected


def test_days() -> None:
    assert days("2025", "2026-02") == (20250000, 20260299)
    assert days("", "2026") == (1, 20269999)
    assert days("2025-06-25", "") == (20250625, 99999999)
    assert days("soon", "") is None
    assert days("", "soon") is None


@given(st.text("aB/.*?[", max_size=12), st.text("ab/.[\n", max_size=12))
def test_a_glob_means_what_fnmatch_means_but_for_brackets(pattern: str, path: str) -> None:
    fits = path_test(pattern)(path)
    if "*" in pattern or "?" in pattern:
        assert fits == fnmatch.fnmatchcase(path, pattern.lower().replace("[", "[[]"))
    else:
        assert fits == (pattern.lower() in path)
    if fits:
        assert literals(pattern) in path


def test_paths_are_compared_folded() -> None:
    assert path_test("ҚАЗАҚ")("news/қазақ.txt")
    assert path_test("*STRASSE*")("straße".casefold())
