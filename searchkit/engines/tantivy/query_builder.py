"""A query tree as a Tantivy query: which documents match, exactly, and nothing of scores.

What a group looks for is found by `term_queries`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from searchkit.engines import filter_meaning
from searchkit.engines.tantivy import encoding, patterns, store
from searchkit.engines.tantivy.snapshot import Snapshot, all_of, any_of
from searchkit.engines.tantivy.term_queries import TermQueries
from searchkit.terms import query_tree

if TYPE_CHECKING:
    from tantivy import Query

MAX_DEPTH = 2 * query_tree.MAX_DEPTH
"""Of the trees that are run; Tantivy overruns its stack, and ends the process, at some hundreds of levels."""
_STARS = 4
"""Of a path's pattern that is given to an automaton."""


class QueryBuilder:
    """Makes queries for a snapshot."""

    def __init__(self, snapshot: Snapshot, terms: TermQueries) -> None:
        self._snapshot = snapshot
        self._terms = terms
        self._made: dict[int, tuple[query_tree.Node, Query]] = {}

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
            return any_of(query for one in node.alternatives for query in self._terms.alternative(one))
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
            return self._terms.pattern("path", inner if glob else patterns.ANYTHING + inner + patterns.ANYTHING)
        fits = filter_meaning.path_test(pattern)
        paths = [
            path for path, _ in self._snapshot.searcher.terms_with_prefix("path", "") if fits(encoding.unescaped(path))
        ]
        return Query.term_set_query(self._snapshot.schema, "path", paths) if paths else Query.empty_query()


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
