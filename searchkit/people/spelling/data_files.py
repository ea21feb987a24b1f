"""Reads the tab-separated tables in `data/`: comment lines with #, a line of column names, then rows."""

from __future__ import annotations

from functools import cache
from pathlib import Path

DATA = Path(__file__).parent.parent / "data"


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of `data/<name>` without comments and heading."""
    lines = (line for line in (DATA / name).read_text(encoding="utf-8").splitlines() if line and line[0] != "#")
    return tuple(tuple(line.split("\t")) for line in lines)[1:]
