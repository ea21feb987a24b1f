"""The persons of a collection."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from searchkit.display.screen import bold, count, dim, one_line
from searchkit.model import Person

FORMS_SHOWN = 8
"""Other spellings of a person named in one line."""


def people(found: Iterable[Person]) -> Iterator[str]:
    """A person a line: mentions, documents, the name, and its other forms."""
    for person in found:
        others = [one_line(form) for form, _ in person.forms if form != person.name]
        more = f" and {len(others) - FORMS_SHOWN:,} more" if len(others) > FORMS_SHOWN else ""
        also = dim(f"  also {', '.join(others[:FORMS_SHOWN])}{more}") if others else ""
        where = f"{person.mentions:>7,} in {count(person.documents, 'document'):<13}"
        yield f"{where}  {bold(one_line(person.name))}{also}"
