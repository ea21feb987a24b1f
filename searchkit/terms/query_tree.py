"""The query tree, in two stages.

*Parsed*: what the user wrote. Leaves are `Word` and `Phrase` and the filters.
*Expanded*: what an engine runs. `Word` and `Phrase` have become `Group`s of index terms; the rest is the same.

Nodes are immutable and compare by value. The parser caps the depth of a tree at `MAX_DEPTH`.
"""

from __future__ import annotations

from collections.abc import Iterator

from searchkit.model import Value, value

MAX_DEPTH = 64

# ------------------------------------------------------------------ parsed leaves


@value
class Word(Value):
    """One word as typed. `exact`: =word, the surface form alone. `prefix`: word*. `distance`: word~1, in edits.

    `field` is "" (text and title), "title", or ":" and the name of a column.
    """

    text: str
    field: str = ""
    exact: bool = False
    prefix: bool = False
    distance: int = 0


@value
class Phrase(Value):
    """Words that stand side by side, in this order."""

    words: tuple[Word, ...]
    field: str = ""


# ------------------------------------------------------------------ filters (never scored)


@value
class InLanguage(Value):
    """Documents that hold this language (ISO 639-1)."""

    code: str


@value
class DateRange(Value):
    """Documents dated from `low` to `high`, both included, ISO 8601 prefixes; "" leaves a side open.

    A partial date covers its whole period: high "2026" takes in 2026-12-31, low "2025-06" takes in 2025-06-01
    and a document dated only "2025" lies in any range that overlaps the year 2025.
    """

    low: str = ""
    high: str = ""


@value
class InPath(Value):
    """Documents whose path holds `pattern`, case-insensitively; with * or ? a glob over the whole path."""

    pattern: str


# ------------------------------------------------------------------ expanded leaves


@value
class Term(Value):
    """An index term. `weight` is its worth beside the group's other terms; `reason` as in `model.Highlight`.

    `field`: word, stem, name, title_word, title_stem or title_name.
    """

    field: str
    text: str
    weight: float = 1.0
    reason: str = "exact"


@value
class Prefix(Value):
    """Every index term that begins with `text`."""

    field: str
    text: str
    weight: float = 1.0
    reason: str = "prefix"


@value
class Fuzzy(Value):
    """Every index term within `distance` edits (Damerau-Levenshtein), the first letter kept."""

    field: str
    text: str
    distance: int = 1
    weight: float = 1.0
    reason: str = "fuzzy"


@value
class Sequence(Value):
    """Terms side by side: position i holds one of `slots[i]`. An empty slot is any one word between two others; at the
    ends, empty slots ask for nothing.

    The fields word, stem and name count positions together, and so do the three title fields; the slots of one
    sequence are of one of the two kinds.
    """

    slots: tuple[tuple[Term | Prefix | Fuzzy, ...], ...]
    weight: float = 1.0
    reason: str = "exact"

    def asked(self) -> tuple[tuple[Term | Prefix | Fuzzy, ...], ...]:
        """The slots from the first to the last that is not empty."""
        filled = [place for place, slot in enumerate(self.slots) if slot]
        return self.slots[filled[0] : filled[-1] + 1] if filled else ()


@value
class Group(Value):
    """One word of the query in all its forms: scored as one term, whichever forms a document holds.

    `label` is the word as typed. A group with no alternatives matches nothing.
    """

    alternatives: tuple[Term | Prefix | Fuzzy | Sequence, ...]
    label: str = ""
    boost: float = 1.0


# ------------------------------------------------------------------ inner nodes


@value
class And(Value):
    """Documents that answer every child; scores add up. A `Not` child takes documents away."""

    children: tuple[Node, ...]


@value
class Or(Value):
    """Documents that answer any child; scores add up."""

    children: tuple[Node, ...]


@value
class Not(Value):
    """Documents that do not answer the child; scores nothing."""

    child: Node


@value
class Everything(Value):
    """All documents; scores nothing."""


Node = Word | Phrase | InLanguage | DateRange | InPath | Group | And | Or | Not | Everything


def leaves(tree: Node, denied: bool = True) -> Iterator[Node]:
    """The leaves of a tree, in order; without `denied`, only those that documents may hold: none under a Not."""
    if isinstance(tree, Not):
        if denied:
            yield from leaves(tree.child)
    elif isinstance(tree, (And, Or)):
        for child in tree.children:
            yield from leaves(child, denied)
    else:
        yield tree
