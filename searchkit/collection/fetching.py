"""Stored documents in the order of their ids, read a few at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from searchkit.engines.base import Engine

HELD = 64
"""Documents that are held at once."""


def fetched(engine: Engine, ids: Iterable[str]) -> Iterator[bytes]:
    """The stored bytes of each id that is there (see `records.unpack`)."""
    rest = iter(ids)
    while some := list(islice(rest, HELD)):
        found = engine.fetch(some)
        yield from (found[id] for id in some if id in found)
