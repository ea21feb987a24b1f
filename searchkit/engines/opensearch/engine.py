"""The OpenSearch engine: the protocol of `engines.base` on top of its parts."""

from __future__ import annotations

import base64
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from itertools import groupby, islice
from pathlib import Path
from typing import Any, TypeVar

from searchkit.engines.base import FACETS, Facet, Order, Page
from searchkit.engines.lock import create_once, locked
from searchkit.engines.opensearch import batch, best_matches, cluster_address, facets, mapping
from searchkit.engines.opensearch.connection import Connection, connect
from searchkit.engines.opensearch.frequencies import Frequencies
from searchkit.engines.opensearch.lease import Lease, is_held, leased
from searchkit.engines.opensearch.mapping import CUT, WINDOW
from searchkit.engines.opensearch.match_queries import EVERYTHING, HeldQueries, MatchQueries, Query
from searchkit.engines.opensearch.score_queries import ScoreQueries, scores
from searchkit.engines.opensearch.shared_state import SharedState
from searchkit.engines.opensearch.term_list import TermList
from searchkit.engines.opensearch.within_reach import WithinReach
from searchkit.errors import BrokenIndexError, NotReachableError, SearchkitError
from searchkit.terms.query_tree import Node, Term
from searchkit.text import edit_distance

T = TypeVar("T")
_PAGE = 5_000
"""Rows of one request of a list."""
_FETCHED = 64
"""Stored documents of one request."""
_FRESH = 0.1
"""Seconds for which the numbers that scores are made of are taken for those of the committed state, unless this process commits: one query of a user asks for dozens
of frequencies. Which documents match is asked anew each time."""
_KEEP = "10m"
"""How long the state that a list began in is kept for its next request."""
_BETWEEN = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 5.0)
"""Seconds between two tries of a search that a commit came in the way of."""
TURN = 120.0
"""Seconds that a writer waits for others to send their changes: twice as long as the lease of one that is gone holds."""
Row = tuple[str, str, str]


