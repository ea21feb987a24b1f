"""Changes, kept in a file of this machine until all are known, and then sent."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from searchkit.engines.base import Record
from searchkit.engines.opensearch import change_log, mapping
from searchkit.engines.opensearch.connection import Connection
from searchkit.engines.opensearch.lease import Lease, is_held, taken_over
from searchkit.engines.opensearch.shared_state import SharedState

WHOLE = 4 << 20
"""Bytes of a batch that is sent in one request, which a writer that is stopped has sent whole or not at all."""
BULK = 2 << 20
"""Bytes of each request of a larger one; nodes of little memory refuse 4 MB while they are at work."""


_ACTIONS = (b'{"index": {"_id"', b'{"delete": {"_id"')
_LOOKED_UP = 1_000
"""Ids that are asked for in one request."""


class OpenSearchBatch:
    """Changes on top of what is there. Its user calls `commit` under a lease, or drops it."""

    def __init__(self, connection: Connection, state: SharedState) -> None:
        self._connection = connection
        self._state = state
        self._spool = tempfile.TemporaryFile("w+b")  # noqa: SIM115
        self._there: dict[str, bool] = {}
        """Whether there is a document, by key, where the batch changed that."""
        self._changes = 0

    def add(self, record: Record) -> None:
        """Insert the record, or replace the one of the same id, in the index or earlier in the batch."""
        key = mapping.key_of(record.id)
        self._there[key] = True
        self._write({"index": {"_id": key}}, mapping.document(record))

    def remove(self, ids: Iterable[str]) -> int:
        """Remove documents; returns how many were there."""
        keys = iter(dict.fromkeys(map(mapping.key_of, ids)))
        removed = 0
        while some := list(islice(keys, _LOOKED_UP)):
            unknown = [key for key in some if key not in self._there]
            there = {key for key in some if self._there.get(key)} | self._committed(unknown)
            for key in some:
                if key in there:
                    self._there[key] = False
                    self._write({"delete": {"_id": key}})
            removed += len(there)
        return removed

    def _committed(self, keys: list[str]) -> set[str]:
        """Those of documents that the last committed state has."""
        if not keys:
            return set()
        index = self._connection.address.name
        params = {"realtime": "false", "_source": "false", "stored_fields": "_none_"}
        answer = self._connection.ask(lambda client: client.mget(index=index, body={"ids": keys}, params=params))
        failed = next((row["error"] for row in answer["docs"] if "error" in row), None)
        if failed:
            raise self._connection.explained(0, failed.get("type"), failed.get("reason"))
        return {row["_id"] for row in answer["docs"] if row.get("found")}

    def __bool__(self) -> bool:
        """Whether anything is to be changed."""
        return bool(self._there)

    def commit(self, lease: Lease) -> None:
        """Make the changes durable, then visible."""
        lease.check()
        self._state.commit(pending=True)
        logged = self._spool.tell() + self._changes * len(_version(lease.fence)) > WHOLE
        if logged:
            change_log.write(self._connection, self._requests(lease.fence, BULK), self._replicas())
        else:
            for request in self._requests(lease.fence, WHOLE):
                send(self._connection, request)
        finish(self._connection, self._state, logged)

    def close(self) -> None:
        """Delete the file."""
        self._spool.close()

    def _replicas(self) -> int:
        """How many copies the documents have, which the log is to have as well."""
        index = self._connection.address.name
        (found,) = self._connection.ask(lambda client: client.indices.get_settings(index=index)).values()
        return int(found["settings"]["index"]["number_of_replicas"])

    def _write(self, *lines: dict[str, Any]) -> None:
        """Note a change, its action first."""
        self._changes += 1
        for line in lines:
            self._spool.write(json.dumps(line, ensure_ascii=False).encode("utf-8") + b"\n")

    def _requests(self, fence: int, limit: int) -> Iterator[bytes]:
        """All changes in requests of little more than `limit` bytes. What a later lease has changed stays as it is."""
        self._spool.seek(0)
        version = _version(fence) + b'"_id"'
        lines: list[bytes] = []
        size = 0
        for line in self._spool:
            if line.startswith(_ACTIONS):
                line = line.replace(b'"_id"', version, 1)
                if size > limit:
                    yield b"".join(lines)
                    lines, size = [], 0
            lines.append(line)
            size += len(line)
        yield b"".join(lines)


def _version(fence: int) -> bytes:
    """What an action says, before its id, so that a later lease's change of the document stays."""
    return b'"version": %d, "version_type": "external_gte", ' % fence


def mend(connection: Connection, state: SharedState) -> None:
    """Bring to its end what a writer that was stopped has begun. For the holder of the lease alone."""
    if state.pending:
        finish(connection, state, True)


def settle(connection: Connection, state: SharedState) -> None:
    """Show what a writer that is gone had sent whole, so that a request of its which is still under way changes nothing later.

    A log is left to the next writer, and a batch of a writer that lives to that.
    """
    if state.pending and not is_held(state) and not change_log.is_whole(connection):
        index = connection.address.name
        connection.ask(lambda client: client.indices.refresh(index=index))


def finish(connection: Connection, state: SharedState, logged: bool) -> None:
    """Do what a log says, make all that was sent visible, and name the new state."""
    if logged:
        change_log.apply(connection, lambda request: send(connection, request))
    index = connection.address.name
    state.commit(pending=True, shown="")
    connection.ask(lambda client: client.indices.refresh(index=index))
    if logged:
        change_log.delete(connection)
    state.commit(shown=os.urandom(8).hex())


def send(connection: Connection, request: bytes) -> None:
    """Have changes done, all of them. Raises SearchkitError; LockedIndexError where a later writer's came before."""
    for row in connection.bulk(request):
        if row["status"] == 409:
            raise taken_over(str(connection.address))
        raise connection.explained(row["status"], row["error"].get("type"), row["error"].get("reason"))
