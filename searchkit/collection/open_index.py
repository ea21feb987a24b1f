"""The base of an open index: its folder, its engine, access to stored documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from searchkit.collection import records
from searchkit.collection.fetching import fetched
from searchkit.collection.storage import Storage
from searchkit.collection.who_is_named import WhoIsNamed
from searchkit.engines.base import Engine
from searchkit.errors import SearchkitError
from searchkit.terms import query_tree

if TYPE_CHECKING:
    from typing_extensions import Self


class OpenIndex:
    """An open index. Use it as a context manager, or `close` it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._opened: Storage | None = Storage(folder)
        self._who_is_named = WhoIsNamed()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __len__(self) -> int:
        """The number of documents."""
        return len(self._engine)

    def close(self) -> None:
        """Free the engine's files; the index is not used afterwards."""
        storage, self._opened = self._opened, None
        if storage:
            storage.close()

    @property
    def _storage(self) -> Storage:
        if self._opened is None:
            raise SearchkitError(f"The index in {self.folder} is closed: open it again.")
        return self._opened

    @property
    def _engine(self) -> Engine:
        return self._storage.engine

    @property
    def generation(self) -> str:
        """Names the committed state that is read now: another after each change."""
        return self._engine.generation

    @property
    def outdated(self) -> bool:
        """Whether the index is of an earlier format or analysis: it is searched as it is, and brought up by `upgrade` or
        the next change. Raises BrokenIndexError where it is of a later analysis than this searchkit's."""
        return self._storage.outdated

    def _each(self, ids: Iterator[str]) -> Iterator[records.Stored]:
        """The stored documents of ids, in their order."""
        return map(records.unpack, fetched(self._engine, ids))

    def _stored(self, ids: Iterable[str]) -> dict[str, records.Stored]:
        return {id: records.unpack(data) for id, data in self._engine.fetch(ids).items()}

    def _selected(self, filters: Iterable[query_tree.Node]) -> Iterator[str]:
        """The ids of the documents that all filters leave, in order."""
        return self._engine.select(query_tree.And((query_tree.Everything(), *filters)))
