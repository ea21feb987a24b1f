"""Index: the one place where analysis, documents, query and an engine meet; `description` says what it is on disk."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal, get_args

from searchkit.collection import description, mentions, records, storage
from searchkit.collection.fetching import fetched
from searchkit.collection.file_names import Names
from searchkit.collection.fingerprints import Fingerprints
from searchkit.collection.results import Results
from searchkit.collection.storage import Storage
from searchkit.engines.base import FACETS, Batch, Engine, Facet, Order
from searchkit.errors import BrokenIndexError, QueryError, SearchkitError
from searchkit.model import Document, Failure, Hit, Mention, Namesake, Occurrence, Person, Progress, SyncReport
from searchkit.terms import query_tree

if TYPE_CHECKING:
    from searchkit.collection.same_text import SameText
    from searchkit.collection.verification import Verification
    from searchkit.documents.ocr import Ocr
    from searchkit.people import Name
    from searchkit.query import Options

DEFAULT_ENGINE = "whoosh"
MANY_DOCUMENTS = 50_000
"""From here on the default engine's users are told of the faster one."""
Match = Literal["exact", "forms", "scripts", "meanings"]
WAIT = 60.0
"""Seconds that a change waits for others, which may be adding too."""


def open(  # noqa: A001
    folder: str | os.PathLike[str], engine: str | None = None, create: bool | None = None
) -> Index:
    """Open the index in `folder`, or create it in an empty one.

    With `create=True` a folder that is not there is made; with `create=False` one without an index is an error. `engine` is
    needed only for a new index; the index remembers it. Raises BrokenIndexError.
    """
    path = Path(folder)
    described = description.read(path)
    if described is None or described.new:
        if create is False or (create is None and not path.is_dir()):
            raise BrokenIndexError(
                f"There is no index in {path}: make one with searchkit index PATH, or name its folder with --index."
            )
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


