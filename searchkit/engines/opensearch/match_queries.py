"""A query tree as a query of OpenSearch: which documents match, and nothing of scores."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from searchkit.engines import filter_meaning
from searchkit.engines.opensearch import mapping
from searchkit.engines.opensearch.frequencies import Frequencies, Key, Single
from searchkit.engines.opensearch.mapping import KIND_OF
from searchkit.terms import query_tree
from searchkit.terms.query_tree import Fuzzy, Prefix, Sequence, Term

Query = dict[str, Any]
NOTHING: Query = {"match_none": {}}
EVERYTHING: Query = {"match_all": {"boost": 0}}
_AT_ONCE = 60_000
"""Terms of one `terms` query."""
_STARS = 4
"""Of a path's pattern that is given to an automaton."""


class MatchQueries:
    """Makes queries for a committed state; `paths` gives the paths that a query finds."""

    def __init__(self, frequencies: Frequencies, paths: Callable[[Query], Iterable[str]]) -> None:
        self._frequencies = frequencies
        self._paths = paths

    def query(self, node: query_tree.Node) -> Query:
        """The documents that answer a node."""
        if isinstance(node, query_tree.Group):
            return any_of([*self._terms(node.alternatives), *self._others(node.alternatives)])
        if isinstance(node, query_tree.And):
            return self.all_of(node, self.query)
        if isinstance(node, query_tree.Or):
            groups = [child for child in node.children if isinstance(child, query_tree.Group)]
            together = query_tree.Group(tuple(one for group in groups for one in group.alternatives))
            others = [self.query(child) for child in node.children if not isinstance(child, query_tree.Group)]
            return EVERYTHING if EVERYTHING in others else any_of([self.query(together), *others] if groups else others)
        if isinstance(node, query_tree.Not):
            if isinstance(node.child, query_tree.Not):
                return self.query(node.child.child)
            return {"bool": {"must_not": [self.query(node.child)]}}
        if isinstance(node, query_tree.Everything):
            return EVERYTHING
        if isinstance(node, query_tree.InLanguage):
            return {"term": {"language": mapping.cut(node.code)}}
        if isinstance(node, query_tree.DateRange):
            return _dated(node)
        if isinstance(node, query_tree.InPath):
            return self._on_path(node.pattern)
        raise TypeError(f"{type(node).__name__} is not a node of an expanded tree")

    def all_of(self, node: query_tree.And, make: Callable[[query_tree.Node], Query]) -> Query:
        """The documents that answer all children, for which `make` makes queries."""
        wanted = [make(child) for child in node.children if not isinstance(child, query_tree.Not)]
        refused = [self.query(child.child) for child in node.children if isinstance(child, query_tree.Not)]
        wanted = [query for query in wanted if query != EVERYTHING] or [EVERYTHING]
        if NOTHING in wanted:
            return NOTHING
        refused = [query for query in refused if query != NOTHING]
        if len(wanted) == 1 and not refused:
            return wanted[0]
        unscored = [query["constant_score"]["filter"] for query in wanted if _is_unscored(query)]
        return {
            "bool": {
                "must": [query for query in wanted if not _is_unscored(query)],
                "filter": unscored,
                "must_not": refused,
            }
        }

    # -------------------------------------------------------------- groups
    def _terms(self, alternatives: Iterable[Any]) -> Iterable[Query]:
        """Those of single terms, as one query for each field."""
        by_kind: dict[str, dict[str, None]] = {}
        for one in alternatives:
            if isinstance(one, (Term, Fuzzy)):
                by_kind.setdefault(KIND_OF[one.field], {}).update(dict.fromkeys(self._frequencies.terms(one)))
        yield from _any_term(by_kind)

    def _others(self, alternatives: Iterable[Any]) -> Iterable[Query]:
        for one in alternatives:
            if isinstance(one, Prefix):
                start = mapping.term(one.field, one.text).partition(mapping.CUT)[0]
                yield {"prefix": {KIND_OF[one.field]: {"value": start, "rewrite": "constant_score"}}}
            elif isinstance(one, Sequence) and (phrase := self.phrase(one)):
                kind, text = phrase
                yield {"match_phrase": {kind: text}}

    def phrase(self, one: Sequence) -> tuple[str, str] | None:
        """A field of the cluster, and the words that must stand side by side in it; None where a slot has no term."""
        slots = one.asked()
        if not slots:
            return None
        self._frequencies.learn(single for slot in slots for single in slot)
        rows = [dict.fromkeys(text for single in slot for text in self._held(single)) for slot in slots]
        if any(slot and not row for slot, row in zip(slots, rows, strict=True)):
            return None
        return KIND_OF[slots[0][0].field], " ".join(map(mapping.stacked, rows))

    def _held(self, one: Single) -> list[str]:
        return self._frequencies.held(one)

    # -------------------------------------------------------------- filters
    def _on_path(self, pattern: str) -> Query:
        wanted = mapping.escaped(filter_meaning.folded(pattern))
        glob = "*" in wanted or "?" in wanted
        if wanted.count("*") + wanted.count("?") <= _STARS and len(wanted) < 1_000:
            written = wanted.replace("\\", "\\\\")
            return {"wildcard": {"path": {"value": written if glob else f"*{written}*"}}}
        # The automaton of many stars would have states without number.
        literal = mapping.escaped(filter_meaning.literals(pattern))[:500].replace("\\", "\\\\")
        fits = filter_meaning.path_test(pattern)
        listed = [path for path in self._paths({"wildcard": {"path": {"value": f"*{literal}*"}}}) if fits(path)]
        return {"terms": {"path": [mapping.cut(path) for path in listed]}} if listed else NOTHING


