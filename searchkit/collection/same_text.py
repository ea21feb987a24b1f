"""Documents of one text: copies in several folders, letters that were sent twice.

A text is known by its fingerprint (`Document.fingerprint`), which stays when a file is moved or renamed. Two of a million
different texts share one by chance once in 37 million collections (the birthday bound).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from searchkit.model import Document


class SameText(NamedTuple):
    """The ids of two documents or more whose text is the same to the letter, in order."""

    fingerprint: str
    ids: tuple[str, ...]


def groups(documents: Iterable[Document]) -> Iterator[SameText]:
    """The documents of one text, the largest group first, equal ones in order of their first id."""
    ids: dict[str, list[str]] = {}
    for document in documents:
        ids.setdefault(document.fingerprint, []).append(document.id)
    alike = [SameText(known_by, tuple(those)) for known_by, those in ids.items() if len(those) > 1]
    yield from sorted(alike, key=lambda group: (-len(group.ids), group.ids))
