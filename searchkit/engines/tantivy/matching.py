"""A query tree as a Tantivy query: which documents match, exactly, and nothing of scores.

Terms that no document holds are left out first, so that long lists of alternatives cost little. A sequence becomes a
phrase of terms where each slot holds one, else one of regular expressions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING

from searchkit.engines import edits, filters
from searchkit.engines.tantivy import schema, store
from searchkit.engines.tantivy.snapshot import Snapshot, all_of, any_of
from searchkit.query import tree

if TYPE_CHECKING:
    from tantivy import Query

TermNode = tree.Term | tree.Prefix | tree.Fuzzy
Alternative = TermNode | tree.Sequence


@dataclass(frozen=True)
class Places:
    """A query that finds terms or phrases of one field, and whose score tells how often (see `counting`)."""

    query: Query
    kind: str
    words: tuple[str, ...]
    """What Tantivy takes for its terms when it weighs it."""


MAX_DEPTH = 2 * tree.MAX_DEPTH
"""Of the trees that are run; Tantivy overruns its stack, and ends the process, at some hundreds of levels."""
_LETTERS = 600
"""Bytes of terms in one regular expression; Tantivy's automata have at most 1,000 states."""
_SPECIAL = re.compile(r"[\\.+*?()|\[\]{}^$]")


