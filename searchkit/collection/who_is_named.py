"""Which persons each document names: for the list of all persons, and for counting them among the documents of an answer.

The persons are those of the whole collection, so that somebody has one name in the list and in every answer. Made by reading what
was found of names in each document when it was indexed (10,000 documents take about a second), and kept in memory until the index
changes; a hundred thousand documents take some 30 MB.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from searchkit.collection import records
from searchkit.engines.base import Engine
from searchkit.model import Person
from searchkit.terms.query_tree import Everything

if TYPE_CHECKING:
    from searchkit.people.recognition.recognised_form import NameForm

READ_AT_ONCE = 64


class _Named(NamedTuple):
    """Of one state: the persons, most mentioned first, and the names of those in each document that names any."""

    persons: list[Person]
    in_document: Mapping[str, frozenset[str]]


class WhoIsNamed:
    """The persons of an index, by document. Threads may share it."""

    def __init__(self) -> None:
        self._generation = ""
        self._named = _Named([], {})
        self._busy = threading.Lock()

    def persons(self, engine: Engine) -> list[Person]:
        """The persons of the collection, most mentioned first."""
        return self._of(engine).persons

    def count(self, engine: Engine, ids: Iterable[str]) -> dict[str, int]:
        """How many of some documents name each person, by the person's name, the most frequent first."""
        in_document = self._of(engine).in_document
        counts: Counter[str] = Counter()
        # Documents that name the same persons are counted together.
        for names, documents in Counter(map(in_document.get, ids)).items():
            for name in names or ():
                counts[name] += documents
        return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))

    def _of(self, engine: Engine) -> _Named:
        with self._busy:
            generation = engine.generation
            if generation != self._generation:
                self._named, self._generation = _read(engine), generation
            return self._named


def _read(engine: Engine) -> _Named:
    from itertools import islice

    from searchkit import people

    census = people.Census()
    owners: dict[str, tuple[NameForm, ...]] = {}
    ids = iter(list(engine.select(Everything())))
    while some := list(islice(ids, READ_AT_ONCE)):
        found = engine.fetch(some)
        for id in some:
            if id in found and (forms := census.read(records.person_names(found[id]))):
                owners[id] = forms
    persons = census.persons()
    name_of = census.names()
    shared: dict[frozenset[str], frozenset[str]] = {}
    in_document = {}
    for id, forms in owners.items():
        names = frozenset(name_of[form] for form in forms if form in name_of)
        if names:
            in_document[id] = shared.setdefault(names, names)
    return _Named(persons, in_document)
