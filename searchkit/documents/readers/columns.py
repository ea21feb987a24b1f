"""Columns of tables: which holds the text of a document, its title, date, language, source and id, by their names.

Names are known in English, Russian, Kazakh and Uzbek (`data/columns.tsv`). Where no column has the name of a text, all
columns together are the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from searchkit import lazy
from searchkit.documents.data_tables import read_table
from searchkit.errors import SearchkitError

ROLES = ("text", "title", "date", "language", "source", "id")
LONGEST_NAME = 60  # code points; what is longer is no name of a column
_NOT_IN_NAMES = lazy.regex(r"[^\w]|[_ʻʼ]")
_VALUE = lazy.regex(r"[\d\s.,:;/\\()+-]+")


Choice = tuple[tuple[str, str], ...]
"""(role, name of its column) of those that the user has chosen; "" for the name: no column has the role."""

_chosen: Choice = ()


def use(chosen: Choice) -> None:
    """Have these columns taken for these roles from now on, in tables that have them."""
    global _chosen
    _chosen = chosen


def chosen(descriptions: Iterable[str]) -> Choice:
    """The roles of columns in "text=Note, date=Year", in one or several texts. Raises SearchkitError for another role."""
    found: dict[str, str] = {}
    for part in (part for description in descriptions for part in description.split(",") if part.strip()):
        role, equals, name = (piece.strip() for piece in part.partition("="))
        role = {"lang": "language", "path": "source"}.get(role.lower(), role.lower())
        if not equals or role not in ROLES:
            raise SearchkitError(
                f"“{part.strip()}” does not say what a column is: write one of {', '.join(ROLES)}, = and the column's name, as"
                " in --columns text=Note,date=Year."
            )
        found[role] = name
    return tuple(sorted(found.items()))


def roles(names: Iterable[str]) -> dict[str, str]:
    """{role: the name of its column}: those that the user has chosen; else of several columns for one role that whose name
    comes first in the table."""
    return dict(_roles(tuple(names), _chosen))


@lru_cache(maxsize=256)
def _roles(names: tuple[str, ...], chosen: Choice) -> Mapping[str, str]:
    by_key = {_key(name): name for name in names}
    fixed = {role: by_key.get(_key(name), "") for role, name in chosen if not name or _key(name) in by_key}
    found: dict[str, tuple[int, str]] = {}
    for name in names:
        for role, rank in _known().get(_key(name), ()):
            if role not in fixed and name not in fixed.values() and (role not in found or rank < found[role][0]):
                found[role] = (rank, name)
    named = {role: name for role, (_, name) in found.items()} | fixed
    return {role: name for role, name in named.items() if name}


def are_names(cells: list[str]) -> bool:
    """Whether the first row of a table reads as names of columns: short, distinct, and neither
    numbers nor dates."""
    named = [cell.strip() for cell in cells if cell.strip()]
    if roles(named):
        return True
    return 0 < len(named) == len(set(named)) and all(
        len(name) <= LONGEST_NAME and not _VALUE.fullmatch(name) for name in named
    )


def distinct_names(cells: list[str]) -> list[str]:
    """Names for the columns of a table: its own, "column 3" for one without, "note 2" for the second that is a note."""
    names: dict[str, None] = {}
    for number, cell in enumerate(cells, start=1):
        name = first = cell.strip() or f"column {number}"
        again = 1
        while name in names:
            again += 1
            name = f"{first} {again}"
        names[name] = None
    return list(names)


def numbered(width: int) -> list[str]:
    """Names for the columns of a table that has none."""
    return [f"column {number}" for number in range(1, width + 1)]


def language(value: str) -> str | None:
    """The ISO 639-1 code of "KK", "kk-Cyrl", "kaz" or "казахский"; None, so that it is found, for anything else."""
    if not value:
        return None
    code = re.split(r"[-_,;/ ]", value.strip().lower())[0]
    code = _languages().get(_key(code), code)
    return code if re.fullmatch("[a-z]{2}", code) else None


def canonical(name: str) -> str:
    """The name by which a column is asked for, whichever of its names it has: letters and digits in small letters, and of
    names for the same thing one ("Автор", "authors" and "muallif" are "author")."""
    key = _key(name)
    return _synonyms().get(key, key)


def _key(name: str) -> str:
    return _NOT_IN_NAMES.sub("", name.casefold())


@lru_cache(maxsize=1)
def _known() -> dict[str, list[tuple[str, int]]]:
    """{name: [(role, rank)]}: the lower the rank, the surer the role."""
    known: dict[str, list[tuple[str, int]]] = {}
    for row in read_table("columns.tsv"):
        for rank, name in enumerate(row["names"].split("|")):
            known.setdefault(_key(name), []).append((row["role"], rank))
    return known


@lru_cache(maxsize=1)
def _synonyms() -> dict[str, str]:
    return {_key(name): row["column"] for row in read_table("column_names.tsv") for name in row["names"].split("|")}


@lru_cache(maxsize=1)
def _languages() -> dict[str, str]:
    return {_key(name): row["code"] for row in read_table("language_names.tsv") for name in row["names"].split()}
