"""Stems with forms that begin with other sounds than they do: go has went, Russian chelovek (человек) has люди."""

from __future__ import annotations

from functools import cache

from searchkit import languages
from searchkit.languages.wordlists import read_words


@cache
def suppletive_stems() -> frozenset[str]:
    """Those of all languages, from their `data/suppletive.txt`; imports none of them."""
    found: frozenset[str] = frozenset()
    for code in languages.codes():
        try:
            found |= read_words(code, "suppletive.txt")
        except FileNotFoundError:
            continue
    return found
