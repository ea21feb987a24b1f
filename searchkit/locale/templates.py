"""The templates of the library's sentences, as data/templates.txt lists them: one a line, values as {0}, {1}."""

from __future__ import annotations

from functools import cache

from searchkit.locale.catalogue import DATA

FILE = DATA / "templates.txt"


@cache
def templates() -> tuple[str, ...]:
    """All of them, in order."""
    return tuple(line for line in FILE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#"))
