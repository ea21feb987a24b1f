"""Word lists in data files: one or more words a line, blank lines and lines that begin with # skipped."""

from __future__ import annotations

import os

_DATA = os.path.join(os.path.dirname(__file__), "data")


def read_text(name: str) -> str:
    """A file of `languages/data` as it stands."""
    with open(os.path.join(_DATA, name), encoding="utf-8") as file:
        return file.read()


def read_lines(name: str) -> list[str]:
    """The lines of a file of `languages/data` that hold data, stripped."""
    lines = map(str.strip, read_text(name).split("\n"))
    return [line for line in lines if line and line[0] != "#"]


def read_words(name: str) -> frozenset[str]:
    """All words of such a file."""
    return frozenset(" ".join(read_lines(name)).split())
