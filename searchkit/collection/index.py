"""Index: the one place where analysis, documents, query and an engine meet.

An index is a folder:

    searchkit.json   the format's version and the engine's name
    manifest.sqlite  the files that were read (see `manifest`)
    <engine>/        the engine's own files
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from searchkit import engines
from searchkit.collection import records
from searchkit.engines.base import Engine, Order
from searchkit.errors import BrokenIndexError, QueryError
from searchkit.model import Document, Failure, Hit, Mention, Namesake, Person, Progress, SyncReport
from searchkit.terms import query_tree

if TYPE_CHECKING:
    from searchkit.analysis import analyse
    from searchkit.model import Token
    from searchkit.people import Found, Name
    from searchkit.query import Options

DESCRIPTION = "searchkit.json"
FORMAT = 1
DEFAULT_ENGINE = "whoosh"
MANY_DOCUMENTS = 50_000
"""From here on the default engine's users are told of the faster one."""
DOCUMENTS_HELD = 64
"""How many stored documents are held at once while mentions are read."""


def open(folder: str | os.PathLike[str], engine: str | None = None, create: bool = True) -> Index:  # noqa: A001
    """Open the index in `folder`, or create it there.

    `engine` is needed only for a new index; the index remembers it. With `create=False` a folder that holds no
    index is an error. Raises BrokenIndexError.
    """
    path = Path(folder)
    description = path / DESCRIPTION
    if description.exists():
        name = _described(description)["engine"]
        if engine is not None and engine != name:
            raise BrokenIndexError(
                f"The index in {path} was made with the engine {name}: leave the engine out, or name {name}."
            )
        (path / name).mkdir(exist_ok=True)
        return Index(path, engines.open(name, path / name))
    if not create:
        raise BrokenIndexError(
            f"There is no index in {path}: make one with searchkit index PATH, or name its folder with --index."
        )
    if path.exists() and (not path.is_dir() or any(not entry.name.startswith(".") for entry in path.iterdir())):
        raise BrokenIndexError(f"{path} holds other files and no index: choose an empty or a new folder.")
    name = engine or DEFAULT_ENGINE
    engines.load(name)
    (path / name).mkdir(parents=True, exist_ok=True)
    opened = engines.open(name, path / name)
    _describe(path, name)
    return Index(path, opened)


def _describe(folder: Path, engine: str, **more: Any) -> None:
    description = folder / DESCRIPTION
    temporary = description.with_suffix(".new")
    temporary.write_text(json.dumps({"format": FORMAT, "engine": engine, **more}) + "\n", encoding="utf-8")
    os.replace(temporary, description)


def _described(description: Path) -> dict[str, Any]:
    try:
        content = json.loads(description.read_text(encoding="utf-8"))
        version, _ = content["format"], content["engine"]
    except (OSError, ValueError, KeyError, TypeError):
        raise BrokenIndexError(
            f"{description} is damaged: delete the folder {description.parent} and index again."
        ) from None
    if version != FORMAT:
        raise BrokenIndexError(
            f"The index in {description.parent} has format {version}, this searchkit reads {FORMAT}:"
            " delete the folder and index again."
        )
    return dict(content)


class Results:
    """The answer to a search: `len()` counts all matches; iterating gives the hits of this page, best first.

    `complete`: how many documents hold all the words; they come before those that hold some of them. `suggestion`: a
    query that would find more, where this one found nothing; else None.
    """

    def __init__(
        self, total: int, hits: Iterable[Hit] = (), complete: int | None = None, suggestion: str | None = None
    ) -> None:
        self.total = total
        self.hits = tuple(hits)
        self.complete = total if complete is None else complete
        self.suggestion = suggestion

    @property
    def relaxed(self) -> bool:
        """Whether no document holds all the words, so that these hold some of them."""
        return not self.complete and self.total > 0

    def __len__(self) -> int:
        return self.total

    def __iter__(self) -> Iterator[Hit]:
        return iter(self.hits)

    def __getitem__(self, position: int) -> Hit:
        return self.hits[position]

    def __repr__(self) -> str:
        return f"<Results: {len(self.hits)} of {self.total}>"


