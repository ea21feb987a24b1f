"""Questions to an index about people: where somebody is named, by how many of the name, who is named at all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from searchkit.collection import mentions, records
from searchkit.collection.fetching import fetched
from searchkit.collection.open_index import OpenIndex
from searchkit.errors import QueryError
from searchkit.model import Mention, Namesake, Person
from searchkit.terms import query_tree

if TYPE_CHECKING:
    from searchkit.people import Name


class IndexNames(OpenIndex):
    """An index that knows names of people."""

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
        for stored, windows in reader.documents(candidates):
            yield from reader.mentions(stored, windows)

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
        """The mentions of a name by the people who bear it, most mentioned first, each with the context it stands in.

        Patronymics and context tell them apart (`people.namesakes`); where they do not, a document stands alone.
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
        if not filters:
            return self._who_is_named.persons(self._engine)[:limit]
        census = people.Census()
        for data in fetched(self._engine, self._selected(filters)):
            census.read(records.person_names(data))
        return census.persons()[:limit]

    def _candidates(self, name: str, filters: tuple[query_tree.Node, ...]) -> tuple[Name, Iterator[str]]:
        """A name taken apart, and the ids of all documents that may hold it. Raises QueryError for what is no name."""
        from searchkit import people

        wanted = people.parse(name)
        if not (wanted.given or wanted.surname):
            raise QueryError("That is not a name: write a given name and a surname, as in Gaziza Nurgaliyeva.")
        return wanted, self._engine.select(query_tree.And((people.candidates(wanted), *filters)))
