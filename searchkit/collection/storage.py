"""The engine of an index, opened: which one holds, for reading and for writing, and how another takes its place.

Readers take what the description names and look each time whether it names another now. Writers hold the write lock of the
index from before they look until they are done, bring up what is of an earlier format, and delete what is left of
interrupted work.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast

from searchkit import engines
from searchkit.analysis.version import ANALYSIS
from searchkit.collection import cluster_index, description
from searchkit.collection.description import Description
from searchkit.engines import lock
from searchkit.engines.base import Engine
from searchkit.errors import BrokenIndexError, EngineError, LockedIndexError
from searchkit.model import Progress

if TYPE_CHECKING:
    from searchkit.collection.cluster_sources import LeasedSource
    from searchkit.engines.opensearch.engine import OpenSearchEngine

PATIENCE = 1.0
CREATION_PATIENCE = 10.0
"""Seconds that a writer waits for another, which may just be leaving, and for the creation of an index."""


def create(index: Path, engine: str) -> Description:
    """Make an index in a folder, or find the one that another process has just made. Raises BrokenIndexError where the
    folder holds something else."""
    if description.holds_other_files(index):
        raise BrokenIndexError(f"{index} holds other files and no index: choose an empty or a new folder.")
    engines.load(engine)
    index.mkdir(parents=True, exist_ok=True)
    with lock.locked(index, CREATION_PATIENCE), cluster_index.changing(index, CREATION_PATIENCE):
        described = description.read(index)
        if described is None or described.new:
            described = description.create(index, engine)
    return described


class _Opened(NamedTuple):
    """An engine, and the description that named it, with its stamp."""

    stamp: tuple[int, int, int] | None
    description: Description
    engine: Engine


class Storage:
    """The engine of the index in a folder."""

    def __init__(self, index: Path) -> None:
        self._index = index
        self._opened: _Opened | None = None
        self._opening = threading.RLock()
        """Several threads may read; one of them opens."""

    def close(self) -> None:
        """Free the engine's files."""
        opened, self._opened = self._opened, None
        if opened is not None:
            opened.engine.close()

    # -------------------------------------------------------------- reading
    @property
    def engine(self) -> Engine:
        """The engine as the description names it now: another process may have converted the index."""
        return self._current().engine

    @property
    def outdated(self) -> bool:
        """See `Index.outdated`."""
        described = description.read(self._index)
        if described is None or not description.holds_engine(self._index / described.folder):
            return False  # whoever writes fills it from nothing
        if described.analysis > ANALYSIS:
            raise BrokenIndexError(
                f"The index in {self._index} was made by a newer searchkit: use that to update it; here it can only be"
                " searched."
            )
        return described.analysis < ANALYSIS or self.engine.outdated

    def _current(self) -> _Opened:
        opened = self._opened
        if opened is None or opened.stamp != description.stamp(self._index):
            with self._opening:
                opened = self._opened
                if opened is None or opened.stamp != description.stamp(self._index):
                    opened = self._open()
        return opened

    def _open(self) -> _Opened:
        self.close()
        while True:
            stamp = description.stamp(self._index)
            try:
                opened = _Opened(stamp, *self._described_engine())
            except (BrokenIndexError, OSError):
                if stamp == description.stamp(self._index):
                    raise
                continue  # the index was converted, and the old engine's files deleted, meanwhile
            if stamp == description.stamp(self._index):
                self._opened = opened
                return opened
            opened.engine.close()

    def _described_engine(self) -> tuple[Description, Engine]:
        described = description.read(self._index)
        if described is None or described.new:
            raise BrokenIndexError(
                f"The index in {self._index} is gone: restore it from a backup, or index the documents again."
            )
        folder = self._index / described.folder
        if description.is_damaged(folder):
            raise description.damage(folder)
        if not description.holds_engine(folder):
            raise BrokenIndexError(
                f"The folder {folder} of the index is gone: restore it from a backup, or fill the index again with"
                " searchkit index PATH."
            )
        return described, engines.open(described.engine, folder)

    # -------------------------------------------------------------- writing
    @contextlib.contextmanager
    def locked(self, wait: float = PATIENCE) -> Iterator[None]:
        """The right to change the index. Raises LockedIndexError where it is not to be had within `wait` seconds."""
        with lock.locked(self._index, wait), cluster_index.changing(self._index, wait):
            yield

    @contextlib.contextmanager
    def writing(self, progress: Progress | None = None, wait: float = PATIENCE) -> Iterator[Engine]:
        """Hold the write lock, with an engine that can be written to; `wait` as in `locked`. Raises LockedIndexError."""
        with self.locked(wait):
            described = description.read(self._index)
            if described and description.is_damaged(self._index / described.folder) and not described.new:
                raise description.damage(self._index / described.folder)
            if described and not (described.new or description.holds_engine(self._index / described.folder)):
                self.close()
                described = description.create(self._index, described.engine)
            if described:
                description.clean(self._index, described)
            self.bring_up(progress)
            yield self.engine

    @contextlib.contextmanager
    def updating(
        self, source: str, apart: Sequence[str], wait: float, progress: Progress | None
    ) -> Iterator[tuple[LeasedSource, str]]:
        """The right to update a source of an index that is named by its address, see `cluster_sources.updating`, which leaves the others to
        other machines. Raises LockedIndexError."""
        from searchkit.collection import cluster_sources

        with lock.locked(self._index, wait or PATIENCE):
            if self.outdated:
                with cluster_index.changing(self._index, wait):
                    self.bring_up(progress)
            engine = cast("OpenSearchEngine", self.engine)  # an address has no other
            with cluster_sources.updating(self._index, engine, source, apart, wait) as updated:
                yield updated

    def bring_up(self, progress: Progress | None) -> int:
        """Bring the index to today's format and analysis, where it is `outdated`; returns the number of documents that were
        analysed anew. The caller holds the write lock."""
        return self._rebuild(self.engine.name, progress) if self.outdated else 0

    def bring_up_if_whole(self, progress: Progress | None) -> None:
        """As `bring_up`, but leave an index that is damaged as it is."""
        with contextlib.suppress(BrokenIndexError, EngineError):
            if description.is_sound(self._index):
                self.bring_up(progress)

    def convert(self, engine: str, progress: Progress | None) -> None:
        """Have the documents kept by another engine. Raises LockedIndexError."""
        engines.load(engine)
        cluster_index.check_engine(self._index, engine)
        with self.locked():
            if engine != self.engine.name or self.outdated:
                self._rebuild(engine, progress)

    def suggest_conversion(self) -> bool:
        """Note that the conversion to another engine was suggested; False where it was before, or cannot be noted now."""
        try:
            with self.locked():
                described = description.read(self._index)
                if described is None or described.conversion_suggested:
                    return False
                description.write(self._index, described._replace(conversion_suggested=True))
        except LockedIndexError:
            return False
        return True

    def _rebuild(self, engine: str, progress: Progress | None) -> int:
        from searchkit.collection import convert

        current = self._current()
        described = convert.rebuild(self._index, current.description, current.engine, engine, progress)
        self._open()
        description.clean(self._index, described)
        return len(self.engine)
