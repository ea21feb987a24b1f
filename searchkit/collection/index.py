"""Index: the one place where analysis, documents, query and an engine meet; `description` says what it is on disk.

What is asked of it stands in `index_queries`, `index_documents` and `index_names`; here is what changes it.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from searchkit.collection import cluster_index, description, records, storage
from searchkit.collection.index_documents import IndexDocuments
from searchkit.collection.index_names import IndexNames
from searchkit.collection.index_queries import IndexQueries
from searchkit.engines.base import Batch
from searchkit.engines.opensearch import cluster_address
from searchkit.errors import BrokenIndexError, SearchkitError
from searchkit.model import Document, Progress, SyncReport

if TYPE_CHECKING:
    from searchkit.collection.update_settings import Settings
    from searchkit.collection.verification import Verification
    from searchkit.documents.ocr import Ocr

DEFAULT_ENGINE = "whoosh"
MANY_DOCUMENTS = 50_000
"""From here on the default engine's users are told of the faster one."""
WAIT = 60.0
"""Seconds that a change waits for others, which may be adding too."""


def open(  # noqa: A001
    folder: str | os.PathLike[str], engine: str | None = None, create: bool | None = None
) -> Index:
    """Open the index in `folder`, or create it in an empty one.

    `folder` may also be the address of an index in an OpenSearch cluster, such as https://host:9200/name.
    With `create=True` a folder that is not there is made; with `create=False` one without an index is an error. `engine` is
    needed only for a new index; the index remembers it. Raises BrokenIndexError.
    """
    if addressed := cluster_address.is_address(folder):
        folder = cluster_index.folder_of(folder)
    path = Path(folder)
    if addressed or cluster_index.is_one(path):
        cluster_index.fetch(path)
        engine, create = engine or cluster_index.ENGINE, bool(create)
        cluster_index.check_engine(path, engine)
    described = description.read(path)
    if described is None or described.new:
        if create is False or (create is None and not path.is_dir()):
            raise _no_index(path)
        described = storage.create(path, engine or DEFAULT_ENGINE)
    if engine is not None and engine != described.engine:
        raise BrokenIndexError(
            f"The index in {path} was made with the engine {described.engine}: leave the engine out, or name"
            f" {described.engine}."
        )
    index = Index(path)
    if create is False or description.holds_engine(path / described.folder):
        len(index)  # says now what is wrong with the files
    return index


def _no_index(path: Path) -> BrokenIndexError:
    return BrokenIndexError(
        f"There is no index in {path}: make one with searchkit index PATH, or name its folder with --index."
    )


