"""Ids that two documents would share are kept apart, the same way in every run.

The document of a file has the file's name as its id; a row of a table has the name, "#" and the row's own id or number; a
member of an archive has the name, "/" and the member's. So two documents meet where an id repeats inside a file, or where
the id of a row makes that of another file: row "b.txt" of `a.csv` and a file `a.csv#b.txt`. The first of a file keeps its
id, and a file keeps its own name; the other is numbered: "~2". The readers see to that (`documents.readers.rows`); here
is what holds whatever they do.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator

from searchkit.documents.readers.formats import FORMATS, extension


def free(id: str, taken: Container[str]) -> str:
    """`id`, or where that is taken, the first of id~2, id~3… that is not."""
    number, numbered = 1, id
    while numbered in taken:
        number += 1
        numbered = f"{id}~{number}"
    return numbered


def other_owners(id: str, file: str) -> Iterator[str]:
    """Names of files other than `file` whose document could have this id, the longest first."""
    end = len(id)
    while end > 0:
        name = id[:end]
        if name != file and extension(name) in FORMATS:
            yield name
        end = max(id.rfind("#", 0, end), id.rfind("/", 0, end))


def belongs_to_another(id: str, file: str, exists: Callable[[str], bool]) -> bool:
    """Whether a document of `file` would take the id that another file has by its own name."""
    return any(len(name) > len(file) and exists(name) for name in other_owners(id, file))
