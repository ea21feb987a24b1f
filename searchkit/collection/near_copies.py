"""Documents of nearly one text: drafts, letters with another address, texts that were scanned twice.

How near two texts are is the share of their passages of `PASSAGE` words (shingles) that both have, of those that either has: the
Jaccard index (Broder, On the resemblance and containment of documents, 1997). Nobody can compare all pairs, so:

1. The passages of a text are spread over a ring of numbers by their hashes. At `SAMPLES` places of the ring, the next passage is
   taken. Two texts have the same one at a place with a probability that is their nearness (MinHash; that one hash a passage
   will do was shown by Li, Owen and Zhang, One permutation hashing, 2012).
2. The samples are put together in `BANDS`. Texts that agree in all samples of a band are compared (locality-sensitive hashing,
   Leskovec, Rajaraman and Ullman, Mining of massive datasets, chapter 3). Of pairs just near enough, 1 in 40,000 is missed in
   texts of a page or more, and of texts of a few lines 1 in 100.
3. Of those, nearness is counted exactly. What is near to one of a group belongs to the group.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from searchkit.model import Document

NEAR = 0.8
PASSAGE = 5
BANDS, ROWS = 20, 4
SAMPLES = BANDS * ROWS
_RING = 1 << 63
_PLACES = [sample * (2 * _RING // SAMPLES) - _RING for sample in range(SAMPLES)]
_WORD = re.compile(r"\w+")


class NearCopies(NamedTuple):
    """Documents of nearly one text, by id; `least` is the lowest nearness that was found between two of them."""

    least: float
    ids: tuple[str, ...]


def groups(documents: Iterable[Document], read: Callable[[str], Document | None]) -> Iterator[NearCopies]:
    """The documents that are near to each other, the largest group first, equal ones in order of their first id.

    `read` gives a document again: those that may be near are read a second time. 200 bytes a document are held.
    """
    ids: list[str] = []
    bands = array("q")
    for document in documents:
        found = sorted(passages(document.text))
        if found:
            ids.append(document.id)
            bands.extend(_bands(found))
    return _Groups(ids, read).of(_pairs(bands, len(ids)))


def passages(text: str) -> set[int]:
    """The hashes, 64 bits with sign, of all passages of a text; a shorter text is one passage."""
    words = _WORD.findall(unicodedata.normalize("NFKC", text).casefold())
    if len(words) <= PASSAGE:
        return {hash(tuple(words))} if words else set()
    # Equal tuples have equal hashes within a process, and made by `zip` they cost no step in Python.
    return set(map(hash, zip(*(words[start:] for start in range(PASSAGE)), strict=False)))


def nearness(one: set[int], other: set[int]) -> float:
    """The Jaccard index of two sets that are not both empty."""
    both = len(one & other)
    return both / (len(one) + len(other) - both)


def _bands(found: list[int]) -> Iterator[int]:
    """A hash of the samples of each band; `found` is in order."""
    count = len(found)
    samples = [found[bisect_left(found, place) % count] for place in _PLACES]
    return (hash(tuple(samples[band::BANDS])) for band in range(BANDS))


def _pairs(bands: array[int], documents: int) -> Iterator[tuple[int, int]]:
    """Numbers of documents that agree in a band, each with the first that does."""
    for band in range(BANDS):
        first: dict[int, int] = {}
        for document, key in enumerate(bands[band::BANDS]):
            met = first.setdefault(key, document)
            if met != document:
                yield met, document


class _Groups:
    """Documents put together where they are near (union-find)."""

    def __init__(self, ids: list[str], read: Callable[[str], Document | None]) -> None:
        self._ids = ids
        self._read = read
        self._parents = list(range(len(ids)))
        self._least: dict[int, float] = {}
        self._last: tuple[int, set[int]] = (-1, set())

    def of(self, pairs: Iterable[tuple[int, int]]) -> Iterator[NearCopies]:
        refused: set[tuple[int, int]] = set()
        for pair in pairs:
            one, other = map(self._root, pair)
            if one != other and pair not in refused:
                near = nearness(*map(self._passages, pair))
                if near >= NEAR:
                    self._parents[max(one, other)] = min(one, other)
                    self._least[min(one, other)] = min(near, self._least.get(one, 1.0), self._least.get(other, 1.0))
                else:
                    refused.add(pair)
        members: dict[int, list[str]] = {}
        for document, id in enumerate(self._ids):
            members.setdefault(self._root(document), []).append(id)
        found = [NearCopies(self._least[root], tuple(sorted(ids))) for root, ids in members.items() if len(ids) > 1]
        yield from sorted(found, key=lambda group: (-len(group.ids), group.ids))

    def _root(self, document: int) -> int:
        while (parent := self._parents[document]) != document:
            self._parents[document] = document = self._parents[parent]
        return document

    def _passages(self, number: int) -> set[int]:
        if number == self._last[0]:
            return self._last[1]
        document = self._read(self._ids[number])
        found = passages(document.text) if document else set()
        if number == self._root(number):  # the first of a group is compared with many
            self._last = number, found
        return found
