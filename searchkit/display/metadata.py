"""What is known of a document beside its text: names in the user's language, values as people write them."""

from __future__ import annotations

from typing import Any

from searchkit.display.screen import one_line
from searchkit.locale import N_
from searchkit.locale.spoken import say

NAMES = frozenset(
    (
        N_("language"),
        N_("date"),
        N_("source"),
        N_("format"),
        N_("encoding"),
        N_("author"),
        N_("subject"),
        N_("file_date"),
        N_("pages"),
        N_("ocr_pages"),
        N_("row"),
        N_("line"),
        N_("repairs"),
    )
)
"""The names that searchkit itself gives; columns of tables and fields of files keep theirs."""


def name_of(name: str) -> str:
    """The name of a fact, on one line."""
    return say(name) if name in NAMES else one_line(name)


def value_of(value: Any) -> str:
    """A value of any shape that JSON has, on one line: "novel, history"; "hall 1; stacks 3"."""
    if isinstance(value, dict):
        return "; ".join(f"{one_line(str(name))} {value_of(item)}" for name, item in value.items())
    if isinstance(value, (list, tuple)):
        return ", ".join(map(value_of, value))
    return "" if value is None else one_line(str(value))
