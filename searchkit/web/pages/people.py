"""/people: whom the collection names, to start from."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from searchkit.model import Person
from searchkit.web.addresses import EVERYTHING, AskedFor, read_list
from searchkit.web.pages import search
from searchkit.web.replies import Site

A_PAGE = 50


def page(site: Site, request: Request) -> Response:
    """The persons, those whose name holds what is asked for, or begins with a letter."""
    said = site.speech(request)
    asked = read_list(request.query_params.multi_items(), A_PAGE)
    everybody = those(site, asked)
    fitting = found(everybody, asked)
    return site.page(
        request,
        "people.html",
        " – ".join(filter(None, (said.say("People"), asked.of, asked.q))),
        asked=asked,
        persons=fitting[asked.first : asked.first + asked.n],
        total=len(fitting),
        letters=letters(everybody),
        pages=search.pages(asked, len(fitting), "/people"),
        mentions_url=lambda person: AskedFor(name=person.name).url("/mentions"),
    )


def those(site: Site, asked: AskedFor) -> list[Person]:
    """The persons of the collection, or of the documents that answer a query. Raises QueryError."""
    if not asked.of and not asked.filter_count:
        return site.holdings.people()
    query = asked.of or EVERYTHING
    key = ("people", query, asked.match, asked.less, *asked.filters.values())
    settings: dict[str, Any] = {"match": asked.match, "leave_out": asked.less, **asked.filters}
    return site.holdings.once(key, lambda: site.holdings.index.people_in(query, **settings))


def found(everybody: Sequence[Person], asked: AskedFor) -> list[Person]:
    """The persons that are asked for, in the order that is asked for."""
    wanted = [key(word) for word in asked.q.split()]
    kept = [
        person
        for person in everybody
        if (not asked.letter or letter(person) == asked.letter)
        and (not wanted or _fits(person, wanted, asked.q.casefold()))
    ]
    if asked.sort == "name":
        kept.sort(key=lambda person: surname(person).casefold())
    return kept


def _fits(person: Person, wanted: Sequence[str], typed: str) -> bool:
    """Whether a spelling holds what was typed, or its parts sound like it, in whatever alphabet."""
    if any(typed in form.casefold() for form, _ in person.forms):
        return True
    parts = {key(part) for form, _ in person.forms[:5] for part in form.split()}
    return all(any(part.startswith(word) for part in parts) for word in wanted if word) and any(wanted)


def key(word: str) -> str:
    """How a word sounds: one key for all alphabets."""
    from searchkit.people.spelling.phonetic_key import classes, squeeze

    return squeeze(classes(word.casefold()))


def surname(person: Person) -> str:
    """The last word of a name."""
    return person.name.rpartition(" ")[2]


def letter(person: Person) -> str:
    """The letter under which a person stands: the first of the surname."""
    first = surname(person)[:1].upper()
    return unicodedata.normalize("NFC", first)


def letters(everybody: Iterable[Person]) -> list[str]:
    """The letters that have anybody, Latin before Cyrillic."""
    return sorted({letter(person) for person in everybody if letter(person).isalpha()})
