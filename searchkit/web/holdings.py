"""The open index, with what is counted once for each committed state and asked for by many.

Threads that answer readers share one open index, which itself takes up what other processes commit. What takes longer (the
list of persons, which documents have the same text) is made by a thread of its own when the server starts and after each
change; a page that needs it waits for it.
"""

from __future__ import annotations

import contextlib
import datetime
import functools
import os
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from searchkit.collection.facet_values import ALL_FACETS
from searchkit.collection.fingerprints import Fingerprints
from searchkit.collection.index import Index
from searchkit.engines.base import FACETS
from searchkit.model import Failure, Person
from searchkit.web.addresses import EVERYTHING, AskedFor

if TYPE_CHECKING:
    from searchkit.collection.same_text import SameText
    from searchkit.lexicon.table import Concept

T = TypeVar("T")
KEPT = 48
"""Answers that are kept for the current state, such as lists that a reader pages through; those of the whole collection stay."""
BELIEVED = 60.0
"""Seconds for which it is believed which files could not be read, of an index in a cluster."""
WORDS = 1_000
"""Words of queries whose concepts and frequencies are kept."""


class Holdings:
    """What is served. `index` is open as long as this is used."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self._kept: OrderedDict[Any, Any] = OrderedDict()
        self._generation = ""
        self._changing = threading.Lock()
        self._making: dict[Any, threading.Lock] = {}
        self._failures: tuple[object, list[Failure]] = None, []
        """The state of the list of files when it was read last, and what could not be read by then."""
        self._concepts = functools.lru_cache(WORDS)(self._looked_up)
        self._frequencies = functools.lru_cache(WORDS)(lambda word, generation: index.word_frequency(word))

    @property
    def generation(self) -> str:
        """The committed state: another after each change."""
        return self.index.generation

    def once(self, key: Any, make: Callable[[], T]) -> T:
        """What `make` gives, made once a state for each key, whoever asks meanwhile waiting for it.

        A tuple is the key of an answer to one question, a string that of what concerns the whole collection.
        """
        generation = self.generation
        with self._changing:
            self._bring_up(generation)
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
                    self._trim()
        return found

    def keep(self, key: Any, generation: str, found: object) -> None:
        """Keep what was found under a state, if that is still the state."""
        now = self.generation
        with self._changing:
            self._bring_up(now)
            if generation == now:
                self._kept[key] = found
                self._trim()

    def _bring_up(self, generation: str) -> None:
        """Let go of what was found under another state."""
        if generation != self._generation:
            self._kept.clear()
            self._making.clear()
            self._generation = generation

    def kept(self, key: Any) -> Any:
        """What is kept for a key under the current state; None for nothing."""
        generation = self.generation
        with self._changing:
            self._bring_up(generation)
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def _trim(self) -> None:
        """Let go of the answers that were asked for longest ago."""
        for oldest in [one for one in self._kept if isinstance(one, tuple)][:-KEPT]:
            del self._kept[oldest]

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
            self.folders()
            self.statistics()
            self.fingerprints()
            self.people()

    def facets_of(self, asked: AskedFor) -> dict[Any, dict[str, int]]:
        """The facets of an answer, counted once for all of its pages and orders; persons as soon as they are known."""
        names = ALL_FACETS if self.has_people() else FACETS
        key = ("facets", names, asked.q, asked.match, asked.less, *asked.filters.values())
        settings: dict[str, Any] = {"match": asked.match, "leave_out": asked.less, **asked.filters}
        return self.once(key, lambda: self.index.facets(asked.query, names, **settings))

    def concepts(self, word: str) -> list[Concept]:
        """The concepts that a word may mean, by searchkit's lexicon and the user's own."""
        from searchkit.lexicon import user

        return self._concepts(word, user.state(self.index.folder))

    def word_frequency(self, word: str) -> int:
        """In how many documents a word stands, in any of its forms."""
        return self._frequencies(word, self.generation)

    def _looked_up(self, word: str, lexicon: object) -> list[Concept]:
        from searchkit.lexicon import user

        del lexicon
        return user.lookup(self.index.folder, word)

    # -------------------------------------------------------------- what is counted once
    def statistics(self) -> dict[str, Any]:
        """`Index.statistics`."""
        return self.once("statistics", self.index.statistics)

    def facets(self) -> dict[Any, dict[str, int]]:
        """The facets of the whole collection."""
        return self.once("facets", lambda: self.index.facets(EVERYTHING))

    def folders(self) -> Mapping[str, int]:
        """The documents of each folder and all below it."""
        from searchkit.web.facet_lists import folder_totals

        return self.once("folders", lambda: folder_totals(self.facets()["folder"]))

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
        return self._known_failures() or self._failures[1]

    def is_updating(self) -> bool:
        """Whether the index is being updated now, or its last update was interrupted."""
        return self._known_failures() is None

    def _known_failures(self) -> list[Failure] | None:
        """As `Index.failures`; read again when the list of files has changed."""
        state = self._files_state()
        if state == self._failures[0]:
            return self._failures[1]
        found = self.index.failures()
        if found is not None:
            self._failures = state, found
        return found

    def _files_state(self) -> tuple[object, ...]:
        """What changes when the list of files does: each file of its database, and the committed state. Lists in a cluster may change
        without it, and are asked for again after `BELIEVED` seconds."""
        from searchkit.collection import cluster_index, description

        if cluster_index.is_one(self.index.folder):
            return self.generation, time.monotonic() // BELIEVED
        files: list[object] = [self.generation]
        for ending in ("", "-wal", "-journal"):
            try:
                status = os.stat(f"{self.index.folder / description.MANIFEST}{ending}")
            except OSError:
                files.append(None)
            else:
                files.append((status.st_mtime_ns, status.st_size, status.st_ino))
        return tuple(files)

    def updated(self) -> datetime.datetime | None:
        """When the list of files was last written to, by the clock of this place."""
        from searchkit.collection import description

        for name in (description.MANIFEST, description.FILE_NAME):
            with contextlib.suppress(OSError):
                changed = (self.index.folder / name).stat().st_mtime
                return datetime.datetime.fromtimestamp(changed).astimezone()
        return None
