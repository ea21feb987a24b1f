"""Documents of one text: copies in several folders, letters that were sent twice.

A text is known by its fingerprint, the first 16 hex digits of its SHA-256, which stays when a file is moved or renamed. Two
of a million different texts share one by chance once in 37 million collections (the birthday bound).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from searchkit.model import Document

DIGITS = 16


class SameText(NamedTuple):
    """The ids of two documents or more whose text is the same to the letter, in order."""

    fingerprint: str
    ids: tuple[str, ...]


def fingerprint(text: str) -> str:
    """What a text is known by, wherever it stands."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:DIGITS]


def groups(documents: Iterable[Document]) -> Iterator[SameText]:
    """The documents of one text, the largest group first, equal ones in order of their first id."""
    ids: dict[str, list[str]] = {}
    for document in documents:
        ids.setdefault(fingerprint(document.text), []).append(document.id)
    alike = [SameText(known_by, tuple(those)) for known_by, those in ids.items() if len(those) > 1]
    yield from sorted(alike, key=lambda group: (-len(group.ids), group.ids))
