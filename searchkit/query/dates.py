"""A date in a query is looked for in every form that documents write it in: 14 ноября 1998, 14.11.1998, 14.XI.1998, 1998 ж. 14 қараша.

`of_text` gives sequences of index terms; what is no full date (a year alone, a month) gives none.
"""

from __future__ import annotations

from functools import lru_cache

from searchkit import languages, lazy
from searchkit.terms.query_tree import Sequence, Term

WEIGHT = 0.9
"""The weight of another form of the date beside the one that was typed."""
MOST_WORDS = 5
"""Words of the longest form: 1998 жылғы 14 қараша күні is four and the day's word."""

_MAY_BE_DATE = lazy.regex(r"\d{4}")
_ROMAN = "i ii iii iv v vi vii viii ix x xi xii".split()
_CYRILLIC_ROMAN = str.maketrans("ix", "іх")
_ANY_WORD: tuple[Term, ...] = ()

Slot = tuple[Term, ...]


@lru_cache(maxsize=256)
def of_text(text: str) -> tuple[Sequence, ...]:
    """The forms of the full date that a text is, and nothing else than that; () for any other text."""
    if not _MAY_BE_DATE.search(text):
        return ()
    from searchkit.documents.dates.forms import dates_in

    found = dates_in(text)
    if len(found) != 1 or text[: found[0].start].strip() or text[found[0].end :].strip(" .,"):
        return ()
    parts = found[0].iso.split("-")
    return _forms(*map(int, parts)) if len(parts) == 3 else ()


def _forms(year: int, month: int, day: int) -> tuple[Sequence, ...]:
    in_year, in_month, in_day, named = _number(year), _number(month), _number(day), _named(month)
    roman = _ROMAN[month - 1]
    romans = tuple(Term("word", text) for text in (roman, roman.translate(_CYRILLIC_ROMAN)))
    rows: list[tuple[Slot, ...]] = [
        (in_day, named, in_year),
        (named, in_day, in_year),
        (in_year, _ANY_WORD, in_day, named),  # 1998 жылғы 14 қараша, 1998-yil 14-noyabr
        (in_year, in_day, named),
        (in_day, in_month, in_year),
        (in_year, in_month, in_day),
        (in_day, romans, in_year),
    ]
    return tuple(Sequence(row, WEIGHT, "spelling") for row in rows)


def _number(number: int) -> Slot:
    return tuple(Term("word", text) for text in dict.fromkeys((str(number), f"{number:02}")))


@lru_cache(maxsize=12)
def _named(month: int) -> Slot:
    """The stems of the names of a month in all languages."""
    from searchkit.documents.dates.date_words import date_words

    known = frozenset(languages.codes())
    named = ((code, name) for (code, name), number in date_words().stems.items() if number == month and code in known)
    stems = (languages.get(code).stem(languages.get(code).normalise(name)) for code, name in named)
    return tuple(Term("stem", stem, reason="spelling") for stem in dict.fromkeys(stems))