class Index:
    """An open index. Use it as a context manager, or `close` it."""

    def __init__(self, folder: Path, engine: Engine) -> None:
        self.folder = folder
        self._engine = engine
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

    def close(self) -> None:
        """Free the engine's files; the index is not used afterwards."""
        self._engine.close()

    # -------------------------------------------------------------- changing
    def add(self, documents: Iterable[Document]) -> int:
        """Insert documents, or replace those of the same id; all are durable when it returns, or none is in.

        Returns how many were given. Raises DocumentError, LockedIndexError.
        """
        ids: list[str] = []
        with self._engine.write() as batch:
            for document in documents:
                batch.add(records.record(document))
                ids.append(document.id)
        self._forget_files_of(ids)
        return len(ids)

    def remove(self, ids: Iterable[str]) -> int:
        """Remove documents; returns how many were there. The next `sync` brings back those whose file is still there."""
        wanted = list(ids)
        with self._engine.write() as batch:
            removed = sum(batch.remove(id) for id in wanted)
        self._forget_files_of(wanted)
        return removed

    def sync(
        self,
        paths: Iterable[str | os.PathLike[str]],
        progress: Progress | None = None,
        *,
        exclude: Sequence[str] = (),
        force: bool = False,
        jobs: int | None = None,
        follow_links: bool = False,
    ) -> SyncReport:
        """Bring the index up to date with the files at or below `paths`.

        New files are added, changed ones replaced, gone ones removed, moved ones recognised; all others are not read.
        Files outside `paths` are left alone. `exclude` are glob patterns of files to pass over; `force` reads every
        file again; `jobs` is the number of worker processes (default: one less than there are cores); `follow_links` reads
        what symbolic links out of `paths` lead to. What was committed before an interruption stays; the next run does the
        rest. Raises LockedIndexError, WorkerError.
        """
        from searchkit.collection.sync import sync

        return sync(
            self.folder,
            self._engine,
            paths,
            progress,
            exclude=exclude,
            force=force,
            jobs=jobs,
            follow_links=follow_links,
        )

    def convert(self, engine: str, progress: Progress | None = None) -> int:
        """Move the index to another engine, without reading the files again; returns the number of documents.

        The old engine answers until the new one holds everything; an interruption leaves the old one. Raises
        LockedIndexError, SearchkitError for an engine that is not there.
        """
        from searchkit.collection.convert import fill

        old = self._engine
        if engine == old.name:
            return len(old)
        engines.load(engine)
        folder = self.folder / engine
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        new = engines.open(engine, folder)
        try:
            fill(self.folder, old, new, progress)
            _describe(self.folder, engine)
        except BaseException:
            new.close()
            shutil.rmtree(folder, ignore_errors=True)
            raise
        self._engine, self._further_languages = new, None
        old.close()
        shutil.rmtree(self.folder / old.name, ignore_errors=True)
        return len(new)

    def suggests_conversion(self) -> bool:
        """Whether the index has outgrown the default engine; True once, the answer is remembered."""
        if self._engine.name != DEFAULT_ENGINE or len(self) <= MANY_DOCUMENTS:
            return False
        if _described(self.folder / DESCRIPTION).get("conversion_suggested"):
            return False
        _describe(self.folder, self._engine.name, conversion_suggested=True)
        return True

    def _forget_files_of(self, ids: list[str]) -> None:
        file = self.folder / "manifest.sqlite"
        if ids and file.exists():
            from searchkit.collection.manifest import Manifest

            manifest = Manifest(file)
            manifest.invalidate(ids)
            manifest.close()

    # -------------------------------------------------------------- reading
    def get(self, id: str) -> Document | None:
        """The document of an id."""
        stored = self._stored([id]).get(id)
        return stored.document if stored else None

    def statistics(self) -> dict[str, Any]:
        """Counts: documents, bytes on disk, documents a language, earliest and latest date, engine."""
        from searchkit.languages import codes

        counts: dict[str, Any] = {"engine": self._engine.name, **self._engine.statistics()}

        found = {code: self._engine.search(query_tree.InLanguage(code), limit=0).total for code in codes()}
        counts["languages"] = {code: count for code, count in found.items() if count}
        dated = query_tree.DateRange("0001", "9999")
        for name, order in (("earliest", "oldest"), ("latest", "newest")):
            page = self._engine.search(dated, limit=1, order=order)  # type: ignore[arg-type]
            stored = self._stored([id for id, _ in page.matches])
            counts[name] = next((entry.document.date for entry in stored.values()), None)
        counts["failed"] = [{"path": failure.path, "reason": failure.reason} for failure in self.failures() or []]
        return counts

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
        order: Order = "score",
        translate: bool = True,
        transliterate: bool = True,
        snippets: int = 2,
    ) -> Results:
        """Find documents; see docs/query-language.md for what a query may hold.

        `plain` takes the query as words with no operators and never raises; otherwise a query that cannot be
        understood raises QueryError. `translate` finds words of other languages for the same concept, `transliterate`
        other alphabets and spellings. Filters narrow the answer: `language` (ISO 639-1), `date` ("2025..2026"),
        `path`. `order` is "score", "newest" or "oldest"; `snippets` is how many passages a hit shows at most.
        """
        from searchkit import query as queries

        options = self._options(translate, transliterate)
        filters = queries.filters(language=language, date=date, path=path)
        hits: list[Hit] = []
        total, complete = 0, -1
        wanted: list[query_tree.Node] = []
        for tree, last_resort in queries.attempts(query, plain, options):
            if last_resort and complete:
                break
            stricter = map(query_tree.Not, wanted)
            narrowed = query_tree.And((tree, *filters, *stricter)) if filters or wanted else tree
            page = self._engine.search(narrowed, limit - len(hits), max(0, offset - total), order)
            stored = self._stored([id for id, _ in page.matches])
            hits += (self._hit(stored[id], score, tree, snippets) for id, score in page.matches if id in stored)
            total += page.total
            complete = page.total if complete < 0 else complete
            if total >= (queries.ENOUGH if order == "score" else 1):
                break
            wanted.append(tree)
        suggestion = None if plain or total else queries.suggest(query, self._engine, options)
        return Results(total, hits, complete, suggestion)

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

    def mentions(
        self,
        name: str,
        *,
        language: str | None = None,
        date: str | None = None,
        path: str | None = None,
    ) -> Iterator[Mention]:
        """Every place that names the person, document by document in order of id, in reading order; streams.

        `name` may be in any script, order and form; the filters are those of `search`. Raises QueryError for a text
        that cannot be a name.
        """
        from searchkit import query as queries

        wanted, candidates = self._candidates(name, queries.filters(language=language, date=date, path=path))
        for stored in self._each(candidates):
            for _, _, found in _mentions_in(stored, wanted, stems=False):
                yield from found

    def namesakes(
        self,
        name: str,
        *,
        language: str | None = None,
        date: str | None = None,
        path: str | None = None,
    ) -> list[Namesake]:
        """The mentions of a name by the people who bear it, most mentioned first, each with the company it stands in.

        Patronymics and company tell them apart (`people.namesakes`); where they do not, a document stands alone.
        Arguments and errors are those of `mentions`.
        """
        from searchkit import people
        from searchkit import query as queries

        wanted, candidates = self._candidates(name, queries.filters(language=language, date=date, path=path))
        gathered = people.Namesakes()
        for stored in self._each(candidates):
            gathered.read(
                (text, tokens, list(found)) for text, tokens, found in _mentions_in(stored, wanted, stems=True)
            )

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
    ) -> list[Person]:
        """The persons of the collection with their spellings merged, most mentioned first, at most `limit` of them.

        All documents are read, a few at a time. The filters are those of `search`; counts are of the documents they leave.
        """
        from searchkit import people
        from searchkit import query as queries
        from searchkit.analysis import analyse

        filters = queries.filters(language=language, date=date, path=path)
        ids = self._engine.select(query_tree.And((query_tree.Everything(), *filters)))
        census = people.Census()
        for stored in self._each(ids):
            texts = ((text, passages) for _, text, passages in _fields(stored))
            census.read((text, analyse.analyze(text, passages=passages)) for text, passages in texts)
        return census.persons()[:limit]

    def failures(self) -> list[Failure] | None:
        """The files that the last updates could not read; None while an update is under way."""
        file = self.folder / "manifest.sqlite"
        if not file.exists():
            return []
        from searchkit.collection import manifest

        failed = manifest.failures(file)
        return None if failed is None else [Failure(path, reason) for path, reason in failed]

    def explain(self, query: str, plain: bool = False, translate: bool = True, transliterate: bool = True) -> str:
        """What a query looks for, word by word: every index term with its weight and where it comes from."""
        from searchkit import query as queries

        attempt = next(queries.attempts(query, plain, self._options(translate, transliterate)))
        return queries.describe(attempt.tree)

    def _options(self, translate: bool = True, transliterate: bool = True) -> Options:
        from searchkit.lexicon import user
        from searchkit.query import Options

        lexicon = user.opened(self.folder) if translate else None
        return Options(translate, transliterate, self._languages(), lexicon)

    def _languages(self) -> tuple[str, ...]:
        """The languages of the collection beyond those that every query is read in; asked for once a committed state."""
        from searchkit import languages
        from searchkit.query.query_word import QUERY_LANGUAGES

        version = self._engine.version()
        if self._further_languages is None or self._further_languages[0] != version:
            further = (code for code in languages.codes() if code not in QUERY_LANGUAGES)
            held = (code for code in further if self._engine.search(query_tree.InLanguage(code), limit=0).total)
            self._further_languages = version, tuple(held)
        return self._further_languages[1]

    def _hit(self, stored: records.Stored, score: float, expanded: query_tree.Node, count: int) -> Hit:
        from searchkit.highlight import snippets

        document = stored.document
        passages = snippets.best(document, stored.passages, stored.title_passages, expanded, count) if count else ()
        return Hit(document.id, score, document, tuple(passages))

    def _each(self, ids: Iterator[str]) -> Iterator[records.Stored]:
        """The stored documents of ids, in their order, a few held at a time."""
        while some := list(islice(ids, DOCUMENTS_HELD)):
            found = self._stored(some)
            yield from (found[id] for id in some if id in found)

    def _stored(self, ids: Iterable[str]) -> dict[str, records.Stored]:
        return {id: records.unpack(data) for id, data in self._engine.fetch(ids).items()}


