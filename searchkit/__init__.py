"""Full-text search over documents in English, Kazakh, Uzbek and Russian, in Cyrillic and Latin.

The names below are the whole public API. Those with weight behind them load when first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from searchkit import lazy
from searchkit.errors import BrokenIndexError, DocumentError, LockedIndexError, QueryError, SearchkitError
from searchkit.model import (
    Document,
    Failure,
    Highlight,
    Hit,
    Mention,
    Namesake,
    Occurrence,
    Person,
    Snippet,
    SyncReport,
    Token,
)

if TYPE_CHECKING:
    from searchkit.analysis.analyse import analyze
    from searchkit.collection.index import Index, open
    from searchkit.collection.results import Results

__version__ = "0.1.0"

__getattr__ = lazy.attach(
    __name__,
    {
        "analyze": "analysis.analyse",
        "open": "collection.index",
        "Index": "collection.index",
        "Results": "collection.results",
    },
)


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
    "Namesake",
    "Occurrence",
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
