"""The query language: text in, a tree that an engine runs out.

    tree.py        the nodes of a query, as typed and as run
    lexer.py       text to tokens
    parser.py      tokens to a parsed tree
    clauses.py     and, or and not between what the parser has read
    filtering.py   lang:, date: and path:, and the same filters given as arguments
    sources.py     where the index terms of a word come from, one function each, in order
    expansion.py   parsed tree to engine tree
    stopwords.py   which words of a query count little
    explain.py     an engine tree as text
    matching.py    which words of a document answer an engine tree
    stretches.py   what the words of the documents shown so far became, for matching
    sounds.py      which words need no closer look
    keyboards.py   words typed with another keyboard layout
    suggestions.py "Did you mean": a better query for one that found nothing

The names below load when first used, since engines need `tree` alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from searchkit import lazy

if TYPE_CHECKING:
    from searchkit.query.expansion import Options, expand
    from searchkit.query.explain import describe
    from searchkit.query.filtering import filters
    from searchkit.query.parser import parse, words
    from searchkit.query.suggestions import suggest

__getattr__ = lazy.attach(
    __name__,
    {
        "Options": "expansion",
        "describe": "explain",
        "expand": "expansion",
        "filters": "filtering",
        "parse": "parser",
        "suggest": "suggestions",
        "words": "parser",
    },
)


__all__ = ["Options", "describe", "expand", "filters", "parse", "suggest", "words"]
