"""Questions to an index in words: search, facets, every place of a document or of all, what a query looks for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

from searchkit.collection import records
from searchkit.collection.fetching import fetched
from searchkit.collection.open_index import OpenIndex
from searchkit.collection.recent_attempts import RecentAttempts
from searchkit.collection.results import Order, Results
from searchkit.engines.base import FACETS, Engine
from searchkit.errors import QueryError
from searchkit.model import Hit, Occurrence, Person
from searchkit.terms import query_tree

if TYPE_CHECKING:
    from searchkit.collection.facet_values import AnyFacet
    from searchkit.query import Options
    from searchkit.query.relaxation import Attempt

Match = Literal["exact", "forms", "scripts", "meanings"]

_MOST_WORDS = 12
"""Words of a query of which it is said which a hit lacks."""


class IndexQueries(OpenIndex):
    """An index that answers queries."""

    _further_languages: tuple[object, tuple[str, ...]] | None = None
    """The committed state, and what `_languages` found in it."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._recent = RecentAttempts()

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
        leave_out: Sequence[str] = (),
        snippets: int = 2,
    ) -> Results:
        """Find documents; see docs/query-language.md for what a query may hold.

        `plain` takes the query as words with no operators and never raises; otherwise a query that cannot be
        understood raises QueryError. `match` is how far a word may be from what it matches: "exact", the very word;
        "forms", its forms in its own alphabet; "scripts", other alphabets and spellings too; "meanings", words of other
        languages for the same concept too. `translate` and `transliterate` leave out the last two alone, `leave_out` single words of
        other languages. Filters narrow
        the answer: `language` (ISO 639-1), `date` ("2025..2026", "none"), `path`, `type` (of the file: "pdf"), `folder`; of
        the first and the last two, several after commas are any of them, and one after "-" is left out. `order` is "score", "newest", "oldest" (by date) or
        "added" (what came into the index, or changed, last comes first);
        `snippets` is how many passages a hit shows at most.
        """
        found, hits = self._search(
            query,
            limit,
            offset,
            plain,
            order,
            {"language": language, "date": date, "path": path, "type": type, "folder": folder},
            {"match": match, "translate": translate, "transliterate": transliterate, "leave_out": leave_out},
            snippets,
        )
        return Results(found.total, hits, found.complete, found.suggestion)

    def search_one_by_one(
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
        leave_out: Sequence[str] = (),
        snippets: int = 2,
    ) -> tuple[Results, Iterator[Hit]]:
        """As `search`, for whoever shows the first hit before the last is made: (what is known of the answer, its hits one by one).

        The results hold no hits; the passages of each are chosen when it is asked for, while the index is open.
        """
        return self._search(
            query,
            limit,
            offset,
            plain,
            order,
            {"language": language, "date": date, "path": path, "type": type, "folder": folder},
            {"match": match, "leave_out": leave_out},
            snippets,
        )

    def _search(
        self,
        query: str,
        limit: int,
        offset: int,
        plain: bool,
        order: Order,
        narrowing: dict[str, str | None],
        matching: dict[str, Any],
        snippets: int,
    ) -> tuple[Results, Iterator[Hit]]:
        from searchkit import query as queries
        from searchkit.collection.answer import answer

        _check("order", order, get_args(Order))
        if limit < 0 or offset < 0:
            raise QueryError("limit and offset count documents: give 0 or more.")
        attempts = self._attempts(query, plain, **matching)
        filters = queries.filters(**narrowing)
        own_words = order == "score" and not plain
        found = answer(self._engine, attempts, filters, limit, offset, order, own_words=own_words)
        stored = self._engine.fetch(id for _, id, _ in found.matches)
        words, engine = _plain_words(query), self._engine
        suggestion = None
        if not plain and found.complete < queries.ENOUGH:
            options = self._options(**{name: value for name, value in matching.items() if name != "leave_out"})
            suggestion = queries.suggest(query, self._engine, options, max(1, found.complete))
        hits = (
            self._hit(
                engine, records.unpack(stored[id]), score, tree, snippets, words if place > found.complete else []
            )
            for place, (tree, id, score) in enumerate(found.matches, offset + 1)
            if id in stored
        )
        return Results(found.total, (), found.complete, suggestion), hits

    def facets(
        self,
        query: str,
        names: Iterable[AnyFacet] = FACETS,
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
        leave_out: Sequence[str] = (),
    ) -> dict[AnyFacet, dict[str, int]]:
        """How many documents of the answer to `search` have each language, year, type and folder of their file; with "person"
        among the names also how many name each person, by the name that `people` gives.

        Values come most frequent first, years in order of time; "" counts the documents without one. A facet is counted
        without the filter of its own (languages without `language`, years without `date`, types without `type`, folders without `folder`), so that
        its numbers say what another choice would give. Raises QueryError.
        """
        from searchkit import query as queries
        from searchkit.collection import facet_values
        from searchkit.collection.answer import answer

        given = {"language": language, "date": date, "path": path, "type": type, "folder": folder}
        attempts = self._attempts(query, plain, match, translate, transliterate, leave_out)
        asked = answer(self._engine, attempts, queries.filters(**given)).tree
        wanted = list(names)
        for name in wanted:
            _check("facet", name, facet_values.ALL_FACETS)
        return facet_values.counts(self._engine, asked, wanted, given, self._who_is_named)

    def people_in(
        self,
        query: str,
        limit: int | None = None,
        plain: bool = False,
        *,
        language: str | None = None,
        date: str | None = None,
        path: str | None = None,
        type: str | None = None,
        folder: str | None = None,
        match: Match = "meanings",
        leave_out: Sequence[str] = (),
    ) -> list[Person]:
        """The persons whom the documents of the answer to `search` name, as `people` lists those of the collection: a facet
        whose values are persons. Raises QueryError."""
        from searchkit import people
        from searchkit import query as queries
        from searchkit.collection.answer import answer

        filters = queries.filters(language=language, date=date, path=path, type=type, folder=folder)
        found = answer(self._engine, self._attempts(query, plain, match, leave_out=leave_out), filters)
        census = people.Census()
        for data in fetched(self._engine, self._engine.select(query_tree.And((found.tree, *filters)))):
            census.read(records.person_names(data))
        return census.persons()[:limit]

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
        leave_out: Sequence[str] = (),
    ) -> Iterator[Occurrence]:
        """Every place that answers a query, document by document in order of id, in reading order; streams.

        The arguments are those of `search`. The documents are those that hold all the words, or, where none does, those
        that `search` finds instead. Raises QueryError.
        """
        from searchkit import query as queries
        from searchkit.highlight.matches import Matcher
        from searchkit.highlight.occurrences import occurrences

        filters = queries.filters(language=language, date=date, path=path, type=type, folder=folder)
        for tree, *_ in self._attempts(query, plain, match, translate, transliterate, leave_out):
            text, title = Matcher(tree), Matcher(tree, title=True)
            found = False
            for stored in self._each(self._engine.select(query_tree.And((tree, *filters)))):
                found = True
                yield from occurrences(stored.document, stored.fields(), text, title)
            if found:
                return

    def explain(
        self,
        query: str,
        plain: bool = False,
        translate: bool = True,
        transliterate: bool = True,
        *,
        match: Match = "meanings",
        say: Callable[..., str] | None = None,
    ) -> str:
        """The expansion of a query, word by word: every index term with its weight and where it comes from; `say` gives a message, with
        %(values)s, in another language than English."""
        from searchkit import query as queries

        attempt = next(self._attempts(query, plain, match, translate, transliterate))
        return queries.describe(attempt.tree, say) if say else queries.describe(attempt.tree)

    def word_frequency(self, word: str) -> int:
        """In how many documents a word stands, in any of its forms; of several side by side, in how many their rarest does."""
        from searchkit.query import left_out

        return left_out.frequency(self._engine, word)

    def _attempts(
        self,
        query: str,
        plain: bool,
        match: Match = "meanings",
        translate: bool = True,
        transliterate: bool = True,
        leave_out: Sequence[str] = (),
    ) -> Iterator[Attempt]:
        """The trees to try for a query, the strictest first. Raises QueryError."""
        from searchkit.lexicon import user

        def made() -> Iterator[Attempt]:
            from searchkit import query as queries

            found = queries.attempts(query, plain, self._options(match, translate, transliterate))
            return queries.without_translations(found, leave_out) if leave_out else found

        _check("match", match, get_args(Match))
        settings = (query, plain, match, translate, transliterate, tuple(leave_out))
        return self._recent.of((settings, self._engine.generation, user.state(self.folder)), made)

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

    def _hit(
        self,
        engine: Engine,
        stored: records.Stored,
        score: float,
        expanded: query_tree.Node,
        count: int,
        words: list[str],
    ) -> Hit:
        """A hit with `count` passages at most. It may lack some of `words`."""
        from searchkit.collection.same_text import copies
        from searchkit.highlight import snippets

        document = stored.document
        found = snippets.answer(document, stored.passages, stored.title_passages, expanded, count)
        missing = [word for word in words if word not in found.labels] if count else []
        if missing and document.title:
            in_title = snippets.title_labels(document, stored.title_passages, expanded)
            missing = [word for word in missing if word not in in_title]
        return Hit(
            document.id,
            score,
            document,
            found.snippets,
            found.places,
            found.pages,
            copies(engine, stored.same_text),
            tuple(missing),
        )


def _plain_words(query: str) -> list[str]:
    """The words of a query without operators; none for any other."""
    words = list(dict.fromkeys(query.split()))
    return words if all(map(str.isalpha, words)) and len(words) <= _MOST_WORDS else []


def _check(name: str, value: str, choices: tuple[str, ...]) -> None:
    if value not in choices:
        raise QueryError(f"There is no {name} “{value}”: choose one of {', '.join(choices)}.")
