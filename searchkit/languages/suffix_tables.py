"""The tables of the suffix engine: endings and roots, and how they are read. `suffixes` explains their format."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

BACK, FRONT, EITHER = 1, 2, 3
"""Vowel harmony, as bits; 0 says that there is no vowel to tell."""


@dataclass
class Roots:
    """Known roots by kind ("noun", "verb"), as `read_roots` reads them."""

    known: dict[str, dict[str, str]] = field(default_factory=dict)
    """Kind -> root as it is written before endings -> the root as it stands alone."""
    rare: dict[str, dict[str, float]] = field(default_factory=dict)
    """Kind -> root -> what it costs; 0 for a root that is not here."""


class Row(NamedTuple):
    """A line of the table: an ending."""

    slot: str
    name: str
    after: frozenset[str]
    cost: float
    kept: bool
    inner: bool
    known: bool


class Form(NamedTuple):
    """One written form of an ending. `needs` and `offers` are harmony to the left and right; 0 where it has no vowel."""

    row: Row
    text: str
    lost: str
    letters: frozenset[str] | None
    needs: int
    offers: int
    changed: bool  # its last letter is as before a vowel
    hard: bool  # its last letter changes before a vowel
    vowel: bool  # it begins with a vowel


@dataclass(frozen=True)
class Table:
    """A language's endings, as read by `read_table`."""

    letters: Mapping[str, frozenset[str]]
    changes: Mapping[str, str]
    """Letter as written before a vowel -> the letter it stands for."""
    forms: tuple[Form, ...]


def read_table(text: str) -> Table:
    """Read a table of endings. Raises ValueError, naming the line, where it cannot be understood."""
    letters: dict[str, frozenset[str]] = {}
    changes: dict[str, str] = {}
    groups: dict[str, list[str]] = {}
    forms: list[Form] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        kind, *columns = line.split("\t")
        try:
            if kind == "letters":
                letters[columns[0]] = frozenset(columns[1].replace(" ", ""))
            elif kind == "changes":
                changes[columns[1]] = columns[0]
            elif kind == "slots":
                groups[columns[0]] = [slot for name in columns[1].split() for slot in groups.get(name, [name])]
            elif kind == "ending":
                slot, name, after, written, cost = columns[:5]
                flags = columns[5].split() if len(columns) > 5 else []
                if float(cost) < 0:
                    raise ValueError(f"a cost must not be negative: {cost}")
                if unknown := set(flags) - {"kept", "inner", "known"}:
                    raise ValueError(f"unknown flags {unknown}")
                row = Row(
                    slot,
                    name,
                    frozenset(s for n in after.split() for s in groups.get(n, [n])),
                    float(cost),
                    *(flag in flags for flag in ("kept", "inner", "known")),
                )
                forms.extend(_read_forms(row, written, letters, changes))
            else:
                raise ValueError(f"unknown kind of line {kind!r}")
        except (KeyError, IndexError, ValueError) as error:
            raise ValueError(f"line {number} of the table of endings: {error}") from error
    return Table(letters, changes, tuple(forms))


def _read_forms(
    row: Row, written: str, letters: Mapping[str, frozenset[str]], changes: Mapping[str, str]
) -> Iterable[Form]:
    softened = {hard: soft for soft, hard in changes.items()}
    for group in written.split(";"):
        condition, colon, texts = group.rpartition(":")
        allowed = None
        if colon:
            allowed = frozenset().union(*(letters[name.strip()] for name in condition.split("+")))
        for text in texts.split():
            neutral = text.startswith("=")
            text = text.lstrip("=")
            lost, text = text[1:].split("}") if text.startswith("{") else ("", text)
            classes = [c for c in (harmony_of(letter, letters) for letter in lost + text) if c]
            needs = EITHER if neutral else classes[0] if classes else 0
            offers = classes[-1] if classes else 0
            if not classes and any(letter in letters["vowel"] for letter in text):
                needs = offers = EITHER
            hard = text[-1] in softened
            vowel = text[0] in letters["vowel"]
            yield Form(row, text, lost, allowed, needs, offers, False, hard, vowel)
            if hard:
                yield Form(row, text[:-1] + softened[text[-1]], lost, allowed, needs, offers, True, False, vowel)


def harmony_of(letter: str, letters: Mapping[str, frozenset[str]]) -> int:
    """The class of a strict vowel, else 0."""
    back, front = letter in letters.get("back", ()), letter in letters.get("front", ())
    return 0 if back == front else BACK if back else FRONT


def read_roots(text: str) -> Roots:
    """Read roots: lines `KIND<tab>FIELD<tab>word word ...`, where FIELD (of meaning) is for people.

    `орын/орн` is a root with another form, which it takes before some endings. `ала=2` is a root that costs 2, being
    rarer than what it looks like. A kind that no ending follows (`particle`, `pronoun`) protects whole words; there,
    `мен/менің/маған` is a word with its forms.
    """
    roots = Roots()
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        kind, _, column = line.split("\t")
        words = column.split()
        known = roots.known.setdefault(kind, {})
        rare = roots.rare.setdefault(kind, {})
        if "/" in column or "=" in column:
            for index, word in enumerate(words):
                if "/" in word or "=" in word:
                    forms, _, cost = word.partition("=")
                    root, *others = forms.split("/")
                    words[index] = root
                    if cost:
                        rare[root] = float(cost)
                    for other in others:
                        known.setdefault(other, root)
        known.update({word: word for word in words})
    return roots
