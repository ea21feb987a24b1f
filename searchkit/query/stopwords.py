"""Which words of a query say little: its stop words, beside words that say more.

The language is the one, or ones, with most of the query's words among its stop words: "on" is English in a query with
"the" in it. A word in capitals (WHO, IT) is none, unless the query is all capitals. In a query of stop words alone,
every word counts.
"""

from __future__ import annotations

from collections.abc import Sequence

from searchkit import languages
from searchkit.query.query_word import QueryWord


def down_weighted(words: Sequence[QueryWord], only_words: bool) -> frozenset[QueryWord]:
    """Those that count little. `only_words`: the query has nothing else to look for."""
    if only_words and len(words) < 2:
        return frozenset()
    shouted = all(word.text == word.text.upper() for word in words)
    candidates = [word for word in words if shouted or len(word.text) < 2 or word.text != word.text.upper()]
    found: dict[str, set[QueryWord]] = {}
    for word in candidates:
        for code, form in word.forms:
            if code and form in languages.get(code).stop_words:
                found.setdefault(code, set()).add(word)
    most = max(map(len, found.values()), default=0)
    stop_words = frozenset[QueryWord]().union(*(those for those in found.values() if len(those) == most))
    if only_words and stop_words.issuperset(words):
        return frozenset()
    return stop_words