class OpenSearchEngine:
    """An index of records in a cluster. Threads may share it."""

    name = "opensearch"
    outdated = False

    def __init__(self, folder: Path, connection: Connection) -> None:
        self._folder = folder
        self._connection = connection
        self._index = connection.address.name
        self._state = SharedState(connection)
        self._frequencies: Frequencies | None = None
        self._looked = 0.0
        self._shards = _checked_shards(connection)
        self._commits = -1

    @classmethod
    def open(cls, folder: Path) -> OpenSearchEngine:
        """Open the index that the file in `folder` names; without one, make an index where `cluster_address.chosen` says.

        Raises NotReachableError, BrokenIndexError, SearchkitError.
        """
        create_once(folder, cluster_address.is_written, _create)
        connection = connect(cluster_address.read(folder))
        connection.check_version()
        engine = cls(folder, connection)
        batch.settle(connection, engine._state)
        return engine

    @property
    def generation(self) -> str:
        """Names the committed state."""
        return self._state.token

    @contextmanager
    def write(self, at_its_turn: Callable[[], None] | None = None) -> Iterator[batch.OpenSearchBatch]:
        """Leaving the block makes the batch durable; an exception leaves the previous state.

        Several machines may gather changes at once, and send them one after the other; of one document, only one of them may.
        `at_its_turn` is called when no other sends changes any more and before these are sent; an exception of it leaves the previous state.
        Raises LockedIndexError, at the end of the block where it is another machine that does not come to its end;
        NotReachableError, StorageError.
        """
        with locked(self._folder):
            if self._state.pending and not is_held(self._state):
                with self._turn():
                    pass
            changes = batch.OpenSearchBatch(self._connection, self._state)
            try:
                yield changes
                if changes:
                    with self._turn() as lease:
                        if at_its_turn:
                            at_its_turn()
                        changes.commit(lease)
            finally:
                changes.close()
                self._frequencies = None

    @contextmanager
    def _turn(self) -> Iterator[Lease]:
        """The right to send changes, after what a writer that was stopped has left is done."""
        with leased(self._state, str(self._connection.address), TURN) as lease:
            batch.mend(self._connection, self._state)
            yield lease

    def search(self, query: Node, limit: int = 10, offset: int = 0, order: Order = "score") -> Page:
        """Run an expanded tree."""
        sort: list[dict[str, Any]] = [{"_score": "desc"}, {"id": "asc"}]
        if order != "score":
            direction = "desc" if order == "newest" else "asc"
            sort.insert(0, {"first_day": {"order": direction, "missing": "_last"}})
        size = max(0, min(limit, WINDOW - offset))
        matching, scoring = self._queries()
        body = {
            "query": scoring.query(query) if size and scores(query) else _unscored(matching.query(query)),
            "from": offset if size else 0,
            "size": size,
            "sort": sort,
            "track_scores": True,
            "track_total_hits": True,
            "stored_fields": "_none_",
        }
        if order == "score" and scores(query):
            within_reach = partial(WithinReach(self._current(), scoring).within_reach, query)
            answer = best_matches.found(self._ask, body, scoring.matching.query(query), within_reach, self._shards)[
                "hits"
            ]
        else:
            answer = self._ask(body)["hits"]
        hits = answer["hits"]
        full = self._full_rows(hit["sort"][-1] for hit in hits)
        rows = ((_id(hit["sort"][-1], full), float(hit["_score"])) for hit in hits)
        return Page(int(answer["total"]["value"]), tuple(rows))

    def select(self, query: Node) -> Iterator[str]:
        """The ids of all matches, in order of id."""
        return (id for id, *_ in self._rows(self._queries()[0].query(query), []))

    def facets(self, query: Node, names: Iterable[Facet] = FACETS) -> dict[Facet, dict[str, int]]:
        """How many of all matches have each value of each facet."""
        found = self._queries()[0].query(query)
        return facets.count(names, partial(self._aggregate, found))

    def fetch(self, ids: Iterable[str]) -> dict[str, bytes]:
        """`Record.stored` of each id that is there."""
        wanted = iter({mapping.key_of(id): id for id in ids}.items())
        found = {}
        while some := dict(islice(wanted, _FETCHED)):
            for key, fields in self._stored(some, "stored"):
                found[some[key]] = base64.b64decode(fields.get("stored", [""])[0])
        return found

    def ids(self) -> Iterator[Row]:
        """All (id, hash, file), in order of id."""
        return self._rows(EVERYTHING, ["hash", "file"])

    def frequency(self, field: str, term: str) -> int:
        """In how many live documents the term stands."""
        return self._current().of(Term(field, term))

    def terms(self, field: str, beginning: str) -> Iterator[str]:
        """The index terms that begin with these letters."""
        return map(mapping.text_of, TermList(self._connection).beginning(field, beginning))

    def suggest(self, field: str, text: str, distance: int = 2, limit: int = 5) -> list[tuple[str, int]]:
        """Index terms within `distance` edits of `text`, nearest first, then most frequent, then in their order."""
        frequencies = self._current()
        near = [
            term
            for term, _ in edit_distance.near(text, TermList(self._connection).near(field, text, distance), distance)
        ]
        frequencies.learn(Term(field, term) for term in near)
        return edit_distance.suggestions(text, near, distance, lambda term: frequencies.of(Term(field, term)), limit)

    def statistics(self) -> Mapping[str, int]:
        """Documents, bytes on the disks without replicas, and shards."""
        stats = self._connection.ask(lambda client: client.indices.stats(index=self._index, metric="store"))
        size = stats["_all"]["primaries"]["store"]["size_in_bytes"]
        return {"documents": len(self), "bytes": int(size), "shards": int(stats["_shards"]["total"])}

    def verify(self) -> Iterator[str]:
        """The failures that the cluster reports of its shards; it compares the checksums of their files itself, when it opens and copies them."""
        index = self._index
        health = self._connection.ask(lambda client: client.cluster.health(index=index, level="shards"))
        for name, shard in health["indices"][index]["shards"].items():
            if not shard["primary_active"]:
                yield f"Shard {name} of {self._connection.address} has no copy that can be used: restore it from a snapshot."

    def __len__(self) -> int:
        answer = self._connection.ask(lambda client: client.count(index=self._index))
        return int(answer["count"])

    def close(self) -> None:
        """Close the connections."""
        self._connection.client.close()

    # -------------------------------------------------------------- what searches share
    def _current(self) -> Frequencies:
        """The numbers of the committed state."""
        known = self._frequencies
        commits = self._state.commits_here
        if known is None or commits != self._commits or time.monotonic() > self._looked + _FRESH:
            token = self._state.token
            if known is None or known.token != token:
                known = self._frequencies = Frequencies(self._connection, token)
            self._looked, self._commits = time.monotonic(), commits
        return known

    def _queries(self) -> tuple[MatchQueries, ScoreQueries]:
        frequencies = self._current()
        return MatchQueries(frequencies, self._paths), ScoreQueries(frequencies, HeldQueries(frequencies, self._paths))

    def _ask(self, body: dict[str, Any]) -> dict[str, Any]:
        return self._in_one_state(lambda: self._connection.search(body, self._index))

    def _in_one_state(self, request: Callable[[], T]) -> T:
        """The answer to a request of all shards in one state: they show a batch one after the other."""
        if self._shards == 1:
            return request()
        for wait in _BETWEEN:
            shown = self._state.shown
            answer = request()
            # A writer that was stopped while they did leaves them as they are to the next one.
            if shown == self._state.shown and (shown or not is_held(self._state)):
                return answer
            time.sleep(wait)
        raise NotReachableError(
            f"{self._connection.address.server} has too much to do: try again later, or give it more memory."
        )

    def _aggregate(self, query: Query, aggregations: dict[str, Any]) -> dict[str, Any]:
        body = {"size": 0, "track_total_hits": False, "query": query, "aggs": aggregations}
        found: dict[str, Any] = self._ask(body)["aggregations"]
        return found

    def _paths(self, query: Query) -> Iterable[str]:
        after: dict[str, Any] | None = None
        while True:
            composite: dict[str, Any] = {"size": _PAGE, "sources": [{"value": {"terms": {"field": "path"}}}]}
            found = self._aggregate(query, {"paths": {"composite": composite | ({"after": after} if after else {})}})
            buckets = found["paths"]["buckets"]
            yield from (mapping.unescaped(bucket["key"]["value"]) for bucket in buckets)
            after = found["paths"].get("after_key")
            if after is None or len(buckets) < _PAGE:
                return

    # -------------------------------------------------------------- lists
    def _rows(self, query: Query, fields: list[str]) -> Iterator[Row]:
        """The rows that a query finds, in order of id, with these fields, in the state of the moment of the call."""
        body: dict[str, Any] = {
            "size": _PAGE,
            "query": {"constant_score": {"filter": query}},
            "sort": [{"id": "asc"}],
            "stored_fields": "_none_",
            "docvalue_fields": fields,
            "track_total_hits": False,
        }
        hits = self._ask(body)["hits"]["hits"]
        if len(hits) < _PAGE:
            return self._in_order(_written(hit, fields) for hit in hits)
        # What does not fit into one answer is read from a state that is kept for it.
        index = self._index
        params = {"keep_alive": _KEEP}
        body["pit"] = {"keep_alive": _KEEP}
        made = self._in_one_state(
            lambda: self._connection.ask(lambda client: client.create_pit(index=index, params=params))
        )
        body["pit"]["id"] = made["pit_id"]
        return self._in_order(self._walk(body, fields))

    def _walk(self, body: dict[str, Any], fields: list[str]) -> Iterator[list[str]]:
        """The id and fields of each document as they are written there, page by page."""
        from opensearchpy.exceptions import NotFoundError

        try:
            while True:
                try:
                    hits = self._connection.search(body)["hits"]["hits"]
                except NotFoundError as error:
                    raise NotReachableError(
                        f"{self._connection.address.server} has lost the list that was being read, with one of its machines: try again."
                    ) from error
                for hit in hits:
                    yield _written(hit, fields)
                if len(hits) < _PAGE:
                    return
                body["search_after"] = hits[-1]["sort"]
        finally:
            kept = {"pit_id": [body["pit"]["id"]]}
            with suppress(NotFoundError, SearchkitError):  # it ends by itself
                self._connection.ask(lambda client: client.delete_pit(body=kept))

    def _in_order(self, rows: Iterator[list[str]]) -> Iterator[Row]:
        """Rows with what is long in them in full; ids that differ behind the place where they were cut, in their order."""
        for _, alike in groupby(rows, key=lambda row: row[0].partition(CUT)[0] if CUT in row[0] else row[0]):
            some = list(alike)
            long = [row for row in some if any(CUT in part for part in row)]
            full = self._full_rows(row[0] for row in long) if len(long) < 2 or CUT in some[0][0] else {}
            yield from sorted(self._row(row, full) for row in some)

    def _row(self, row: list[str], full: dict[str, Row]) -> Row:
        if known := full.get(row[0]):
            return known
        id, hash, file = (*map(mapping.unescaped, row), "", "")[:3]
        return id, hash, file

    def _full_rows(self, written: Iterable[str]) -> dict[str, Row]:
        """The rows of ids of which not all is in the list, by the id as it is written there."""
        keys = {id.partition(CUT)[2] or mapping.key_of(mapping.unescaped(id)): id for id in written}
        found: dict[str, Row] = {}
        for key, fields in self._stored(keys, "long") if keys else ():
            if "long" in fields:
                found[keys[key]] = mapping.long_row(fields["long"][0])
        return found

    def _stored(self, keys: Iterable[str], field: str) -> Iterator[tuple[str, dict[str, Any]]]:
        body = {"docs": [{"_id": key, "stored_fields": [field]} for key in keys]}
        params = {"realtime": "false"}
        answer = self._connection.ask(lambda client: client.mget(index=self._index, body=body, params=params))
        for row in answer["docs"]:
            if "error" in row:
                reason = row["error"].get("reason") if isinstance(row["error"], dict) else row["error"]
                raise self._connection.explained(0, "mget", reason)
            if row.get("found"):
                yield row["_id"], row.get("fields", {})


