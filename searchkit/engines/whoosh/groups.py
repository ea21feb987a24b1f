"""Groups of the query tree, looked up: which documents hold their terms, how often, and what that is worth."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from math import log

from searchkit.engines import edits
from searchkit.engines.base import FIELD_BOOSTS, K1
from searchkit.engines.whoosh.postings import Postings
from searchkit.engines.whoosh.segment import kind_of, to_bytes
from searchkit.engines.whoosh.snapshot import Leaf, Scores, Snapshot
from searchkit.query import tree

TermNode = tree.Term | tree.Prefix | tree.Fuzzy


class Hits:
    """The documents of a segment that hold an alternative, rising, and how often; None is once each."""

    __slots__ = ("counts", "ids")

    def __init__(self, ids: list[int], counts: Sequence[int] | None) -> None:
        self.ids = ids
        self.counts = counts

    def within(self, documents: Container[int]) -> Hits:
        """Those in some documents."""
        if self.counts is None:
            return Hits([document for document in self.ids if document in documents], None)
        pairs = zip(self.ids, self.counts, strict=True)
        kept = [(document, count) for document, count in pairs if document in documents]
        return Hits([document for document, _ in kept], [count for _, count in kept])


class Alternative:
    """An alternative of a group. `hits`: for each leaf, the hits of each of its terms."""

    def __init__(self, snapshot: Snapshot, node: TermNode | tree.Sequence) -> None:
        if isinstance(node, tree.Sequence):
            self.field = field_of(node)
            self.hits, frequency = _sequence(snapshot, node)
        else:
            self.field = node.field
            found = [_postings(leaf, node) for leaf in snapshot.leaves]
            frequency = _frequency(snapshot, found)
            self.hits = [[Hits(postings.ids(), postings.counts) for postings in terms.values()] for terms in found]
        self.factor = node.weight * FIELD_BOOSTS[self.field]
        self.frequency = min(1.0, node.weight) * frequency


class Group:
    """A group of the query tree, looked up in a snapshot."""

    def __init__(self, snapshot: Snapshot, node: tree.Group) -> None:
        self._leaves = snapshot.leaves
        self._documents: dict[int, set[int]] = {}
        self._alternatives = [Alternative(snapshot, alternative) for alternative in node.alternatives]
        frequency = max((alternative.frequency for alternative in self._alternatives), default=0.0)
        idf = log(1 + (snapshot.documents - frequency + 0.5) / (frequency + 0.5))
        self._factor = node.boost * idf * (K1 + 1)

    def size(self, number: int) -> int:
        """At most so many documents of the leaf hold it."""
        return sum(len(hits.ids) for alternative in self._alternatives for hits in alternative.hits[number])

    def documents(self, number: int) -> set[int]:
        """The living documents of a leaf that hold it."""
        found = self._documents.get(number)
        if found is None:
            lists = [hits.ids for alternative in self._alternatives for hits in alternative.hits[number]]
            found = self._documents[number] = set().union(*lists)
            found -= self._leaves[number].deleted
        return found

    def add_scores(self, number: int, documents: set[int], scores: Scores) -> None:
        """Add the group's score to those of some documents of a leaf; they need not hold it."""
        if len(documents) > self.size(number):
            documents = documents & self.documents(number)
        frequencies = self._term_frequencies(number, documents)
        factor = self._factor
        for document in documents:
            frequency = frequencies[document]
            scores[document] += factor * frequency / (frequency + K1)

    def _term_frequencies(self, number: int, documents: set[int]) -> Scores:
        """`tf` of the formula in `engines.base` by document, at least for these documents."""
        leaf = self._leaves[number]
        sparse = len(documents) * 2 < min(self.size(number), leaf.count)
        frequencies: Scores = dict.fromkeys(documents, 0.0) if sparse else [0.0] * leaf.count
        for alternative in self._alternatives:
            for hits in alternative.hits[number]:
                norms = leaf.norms(alternative.field, documents if sparse else hits.ids)
                if sparse:
                    hits = hits.within(documents)
                _add(alternative.factor, hits, norms, frequencies)
        return frequencies


