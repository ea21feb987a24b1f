"""A batch that is too large for one request is written down before it is done.

All requests go into the log, then their number, which is the commit: from here on whoever writes next does what the log says, should
this writer be stopped. Doing it twice does no harm, since a request puts or deletes documents by their keys.
"""

from __future__ import annotations

import base64
import zlib
from collections.abc import Callable, Iterator

from searchkit.engines.opensearch.shared_state import SharedState

MARK = "log"


def write(state: SharedState, requests: Iterator[bytes]) -> None:
    """Write down all requests."""
    count = 0
    for request in requests:
        state.write(_name(count), {"part": base64.b64encode(zlib.compress(request, 1)).decode("ascii")})
        count += 1
    state.write(MARK, {"parts": count})


def apply(state: SharedState, send: Callable[[bytes], None]) -> None:
    """Do what the log says, if it is whole, and delete it. The caller makes it visible."""
    mark = state.read(MARK)
    if mark is None:
        return
    for place in range(mark["parts"]):
        row = state.read(_name(place))
        if row is not None:
            send(zlib.decompress(base64.b64decode(row["part"])))


def delete(state: SharedState) -> None:
    """Forget a log that is done."""
    mark = state.read(MARK)
    if mark is None:
        return
    state.delete(MARK)
    for place in range(mark["parts"]):
        state.delete(_name(place))


def _name(place: int) -> str:
    return f"{MARK}-{place}"
