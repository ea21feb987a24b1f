"""Which documents have which text, by fingerprint (see `same_text`): what stays when a file is moved or renamed.

Made by reading each document once, and kept in memory; after a change of the index, only what changed is read again. A hundred
thousand documents take some 20 MB.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from itertools import islice

from searchkit.collection import records
from searchkit.engines.base import Engine

READ_AT_ONCE = 64


class Fingerprints:
    """The fingerprints of an index as it was when `bring_up` last returned; used by several threads."""

    def __init__(self) -> None:
        self._generation = ""
        self._known: dict[str, tuple[str, str]] = {}
        """id -> (hash of the content, fingerprint)"""
        self._ids: Mapping[str, tuple[str, ...]] = {}
        self._busy = threading.Lock()

    def bring_up(self, engine: Engine) -> None:
        """Read what the engine holds and is not known yet."""
        with self._busy:
            generation = engine.generation
            if generation == self._generation:
                return
            hashes = {id: hash for id, hash, _ in engine.ids()}
            known = {id: seen for id, seen in self._known.items() if hashes.get(id) == seen[0]}
            unread = iter([id for id in hashes if id not in known])
            while some := list(islice(unread, READ_AT_ONCE)):
                for id, stored in engine.fetch(some).items():
                    known[id] = hashes[id], records.unpack(stored).document.fingerprint
            self._known, self._ids, self._generation = known, _by_fingerprint(known), generation

    def of(self, id: str) -> str:
        """The fingerprint of a document; "" where there is none of this id."""
        return self._known.get(id, ("", ""))[1]

    def ids(self, fingerprint: str) -> tuple[str, ...]:
        """The documents with this text, in order of id."""
        return self._ids.get(fingerprint, ())


def _by_fingerprint(known: Mapping[str, tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for id, (_, fingerprint) in known.items():
        found.setdefault(fingerprint, []).append(id)
    return {fingerprint: tuple(sorted(ids)) for fingerprint, ids in found.items()}
