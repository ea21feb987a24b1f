"""Clauses: nodes on their way into a parsed tree, joined from the leaves up.

An And in an And and an Or in an Or are merged, what is said twice stands once, a node of one child is the child, and the
height of the tree is kept within `MAX_DEPTH`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from searchkit.errors import QueryError
from searchkit.terms.query_tree import MAX_DEPTH, And, Everything, Node, Not, Or

# Expansion puts up to seven inner nodes around a word, and callers an And around the whole for filters of their own.
_MAX_DEPTH = MAX_DEPTH - 9


class Clause(NamedTuple):
    """A node, the height of its tree, and how it takes part: a `filter` scores nothing and is never optional."""

    node: Node
    depth: int
    required: bool = False
    negated: bool = False
    filter: bool = False


def join_all(clauses: Sequence[Clause]) -> Clause:
    """All of the clauses; where each of them is a Not, everything but them."""
    if len(clauses) == 1 and not clauses[0].negated:
        return clauses[0]
    children: dict[Node, None] = {}
    depth = 0
    for clause in clauses:
        if clause.negated:
            children[Not(clause.node)] = None
            depth = max(depth, clause.depth + 1)
        elif isinstance(clause.node, And):
            children.update(dict.fromkeys(clause.node.children))
            depth = max(depth, clause.depth - 1)
        else:
            children[clause.node] = None
            depth = max(depth, clause.depth)
    children.pop(Everything(), None)
    if all(isinstance(child, Not) for child in children):
        children = {Everything(): None, **children}
    return _inner(And(tuple(children)), depth, clauses)


def join_any(clauses: Sequence[Clause]) -> Clause:
    """Any of the clauses."""
    if len(clauses) == 1:
        return clauses[0]
    children: dict[Node, None] = {}
    depth = 0
    for clause in clauses:
        if isinstance(clause.node, Or):
            children.update(dict.fromkeys(clause.node.children))
            depth = max(depth, clause.depth - 1)
        else:
            children[clause.node] = None
            depth = max(depth, clause.depth)
    return _inner(Or(tuple(children)), depth, clauses)


def _inner(node: And | Or, depth: int, clauses: Sequence[Clause]) -> Clause:
    """The clause of an inner node over children of a height; a node of one child is the child."""
    if depth >= _MAX_DEPTH:
        raise QueryError(f"The brackets are more than {_MAX_DEPTH} deep: take some away.")
    is_filter = all(clause.filter for clause in clauses)
    if len(node.children) == 1:
        return Clause(node.children[0], depth, filter=is_filter)
    return Clause(node, depth + 1, filter=is_filter)
