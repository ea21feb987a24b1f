"""The open index, with what is counted once for each committed state and asked for by many.

Threads that answer readers share one open index, which itself takes up what other processes commit. What takes longer (the
list of persons, which documents have the same text) is made by a thread of its own when the server starts and after each
change; a page that needs it waits for it.
"""

from __future__ import annotations

import contextlib
import datetime
import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from searchkit.collection.fingerprints import Fingerprints
from searchkit.collection.index import Index
from searchkit.model import Failure, Person
from searchkit.web.addresses import EVERYTHING, AskedFor

if TYPE_CHECKING:
    from searchkit.collection.same_text import SameText

T = TypeVar("T")
KEPT = 48
"""Answers that are kept for the current state, such as lists that a reader pages through."""


class Holdings:
    """What is served. `index` is open as long as this is used."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self._kept: OrderedDict[Any, Any] = OrderedDict()
        self._generation = ""
        self._changing = threading.Lock()
        self._making: dict[Any, threading.Lock] = {}
        self._last_failures: list[Failure] = []

    @property
    def generation(self) -> str:
        """The committed state: another after each change."""
        return self.index.generation

    def once(self, key: Any, make: Callable[[], T]) -> T:
        """What `make` gives, made once a state for each key, whoever asks meanwhile waiting for it."""
        generation = self.generation
        with self._changing:
            if generation != self._generation:
                self._kept.clear()
                self._making.clear()
                self._generation = generation
            if key in self._kept:
                self._kept.move_to_end(key)
                found: T = self._kept[key]
                return found
            making = self._making.setdefault(key, threading.Lock())
        with making:
            with self._changing:
                if key in self._kept and generation == self._generation:
                    again: T = self._kept[key]
                    return again
            found = make()
            with self._changing:
                if generation == self._generation:
                    self._kept[key] = found
                    self._making.pop(key, None)
                    while len(self._kept) > KEPT:
                        self._kept.popitem(last=False)
        return found

    def has(self, key: Any) -> bool:
        """Whether the answer for a key is there already."""
        with self._changing:
            return self._generation == self.generation and key in self._kept

    def warm(self) -> None:
        """Make the slow lists in a thread of their own."""
        threading.Thread(target=self._warm, name="searchkit-warm", daemon=True).start()

    def _warm(self) -> None:
        from searchkit.errors import SearchkitError

        with contextlib.suppress(SearchkitError, OSError):
            self.statistics()
            self.fingerprints()
            self.people()

    def facets_of(self, asked: AskedFor) -> dict[Any, dict[str, int]]:
        """The facets of an answer, counted once for all of its pages and orders."""
        key = ("facets", asked.q, asked.match, *asked.filters.values())
        return self.once(key, lambda: self.index.facets(asked.query, match=asked.match, **asked.filters))

    # -------------------------------------------------------------- what is counted once
    def statistics(self) -> dict[str, Any]:
        """`Index.statistics`."""
        return self.once("statistics", self.index.statistics)

    def facets(self) -> dict[Any, dict[str, int]]:
        """The facets of the whole collection."""
        return self.once("facets", lambda: self.index.facets(EVERYTHING))

    def people(self) -> list[Person]:
        """The persons of the collection, most mentioned first."""
        return self.once("people", self.index.people)

    def has_people(self) -> bool:
        """Whether the persons are counted already."""
        return self.has("people")

    def duplicates(self) -> list[SameText]:
        """The documents of the same text, the largest group first."""
        return self.once("duplicates", self.index.duplicates)

    def fingerprints(self) -> Fingerprints:
        """Which documents have which text."""
        return self.once("fingerprints", self.index.fingerprints)

    def copies(self, id: str) -> tuple[str, ...]:
        """The other documents of the same text; () also as long as that is not known."""
        if not self.has("fingerprints"):
            return ()
        known = self.fingerprints()
        return tuple(other for other in known.ids(known.of(id)) if other != id)

    def failures(self) -> list[Failure]:
        """The files that could not be read, and those with scanned pages; those of the last update while one is under way."""
        found = self.index.failures()
        if found is None:
            return self._last_failures
        self._last_failures = found
        return found

    def is_updating(self) -> bool:
        """Whether the index is being updated now."""
        return self.index.failures() is None

    def updated(self) -> datetime.datetime | None:
        """When the list of files was last written to, by the clock of this place."""
        from searchkit.collection import description

        for name in (description.MANIFEST, description.FILE_NAME):
            with contextlib.suppress(OSError):
                changed = (self.index.folder / name).stat().st_mtime
                return datetime.datetime.fromtimestamp(changed).astimezone()
        return None
