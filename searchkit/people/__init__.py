"""Keys and alignment of person names: which words of a text name the person that was asked for.

`key` gives the `name` term of a token. A name as typed is taken apart by `parse`; `candidates` is the query whose
answers hold every document that may name the person; `find` gives the exact places in the text of one of them.
`side_by_side` is the narrower query for a search that ranks by it.
`Census` finds the persons of a collection without being asked for one; `Namesakes` tells people of one name apart.
`similarity` aligns two spellings and says what each difference costs, and why.

Only `key` is loaded at once: indexing and search need no more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from searchkit import lazy
from searchkit.people.spelling.phonetic_key import key

if TYPE_CHECKING:
    from searchkit.people.mentions.candidates import candidates, side_by_side
    from searchkit.people.mentions.find import Found, find
    from searchkit.people.mentions.word_filter import WordFilter
    from searchkit.people.names.name_parser import Name, Part, parse
    from searchkit.people.resolution.census import Census
    from searchkit.people.resolution.namesakes import Namesakes, fathers
    from searchkit.people.spelling.alignment import Alignment, similarity

__getattr__ = lazy.attach(
    __name__,
    {
        "Alignment": "spelling.alignment",
        "similarity": "spelling.alignment",
        "candidates": "mentions.candidates",
        "side_by_side": "mentions.candidates",
        "Census": "resolution.census",
        "Namesakes": "resolution.namesakes",
        "fathers": "resolution.namesakes",
        "Found": "mentions.find",
        "find": "mentions.find",
        "WordFilter": "mentions.word_filter",
        "Name": "names.name_parser",
        "Part": "names.name_parser",
        "parse": "names.name_parser",
    },
)


__all__ = [
    "Alignment",
    "Census",
    "Found",
    "Name",
    "Namesakes",
    "Part",
    "WordFilter",
    "candidates",
    "fathers",
    "find",
    "key",
    "parse",
    "side_by_side",
    "similarity",
]
