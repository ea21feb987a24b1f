"""Concepts with their words in each language: what carries a query word across languages.

data/*.tsv     the lexicon as people write it, by field
table.py       reads such a file
stems.py       from words to stems
compiled.py    the lexicon as a search reads it
build.py       makes data/compiled.txt from the tables
cldr.py        makes data/countries.tsv from Unicode CLDR
list_formats.py word lists that users bring: TSV, SKOS, TBX
user.py        a user's own words, beside the index
checks.py      what may be wrong with a list of concepts
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from searchkit.lexicon.compiled import Compiled, Lexicon, Sense

DATA = Path(__file__).parent / "data"
COMPILED = DATA / "compiled.txt"


@cache
def default() -> Lexicon:
    """The lexicon that comes with searchkit."""
    return Compiled(COMPILED)


__all__ = ["COMPILED", "DATA", "Lexicon", "Sense", "default"]
