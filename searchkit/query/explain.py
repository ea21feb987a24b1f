"""An engine tree as text, one alternative a line, for people who wonder why a document was found."""

from __future__ import annotations

from collections.abc import Callable, Iterator

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

Say = Callable[..., str]
"""Says a message, with %(values)s, in a language."""


def in_english(message: str, **values: object) -> str:
    """The message as it is."""
    return message % values if values else message


def describe(tree: Node, say: Say = in_english) -> str:
    """The tree with two spaces of indent a level; a group's alternatives with field, term, weight and reason."""
    return "\n".join(_lines(tree, 0, say))


def _lines(node: Node, depth: int, say: Say) -> Iterator[str]:
    indent = "  " * depth
    if isinstance(node, (And, Or)):
        yield indent + _heading(node, say)
        for child in node.children:
            yield from _lines(child, depth + 1, say)
    elif isinstance(node, Not):
        yield indent + say("not")
        yield from _lines(node.child, depth + 1, say)
    elif isinstance(node, Group):
        counts = say("counts %(number)s", number=f"{node.boost:g}")
        yield f"{indent}{node.label}" + (f"  ({counts})" if node.boost != 1 else "")
        for one in node.alternatives:
            yield f"{indent}  {_alternative(one, say)}"
    else:
        yield indent + _leaf(node, say)


def _heading(node: And | Or, say: Say) -> str:
    if not node.children:
        return say("nothing")
    return say("all of") if isinstance(node, And) else say("any of")


def _leaf(node: Node, say: Say) -> str:
    if isinstance(node, InLanguage):
        return say("in language %(code)s", code=node.code)
    if isinstance(node, DateRange):
        if node.low == node.high:
            return say("dated %(date)s", date=node.low)
        return say("dated from %(first)s to %(last)s", first=node.low or "…", last=node.high or "…")
    if isinstance(node, InPath):
        return say("path has %(text)s", text=node.pattern)
    if isinstance(node, Everything):
        return say("every document")
    return repr(node)


def _alternative(one: Term | Prefix | Fuzzy | Sequence, say: Say) -> str:
    reason = say(one.reason)
    if isinstance(one, Sequence):
        slots = " ".join(_slot(slot, say) for slot in one.slots)
        kind = say("sequence")
        return f"{kind:<12}{slots}  {one.weight:.2f}  {reason}"
    return f"{one.field:<12}{_text(one):<24}{one.weight:.2f}  {reason}"


def _slot(slot: tuple[Term | Prefix | Fuzzy, ...], say: Say) -> str:
    words = " | ".join(f"{one.field}:{_text(one)}" for one in slot)
    return "[" + (words or say("any word")) + "]"


def _text(one: Term | Prefix | Fuzzy) -> str:
    if isinstance(one, Prefix):
        return one.text + "*"
    return f"{one.text}~{one.distance}" if isinstance(one, Fuzzy) else one.text
