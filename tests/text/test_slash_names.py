from __future__ import annotations

import pytest

from searchkit.text.slash_names import is_at_or_below, parents


@pytest.mark.parametrize(
    ("name", "root", "expected"),
    [
        ("/a/b", "/a", True),
        ("/a/b", "/a/", True),
        ("/a", "/a", True),
        ("/ab", "/a", False),  # another folder whose name begins so
        ("/a", "/a/b", False),
        ("/a", "/", True),
        ("a/b", "", True),
        ("", "", True),
        ("", "a", False),
    ],
)
def test_what_is_within_a_folder(name: str, root: str, expected: bool) -> None:
    assert is_at_or_below(name, root) is expected


def test_the_folders_around_a_name() -> None:
    assert list(parents("/a/b/c")) == ["/a/b", "/a", "/"]
    assert list(parents("a/b/")) == ["a"]
    assert list(parents("a")) == []
