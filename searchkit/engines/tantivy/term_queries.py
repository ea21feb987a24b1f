"""Groups of a query in Tantivy: the terms of their alternatives that are in the index, and where these occur.

Terms that no document holds are left out first, so that long lists of alternatives cost little. A sequence becomes a
phrase of terms where each slot holds one, else one of regular expressions.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from math import prod
from typing import TYPE_CHECKING

from searchkit.engines.tantivy import encoding, patterns, schema
from searchkit.engines.tantivy.patterns import Slot, SlotPart
from searchkit.engines.tantivy.snapshot import Snapshot
from searchkit.engines.tantivy.term_occurrences import Occurrences
from searchkit.terms import query_tree
from searchkit.text import edit_distance

if TYPE_CHECKING:
    from tantivy import Query

TermNode = query_tree.Term | query_tree.Prefix | query_tree.Fuzzy
Alternative = TermNode | query_tree.Sequence

_POSITIONS = 10
_PHRASES = 12
"""So many phrases of terms are sooner looked for than one of regular expressions."""


class TermQueries:
    """Looks terms up in a snapshot; what was found for a node is kept."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._places: dict[int, tuple[Alternative, list[Occurrences]]] = {}
        self._terms: dict[int, tuple[TermNode, list[str]]] = {}
        self._prefixes: dict[int, tuple[query_tree.Prefix, list[tuple[str, int]]]] = {}
        self.is_costly = False
        """Whether a query that was made holds patterns, which are slow to run."""

    def alternative(self, node: Alternative) -> list[Query]:
        """The documents that hold an alternative are those that one of the queries finds; none where it is nowhere."""
        if isinstance(node, query_tree.Prefix) and is_short(node):
            pattern = patterns.literal(encoding.term(node.field, node.text)) + patterns.ANYTHING
            return [self.pattern(schema.KIND_OF[node.field], pattern)]
        return [places.finding for places in self.places(node)]

    def places(self, node: Alternative) -> list[Occurrences]:
        """Where an alternative stands: the places of all these, of which there is mostly one."""
        known = self._places.get(id(node))
        if known is None:
            known = self._places[id(node)] = node, list(self._all_places(node))
        return known[1]

    def _all_places(self, node: Alternative) -> Iterator[Occurrences]:
        if isinstance(node, query_tree.Sequence):
            yield from self._sequence(node)
            return
        kind = schema.KIND_OF[node.field]
        if isinstance(node, query_tree.Prefix) and is_short(node):
            # A phrase of a single slot asks for it twice (see `_phrase`).
            most = patterns.EXPANSIONS // 2
            for part in self._beginning(node, most):
                yield self._phrase(kind, [(0, part.pattern)])
            return
        for term in self.terms(node):
            yield Occurrences(self._snapshot.term(kind, term), kind, (term,))

    def terms(self, node: TermNode) -> list[str]:
        """Tantivy's terms that a node of terms takes in, those that are in the index."""
        known = self._terms.get(id(node))
        if known is None:
            known = self._terms[id(node)] = node, self._look_up(node)
        return known[1]

    def _look_up(self, node: TermNode) -> list[str]:
        kind = schema.KIND_OF[node.field]
        searcher = self._snapshot.searcher
        if isinstance(node, query_tree.Prefix):
            return [term for term, _ in searcher.terms_with_prefix(kind, encoding.term(node.field, node.text))]
        if not node.text:
            return []
        if isinstance(node, query_tree.Term):
            term = encoding.term(node.field, node.text)
            return [term] if self._snapshot.held(kind, term) else []
        first = searcher.terms_with_prefix(kind, encoding.term(node.field, node.text[0]))
        known = {encoding.text_of(term): term for term, _ in first}
        return [
            known[text]
            for text, _ in edit_distance.near(node.text, known, min(node.distance, edit_distance.MAX_DISTANCE))
        ]

    def frequency(self, node: Alternative) -> int:
        """The df of `engines.base`."""
        if isinstance(node, query_tree.Sequence):
            return min((max(map(self.frequency, slot)) for slot in node.slots if slot), default=0)
        kind = schema.KIND_OF[node.field]
        if not isinstance(node, query_tree.Prefix):
            return max((self._snapshot.frequency(kind, term) for term in self.terms(node)), default=0)
        best = 0
        for term, most in self._rows(node):
            if most <= best:
                break
            best = max(best, self._snapshot.frequency(kind, term))
        return best

    def effort(self, places: Occurrences) -> float:
        """About how many postings are read to find places; a phrase has its positions read as well."""
        if places.slots:
            return _POSITIONS * min(
                sum(self._snapshot.held(places.kind, term) for term in slot) for slot in places.slots
            )
        return self._snapshot.held(places.kind, places.words[0]) if len(places.words) == 1 else self._snapshot.documents

    def most_frequent(self, node: query_tree.Prefix, count: int) -> list[str]:
        """The terms of a prefix that most documents hold."""
        return [term for term, _ in self._rows(node)[:count]]

    def _rows(self, node: query_tree.Prefix) -> list[tuple[str, int]]:
        """The terms of a prefix and in how many documents each stands, deleted ones included; the largest first."""
        known = self._prefixes.get(id(node))
        if known is None:
            rows = self._snapshot.searcher.terms_with_prefix(
                schema.KIND_OF[node.field], encoding.term(node.field, node.text)
            )
            known = self._prefixes[id(node)] = node, sorted(rows, key=lambda row: -row[1])
        return known[1]

    # -------------------------------------------------------------- sequences
    def _sequence(self, node: query_tree.Sequence) -> Iterator[Occurrences]:
        filled = [(place, slot) for place, slot in enumerate(node.asked()) if slot]
        if not filled:
            return
        slots = [self._slot(slot, patterns.EXPANSIONS // max(2, len(filled))) for _, slot in filled]
        if all(slots):
            yield from self._phrases(schema.KIND_OF[filled[0][1][0].field], [place for place, _ in filled], slots)

    def _phrases(self, kind: str, places: list[int], slots: list[Slot]) -> Iterator[Occurrences]:
        """Where slots that are not empty stand at those places from each other."""
        if all(len(slot) == 1 and not slot[0].beginning for slot in slots):
            terms = [(place, slot[0].text) for place, slot in zip(places, slots, strict=True)]
            yield self._exact_phrase(kind, terms)
            return
        phrases: tuple[Occurrences, ...] = ()
        needed: tuple[tuple[str, ...], ...] = ()
        if not any(part.beginning for slot in slots for part in slot):
            needed = tuple(tuple(part.text for part in slot) for slot in slots)
            if prod(map(len, needed)) <= _PHRASES:
                every = ([*zip(places, words, strict=True)] for words in product(*needed))
                phrases = tuple(self._exact_phrase(kind, terms) for terms in every)
        most = patterns.EXPANSIONS // max(2, len(slots))
        for words in product(*(patterns.of_slot(slot, most) for slot in slots)):
            found = self._phrase(kind, [*zip(places, words, strict=True)])
            yield replace(found, phrases=phrases, slots=needed)

    def _slot(self, slot: tuple[TermNode, ...], most: int) -> Slot:
        found: dict[SlotPart, None] = {}
        for node in slot:
            if isinstance(node, query_tree.Prefix) and is_short(node):
                parts = self._beginning(node, most)
                if sum(part.terms for part in parts) > _PHRASES:
                    found.update(dict.fromkeys(parts))
                    continue
            found.update((SlotPart(term), None) for term in self.terms(node))
        return list(found)

    def _beginning(self, node: query_tree.Prefix, most: int) -> list[SlotPart]:
        """The terms of a prefix, as parts of at most so many."""
        terms = self.terms(node)
        return list(patterns.split(terms, encoding.term(node.field, node.text), most)) if terms else []

    def _exact_phrase(self, kind: str, terms: list[tuple[int, str]]) -> Occurrences:
        from tantivy import Query

        if len(terms) == 1:
            ((_, term),) = terms
            return Occurrences(self._snapshot.term(kind, term), kind, (term,))
        terms = _from_zero(terms)
        self.is_costly = True
        words = tuple(term for _, term in terms)
        query = Query.phrase_query(self._snapshot.schema, kind, [*terms])
        return Occurrences(query, kind, words, slots=tuple((word,) for word in words))

    def _phrase(self, kind: str, expressions: list[tuple[int, str]]) -> Occurrences:
        from tantivy import Query

        # A phrase counts the positions at which one of its terms stands; of a single slot, the same is asked twice.
        expressions = _from_zero(expressions * 2 if len(expressions) == 1 else expressions)
        self.is_costly = True
        words = tuple(expression for _, expression in expressions)
        query = Query.regex_phrase_query(self._snapshot.schema, kind, [*expressions])
        return Occurrences(query, kind, words)

    def pattern(self, field: str, pattern: str) -> Query:
        """The documents with a term of a field that a regular expression fits."""
        from tantivy import Query

        self.is_costly = True
        return Query.regex_query(self._snapshot.schema, field, pattern)


def is_short(node: query_tree.Prefix) -> bool:
    """Whether a prefix can be a regular expression."""
    return len(node.text.encode("utf-8", "surrogatepass")) < patterns.LETTERS


def _from_zero(words: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Occurrences from 0 on, in order."""
    first = min(place for place, _ in words)
    return sorted((place - first, word) for place, word in words)
