"""The documents of an index: one by its id, all of them, copies, files, counts."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from searchkit.collection import cluster_index, description, records
from searchkit.collection.fingerprints import Fingerprints
from searchkit.collection.open_index import OpenIndex
from searchkit.model import Document, Failure, Notice
from searchkit.terms import query_tree
from searchkit.terms.column_terms import EARLIER, in_column
from searchkit.terms.query_tree import Group, Term

if TYPE_CHECKING:
    from searchkit.collection.near_copies import NearCopies
    from searchkit.collection.same_text import SameText


class IndexDocuments(OpenIndex):
    """An index as a collection of documents by id."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._fingerprints = Fingerprints()

    def __contains__(self, id: object) -> bool:
        return isinstance(id, str) and bool(self._engine.fetch([id]))

    def __getitem__(self, id: str) -> Document:
        """The document of an id. Raises KeyError."""
        document = self.get(id)
        if document is None:
            raise KeyError(id)
        return document

    def __iter__(self) -> Iterator[Document]:
        return self.documents()

    def get(self, id: str) -> Document | None:
        """The document of an id."""
        stored = self._stored([id]).get(id)
        return stored.document if stored else None

    def ids(self, part: str = "") -> Iterator[str]:
        """The ids of all documents, in order; with `part`, of those that hold it, whatever its case."""
        wanted = part.casefold()
        return (id for id in self._engine.select(query_tree.Everything()) if wanted in id.casefold())

    def documents(
        self,
        *,
        language: str | None = None,
        date: str | None = None,
        path: str | None = None,
        type: str | None = None,
        folder: str | None = None,
    ) -> Iterator[Document]:
        """The documents, in order of id; streams. The filters are those of `search`."""
        from searchkit import query as queries

        filters = queries.filters(language=language, date=date, path=path, type=type, folder=folder)
        return (stored.document for stored in self._each(self._selected(filters)))

    def duplicates(
        self,
        *,
        language: str | None = None,
        date: str | None = None,
        path: str | None = None,
        type: str | None = None,
        folder: str | None = None,
    ) -> list[SameText]:
        """The documents that have the same text, be it in another format or encoding, the largest group first. The filters
        are those of `search`."""
        from searchkit import query as queries
        from searchkit.collection import same_text

        filters = queries.filters(language=language, date=date, path=path, type=type, folder=folder)
        if self.outdated:
            alike = same_text.alike_by_reading(self._each(self._selected(filters)))
        else:
            alike = same_text.alike(self._engine, filters)
        return same_text.groups(alike, self._stored)

    def near_duplicates(
        self,
        *,
        language: str | None = None,
        date: str | None = None,
        path: str | None = None,
        type: str | None = None,
        folder: str | None = None,
    ) -> list[NearCopies]:
        """The documents that have nearly the same text (see `near_copies`), the largest group first; all are read. The
        filters are those of `search`."""
        from searchkit import query as queries
        from searchkit.collection import near_copies

        filters = queries.filters(language=language, date=date, path=path, type=type, folder=folder)
        documents = (stored.document for stored in self._each(self._selected(filters)))
        return list(near_copies.groups(documents, self.get))

    def original(self, id: str) -> Path | None:
        """The file that a document was read from, or would be if it is gone; None for one that has none, or for no document."""
        from searchkit.collection.file_names import Names

        stored = self._stored([id]).get(id)
        return Path(Names(self.folder).path(stored.file)) if stored and stored.file else None

    def changed_since(self, fingerprint: str) -> list[str]:
        """The ids of the documents that had the text of this fingerprint before they changed, in order. Those that were changed by an
        update of the index know their earlier texts."""
        known_by = Term("word", in_column(EARLIER, fingerprint))
        return list(self._engine.select(Group((known_by,), boost=0.0)))

    def fingerprints(self) -> Fingerprints:
        """Which documents have which text, for permalinks and copies; the first call reads all documents."""
        self._fingerprints.bring_up(self._engine)
        return self._fingerprints

    def passages(self, id: str) -> tuple[tuple[int, int, str], ...]:
        """The passages of a document's text in one language each: (start, end, ISO 639-1 code), in order."""
        stored = self._stored([id]).get(id)
        return tuple(stored.passages) if stored else ()

    def named(self, id: str) -> list[tuple[str, int]]:
        """The full names of persons in a document, as they are spelled there without case endings, the most frequent first."""
        data = self._engine.fetch([id]).get(id)
        counts: dict[str, int] = {}
        for (form, certain), count in records.person_names(data).items() if data else ():
            if certain and form.full:
                counts[form.text] = counts.get(form.text, 0) + count
        return sorted(counts.items(), key=lambda item: (-item[1], item[0]))

    def statistics(self) -> dict[str, Any]:
        """Counts: documents, bytes on disk, documents a language, earliest and latest date, engine; files that failed and
        scans, None where they are not known (see `failures`)."""
        from searchkit.collection.statistics import statistics

        return statistics(self._engine, self.failures())

    def repaired(self) -> Iterator[Notice]:
        """The documents, by id, whose text was mended when it was read, each with what was done; streams."""
        from searchkit.collection import repaired

        return repaired.documents(self._engine)

    def failures(self) -> list[Failure] | None:
        """The files that the last updates could not read. None where that is not known: while an update is under way, and
        until the next one where the list of files was lost."""
        from searchkit.collection import cluster_sources, manifest

        if cluster_index.is_one(self.folder):
            return [Failure(path, reason) for path, reason in cluster_sources.failures(self.folder)]
        file = self.folder / description.MANIFEST
        if not os.path.lexists(file) and not any(name for _, _, name in self._engine.ids()):
            return []  # no document came from a file
        failed = manifest.failures(file)
        return None if failed is None else [Failure(path, reason) for path, reason in failed]
