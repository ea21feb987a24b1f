"""What writers on several machines must know of each other: a small index beside that of the documents.

commit    {token, pending,       names the state; `pending`: a writer is, or was, about to change it;
           shown}                see `SharedState.shown`
lease     {holders, fence}       who may write what, see `lease`
log       {parts}, log-0, …      a batch of several requests, see `change_log`
"""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

from searchkit.engines.opensearch.connection import Connection

COMMIT = "commit"
_PAGE = 1_000
"""Names of one request."""
_TRIES = 20
"""How often a change of a document is tried anew that another's came before."""

_commits: Counter[str] = Counter()
"""Index -> how often this process has committed to it."""


class SharedState:
    """The small index."""

    def __init__(self, connection: Connection, index: str = "") -> None:
        self._connection = connection
        self.index = index or f"{connection.address.name}-state"

    def exists(self) -> bool:
        """Whether it was made."""
        return bool(self._connection.ask(lambda client: client.indices.exists(index=self.index)))

    def create(self, replicas: int) -> None:
        """Make it, where it is not there; the first commit comes last."""
        if not self.exists():
            self.make(replicas)
        if self.read(COMMIT) is None:
            self.commit()

    def make(self, replicas: int) -> None:
        """Make it, with nothing in it, and with all its copies: when the machine is lost that has the only one, nobody could go on. Raises
        NotReachableError where there is none that can be used."""
        body = {
            "settings": {"number_of_shards": 1, "number_of_replicas": replicas},
            "mappings": {"enabled": False},
        }
        # Half a minute is waited for the copies, which a cluster that has lost a machine may not be able to make.
        params = {"wait_for_active_shards": "all"}
        made = self._connection.ask(lambda client: client.indices.create(index=self.index, body=body, params=params))
        if made["shards_acknowledged"]:
            return
        health = self._connection.ask(lambda client: client.cluster.health(index=self.index))
        if health["status"] == "red":  # it was given to a machine that was lost meanwhile
            self.drop()
            raise self._connection.explained(503, "no_shard_available")

    def drop(self) -> None:
        """Delete all of it."""
        self._connection.ask(lambda client: client.indices.delete(index=self.index))

    def read(self, name: str) -> dict[str, Any] | None:
        """A document of it, with `_seq_no` and `_primary_term`; None where it is not there."""
        from opensearchpy.exceptions import NotFoundError

        try:
            found = self._connection.ask(lambda client: client.get(index=self.index, id=name))
        except NotFoundError:
            return None
        row: dict[str, Any] = found["_source"]
        return row | {name: found[name] for name in ("_seq_no", "_primary_term")}

    def names(self) -> dict[str, dict[str, int]]:
        """All documents, and for each the conditions (see `write`) that it is as it was then."""
        self._connection.ask(lambda client: client.indices.refresh(index=self.index))
        found: dict[str, dict[str, int]] = {}
        body: dict[str, Any] = {
            "size": _PAGE,
            "_source": False,
            "seq_no_primary_term": True,
            "sort": [{"_seq_no": "asc"}],
            "track_total_hits": False,
        }
        while True:
            hits = self._connection.search(body, self.index)["hits"]["hits"]
            found.update((hit["_id"], _unchanged(hit)) for hit in hits)
            if len(hits) < _PAGE:
                return found
            body["search_after"] = hits[-1]["sort"]

    def write(self, name: str, body: dict[str, Any], **conditions: Any) -> None:
        """Put a document there. With `conditions` (`op_type`, `if_seq_no`, …) raises opensearchpy's ConflictError."""
        self._connection.ask(lambda client: client.index(index=self.index, id=name, body=body, params=conditions))

    def change(
        self, name: str, make: Callable[[dict[str, Any] | None], dict[str, Any] | None]
    ) -> dict[str, Any] | None:
        """Put what `make` gives for a document, None where it is not there, in its place, by compare-and-set: tried anew where
        another writer was first. Returns what was put; None where `make` gives None, or others were first each time."""
        from opensearchpy.exceptions import ConflictError

        for turn in range(_TRIES):
            row = self.read(name)
            body = make(row)
            if body is None:
                return None
            try:
                self.write(name, body, **(_unchanged(row) if row else {"op_type": "create"}))
            except ConflictError:
                # Another was first, or a request that was answered late was made twice: then `make` sees its own change.
                time.sleep(0.01 * turn)
                continue
            return body
        return None

    def delete(self, name: str, **conditions: Any) -> None:
        """Delete a document; nothing happens where it is gone. With conditions as `write`."""
        from opensearchpy.exceptions import NotFoundError

        try:
            self._connection.ask(lambda client: client.delete(index=self.index, id=name, params=conditions))
        except NotFoundError:
            return

    @property
    def token(self) -> str:
        """Names the committed state."""
        row = self.read(COMMIT)
        if row is None:
            raise self._connection.gone()
        return str(row["token"])

    @property
    def pending(self) -> bool:
        """Whether a writer has begun to change the index and did not say that it is done."""
        row = self.read(COMMIT)
        return row is not None and bool(row["pending"])

    @property
    def shown(self) -> str:
        """Names what searches see, which is another after each refresh; "" while shards are being refreshed one after the other."""
        row = self.read(COMMIT)
        return str(row.get("shown")) if row else ""

    def commit(self, pending: bool = False, shown: str | None = None) -> None:
        """Give the state a new name, and say what searches see, if that changes."""
        token = os.urandom(8).hex()
        if shown is None:
            row = self.read(COMMIT)
            shown = row.get("shown", token) if row else token
        self.write(COMMIT, {"token": token, "pending": pending, "shown": shown})
        _commits[self.index] += 1

    @property
    def commits_here(self) -> int:
        """How often this process has given the state a new name: what a reader of the same process need not ask the cluster."""
        return _commits[self.index]


def _unchanged(row: dict[str, Any]) -> dict[str, Any]:
    return {"if_seq_no": row["_seq_no"], "if_primary_term": row["_primary_term"]}
