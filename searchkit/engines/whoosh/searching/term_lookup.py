"""Looks up the terms of a query in the segments of a snapshot, each once, and where sequences of terms stand."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, repeat

from searchkit.engines.base import FIELD_BOOSTS
from searchkit.engines.whoosh.searching import doc_counts
from searchkit.engines.whoosh.searching.doc_counts import DocCounts
from searchkit.engines.whoosh.segment.postings import Postings
from searchkit.engines.whoosh.segment.segment import kind_of, to_bytes
from searchkit.engines.whoosh.snapshot import Leaf, Snapshot
from searchkit.terms import query_tree
from searchkit.text import edit_distance

TermNode = query_tree.Term | query_tree.Prefix | query_tree.Fuzzy
Slot = tuple[TermNode, ...]
Found = list[dict[bytes, Postings]]
"""For each segment, the posting lists by term."""


class Alternative:
    """An alternative of a group. `hits`: for each segment, in which documents it stands and how often."""

    def __init__(self, field: str, weight: float, found: list[DocCounts], frequency: int) -> None:
        self.field = field
        self.hits = found
        self.factor = weight * FIELD_BOOSTS[field]
        self.frequency = min(1.0, weight) * frequency


class TermLookup:
    """The lookups of one query in a snapshot, remembered."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._leaves = snapshot.leaves
        self._found: dict[tuple[object, ...], Found] = {}
        self._frequencies: dict[int, int] = {}
        """By the identity of what is in `_found`."""
        self._positions: dict[tuple[int, Slot], set[int]] = {}

    def group(self, node: query_tree.Group) -> list[Alternative]:
        """The alternatives of a group."""
        slots = Counter(slot for one in node.alternatives if isinstance(one, query_tree.Sequence) for slot in one.slots)
        return [
            self._sequence(one, slots) if isinstance(one, query_tree.Sequence) else self._terms(one)
            for one in node.alternatives
        ]

    def _terms(self, node: TermNode) -> Alternative:
        found = self._postings(node)
        rows = [
            doc_counts.of_postings(list(terms.values()), leaf.count)
            for leaf, terms in zip(self._leaves, found, strict=True)
        ]
        return Alternative(node.field, node.weight, rows, self._frequency(found))

    def _postings(self, node: TermNode) -> Found:
        key = type(node), node.field, node.text, node.distance if isinstance(node, query_tree.Fuzzy) else 0
        found = self._found.get(key)
        if found is None:
            found = self._found[key] = [_postings(leaf, node) for leaf in self._leaves]
        return found

    def _frequency(self, found: Found) -> int:
        """The largest number of living documents that one of the terms stands in."""
        known = self._frequencies.get(id(found))
        if known is not None:
            return known
        frequencies: Counter[bytes] = Counter()
        for leaf, terms in zip(self._leaves, found, strict=True):
            for term, postings in terms.items():
                frequencies[term] += leaf.frequency(postings)
        known = self._frequencies[id(found)] = max(frequencies.values(), default=0)
        return known

    # ---------------------------------------------------------------- sequences
    def _sequence(self, node: query_tree.Sequence, uses: Counter[Slot]) -> Alternative:
        """`uses`: how often each slot stands in the group's sequences."""
        field, slots = field_of(node), node.asked()
        filled = {place: [self._postings(term) for term in slot] for place, slot in enumerate(slots) if slot}
        frequency = min((max(map(self._frequency, founds), default=0) for founds in filled.values()), default=0)
        rows: list[DocCounts] = []
        for number, leaf in enumerate(self._leaves):
            lists = {
                place: [postings for found in founds for postings in found[number].values()]
                for place, founds in filled.items()
            }
            starts = self._starts(number, slots, lists, uses) if lists and all(lists.values()) else ()
            counts = _by_document(leaf, kind_of(field), starts, len(slots)) if starts else {}
            rows.append(doc_counts.of_counts(counts, leaf.count))
        return Alternative(field, node.weight, rows, frequency)

    def _starts(
        self, number: int, slots: Sequence[Slot], lists: dict[int, list[Postings]], uses: Counter[Slot]
    ) -> set[int]:
        """The positions from which on the slots stand side by side; from the rarest on."""
        rarest, *others = sorted(lists, key=lambda place: sum(postings.size for postings in lists[place]))
        # What is known already is asked first: it takes a look for each start, and not one for each position.
        others.sort(key=lambda place: uses[slots[place]] == 1)
        starts = self._places(number, slots[rarest], lists[rarest], uses, rarest)
        for place in others:
            if not starts:
                break
            if uses[slots[place]] > 1:
                known = self._known(number, slots[place], lists[place])
                starts = {start for start in starts if start + place in known}
            else:
                starts = starts.intersection(chain.from_iterable(one.positions(-place) for one in lists[place]))
        return starts

    def _places(self, number: int, slot: Slot, lists: list[Postings], uses: Counter[Slot], place: int) -> set[int]:
        """The positions of a slot, each less its place in the sequence."""
        if uses[slot] == 1:
            return set(chain.from_iterable(postings.positions(-place) for postings in lists))
        known = self._known(number, slot, lists)
        return {position - place for position in known} if place else known

    def _known(self, number: int, slot: Slot, lists: list[Postings]) -> set[int]:
        """The positions of a slot that several sequences of a group have."""
        key = number, slot
        positions = self._positions.get(key)
        if positions is None:
            positions = self._positions[key] = set(chain.from_iterable(postings.positions() for postings in lists))
        return positions


def field_of(sequence: query_tree.Sequence) -> str:
    """The field that a sequence is scored in: that of its first term."""
    return next((slot[0].field for slot in sequence.slots if slot), "word")


def _postings(leaf: Leaf, node: TermNode) -> dict[bytes, Postings]:
    """The posting lists of a segment that a node of terms takes in, by term."""
    if isinstance(node, query_tree.Term):
        term = to_bytes(node.text)
        postings = leaf.segment.postings(node.field, term)
        return {term: postings} if postings else {}
    terms = leaf.segment.terms(node.field)
    return {terms.texts[number]: terms.postings(number) for number in _numbers(leaf, node)}


def _numbers(leaf: Leaf, node: query_tree.Prefix | query_tree.Fuzzy) -> Iterator[int]:
    terms = leaf.segment.terms(node.field)
    if isinstance(node, query_tree.Prefix):
        yield from terms.beginning_with(to_bytes(node.text))
    elif node.text:
        alike = terms.beginning_with(to_bytes(node.text[0]))
        known = dict(zip(terms.texts.some(alike), alike, strict=True))
        for term, _ in edit_distance.near(node.text, known, min(node.distance, edit_distance.MAX_DISTANCE)):
            yield known[term]


def _by_document(leaf: Leaf, kind: str, starts: set[int], length: int) -> dict[int, int]:
    """In which documents a sequence stands, rising, and how often."""
    first, ends = leaf.extents(kind)
    rows = sorted(starts)
    # The last words of one document and the first of the next have neighbouring positions, too.
    following = map(bisect_right, repeat(first), rows)
    return Counter(
        [number - 1 for start, number in zip(rows, following, strict=True) if start + length <= ends[number]]
    )
