"""The Whoosh engine: the protocol of `engines.base` on top of its parts.

Nothing of Whoosh is loaded before something is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from searchkit.engines import durable, faults
from searchkit.engines.base import FACETS, Facet, Order, Page
from searchkit.engines.lock import create_once, locked
from searchkit.engines.whoosh.searching.recent_groups import RecentGroups
from searchkit.engines.whoosh.searching.search import Search
from searchkit.engines.whoosh.segment.segment import Segment, to_bytes
from searchkit.engines.whoosh.snapshot import Snapshot
from searchkit.engines.whoosh.writing import commits
from searchkit.terms.query_tree import Node
from searchkit.text import edit_distance

if TYPE_CHECKING:
    from searchkit.engines.whoosh.writing.batch import WhooshBatch


class WhooshEngine:
    """An index of records in a folder. Threads may share it."""

    name = "whoosh"

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._state: tuple[tuple[int, int, int], Snapshot] | None = None
        self._recent = RecentGroups()

    @classmethod
    def open(cls, folder: Path) -> WhooshEngine:
        """Open the engine's files in `folder`, creating them where there are none. Raises BrokenIndexError."""
        with faults.explained(folder):
            create_once(folder, commits.exists, commits.create)
        engine = cls(folder)
        engine._current()
        return engine

    @property
    def generation(self) -> str:
        """Names the committed state."""
        return self._current().commit.token

    @property
    def outdated(self) -> bool:
        """Whether the files are of an earlier format, which is only read."""
        return self._current().commit.format != commits.FORMAT

    @contextmanager
    def write(self) -> Iterator[WhooshBatch]:
        """Leaving the block makes the batch durable; an exception leaves the previous state.

        Raises LockedIndexError, OutdatedIndexError.
        """
        from searchkit.engines.whoosh.writing.batch import WhooshBatch

        # Asked once before there is a lock file to be made: the folder may be gone.
        if self.outdated:
            raise durable.outdated(self._folder, self._current().commit.format)
        with locked(self._folder):
            with faults.explained(self._folder):
                commits.clean(self._folder)
            batch = WhooshBatch(self._folder, self._current())
            try:
                yield batch
                batch.commit()
            except BaseException:
                batch.abandon()
                raise
            # What is left over is deleted by the next writer.
            with suppress(OSError):
                commits.clean(self._folder)

    def search(self, query: Node, limit: int = 10, offset: int = 0, order: Order = "score") -> Page:
        """Run an expanded tree."""
        return Search(self._current(), query, self._recent).page(limit, offset, order)

    def select(self, query: Node) -> Iterator[str]:
        """The ids of all matches, in order of id."""
        return Search(self._current(), query, self._recent).ids()

    def facets(self, query: Node, names: Iterable[Facet] = FACETS) -> dict[Facet, dict[str, int]]:
        """How many of all matches have each value of each facet."""
        return Search(self._current(), query, self._recent).facets(names)

    def fetch(self, ids: Iterable[str]) -> dict[str, bytes]:
        """`Record.stored` of each id that is there."""
        snapshot = self._current()
        found = ((id, snapshot.find(id)) for id in ids)
        return {id: place[0].segment.stored(place[1]) for id, place in found if place}

    def ids(self) -> Iterator[tuple[str, str, str]]:
        """All (id, hash, file), in order of id."""
        return self._current().ids()

    def frequency(self, field: str, term: str) -> int:
        """In how many living documents the term stands."""
        content = to_bytes(term)
        return sum(leaf.term_frequency(field, content) for leaf in self._current().leaves)

    def terms(self, field: str, beginning: str) -> Iterator[str]:
        """The index terms that begin with these letters."""
        found: set[str] = set()
        for leaf in self._current().leaves:
            terms = leaf.segment.terms(field)
            found.update(terms.texts.some(terms.beginning_with(to_bytes(beginning))))
        return iter(found)

    def suggest(self, field: str, text: str, distance: int = 2, limit: int = 5) -> list[tuple[str, int]]:
        """Index terms within `distance` edits of `text`, nearest first, then most frequent, then in their order."""
        known: set[str] = set()
        for leaf in self._current().leaves:
            known.update(leaf.segment.terms(field).all())
        return edit_distance.suggestions(text, known, distance, partial(self.frequency, field), limit)

    def statistics(self) -> Mapping[str, int]:
        """Documents, bytes on disk, and segments."""
        snapshot = self._current()
        return {"documents": snapshot.documents, "bytes": snapshot.commit.bytes, "segments": len(snapshot.leaves)}

    def verify(self) -> Iterator[str]:
        """The damage found in the files, a sentence each; every byte is read."""
        return commits.problems(self._folder)

    def __len__(self) -> int:
        return self._current().documents

    def close(self) -> None:
        """Free files and memory; an iteration under way keeps its own."""
        self._state = None
        self._recent.clear()

    def _current(self) -> Snapshot:
        """The committed state, read anew where there is another than the last time."""
        try:
            with faults.explained(self._folder):
                stamp = commits.stamp(self._folder)
                state = self._state
                if state is None or stamp != state[0]:
                    state = self._state = self._read(stamp, state[1].segments if state else {})
                    self._recent.clear()
                return state[1]
        except FileNotFoundError:
            raise durable.gone(self._folder) from None

    def _read(
        self, stamp: tuple[int, int, int], segments: Mapping[str, Segment]
    ) -> tuple[tuple[int, int, int], Snapshot]:
        while True:
            try:
                return stamp, Snapshot(self._folder, commits.read(self._folder), segments)
            except FileNotFoundError as error:
                # A writer deletes the files of the state before, unless it is damage that takes them away.
                newer = commits.stamp(self._folder)
                if newer == stamp:
                    raise durable.damaged(Path(error.filename), "it is missing") from None
                stamp = newer