def _add(factor: float, hits: Hits, norms: Scores, frequencies: Scores) -> None:
    """Add to the term frequencies of documents, all of which `frequencies` has, what some hits give."""
    if hits.counts is None:
        for document in hits.ids:
            frequencies[document] += factor * norms[document]
    else:
        for document, count in zip(hits.ids, hits.counts, strict=True):
            frequencies[document] += factor * count * norms[document]


def field_of(sequence: tree.Sequence) -> str:
    """The field that a sequence is scored in: that of its first term."""
    return next((slot[0].field for slot in sequence.slots if slot), "word")


def _postings(leaf: Leaf, node: TermNode) -> dict[bytes, Postings]:
    """The posting lists of a leaf that a node of terms takes in, by term."""
    if isinstance(node, tree.Term):
        term = to_bytes(node.text)
        postings = leaf.segment.postings(node.field, term)
        return {term: postings} if postings else {}
    terms = leaf.segment.terms(node.field)
    return {terms.texts[number]: terms.postings(number) for number in _numbers(leaf, node)}


def _numbers(leaf: Leaf, node: tree.Prefix | tree.Fuzzy) -> Iterator[int]:
    terms = leaf.segment.terms(node.field)
    if isinstance(node, tree.Prefix):
        yield from terms.beginning_with(to_bytes(node.text))
    elif node.text:
        alike = terms.beginning_with(to_bytes(node.text[0]))
        known = dict(zip(terms.texts.some(alike), alike, strict=True))
        for term, _ in edits.near(node.text, known, min(node.distance, edits.MAX_DISTANCE)):
            yield known[term]


def _frequency(snapshot: Snapshot, found: list[dict[bytes, Postings]]) -> int:
    """The largest number of living documents that one of the terms stands in."""
    frequencies: Counter[bytes] = Counter()
    for leaf, terms in zip(snapshot.leaves, found, strict=True):
        for term, postings in terms.items():
            frequencies[term] += leaf.frequency(postings)
    return max(frequencies.values(), default=0)


def _sequence(snapshot: Snapshot, node: tree.Sequence) -> tuple[list[list[Hits]], int]:
    """Where a sequence stands, for each leaf, and the frequency of its rarest slot."""
    filled = [place for place, slot in enumerate(node.slots) if slot]
    if not filled:
        return [[] for _ in snapshot.leaves], 0
    found = {
        place: [[_postings(leaf, term) for term in node.slots[place]] for leaf in snapshot.leaves] for place in filled
    }
    frequency = min(
        max(_frequency(snapshot, list(of_term)) for of_term in zip(*by_leaf, strict=True)) if by_leaf else 0
        for by_leaf in found.values()
    )
    hits = []
    for number, leaf in enumerate(snapshot.leaves):
        slots = {
            place: [postings for terms in by_leaf[number] for postings in terms.values()]
            for place, by_leaf in found.items()
        }
        hits.append(_places(leaf, kind_of(field_of(node)), slots, len(node.slots)))
    return hits, frequency


def _places(leaf: Leaf, kind: str, slots: dict[int, list[Postings]], length: int) -> list[Hits]:
    """The documents in which the slots stand side by side, as one list of hits or none."""
    rarest = sorted(slots, key=lambda place: sum(postings.occurrences() for postings in slots[place]))
    starts: set[int] = set()
    for turn, place in enumerate(rarest):
        begins = (
            {position - place for postings in slots[place] for position in postings.positions()}
            if not turn
            else {
                begin
                for postings in slots[place]
                for position in postings.positions()
                if (begin := position - place) in starts
            }
        )
        starts = begins
        if not starts:
            return []
    first, sizes = leaf.segment.numbers(f"{kind}.starts"), leaf.segment.numbers(f"{kind}.sizes")
    counts: Counter[int] = Counter()
    for start in sorted(starts):
        document = bisect_right(first, start) - 1
        # The last words of one document and the first of the next have neighbouring positions, too.
        if document >= 0 and start + length <= first[document] + sizes[document]:
            counts[document] += 1
    return [Hits(list(counts), list(counts.values()))] if counts else []