class HeldQueries(MatchQueries):
    """As `MatchQueries`, by the terms alone that stood in a document when the frequencies were asked for: they are fewer, and none has to be
    looked up by its beginning."""

    def _terms(self, alternatives: Iterable[Any]) -> Iterable[Query]:
        by_kind: dict[str, dict[str, None]] = {}
        for one in alternatives:
            if not isinstance(one, Sequence):
                by_kind.setdefault(KIND_OF[one.field], {}).update(dict.fromkeys(self._held(one)))
        return _any_term(by_kind)

    def _others(self, alternatives: Iterable[Any]) -> Iterable[Query]:
        listed = list(alternatives)
        for one in listed:
            if isinstance(one, Sequence) and not self.implies((one,), listed) and (phrase := self.phrase(one)):
                kind, text = phrase
                yield {"match_phrase": {kind: text}}

    def implies(self, alternatives: Iterable[Any], others: Iterable[Any]) -> bool:
        """Whether every document that holds one of some alternatives holds a single term of others; False where that is not sure."""
        terms = {key for one in others if not isinstance(one, Sequence) for key in self.keys((one,))}
        return all(
            any(slot and self.keys(slot) <= terms for slot in (one.slots if isinstance(one, Sequence) else ((one,),)))
            for one in alternatives
        )

    def keys(self, singles: Iterable[Single]) -> set[Key]:
        """The terms that stand in a document, of some, with their fields of the cluster."""
        return {(KIND_OF[one.field], text) for one in singles for text in self._held(one)}


def _any_term(by_kind: dict[str, dict[str, None]]) -> Iterable[Query]:
    for kind, terms in by_kind.items():
        listed = list(terms)
        for start in range(0, len(listed), _AT_ONCE):
            yield {"terms": {kind: listed[start : start + _AT_ONCE]}}


def _is_unscored(query: Query) -> bool:
    return bool(query.get("constant_score", {}).get("boost") == 0)


def any_of(queries: Iterable[Query]) -> Query:
    """The documents that answer any query."""
    made = [query for query in queries if query != NOTHING]
    if not made:
        return NOTHING
    return made[0] if len(made) == 1 else {"bool": {"should": made, "minimum_should_match": 1}}


def _dated(node: query_tree.DateRange) -> Query:
    days = filter_meaning.days(node.low, node.high)
    if days is None:
        return NOTHING
    low, high = days
    return {"bool": {"filter": [{"range": {"last_day": {"gte": low}}}, {"range": {"first_day": {"lte": high}}}]}}