class Index:
    """An open index. Use it as a context manager, or `close` it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._opened: Storage | None = Storage(folder)
        self._fingerprints = Fingerprints()
        self._further_languages: tuple[object, tuple[str, ...]] | None = None

    def __enter__(self) -> Index:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __len__(self) -> int:
        """The number of documents."""
        return len(self._engine)

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

    def upgrade(self, progress: Progress | None = None) -> int:
        """Bring an `outdated` index to today's format and analysis, from the texts that it keeps; returns the number of
        documents that were analysed anew. It answers as before until the new one stands, also after an interruption."""
        with self._storage.locked():
            return self._storage.bring_up(progress)

    # -------------------------------------------------------------- changing
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
            return sum(batch.remove(id) for id in ids)

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
        ocr: bool | None = None,
        ocr_languages: str | None = None,
    ) -> SyncReport:
        """Bring the index up to date with the files at or below `paths`; None: those that were given before, each with the
        `exclude` and `follow_links` that it was given with.

        New files are added, changed ones replaced, gone ones removed, moved ones recognised; all others are not read.
        Files outside `paths` are left alone. Where a given path, or the disk below it, seems not to be connected, its
        documents stay and that is a failure, unless `prune`. `exclude` are glob patterns of files to pass over; `force`
        reads every file again; `jobs` is the number of worker processes (default: one less than there are cores);
        `follow_links` reads what symbolic links out of `paths` lead to; `ocr` reads scanned pages and pictures by Tesseract,
        in `ocr_languages` as it names them ("kaz+rus+eng"; by default those, or where most documents are Uzbek its own);
        None does as the last update did. What was committed before an interruption stays;
        the next run does the rest. Raises LockedIndexError, WorkerError, SearchkitError where `paths` is None and none were
        given before.
        """
        from searchkit.collection import roots, sync

        settings = sync.Settings(exclude, force, prune, jobs, follow_links, ocr=self._ocr(ocr, ocr_languages))
        with self._storage.writing(progress) as engine:
            if paths is None:
                return sync.sync_roots(self.folder, engine, roots.read(self.folder), progress, settings)
            paths = list(paths)
            sync.remember_roots(self.folder, paths, settings)
            return sync.sync(self.folder, engine, paths, progress, settings)

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
        ocr: bool | None = None,
        ocr_languages: str | None = None,
    ) -> Generator[SyncReport, None, None]:
        """Keep the index up to date with the files at or below `paths`, as `sync` brings it up to date: a report of a `sync` of
        them all first, then one of each batch of changes. It goes on until it is closed, and lets other processes update
        the index between two reports.

        Raises SearchkitError, also where the system cannot watch the files.
        """
        from searchkit.collection import roots, sync, watch
        from searchkit.documents.workers.pool import WorkerPool

        reading = self._ocr(ocr, ocr_languages)
        settings = sync.Settings(exclude, jobs=jobs, follow_links=follow_links, ocr=reading)
        with self._storage.writing(progress):
            known = sync.remember_roots(self.folder, paths, settings) if paths is not None else roots.read(self.folder)
        names = Names(self.folder)
        # Processes that are there already read a changed file at once.
        with WorkerPool(jobs, sync.TRANSFORM, ocr=reading) as workers:

            def update(within: set[str] | None) -> SyncReport:
                own = replace(settings, within=within, workers=workers)
                with self._storage.writing(progress) as engine:
                    return sync.sync_roots(self.folder, engine, known, None if within else progress, own)

            yield from watch.reports([names.path(root.name) for root in known], names.index, update)

    def convert(self, engine: str, progress: Progress | None = None) -> int:
        """Move the index to another engine, without reading the files again; returns the number of documents.

        The old engine answers until the new one holds everything; an interruption leaves the old one. Raises
        LockedIndexError, SearchkitError for an engine that is not there.
        """
        self._storage.convert(engine, progress)
        return len(self)

    def verify(self, repair: bool = False, progress: Progress | None = None) -> Verification:
        """Read every byte of the index and of the files that it was made of, and say what is wrong; with `repair`, mend it
        from what is whole and from the files. Raises LockedIndexError."""
        from searchkit.collection import verification

        with self._storage.locked():
            if repair:
                self._storage.bring_up_if_whole(progress)
            self._storage.close()
            return verification.verify(self.folder, repair, progress)

    def suggests_conversion(self) -> bool:
        """Whether the index has outgrown the default engine; True once, the answer is remembered."""
        if self._engine.name != DEFAULT_ENGINE or len(self) <= MANY_DOCUMENTS:
            return False
        return self._storage.suggest_conversion()

    # -------------------------------------------------------------- reading
    def get(self, id: str) -> Document | None:
        """The document of an id."""
        stored = self._stored([id]).get(id)
        return stored.document if stored else None

    def statistics(self) -> dict[str, Any]:
        """Counts: documents, bytes on disk, documents a language, earliest and latest date, engine."""
        from searchkit.collection.statistics import statistics

        return statistics(self._engine, self.failures() or [])

    def search(
        self,
        query: str,
        limit: int = 10,
        offset: int = 0,
        plain: bool = False,
        *,
        language: str | None = None,
        date: str | None = None,
        path: str | None = None,
        type: str | None = None,
        folder: str | None = None,
        order: Order = "score",
        match: Match = "meanings",
        translate: bool = True,
        transliterate: bool = True,
        snippets: int = 2,
    ) -> Results:
        """Find documents; see docs/query-language.md for what a query may hold.

        `plain` takes the query as words with no operators and never raises; otherwise a query that cannot be
        understood raises QueryError. `match` is how far a word may be from what it matches: "exact", the very word;
        "forms", its forms in its own alphabet; "scripts", other alphabets and spellings too; "meanings", words of other
        languages for the same concept too. `translate` and `transliterate` leave out the last two alone. Filters narrow
        the answer: `language` (ISO 639-1), `date` ("2025..2026", "none"), `path`, `type` (of the file: "pdf"), `folder`; of
        the first and the last two, several after commas are any of them, and one after "-" is left out. `order` is "score", "newest" or "oldest";
        `snippets` is how many passages a hit shows at most.
        """
        from searchkit import query as queries
        from searchkit.collection.answer import answer

        _check("order", order, get_args(Order))
        if limit < 0 or offset < 0:
            raise QueryError("limit and offset count documents: give 0 or more.")
        options = self._options(match, translate, transliterate)
        filters = queries.filters(language=language, date=date, path=path, type=type, folder=folder)
        own_words = order == "score" and not plain
        found = answer(
            self._engine, queries.attempts(query, plain, options), filters, limit, offset, order, own_words=own_words
        )
        stored = self._stored(id for _, id, _ in found.matches)
        hits = [self._hit(stored[id], score, tree, snippets) for tree, id, score in found.matches if id in stored]
        few = not plain and found.complete < queries.ENOUGH
        suggestion = queries.suggest(query, self._engine, options, max(1, found.complete)) if few else None
        return Results(found.total, hits, found.complete, suggestion)

    def facets(
        self,
        query: str,
        names: Iterable[Facet] = FACETS,
        plain: bool = False,
        *,
        language: str | None = None,
        date: str | None = None,
        path: str | None = None,
        type: str | None = None,
        folder: str | None = None,
        match: Match = "meanings",
        translate: bool = True,
        transliterate: bool = True,
    ) -> dict[Facet, dict[str, int]]:
        """How many documents of the answer to `search` have each language, year, type and folder of their file.

        Values come most frequent first, years in order of time; "" counts the documents without one. A facet is counted
        without the filter of its own (languages without `language`, years without `date`, types without `type`, folders without `folder`), so that
        its numbers say what another choice would give. Raises QueryError.
        """
        from searchkit import query as queries
        from searchkit.collection import facet_values
        from searchkit.collection.answer import answer

        given = {"language": language, "date": date, "path": path, "type": type, "folder": folder}
        attempts = queries.attempts(query, plain, self._options(match, translate, transliterate))
        asked = answer(self._engine, attempts, queries.filters(**given)).tree
        return facet_values.counts(self._engine, asked, names, given)

    def show(self, id: str, query: str | None = None) -> Hit | None:
        """A whole document as one snippet, the words that answer `query` marked; None where the id is not there."""
        from searchkit import query as queries
        from searchkit.highlight import snippets

        stored = self._stored([id]).get(id)
        if stored is None:
            return None
        document = stored.document
        if query is None:
            return Hit(id, 0.0, document)
        expanded = queries.expand(queries.parse(query), self._options())
        return Hit(id, 0.0, document, (snippets.whole(document, stored.passages, expanded),))

    def concordance(
        self,
        query: str,
        plain: bool = False,
        *,
        language: str | None = None,
        date: str | None = None,
        path: str | None = None,
        type: str | None = None,
        folder: str | None = None,
        match: Match = "meanings",
        translate: bool = True,
        transliterate: bool = True,
    ) -> Iterator[Occurrence]:
        """Every place that answers a query, document by document in order of id, in reading order; streams.

        The arguments are those of `search`. The documents are those that hold all the words, or, where none does, those
        that `search` finds instead. Raises QueryError.
        """
        from searchkit import query as queries
        from searchkit.highlight.matches import Matcher
        from searchkit.highlight.occurrences import occurrences

        options = self._options(match, translate, transliterate)
        filters = queries.filters(language=language, date=date, path=path, type=type, folder=folder)
        for tree, _ in queries.attempts(query, plain, options):
            text, title = Matcher(tree), Matcher(tree, title=True)
            found = False
            for stored in self._each(self._engine.select(query_tree.And((tree, *filters)))):
                found = True
                yield from occurrences(stored.document, stored.fields(), text, title)
            if found:
                return

    def original(self, id: str) -> Path | None:
        """The file that a document was read from, or would be if it is gone; None for one that has none, or for no document."""
        stored = self._stored([id]).get(id)
        return Path(Names(self.folder).path(stored.file)) if stored and stored.file else None

    def duplicates(
        self,
        *,
        language: str | None = None,
        date: str | None = None,
        path: str | None = None,
        type: str | None = None,
        folder: str | None = None,
    ) -> list[SameText]:
        """The documents that have the same text to the letter, the largest group first; all are read. The filters are
        those of `search`."""
        from searchkit import query as queries
        from searchkit.collection import same_text

        filters = queries.filters(language=language, date=date, path=path, type=type, folder=folder)
        ids = self._engine.select(query_tree.And((query_tree.Everything(), *filters)))
        return list(same_text.groups(stored.document for stored in self._each(ids)))

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
        ids = self._engine.select(query_tree.And((query_tree.Everything(), *filters)))
        return (stored.document for stored in self._each(ids))

    def fingerprints(self) -> Fingerprints:
        """Which documents have which text, for permalinks and copies; the first call reads all documents."""
        self._fingerprints.bring_up(self._engine)
        return self._fingerprints

    def ids(self, part: str = "") -> Iterator[str]:
        """The ids of all documents, in order; with `part`, of those that hold it, whatever its case."""
        wanted = part.casefold()
        return (id for id in self._engine.select(query_tree.Everything()) if wanted in id.casefold())

    def mentions(
        self,
        name: str,
        *,
        language: str | None = None,
        date: str | None = None,
        path: str | None = None,
        type: str | None = None,
        folder: str | None = None,
    ) -> Iterator[Mention]:
        """Every place that names the person, document by document in order of id, in reading order; streams.

        `name` may be in any script, order and form; the filters are those of `search`. Raises QueryError for a text
        that cannot be a name.
        """
        from searchkit import query as queries

        wanted, candidates = self._candidates(
            name, queries.filters(language=language, date=date, path=path, type=type, folder=folder)
        )
        reader = mentions.Reader(self._engine, wanted)
        for stored, words in reader.documents(candidates):
            yield from reader.mentions(stored, words)

    def namesakes(
        self,
        name: str,
        *,
        language: str | None = None,
        date: str | None = None,
        path: str | None = None,
        type: str | None = None,
        folder: str | None = None,
    ) -> list[Namesake]:
        """The mentions of a name by the people who bear it, most mentioned first, each with the company it stands in.

        Patronymics and company tell them apart (`people.namesakes`); where they do not, a document stands alone.
        Arguments and errors are those of `mentions`.
        """
        from searchkit import people
        from searchkit import query as queries

        wanted, candidates = self._candidates(
            name, queries.filters(language=language, date=date, path=path, type=type, folder=folder)
        )
        gathered = people.Namesakes()
        reader = mentions.Reader(self._engine, wanted)
        for stored, _ in reader.documents(candidates):
            gathered.read((text, tokens, list(found)) for text, tokens, found in reader.whole(stored))

        def naming(person: str) -> int:
            return self._engine.search(people.candidates(people.parse(person)), limit=0).total

        return gathered.apart(len(self), naming, lambda stem: self._engine.frequency("stem", stem))

    def _candidates(self, name: str, filters: tuple[query_tree.Node, ...]) -> tuple[Name, Iterator[str]]:
        """A name taken apart, and the ids of all documents that may hold it. Raises QueryError for what is no name."""
        from searchkit import people

        wanted = people.parse(name)
        if not (wanted.given or wanted.surname):
            raise QueryError("That is not a name: write a given name and a surname, as in Gaziza Nurgaliyeva.")
        return wanted, self._engine.select(query_tree.And((people.candidates(wanted), *filters)))

    def people(
        self,
        limit: int | None = None,
        *,
        language: str | None = None,
        date: str | None = None,
        path: str | None = None,
        type: str | None = None,
        folder: str | None = None,
    ) -> list[Person]:
        """The persons of the collection with their spellings merged, most mentioned first, at most `limit` of them.

        Their names were found when the documents were indexed. The filters are those of `search`; counts are of the documents they leave.
        """
        from searchkit import people
        from searchkit import query as queries

        filters = queries.filters(language=language, date=date, path=path, type=type, folder=folder)
        ids = self._engine.select(query_tree.And((query_tree.Everything(), *filters)))
        census = people.Census()
        for data in fetched(self._engine, ids):
            census.read(records.person_names(data))
        return census.persons()[:limit]

    def failures(self) -> list[Failure] | None:
        """The files that the last updates could not read; None while an update is under way."""
        file = self.folder / description.MANIFEST
        if not file.exists():
            return []
        from searchkit.collection import manifest

        failed = manifest.failures(file)
        return None if failed is None else [Failure(path, reason) for path, reason in failed]

    def explain(
        self,
        query: str,
        plain: bool = False,
        translate: bool = True,
        transliterate: bool = True,
        *,
        match: Match = "meanings",
    ) -> str:
        """What a query looks for, word by word: every index term with its weight and where it comes from."""
        from searchkit import query as queries

        attempt = next(queries.attempts(query, plain, self._options(match, translate, transliterate)))
        return queries.describe(attempt.tree)

    def _options(self, match: Match = "meanings", translate: bool = True, transliterate: bool = True) -> Options:
        from searchkit.lexicon import user
        from searchkit.query import Options

        _check("match", match, get_args(Match))
        translate = translate and match == "meanings"
        lexicon = user.opened(self.folder) if translate else None
        return Options(
            translate,
            transliterate and match in ("scripts", "meanings"),
            self._languages(),
            lexicon,
            engine=self._engine,
            exact=match == "exact",
        )

    def _languages(self) -> tuple[str, ...]:
        """The languages of the collection beyond those that every query is read in; asked for once a committed state."""
        from searchkit import languages

        version = self._engine.generation
        if self._further_languages is None or self._further_languages[0] != version:
            further = (code for code in languages.codes() if not languages.is_always_asked(code))
            held = (code for code in further if self._engine.search(query_tree.InLanguage(code), limit=0).total)
            self._further_languages = version, tuple(held)
        return self._further_languages[1]

    def _hit(self, stored: records.Stored, score: float, expanded: query_tree.Node, count: int) -> Hit:
        from searchkit.highlight import snippets

        document = stored.document
        return Hit(
            document.id,
            score,
            document,
            *snippets.answer(document, stored.passages, stored.title_passages, expanded, count),
        )

    def _each(self, ids: Iterator[str]) -> Iterator[records.Stored]:
        """The stored documents of ids, in their order."""
        return map(records.unpack, fetched(self._engine, ids))

    def _stored(self, ids: Iterable[str]) -> dict[str, records.Stored]:
        return {id: records.unpack(data) for id, data in self._engine.fetch(ids).items()}


def _check(name: str, value: str, choices: tuple[str, ...]) -> None:
    if value not in choices:
        raise QueryError(f"There is no {name} “{value}”: choose one of {', '.join(choices)}.")
