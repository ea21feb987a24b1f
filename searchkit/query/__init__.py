"""The query language: text in, a tree that an engine runs out.

    lexer.py       text to tokens
    parser.py      tokens to a parsed tree
    clauses.py     and, or and not between what the parser has read
    filtering.py   lang:, date: and path:, and the same filters given as arguments
    column_words.py  words that are to stand in one column: author:Orlov
    query_word.py  a word of the query, as each language of its script reads it
    expanders.py   the index terms that stand for a word, one function a kind, in order
    translation.py the words of other languages for the same concept
    person_names.py  the other spellings of a person's name
    word_groups.py words and phrases as groups of index terms
    expansion.py   parsed tree to engine tree
    near_spellings.py  words of the index that sound like one that nothing explains
    own_words.py   own words before their translations
    left_out.py    words of other languages that a reader does not want
    relaxation.py  from all words of a query to any of them
    stopwords.py   which words of a query count little
    explain.py     an engine tree as text
    keyboards.py   words typed with another keyboard layout
    suggestions.py "Did you mean": a better query for one that found nothing

The names below load when first used, since a caller may need one of them alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from searchkit import lazy

if TYPE_CHECKING:
    from searchkit.query.expansion import expand
    from searchkit.query.explain import describe
    from searchkit.query.filtering import filters
    from searchkit.query.left_out import without_translations
    from searchkit.query.parser import parse, words
    from searchkit.query.query_word import Options
    from searchkit.query.relaxation import ENOUGH, attempts
    from searchkit.query.suggestions import suggest

__getattr__ = lazy.attach(
    __name__,
    {
        "Options": "query_word",
        "ENOUGH": "relaxation",
        "attempts": "relaxation",
        "describe": "explain",
        "expand": "expansion",
        "filters": "filtering",
        "parse": "parser",
        "suggest": "suggestions",
        "without_translations": "left_out",
        "words": "parser",
    },
)


__all__ = [
    "ENOUGH",
    "Options",
    "attempts",
    "describe",
    "expand",
    "filters",
    "parse",
    "suggest",
    "without_translations",
    "words",
]
