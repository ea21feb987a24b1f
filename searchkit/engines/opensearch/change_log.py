"""A batch that is too large for one request is written down before it is done.

All requests go into the log, then their number, which is the commit: from here on whoever writes next does what the log says, should
this writer be stopped. Doing it twice does no harm, since a request puts or deletes documents by their keys. The log is an index of
its own, whose name ends in `-log`, so that it leaves nothing behind on the disks.
"""

from __future__ import annotations

import base64
import zlib
from collections.abc import Callable, Iterator

from searchkit.engines.opensearch.connection import Connection
from searchkit.engines.opensearch.lease import taken_over
from searchkit.engines.opensearch.shared_state import SharedState

MARK = "log"


def is_whole(connection: Connection) -> bool:
    """Whether there is a log that is to be done."""
    log = _log(connection)
    return log.exists() and log.read(MARK) is not None


def write(connection: Connection, requests: Iterator[bytes], replicas: int) -> None:
    """Write down all requests."""
    delete(connection)
    log = _log(connection)
    log.make(replicas)
    count = 0
    for request in requests:
        log.write(_name(count), {"part": base64.b64encode(zlib.compress(request, 1)).decode("ascii")})
        count += 1
    log.write(MARK, {"parts": count})


def apply(connection: Connection, send: Callable[[bytes], None]) -> None:
    """Do what the log says, if it is whole. The caller makes it visible, and deletes the log. Raises LockedIndexError where
    another writer has deleted it meanwhile."""
    log = _log(connection)
    mark = log.read(MARK) if log.exists() else None
    for place in range(mark["parts"] if mark else 0):
        row = log.read(_name(place))
        if row is None:
            raise taken_over(str(connection.address))
        send(zlib.decompress(base64.b64decode(row["part"])))


def delete(connection: Connection) -> None:
    """Forget a log, where there is one."""
    log = _log(connection)
    if log.exists():
        log.drop()


def _log(connection: Connection) -> SharedState:
    return SharedState(connection, f"{connection.address.name}-log")


def _name(place: int) -> str:
    return f"{MARK}-{place}"
