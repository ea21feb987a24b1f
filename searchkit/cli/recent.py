"""The hits of the last search, so that `searchkit show 3` needs no long id.

They are kept for each index in the folder for settings of the user, and not in the index, which others may read too. Where
that folder cannot be written, nothing is kept and nothing is said.
"""

from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path
from typing import Any

import click

INDEXES = 20
"""Indexes whose last search is kept."""


def remember(folder: Path, ids: list[str], first: int) -> None:
    """Keep the ids of a page, whose first hit has the number `first`."""
    file = _file()
    with contextlib.suppress(OSError, ValueError):
        kept = _kept(file)
        kept.pop(str(folder.resolve()), None)
        kept[str(folder.resolve())] = {"first": first, "ids": ids}
        latest = dict(list(kept.items())[-INDEXES:])
        file.parent.mkdir(parents=True, exist_ok=True)
        unfinished = file.with_suffix(f".{os.getpid()}")
        unfinished.write_text(json.dumps(latest), encoding="utf-8")
        unfinished.chmod(0o600)
        os.replace(unfinished, file)


def hit(folder: Path, number: int) -> str | None:
    """The id of a hit of the last search in an index, by its number there."""
    with contextlib.suppress(KeyError, IndexError, TypeError, ValueError, OSError):
        last = _kept(_file())[str(folder.resolve())]
        place = number - int(last["first"])
        return str(last["ids"][place]) if place >= 0 else None
    return None


def _kept(file: Path) -> dict[str, Any]:
    try:
        kept = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return kept if isinstance(kept, dict) else {}


def _file() -> Path:
    return Path(click.get_app_dir("searchkit")) / "last-search.json"
