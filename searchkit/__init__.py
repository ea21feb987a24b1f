"""Full-text search over documents in English, Kazakh, Uzbek and Russian, in Cyrillic and Latin.

The names below are the whole public API. Those with weight behind them load when first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from searchkit.errors import BrokenIndexError, DocumentError, LockedIndexError, QueryError, SearchkitError
from searchkit.model import Document, Failure, Highlight, Hit, Mention, Person, Snippet, SyncReport, Token

if TYPE_CHECKING:
    from searchkit.analysis import analyze
    from searchkit.index import Index, Results, open

__version__ = "0.1.0"

_LAZY = {
    "analyze": "searchkit.analysis",
    "open": "searchkit.index",
    "Index": "searchkit.index",
    "Results": "searchkit.index",
}


def __getattr__(name: str) -> Any:
    if name in _LAZY:
        value = getattr(import_module(_LAZY[name]), name)
        globals()[name] = value
        return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__


__all__ = [
    "BrokenIndexError",
    "Document",
    "DocumentError",
    "Failure",
    "Highlight",
    "Hit",
    "Index",
    "LockedIndexError",
    "Mention",
    "Person",
    "QueryError",
    "Results",
    "SearchkitError",
    "Snippet",
    "SyncReport",
    "Token",
    "analyze",
    "open",
]
