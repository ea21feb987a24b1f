"""Concepts with their words in each language: what carries a query word across languages.

data/*.tsv     the lexicon as people write it, by field
table.py       reads such a file
stems.py       from words to stems
compiled.py    the lexicon as a search reads it
build.py       makes data/compiled.txt from the tables
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from searchkit.lexicon.compiled import Lexicon, Sense

DATA = Path(__file__).parent / "data"
COMPILED = DATA / "compiled.txt"


@cache
def default() -> Lexicon:
    """The lexicon that comes with searchkit."""
    return Lexicon(COMPILED)


__all__ = ["COMPILED", "DATA", "Lexicon", "Sense", "default"]
