"""Engines by name. An engine and what it needs are loaded when it is first opened."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from searchkit.errors import SearchkitError

if TYPE_CHECKING:
    from searchkit.engines.base import Engine

_ENGINES = {
    "whoosh": ("searchkit.engines.whoosh.engine", "WhooshEngine"),
    "tantivy": ("searchkit.engines.tantivy.engine", "TantivyEngine"),
    "opensearch": ("searchkit.engines.opensearch.engine", "OpenSearchEngine"),
}
"""Name → module and class."""


def names() -> list[str]:
    """The names that `open` takes."""
    return list(_ENGINES)


def load(name: str) -> type[Engine]:
    """The class of an engine. Raises SearchkitError where there is none of this name."""
    if name not in _ENGINES:
        raise SearchkitError(f"There is no engine {name!r}: choose one of {', '.join(_ENGINES)}.")
    module, attribute = _ENGINES[name]
    engine: type[Engine] = getattr(import_module(module), attribute)
    return engine


def open(name: str, folder: Path) -> Engine:
    """Open the engine of this name in a folder, which is there and, for a new index, writable.

    Raises BrokenIndexError where its files are damaged, SearchkitError where there is no such engine.
    """
    return load(name).open(folder)
