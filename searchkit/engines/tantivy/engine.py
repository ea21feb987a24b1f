"""The Tantivy engine: the protocol of `engines.base` on top of its parts."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from searchkit.engines import durable, faults
from searchkit.engines.base import FACETS, Facet, Order, Page
from searchkit.engines.lock import create_once, locked
from searchkit.engines.tantivy import commits, encoding, schema, store
from searchkit.engines.tantivy.ranking import Search
from searchkit.engines.tantivy.snapshot import Snapshot
from searchkit.terms.query_tree import Node
from searchkit.terms.wire import MARKS
from searchkit.text import edit_distance

if TYPE_CHECKING:
    from searchkit.engines.tantivy.batch import TantivyBatch


class TantivyEngine:
    """An index of records in a folder. Threads may share it."""

    name = "tantivy"

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._state: tuple[store.Stamp, store.State, Snapshot] | None = None

    @classmethod
    def open(cls, folder: Path) -> TantivyEngine:
        """Open the engine's files in `folder`, creating them where there are none.

        Raises BrokenIndexError; SearchkitError where Tantivy is not installed.
        """
        store.require()
        with faults.explained(folder):
            create_once(folder, commits.exists, store.create)
        engine = cls(folder)
        engine._current()
        return engine

    @property
    def generation(self) -> str:
        """Names the committed state."""
        _, state, _ = self._opened()
        return f"{state.commit.token}.{zlib.crc32(state.meta):08x}"

    @property
    def outdated(self) -> bool:
        """Whether the files are of an earlier format, which is only read."""
        _, state, _ = self._opened()
        return state.commit.format != commits.FORMAT

    @contextmanager
    def write(self) -> Iterator[TantivyBatch]:
        """Leaving the block makes the batch durable; an exception leaves the previous state.

        Raises LockedIndexError, OutdatedIndexError.
        """
        from searchkit.engines.tantivy.batch import TantivyBatch

        # Asked once before there is a lock file to be made: the folder may be gone.
        _, state, _ = self._opened()
        if self.outdated:
            raise durable.outdated(self._folder, state.commit.format)
        with locked(self._folder):
            with faults.explained(self._folder):
                commits.mend(self._folder)
                commits.delete_leftovers(self._folder)
            batch = TantivyBatch(self._folder, self._current())
            try:
                yield batch
                batch.commit()
            except BaseException:
                batch.abandon()
                raise
            finally:
                # The old state keeps its files on the disk as long as it is open.
                self._current()

    def search(self, query: Node, limit: int = 10, offset: int = 0, order: Order = "score") -> Page:
        """Run an expanded tree. Raises QueryError for one that is nested too deeply."""
        with store.guarded(self._folder):
            return Search(self._current(), query).page(limit, offset, order)

    def select(self, query: Node) -> Iterator[str]:
        """The ids of all matches, in order of id."""
        with store.guarded(self._folder):
            found = Search(self._current(), query).ids()
        return store.guarded_rows(self._folder, found)

    def facets(self, query: Node, names: Iterable[Facet] = FACETS) -> dict[Facet, dict[str, int]]:
        """How many of all matches have each value of each facet."""
        wanted = list(names)
        known = [name for name in wanted if not self.outdated or name in ("language", "year")]
        with store.guarded(self._folder):
            found = Search(self._current(), query).facets(known)
        return {name: found.get(name, {}) for name in wanted}

    def fetch(self, ids: Iterable[str]) -> dict[str, bytes]:
        """`Record.stored` of each id that is there."""
        with store.guarded(self._folder):
            snapshot = self._current()
            found = ((id, snapshot.find(id)) for id in ids)
            return {id: document.get_first("stored") for id, document in found if document}

    def ids(self) -> Iterator[tuple[str, str, str]]:
        """All (id, hash, file), in order of id."""
        with store.guarded(self._folder):
            snapshot = self._current()
            rows = snapshot.entries(snapshot.everything)
        return store.guarded_rows(self._folder, rows)

    def frequency(self, field: str, term: str) -> int:
        """In how many living documents the term stands."""
        with store.guarded(self._folder):
            return self._current().frequency(schema.KIND_OF[field], encoding.term(field, term)) if term else 0

    def terms(self, field: str, beginning: str) -> Iterator[str]:
        """The index terms that begin with these letters."""
        with store.guarded(self._folder):
            marked = encoding.term(field, beginning) if beginning else MARKS[field]
            rows = self._current().searcher.terms_with_prefix(schema.KIND_OF[field], marked)
            return iter([encoding.text_of(term) for term, _ in rows])

    def suggest(self, field: str, text: str, distance: int = 2, limit: int = 5) -> list[tuple[str, int]]:
        """Index terms within `distance` edits of `text`, nearest first, then most frequent, then in their order."""
        with store.guarded(self._folder):
            rows = self._current().searcher.terms_with_prefix(schema.KIND_OF[field], MARKS[field])
            known = (encoding.text_of(term) for term, _ in rows)
            return edit_distance.suggestions(text, known, distance, partial(self.frequency, field), limit)

    def statistics(self) -> Mapping[str, int]:
        """Documents, bytes on disk, and segments."""
        snapshot = self._current()
        size = sum(path.stat().st_size for path in self._folder.iterdir())
        return {"documents": snapshot.documents, "bytes": size, "segments": snapshot.searcher.num_segments}

    def verify(self) -> Iterator[str]:
        """The damage found in the files, a sentence each; every byte is read."""
        return commits.problems(self._folder)

    def __len__(self) -> int:
        return self._current().documents

    def close(self) -> None:
        """Free files and memory; an iteration under way keeps its own."""
        self._state = None

    def _current(self) -> Snapshot:
        """The committed state."""
        return self._opened()[2]

    def _opened(self) -> tuple[store.Stamp, store.State, Snapshot]:
        """The committed state, read anew where there is another than the last time."""
        stamp, known = store.stamp(self._folder), self._state
        if known and stamp == known[0]:
            return known
        stamp, state = store.open_to_read(self._folder, known[1] if known else None)
        if known and known[1].index is state.index:
            snapshot = known[2]
        else:
            bucketed = state.commit.format == commits.FORMAT
            snapshot = Snapshot(state.index.searcher(), state.index.schema, bucketed)
        self._state = stamp, state, snapshot
        return self._state
