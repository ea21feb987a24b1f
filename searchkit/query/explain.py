"""An engine tree as text, one alternative a line, for people who wonder why a document was found."""

from __future__ import annotations

from collections.abc import Iterator

from searchkit.terms.query_tree import (
    And,
    DateRange,
    Everything,
    Fuzzy,
    Group,
    InLanguage,
    InPath,
    Node,
    Not,
    Or,
    Prefix,
    Sequence,
    Term,
)


def describe(tree: Node) -> str:
    """The tree with two spaces of indent a level; a group's alternatives with field, term, weight and reason."""
    return "\n".join(_lines(tree, 0))


def _lines(node: Node, depth: int) -> Iterator[str]:
    indent = "  " * depth
    if isinstance(node, (And, Or)):
        yield indent + _heading(node)
        for child in node.children:
            yield from _lines(child, depth + 1)
    elif isinstance(node, Not):
        yield indent + "not"
        yield from _lines(node.child, depth + 1)
    elif isinstance(node, Group):
        boost = f"  (counts {node.boost:g})" if node.boost != 1 else ""
        yield f"{indent}{node.label}{boost}"
        for one in node.alternatives:
            yield f"{indent}  {_alternative(one)}"
    else:
        yield indent + _leaf(node)


def _heading(node: And | Or) -> str:
    if not node.children:
        return "nothing"
    return "all of" if isinstance(node, And) else "any of"


def _leaf(node: Node) -> str:
    if isinstance(node, InLanguage):
        return f"in language {node.code}"
    if isinstance(node, DateRange):
        if node.low == node.high:
            return f"dated {node.low}"
        return f"dated {node.low or '…'} to {node.high or '…'}"
    if isinstance(node, InPath):
        return f"path has {node.pattern}"
    if isinstance(node, Everything):
        return "every document"
    return repr(node)


def _alternative(one: Term | Prefix | Fuzzy | Sequence) -> str:
    if isinstance(one, Sequence):
        slots = " ".join(_slot(slot) for slot in one.slots)
        return f"{'sequence':<12}{slots}  {one.weight:.2f}  {one.reason}"
    return f"{one.field:<12}{_text(one):<24}{one.weight:.2f}  {one.reason}"


def _slot(slot: tuple[Term | Prefix | Fuzzy, ...]) -> str:
    return "[" + " | ".join(f"{one.field}:{_text(one)}" for one in slot) + "]" if slot else "[any word]"


def _text(one: Term | Prefix | Fuzzy) -> str:
    if isinstance(one, Prefix):
        return one.text + "*"
    return f"{one.text}~{one.distance}" if isinstance(one, Fuzzy) else one.text
