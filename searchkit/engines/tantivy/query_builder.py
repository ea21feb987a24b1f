"""A query tree as a Tantivy query: which documents match, exactly, and nothing of scores.

Terms that no document holds are left out first, so that long lists of alternatives cost little. A sequence becomes a
phrase of terms where each slot holds one, else one of regular expressions.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from math import prod
from typing import TYPE_CHECKING

from searchkit.engines import filter_meaning
from searchkit.engines.tantivy import encoding, patterns, schema, store
from searchkit.engines.tantivy.patterns import Slot, SlotPart
from searchkit.engines.tantivy.snapshot import Snapshot, all_of, any_of
from searchkit.engines.tantivy.term_occurrences import Occurrences
from searchkit.terms import query_tree
from searchkit.text import edit_distance

if TYPE_CHECKING:
    from tantivy import Query

TermNode = query_tree.Term | query_tree.Prefix | query_tree.Fuzzy
Alternative = TermNode | query_tree.Sequence

MAX_DEPTH = 2 * query_tree.MAX_DEPTH
"""Of the trees that are run; Tantivy overruns its stack, and ends the process, at some hundreds of levels."""
_POSITIONS = 10
_STARS = 4
"""Of a path's pattern that is given to an automaton."""
_PHRASES = 12
"""So many phrases of terms are sooner looked for than one of regular expressions."""


class QueryBuilder:
    """Makes queries for a snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._made: dict[int, tuple[query_tree.Node, Query]] = {}
        self._places: dict[int, tuple[Alternative, list[Occurrences]]] = {}
        self._terms: dict[int, tuple[TermNode, list[str]]] = {}
        self._prefixes: dict[int, tuple[query_tree.Prefix, list[tuple[str, int]]]] = {}
        self.is_costly = False
        """Whether a query that was made holds patterns, which are slow to run."""

    def query(self, node: query_tree.Node, depth: int = 0) -> Query:
        """The documents that answer a node. Raises QueryError for a tree that is too deep."""
        if depth > MAX_DEPTH:
            raise store.too_deep(MAX_DEPTH)
        known = self._made.get(id(node))
        if known is None:
            known = self._made[id(node)] = node, self._query(node, depth)
        return known[1]

    def _query(self, node: query_tree.Node, depth: int) -> Query:
        from tantivy import Occur, Query

        if isinstance(node, query_tree.Group):
            return any_of(query for one in node.alternatives for query in self.alternative(one))
        if isinstance(node, query_tree.And):
            if len(node.children) == 1:
                return self.query(node.children[0], depth + 1)
            clauses = [
                (Occur.MustNot, self.query(child.child, depth + 2))
                if isinstance(child, query_tree.Not)
                else (Occur.Must, self.query(child, depth + 1))
                for child in node.children
                if not isinstance(child, query_tree.Everything) and not is_optional(child)
            ]
            if all(occur == Occur.MustNot for occur, _ in clauses):
                clauses.append((Occur.Must, self._snapshot.everything))
            return Query.boolean_query(clauses)
        if isinstance(node, query_tree.Or):
            if any(isinstance(child, query_tree.Everything) for child in node.children):
                return self._snapshot.everything
            return any_of(self.query(child, depth + 1) for child in node.children)
        if isinstance(node, query_tree.Not):
            refused = self.query(node.child, depth + 1)
            return Query.boolean_query([(Occur.Must, self._snapshot.everything), (Occur.MustNot, refused)])
        if isinstance(node, query_tree.Everything):
            return self._snapshot.everything
        if isinstance(node, query_tree.InLanguage):
            return self._snapshot.term("language", encoding.escaped(node.code))
        if isinstance(node, query_tree.DateRange):
            return self._dated(node)
        if isinstance(node, query_tree.InPath):
            return self._on_path(node.pattern)
        raise TypeError(f"{type(node).__name__} is not a node of an expanded tree")

    # -------------------------------------------------------------- alternatives
    def alternative(self, node: Alternative) -> list[Query]:
        """The documents that hold an alternative are those that one of the queries finds; none where it is nowhere."""
        if isinstance(node, query_tree.Prefix) and is_short(node):
            pattern = patterns.literal(encoding.term(node.field, node.text)) + patterns.ANYTHING
            return [self._pattern(schema.KIND_OF[node.field], pattern)]
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

    def _pattern(self, field: str, pattern: str) -> Query:
        from tantivy import Query

        self.is_costly = True
        return Query.regex_query(self._snapshot.schema, field, pattern)

    # -------------------------------------------------------------- filters
    def _dated(self, node: query_tree.DateRange) -> Query:
        from tantivy import Query

        days = filter_meaning.days(node.low, node.high)
        if days is None:
            return Query.empty_query()
        low, high = days
        return all_of((self.days("last_day", low, 99999999), self.days("first_day", 1, high)))

    def days(self, field: str, low: int, high: int) -> Query:
        """The documents with a number from `low` to `high`."""
        from tantivy import FieldType, Query

        return Query.range_query(self._snapshot.schema, field, FieldType.Unsigned, low, high)

    def _on_path(self, pattern: str) -> Query:
        from tantivy import Query

        wanted = encoding.escaped(filter_meaning.folded(pattern))
        # An automaton of a star and question marks after it has states without number.
        if "?" not in wanted and wanted.count("*") <= _STARS and len(wanted.encode()) < patterns.LETTERS // 2:
            glob = "*" in wanted
            inner = patterns.ANYTHING.join(map(patterns.literal, wanted.split("*")))
            return self._pattern("path", inner if glob else patterns.ANYTHING + inner + patterns.ANYTHING)
        fits = filter_meaning.path_test(pattern)
        paths = [
            path for path, _ in self._snapshot.searcher.terms_with_prefix("path", "") if fits(encoding.unescaped(path))
        ]
        return Query.term_set_query(self._snapshot.schema, "path", paths) if paths else Query.empty_query()


def is_short(node: query_tree.Prefix) -> bool:
    """Whether a prefix can be a regular expression."""
    return len(node.text.encode("utf-8", "surrogatepass")) < patterns.LETTERS


def is_optional(node: query_tree.Node) -> bool:
    """Whether all documents answer a node, which may score."""
    return isinstance(node, query_tree.Or) and any(isinstance(child, query_tree.Everything) for child in node.children)


def check_depth(node: query_tree.Node, depth: int = 0) -> None:
    """Raises QueryError for a tree that is too deep."""
    if depth > MAX_DEPTH:
        raise store.too_deep(MAX_DEPTH)
    if isinstance(node, (query_tree.And, query_tree.Or)):
        for child in node.children:
            check_depth(child, depth + 1)
    elif isinstance(node, query_tree.Not):
        check_depth(node.child, depth + 1)


def _from_zero(words: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Occurrences from 0 on, in order."""
    first = min(place for place, _ in words)
    return sorted((place - first, word) for place, word in words)