def _written(hit: dict[str, Any], fields: list[str]) -> list[str]:
    return [hit["sort"][0], *(hit["fields"][name][0] for name in fields)]


def _id(written: str, full: dict[str, Row]) -> str:
    return full[written][0] if written in full else mapping.unescaped(written)


def _unscored(query: Query) -> Query:
    return {"constant_score": {"filter": query, "boost": 0}}


def _create(folder: Path) -> None:
    """Make the index of documents, and say in the folder where it is. One that is there already is used as it is."""
    address = cluster_address.chosen(folder)
    connection = connect(address)
    connection.check_version()
    shards, replicas = (
        int(os.environ.get(f"{cluster_address.VARIABLE}_{name}", default))
        for name, default in (("SHARDS", "1"), ("REPLICAS", "0"))
    )
    if not connection.ask(lambda client: client.indices.exists(index=address.name)):
        body = mapping.index_body(shards, replicas)
        connection.ask(lambda client: client.indices.create(index=address.name, body=body))
    SharedState(connection).create(replicas)
    cluster_address.write(folder, address)


def _checked_shards(connection: Connection) -> int:
    """How many shards an index has. Raises BrokenIndexError where it is gone, another program's, or of a later format."""
    index = connection.address.name
    answer = connection.ask(lambda client: client.indices.get(index=index))
    (found,) = answer.values()
    known = found["mappings"].get("_meta", {}).get("searchkit_format")
    if known is None:
        raise BrokenIndexError(f"{connection.address} is no index of searchkit: choose another name.")
    if known > mapping.FORMAT:
        raise BrokenIndexError(
            f"The index {connection.address} has format {known}, this searchkit reads up to {mapping.FORMAT}: use the newer searchkit"
            " that made it."
        )
    return int(found["settings"]["index"]["number_of_shards"])
