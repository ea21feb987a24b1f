"""Our data tables: tab-separated, `#` comments, one line of column names."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path


def read_table(name: str) -> Iterator[dict[str, str]]:
    """The rows of a file in `data/`, as dicts by column name."""
    columns: list[str] = []
    with (Path(__file__).parent / "data" / name).open(encoding="utf-8") as file:
        for line in file:
            if line.startswith("#") or not line.strip():
                continue
            values = line.rstrip("\n").split("\t")
            if columns:
                yield dict(zip(columns, values, strict=True))
            else:
                columns = values
