"""Names of months and the words around dates, from `data/months.tsv` and `data/date_words.tsv`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from searchkit.documents.data_tables import read_table

# Apostrophes go; ı and İ become i, as capitals of the one and the small letter of the other need.
_SIMPLER = str.maketrans("ı", "i", "'’ʼʻ‘`´\u0307")


class DateWords(NamedTuple):
    """The words by their use; all are keys as `key` makes them."""

    months: dict[str, int]
    abbreviations: dict[str, int]
    stems: dict[tuple[str, str], int]  # (language, name) to month
    endings: dict[str, frozenset[str]]
    kinds: dict[str, frozenset[str]]  # year, years, month, day, label, cited, cited-after, wrote, about
    leading_years: frozenset[str]  # year words of the languages that put the year first
    past: tuple[str, ...]
    beginnings: frozenset[str]  # the first three letters of all names of months


def key(word: str) -> str:
    """The form in which words are compared: case and apostrophes do not count."""
    return word.casefold().translate(_SIMPLER)


@lru_cache(maxsize=4096)
def month_number(word: str, exact: bool) -> int | None:
    """The number of the month that `word` names, in any case; abbreviations only where a day stands beside it."""
    words = date_words()
    name = key(word)
    if name in words.months:
        return words.months[name]
    if exact and name in words.abbreviations:
        return words.abbreviations[name]
    if name[:3] not in words.beginnings:
        return None
    for length in range(len(name) - 1, 2, -1):
        for language, endings in words.endings.items():
            if name[length:] in endings and (language, name[:length]) in words.stems:
                return words.stems[language, name[:length]]
    return None


@lru_cache(maxsize=1)
def date_words() -> DateWords:
    """The tables, read once."""
    months: dict[str, int] = {}
    abbreviations: dict[str, int] = {}
    stems: dict[tuple[str, str], int] = {}
    for row in _rows("months.tsv"):
        number = int(row["month"])
        for name in row["names"].split():
            months[name] = number
            stems[row["language"], name] = number
        abbreviations.update(dict.fromkeys(row["abbreviations"].split(), number))
    sets: dict[tuple[str, str], frozenset[str]] = {
        (row["kind"], row["language"]): frozenset(row["words"].split()) for row in _rows("date_words.tsv")
    }

    def of_kind(*kinds: str) -> frozenset[str]:
        return frozenset().union(*(words for (kind, _), words in sets.items() if kind in kinds))

    return DateWords(
        months=months,
        abbreviations=abbreviations,
        stems=stems,
        endings={language: words for (kind, language), words in sets.items() if kind == "ending"},
        kinds={
            kind: of_kind(kind) for kind in ("month", "day", "label", "years", "cited", "cited-after", "wrote", "about")
        }
        | {"year": of_kind("year", "leading-year")},
        leading_years=of_kind("leading-year"),
        past=tuple(of_kind("past")),
        beginnings=frozenset(name[:3] for name in months),
    )


def _rows(name: str) -> Iterator[dict[str, str]]:
    return ({column: key(value) for column, value in row.items()} for row in read_table(name))
