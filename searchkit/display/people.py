"""The persons of a collection."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from searchkit.display.screen import bold, count, dim, one_line
from searchkit.locale.spoken import say, spoken
from searchkit.model import Person

FORMS_SHOWN = 8
"""Other spellings of a person named in one line."""


def people(found: Iterable[Person]) -> Iterator[str]:
    """A person a line: mentions, documents, the name, and its other forms."""
    for person in found:
        others = [one_line(form) for form, _ in person.forms if form != person.name]
        number = spoken().number
        more = " " + say("and %(num)s more", num=number(len(others) - FORMS_SHOWN)) if len(others) > FORMS_SHOWN else ""
        also = dim("  " + say("also %(names)s", names=", ".join(others[:FORMS_SHOWN])) + more) if others else ""
        documents = count(person.documents, "document")
        where = say("%(mentions)s in %(documents)s", mentions=f"{number(person.mentions):>7}", documents=documents)
        yield f"{where:<24}  {bold(one_line(person.name))}{also}"
