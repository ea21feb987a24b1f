"""The stretches of texts met so far, and the terms that their words became: an inverted index in memory.

A passage is cut into stretches: what stands between blanks, or single words where that does not hold its words whole. Of
a stretch never met its sounds are taken (`sounds`). One that sounds like a term is analysed, and from then on found by
its terms; a later query compares no sounds with it.

What is known of a passage is a byte a stretch, its kind: ANALYSED, or the number of a pair of sounds, which `kinds_like`
compares with those of a query.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import chain
from threading import Lock
from typing import NamedTuple

from searchkit.analysis import analyse
from searchkit.highlight.prefilter import ANY, sounds
from searchkit.text.edit_distance import distance
from searchkit.text.words import has_groups, is_cut_alone, is_one_word, surfaces

MAX_STRETCHES = 50_000
"""Stretches remembered for each vocabulary, about 20 MB."""
LONGEST = 100
"""Code points; longer stretches are not remembered."""
ANALYSED = 255
"""The kind of a stretch that is found by its terms."""
_TOGETHER = 254
"""The kind of a stretch that must be cut together with its neighbours."""
_ANYTHING = 0
"""The kind of a stretch that may be anything."""

_BEGINNING = 3
"""Letters by which terms are kept together."""


class Passage(NamedTuple):
    """A passage in stretches, the kind of each, and whether they are what stands between blanks; else they are words."""

    stretches: list[str]
    kinds: bytes
    at_blanks: bool


class Seen:
    """The stretches met in passages of one vocabulary.

    `analysed` lists those that were analysed, in order: who has read some of it reads on from there.
    """

    def __init__(self, vocabulary: analyse.Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.kinds = _Kinds(vocabulary)
        self.analysed: list[str] = []
        self._stretches: dict[str, list[str]] = {}
        self._terms: dict[str, list[str]] = {}

    def passage(self, text: str, start: int, end: int) -> Passage:
        """The stretches of `text[start:end]`, with their kinds."""
        if start == 0 or text[start - 1].isspace():
            stretches = text[start:end].split()
            kinds = bytes(map(self.kinds.__getitem__, stretches))
            if _TOGETHER not in kinds and not has_groups(text, start, end):
                return Passage(stretches, kinds, True)
        words = surfaces(text, self.vocabulary.cut_as, start, end)
        return Passage(words, bytes(map(self.kinds.__getitem__, words)), False)

    def learn(self, stretch: str) -> list[str] | None:
        """Analyse a stretch; returns its terms. None for one that is not remembered, and must be looked at each time."""
        vocabulary = self.vocabulary
        if len(stretch) > LONGEST or self.kinds[stretch] == _TOGETHER:
            return None
        terms = []
        words = [stretch] if is_one_word(stretch) else surfaces(stretch, vocabulary.cut_as, 0, len(stretch))
        for surface in words:
            _, word, stem, name = vocabulary[surface]
            terms.append(word)
            if stem != word:
                terms.append(stem)
            if name:
                terms.append(name)
        for term in terms:
            known = self._stretches.get(term)
            if known is None:
                self._stretches[term] = [stretch]
                self._terms.setdefault(term[:_BEGINNING], []).append(term)
            else:
                known.append(stretch)
        self.analysed.append(stretch)
        self.kinds[stretch] = ANALYSED
        return terms

    def of_term(self, term: str) -> list[str]:
        """The analysed stretches that have a term, whichever its field."""
        return self._stretches.get(term, [])

    def of_prefix(self, text: str) -> Iterator[str]:
        """The analysed stretches that have a term which begins with `text`."""
        for term in self._beginning_with(text[:_BEGINNING]):
            if term.startswith(text):
                yield from self._stretches[term]

    def near(self, text: str, edits: int) -> Iterator[str]:
        """The analysed stretches that have a term within so many edits, with the same first letter."""
        for term in self._beginning_with(text[:1]):
            if abs(len(term) - len(text)) <= edits and distance(term, text, edits) is not None:
                yield from self._stretches[term]

    def _beginning_with(self, text: str) -> Iterator[str]:
        if len(text) == _BEGINNING:
            return iter(self._terms.get(text, []))
        # A list of the items, since another thread may add some.
        return chain.from_iterable(terms for start, terms in list(self._terms.items()) if start.startswith(text))


class _Kinds(dict[str, int]):
    """The kind of each stretch."""

    def __init__(self, vocabulary: analyse.Vocabulary) -> None:
        self._cut_as = vocabulary.cut_as

    def __missing__(self, stretch: str) -> int:
        if is_one_word(stretch) and len(stretch) <= LONGEST:
            found = sounds(stretch)
            return self.setdefault(stretch, _kind(found, 0) if stretch.islower() else _kind(0, found))
        if len(stretch) > LONGEST:
            return _ANYTHING if is_cut_alone(stretch, self._cut_as) else _TOGETHER
        if not is_cut_alone(stretch, self._cut_as):
            return self.setdefault(stretch, _TOGETHER)
        small = other = 0
        for word in surfaces(stretch, self._cut_as, 0, len(stretch)):
            if word.islower():
                small |= sounds(word)
            else:
                other |= sounds(word)
        return self.setdefault(stretch, _kind(small, other))


_seen: dict[int, Seen] = {}


def seen_in(vocabulary: analyse.Vocabulary) -> Seen:
    """What was met in passages of a vocabulary; forgotten when it is too much."""
    found = _seen.get(id(vocabulary))
    if found is None or found.vocabulary is not vocabulary or len(found.kinds) > MAX_STRETCHES:
        found = _seen[id(vocabulary)] = Seen(vocabulary)
    return found


# ------------------------------------------------------------------ kinds

_sounds_of_kinds = [(ANY, ANY)]
_kinds = {_sounds_of_kinds[_ANYTHING]: _ANYTHING}
_making_kinds = Lock()


def _kind(small: int, other: int) -> int:
    """The kind of stretches with these sounds, in words of small letters and in others; _ANYTHING when there are too many."""
    kind = _kinds.get((small, other))
    if kind is None:
        with _making_kinds:
            kind = _kinds.get((small, other), len(_sounds_of_kinds))
            if kind == _TOGETHER:
                return _ANYTHING
            if kind == len(_sounds_of_kinds):
                _sounds_of_kinds.append((small, other))
                _kinds[small, other] = kind
    return kind


def kinds_like(small: int, other: int) -> bytes:
    """A table for `bytes.translate`: 1 for the kinds of stretches with some of these sounds, in words of small letters and in
    others; 0 for others and for ANALYSED."""
    return _table(small, other, len(_sounds_of_kinds))


@lru_cache(maxsize=1 << 6)
def _table(small: int, other: int, count: int) -> bytes:
    """`kinds_like` among the first `count` kinds; others are taken for like."""
    found = bytes(1 if theirs & small or others & other else 0 for theirs, others in _sounds_of_kinds[:count])
    return found.ljust(_TOGETHER, b"\1") + b"\1\0"