class Matcher:
    """Makes queries for a snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._made: dict[int, tuple[tree.Node, Query]] = {}
        self._places: dict[int, tuple[Alternative, list[Places]]] = {}
        self._terms: dict[TermNode, list[str]] = {}
        self._prefixes: dict[tree.Prefix, list[tuple[str, int]]] = {}
        self.is_costly = False
        """Whether a query that was made holds patterns, which are slow to run."""

    def query(self, node: tree.Node, depth: int = 0) -> Query:
        """The documents that answer a node. Raises QueryError for a tree that is too deep."""
        if depth > MAX_DEPTH:
            raise store.too_deep(MAX_DEPTH)
        known = self._made.get(id(node))
        if known is None:
            known = self._made[id(node)] = node, self._query(node, depth)
        return known[1]

    def _query(self, node: tree.Node, depth: int) -> Query:
        from tantivy import Occur, Query

        if isinstance(node, tree.Group):
            return any_of(query for one in node.alternatives for query in self.alternative(one))
        if isinstance(node, tree.And):
            if len(node.children) == 1:
                return self.query(node.children[0], depth + 1)
            clauses = [
                (Occur.MustNot, self.query(child.child, depth + 2))
                if isinstance(child, tree.Not)
                else (Occur.Must, self.query(child, depth + 1))
                for child in node.children
                if not isinstance(child, tree.Everything)
            ]
            if all(occur == Occur.MustNot for occur, _ in clauses):
                clauses.append((Occur.Must, self._snapshot.everything))
            return Query.boolean_query(clauses)
        if isinstance(node, tree.Or):
            if any(isinstance(child, tree.Everything) for child in node.children):
                return self._snapshot.everything
            return any_of(self.query(child, depth + 1) for child in node.children)
        if isinstance(node, tree.Not):
            refused = self.query(node.child, depth + 1)
            return Query.boolean_query([(Occur.Must, self._snapshot.everything), (Occur.MustNot, refused)])
        if isinstance(node, tree.Everything):
            return self._snapshot.everything
        if isinstance(node, tree.InLanguage):
            return self._snapshot.term("language", schema.escaped(node.code))
        if isinstance(node, tree.DateRange):
            return self._dated(node)
        if isinstance(node, tree.InPath):
            return self._on_path(node.pattern)
        raise TypeError(f"{type(node).__name__} is not a node of an expanded tree")

    # -------------------------------------------------------------- alternatives
    def alternative(self, node: Alternative) -> list[Query]:
        """The documents that hold an alternative are those that one of the queries finds; none where it is nowhere."""
        if isinstance(node, tree.Prefix) and is_short(node):
            pattern = _literal(schema.term(node.field, node.text)) + _ANYTHING
            return [self._pattern(schema.KIND_OF[node.field], pattern)]
        return [places.query for places in self.places(node)]

    def places(self, node: Alternative) -> list[Places]:
        """Where an alternative stands: the places of all these, of which there is mostly one."""
        known = self._places.get(id(node))
        if known is None:
            known = self._places[id(node)] = node, list(self._all_places(node))
        return known[1]

    def _all_places(self, node: Alternative) -> Iterator[Places]:
        if isinstance(node, tree.Sequence):
            yield from self._sequence(node)
            return
        kind = schema.KIND_OF[node.field]
        if isinstance(node, tree.Prefix) and is_short(node):
            # A phrase counts the positions at which one of its terms stands: here, the same one twice.
            pattern = _literal(schema.term(node.field, node.text)) + _ANYTHING
            yield self._phrase(kind, [(0, pattern), (0, pattern)])
            return
        for term in self.terms(node):
            yield Places(self._snapshot.term(kind, term), kind, (term,))

    def terms(self, node: TermNode) -> list[str]:
        """Tantivy's terms that a node of terms takes in, those that are in the index."""
        known = self._terms.get(node)
        if known is None:
            known = self._terms[node] = self._look_up(node)
        return known

    def _look_up(self, node: TermNode) -> list[str]:
        kind = schema.KIND_OF[node.field]
        searcher = self._snapshot.searcher
        if isinstance(node, tree.Prefix):
            return [term for term, _ in searcher.terms_with_prefix(kind, schema.term(node.field, node.text))]
        if not node.text:
            return []
        if isinstance(node, tree.Term):
            term = schema.term(node.field, node.text)
            return [term] if searcher.doc_freq(kind, term) else []
        first = searcher.terms_with_prefix(kind, schema.term(node.field, node.text[0]))
        known = {schema.text_of(term): term for term, _ in first}
        return [known[text] for text, _ in edits.near(node.text, known, min(node.distance, edits.MAX_DISTANCE))]

    def frequency(self, node: Alternative) -> int:
        """The df of `engines.base`."""
        if isinstance(node, tree.Sequence):
            return min((max(map(self.frequency, slot)) for slot in node.slots if slot), default=0)
        kind = schema.KIND_OF[node.field]
        if not isinstance(node, tree.Prefix):
            return max((self._snapshot.frequency(kind, term) for term in self.terms(node)), default=0)
        best = 0
        for term, most in self._rows(node):
            if most <= best:
                break
            best = max(best, self._snapshot.frequency(kind, term))
        return best

    def most_frequent(self, node: tree.Prefix, count: int) -> list[str]:
        """The terms of a prefix that most documents hold."""
        return [term for term, _ in self._rows(node)[:count]]

    def _rows(self, node: tree.Prefix) -> list[tuple[str, int]]:
        """The terms of a prefix and in how many documents each stands, deleted ones included; the largest first."""
        known = self._prefixes.get(node)
        if known is None:
            rows = self._snapshot.searcher.terms_with_prefix(
                schema.KIND_OF[node.field], schema.term(node.field, node.text)
            )
            known = self._prefixes[node] = sorted(rows, key=lambda row: -row[1])
        return known

    # -------------------------------------------------------------- sequences
    def _sequence(self, node: tree.Sequence) -> Iterator[Places]:
        filled = [place for place, slot in enumerate(node.slots) if slot]
        if not filled:
            return
        kind = schema.KIND_OF[node.slots[filled[0]][0].field]
        slots = [self._slot(node.slots[place]) for place in filled]
        if not all(slots):
            return
        # An empty slot at an end must have a word; between others there is one anyway.
        last = len(node.slots) - 1
        ends = [place for place in (0, last) if not node.slots[place]]
        if len(filled) + len(ends) == 1:
            ends = filled[:1]
        if all(len(slot) == 1 and not slot[0][1] for slot in slots):
            terms = [(place, slot[0][0]) for place, slot in zip(filled, slots, strict=True)]
            yield self._exact_phrase(kind, terms + [(place, schema.ANY) for place in ends])
            return
        always = [(place, _literal(schema.ANY)) for place in ends]
        for patterns in product(*map(_patterns, slots)):
            yield self._phrase(kind, [*zip(filled, patterns, strict=True), *always])

    def _slot(self, slot: tuple[TermNode, ...]) -> list[tuple[str, bool]]:
        """Tantivy's terms of a slot, and whether they are the beginnings of terms."""
        found: dict[tuple[str, bool], None] = {}
        for node in slot:
            if isinstance(node, tree.Prefix) and is_short(node):
                term = schema.term(node.field, node.text)
                if self._snapshot.searcher.terms_with_prefix(schema.KIND_OF[node.field], term, limit=1):
                    found[term, True] = None
            else:
                found.update(((term, False), None) for term in self.terms(node))
        return list(found)

    def _exact_phrase(self, kind: str, terms: list[tuple[int, str]]) -> Places:
        from tantivy import Query

        words: list[str | tuple[int, str]] = [*sorted(terms)]
        self.is_costly = True
        return Places(Query.phrase_query(self._snapshot.schema, kind, words), kind, tuple(term for _, term in terms))

    def _phrase(self, kind: str, patterns: list[tuple[int, str]]) -> Places:
        from tantivy import Query

        words: list[str | tuple[int, str]] = [*sorted(patterns)]
        self.is_costly = True
        query = Query.regex_phrase_query(self._snapshot.schema, kind, words)
        return Places(query, kind, tuple(pattern for _, pattern in patterns))

    def _pattern(self, field: str, pattern: str) -> Query:
        from tantivy import Query

        self.is_costly = True
        return Query.regex_query(self._snapshot.schema, field, pattern)

    # -------------------------------------------------------------- filters
    def _dated(self, node: tree.DateRange) -> Query:
        from tantivy import Query

        days = filters.days(node.low, node.high)
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

        wanted = schema.escaped(filters.folded(pattern))
        # An automaton of a star and question marks after it has states without number.
        if "?" not in wanted and len(wanted.encode()) < _LETTERS // 2:
            glob = "*" in wanted
            inner = _ANYTHING.join(map(_literal, wanted.split("*")))
            return self._pattern("path", inner if glob else _ANYTHING + inner + _ANYTHING)
        fits = filters.path_test(pattern)
        paths = [
            path for path, _ in self._snapshot.searcher.terms_with_prefix("path", "") if fits(schema.unescaped(path))
        ]
        return Query.term_set_query(self._snapshot.schema, "path", paths) if paths else Query.empty_query()


_ANYTHING = "(?s:.*)"


def is_short(node: tree.Prefix) -> bool:
    """Whether a prefix can be a regular expression."""
    return len(node.text.encode("utf-8", "surrogatepass")) < _LETTERS


@lru_cache(4096)
def _literal(text: str) -> str:
    return _SPECIAL.sub(lambda match: "\\" + match[0], text)


def _patterns(slot: list[tuple[str, bool]]) -> list[str]:
    """A slot as regular expressions that are small enough: mostly one."""
    # Where there are several, terms of one field stay together: no two of them are at one position.
    patterns: list[list[str]] = []
    room = 0
    for term, beginning in sorted(slot):
        size = len(term.encode())
        if not patterns or size > room:
            patterns.append([])
            room = _LETTERS
        room -= size
        patterns[-1].append(_literal(term) + (_ANYTHING if beginning else ""))
    return ["|".join(one) for one in patterns]