def _fields(stored: records.Stored) -> list[tuple[str, str, list[analyse.Passage]]]:
    """("title" or "text", text, passages) of a document; the title only where it is not part of the text."""
    document = stored.document
    fields = [("text", document.text, stored.passages)]
    if document.title and document.title not in document.text:
        fields.insert(0, ("title", document.title, stored.title_passages))
    return fields


def _mentions_in(
    stored: records.Stored, wanted: Name, stems: bool
) -> Iterator[tuple[str, Sequence[Token], Iterator[Mention]]]:
    """(text, tokens, mentions) of a document: of its title, where that is not part of the text, then of its text."""
    from searchkit import people
    from searchkit.analysis import analyse

    for field, text, passages in _fields(stored):
        tokens = analyse.analyze(text, passages=passages, stems=stems)
        places = people.find(wanted, tokens, text)
        yield text, tokens, (_mention(stored.document, field, text, place) for place in places)


def _mention(document: Document, field: str, text: str, place: Found) -> Mention:
    from searchkit.highlight import snippets

    start, end = snippets.context(text, place.start, place.end)
    return Mention(
        document_id=document.id,
        start=place.start,
        end=place.end,
        text=text[place.start : place.end],
        score=place.score,
        context=text[start:end],
        context_start=start,
        context_end=end,
        kind=place.kind,
        form=place.form,
        named_after=place.named_after,
        reason=place.reason,
        field=field,
        page=document.page_at(place.start) if field == "text" else None,
        document_title=document.title,
        document_date=document.date,
    )