class Index(IndexQueries, IndexDocuments, IndexNames):
    """An open index. Use it as a context manager, or `close` it."""

    def upgrade(self, progress: Progress | None = None) -> int:
        """Bring an `outdated` index to today's format and analysis, from the texts that it keeps; returns the number of
        documents that were analysed anew. It answers as before until the new one stands, also after an interruption."""
        with self._storage.locked():
            return self._storage.bring_up(progress)

    def add(self, documents: Iterable[Document], wait: float = WAIT) -> int:
        """Insert documents, or replace those of the same id; all are durable when it returns, or none is in.

        Returns how many were given. Where another thread or process is writing, it waits its turn, at most `wait` seconds.
        Raises DocumentError, LockedIndexError.
        """
        count = 0
        with self._changing(wait) as batch:
            for document in documents:
                batch.add(records.record(document))
                count += 1
        return count

    def remove(self, ids: Iterable[str], wait: float = WAIT) -> int:
        """Remove documents; returns how many were there. The next `sync` brings back those whose file is still there.
        `wait` and errors are those of `add`."""
        with self._changing(wait) as batch:
            return batch.remove(ids)

    @contextlib.contextmanager
    def _changing(self, wait: float) -> Iterator[Batch]:
        """A batch of changes that come from no files, of which the list of files is to learn from the engine."""
        from searchkit.collection.manifest import unseal

        with self._storage.writing(wait=wait) as engine:
            unseal(self.folder / description.MANIFEST)
            with engine.write() as batch:
                yield batch

    def sync(
        self,
        paths: Iterable[str | os.PathLike[str]] | None = None,
        progress: Progress | None = None,
        *,
        exclude: Sequence[str] = (),
        force: bool = False,
        prune: bool = False,
        jobs: int | None = None,
        follow_links: bool = False,
        columns: Sequence[str] = (),
        ocr: bool | None = None,
        ocr_languages: str | None = None,
        passwords: Sequence[str] = (),
    ) -> SyncReport:
        """Bring the index up to date with the files at or below `paths`; None: those that were given before, each with the
        `exclude`, `follow_links` and `columns` that it was given with.

        New files are added, changed ones replaced, gone ones removed, moved ones recognised; all others are not read.
        Files outside `paths` are left alone. Where a given path, or the disk below it, seems not to be connected, its
        documents stay and that is a failure, unless `prune`. `exclude` are glob patterns of files to pass over; `force`
        reads every file again; `jobs` is the number of worker processes (default: as many as there are cores);
        `follow_links` reads what symbolic links out of `paths` lead to; `columns` says which columns of tables are their text,
        title, date, language, path and id ("text=Note"), where their names do not tell; `ocr` reads scanned pages and pictures by Tesseract,
        in `ocr_languages` as it names them ("kaz+rus+eng"; by default those, or where most documents are Uzbek its own);
        None does as the last update did; `passwords` are tried on encrypted files, and kept nowhere. What was committed before an interruption stays;
        the next run does the rest. Raises LockedIndexError, WorkerError, SearchkitError where `paths` is None and none were
        given before.
        """
        from searchkit.collection import last_update, roots, sync
        from searchkit.collection.update_settings import Settings
        from searchkit.documents.readers import columns as readers_columns

        chosen = readers_columns.chosen(columns)
        settings = Settings(
            exclude,
            force,
            prune,
            jobs,
            follow_links,
            chosen,
            ocr=self._ocr(ocr, ocr_languages),
            passwords=tuple(passwords),
        )
        if cluster_index.is_one(self.folder):
            return last_update.note(self.folder, self._sync_in_cluster(paths, progress, settings))
        with self._storage.writing(progress) as engine:
            if paths is None:
                report = sync.sync_roots(self.folder, engine, roots.read(self.folder), progress, settings)
            else:
                paths = list(paths)
                settings = replace(settings, tables_anew=sync.chooses_other_columns(self.folder, paths, chosen))
                sync.remember_roots(self.folder, paths, settings)
                report = sync.sync(self.folder, engine, paths, progress, settings)
            return last_update.note(self.folder, report)

    def _sync_in_cluster(
        self, paths: Iterable[str | os.PathLike[str]] | None, progress: Progress | None, settings: Settings
    ) -> SyncReport:
        """As `sync`, while other machines may update other folders."""
        from searchkit.collection import cluster_sync, roots, sync

        cluster_index.fetch(self.folder)
        if paths is None:
            return cluster_sync.sync_roots(self._storage, self.folder, roots.read(self.folder), progress, settings)
        paths = list(paths)
        settings = replace(settings, tables_anew=sync.chooses_other_columns(self.folder, paths, settings.columns))
        cluster_sync.remember_roots(self.folder, paths, settings)
        return cluster_sync.sync_paths(self._storage, self.folder, paths, progress, settings)

    def _ocr(self, wanted: bool | None, languages: str | None) -> Ocr | None:
        from searchkit.documents import ocr

        return ocr.choose(wanted, languages, self.folder, lambda: self.statistics()["languages"])

    def watch(
        self,
        paths: Iterable[str | os.PathLike[str]] | None = None,
        progress: Progress | None = None,
        *,
        exclude: Sequence[str] = (),
        jobs: int | None = None,
        follow_links: bool = False,
        columns: Sequence[str] = (),
        ocr: bool | None = None,
        ocr_languages: str | None = None,
        passwords: Sequence[str] = (),
    ) -> Generator[SyncReport, None, None]:
        """Keep the index up to date with the files at or below `paths`, as `sync` brings it up to date: a report of a `sync` of
        them all first, then one of each batch of changes. It goes on until it is closed, and lets other processes update
        the index between two reports.

        Raises SearchkitError, also where the system cannot watch the files.
        """
        from searchkit.collection import cluster_sync, roots, sync, watch
        from searchkit.collection.file_names import Names
        from searchkit.collection.file_update import TRANSFORM
        from searchkit.collection.update_settings import Settings
        from searchkit.documents.readers import columns as readers_columns
        from searchkit.documents.workers.pool import WorkerPool

        reading = self._ocr(ocr, ocr_languages)
        chosen = readers_columns.chosen(columns)
        clustered = cluster_index.is_one(self.folder)
        settings = Settings(
            exclude, jobs=jobs, follow_links=follow_links, columns=chosen, ocr=reading, passwords=tuple(passwords)
        )
        with (
            self._storage.writing(progress)
            if not clustered
            else cluster_index.changing(self.folder, WAIT, cluster_index.FILES)
        ):
            anew = paths is not None and sync.chooses_other_columns(self.folder, paths := list(paths), chosen)
            known = sync.remember_roots(self.folder, paths, settings) if paths is not None else roots.read(self.folder)
        names = Names(self.folder)
        # Processes that are there already read a changed file at once.
        with WorkerPool(jobs, TRANSFORM, ocr=reading, passwords=tuple(passwords)) as workers:

            def update(within: set[str] | None) -> SyncReport:
                own = replace(settings, within=within, workers=workers, tables_anew=anew and within is None)
                shown = None if within else progress
                if clustered:
                    return cluster_sync.sync_roots(self._storage, self.folder, known, shown, own)
                with self._storage.writing(progress) as engine:
                    return sync.sync_roots(self.folder, engine, known, shown, own)

            yield from watch.reports([names.path(root.name) for root in known], names.index, update)

    def convert(self, engine: str, progress: Progress | None = None) -> int:
        """Move the index to another engine, without reading the files again; returns the number of documents.

        The old engine answers until the new one holds everything; an interruption leaves the old one. Raises
        LockedIndexError, SearchkitError for an engine that is not there.
        """
        self._storage.convert(engine, progress)
        return len(self)

    def copy(self, target: str | os.PathLike[str], engine: str | None = None, progress: Progress | None = None) -> int:
        """Copy the index to an empty folder or an address in a cluster, without reading the files again; returns the number of documents.

        `engine` is that of a folder. This index stays as it is. Raises LockedIndexError, SearchkitError where there are documents
        at the target.
        """
        from searchkit.collection import copy_index

        with self._storage.locked(), open(target, engine, create=True) as new:
            if len(new):
                raise SearchkitError(
                    f"There are documents in {target} already: choose an empty folder, or another name."
                )
            copy_index.copy(self.folder, self._storage, new.folder, new._storage, progress)
            return len(new)

    def verify(self, repair: bool = False, progress: Progress | None = None) -> Verification:
        """Read every byte of the index and of the files that it was made of, and say what is wrong; with `repair`, mend it
        from what is whole and from the files. Raises LockedIndexError, BrokenIndexError."""
        from searchkit.collection import cluster_sources, verification

        if not self.folder.is_dir():
            raise _no_index(self.folder)
        with self._storage.locked():
            if repair:
                self._storage.bring_up_if_whole(progress)
            if cluster_index.is_one(self.folder):
                cluster_sources.gather(self.folder, self._engine)
            self._storage.close()
            return verification.verify(self.folder, repair, progress)

    def suggests_conversion(self) -> bool:
        """Whether the index has outgrown the default engine; True once, the answer is remembered."""
        if self._engine.name != DEFAULT_ENGINE or len(self) <= MANY_DOCUMENTS:
            return False
        return self._storage.suggest_conversion()
