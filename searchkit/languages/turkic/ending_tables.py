"""The tables of the suffix engine: endings and roots, and how they are read. `suffixes` explains their format.

Reading is part of every start, so it makes one pass over the lines and splits whole columns at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

BACK, FRONT, EITHER = 1, 2, 3
"""Vowel harmony, as bits; 0 says that there is no vowel to tell."""

_FLAGS = ("kept", "inner", "known")


class Roots(NamedTuple):
    """Known roots by kind ("noun", "verb"), as `read_roots` reads them."""

    known: dict[str, dict[str, str]]
    """Kind -> root as it is written before endings -> the root as it stands alone."""
    rare: dict[str, dict[str, float]]
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


class Table(NamedTuple):
    """A language's endings, as read by `read_table`."""

    letters: Mapping[str, frozenset[str]]
    changes: Mapping[str, str]
    """Letter as written before a vowel -> the letter it stands for."""
    forms: tuple[Form, ...]

    def harmony(self) -> dict[str, int]:
        """Each vowel that is in one class alone -> that class."""
        return _harmony(self.letters)


def read_table(text: str) -> Table:
    """Read a table of endings. Raises ValueError, naming the line, where it cannot be understood."""
    reader = _TableReader()
    for number, line in enumerate(text.splitlines(), 1):
        if line and line[0] != "#":
            try:
                kind, *columns = line.split("\t")
                reader.read(kind, columns)
            except (KeyError, IndexError, ValueError) as error:
                raise ValueError(f"line {number} of the table of endings: {error}") from error
    return Table(reader.letters, reader.changes, tuple(reader.forms))


class _TableReader:
    """The state of the table after the lines so far."""

    def __init__(self) -> None:
        self.letters: dict[str, frozenset[str]] = {"vowel": frozenset()}
        self.changes: dict[str, str] = {}
        self.forms: list[Form] = []
        self._softened: dict[str, str] = {}
        self._slots: dict[str, list[str]] = {}
        self._harmony: dict[str, int] = {}
        self._after: dict[str, frozenset[str]] = {}
        self._conditions: dict[str, frozenset[str] | None] = {"": None}

    def read(self, kind: str, columns: list[str]) -> None:
        """Take in a line: forms of an ending, or what later lines mean."""
        if kind == "ending":
            self._ending(columns)
        elif kind == "letters":
            name, letters = columns
            self.letters[name] = frozenset(letters.replace(" ", ""))
            self._harmony = _harmony(self.letters)
        elif kind == "changes":
            hard, soft = columns
            self.changes[soft] = hard
            self._softened[hard] = soft
        elif kind == "slots":
            name, slots = columns
            self._slots[name] = list(self._named(slots))
        else:
            raise ValueError(f"unknown kind of line {kind!r}")

    def _named(self, slots: str) -> Iterator[str]:
        for name in slots.split():
            yield from self._slots.get(name, (name,))

    def _ending(self, columns: list[str]) -> None:
        slot, name, after, written, cost, *flags = columns
        if float(cost) < 0:
            raise ValueError(f"a cost must not be negative: {cost}")
        flagged = " ".join(flags).split()
        if not set(flagged).issubset(_FLAGS):
            raise ValueError(f"unknown flags {set(flagged).difference(_FLAGS)}")
        if after not in self._after:
            self._after[after] = frozenset(self._named(after))
        row = Row(slot, name, self._after[after], float(cost), *[flag in flagged for flag in _FLAGS])
        for group in written.split(";"):
            condition, _, texts = group.rpartition(":")
            if condition not in self._conditions:
                sets = [self.letters[name.strip()] for name in condition.split("+")]
                self._conditions[condition] = frozenset().union(*sets)
            letters = self._conditions[condition]
            for form in texts.split():
                self._form(row, form, letters)

    def _form(self, row: Row, text: str, letters: frozenset[str] | None) -> None:
        """A form, and the same as it is before a vowel where that changes its last letter."""
        neutral, lost = text[0] == "=", ""
        if neutral:
            text = text[1:]
        if text[0] == "{":
            lost, text = text[1:].split("}")
        vowels, harmony = self.letters["vowel"], self._harmony
        classes = [harmony[letter] for letter in lost + text if letter in harmony]
        if classes:
            needs, offers = classes[0], classes[-1]
        else:
            needs = offers = 0 if vowels.isdisjoint(text) else EITHER
        if neutral:
            needs = EITHER
        vowel = text[0] in vowels
        soft = self._softened.get(text[-1])
        self.forms.append(Form(row, text, lost, letters, needs, offers, False, soft is not None, vowel))
        if soft is not None:
            self.forms.append(Form(row, text[:-1] + soft, lost, letters, needs, offers, True, False, vowel))


def _harmony(letters: Mapping[str, frozenset[str]]) -> dict[str, int]:
    back, front = letters.get("back", frozenset()), letters.get("front", frozenset())
    return dict.fromkeys(back - front, BACK) | dict.fromkeys(front - back, FRONT)


def read_roots(text: str) -> Roots:
    """Read roots: lines `KIND<tab>FIELD<tab>word word ...`, where FIELD (of meaning) is for people.

    `орын/орн` is a root with another form, which it takes before some endings. `ала=2` is a root that costs 2, being
    rarer than what it looks like. A kind that no ending follows (`particle`, `pronoun`) protects whole words; there,
    `мен/менің/маған` is a word with its forms.
    """
    words: dict[str, list[str]] = {}
    others: dict[str, dict[str, str]] = {}
    rare: dict[str, dict[str, float]] = {}
    for line in text.splitlines():
        if not line or line[0] == "#":
            continue
        kind, _, column = line.split("\t")
        if kind not in words:
            words[kind], others[kind], rare[kind] = [], {}, {}
        if "/" in column or "=" in column:
            words[kind] += [_read_root(word, others[kind], rare[kind]) for word in column.split()]
        else:
            words[kind] += column.split()
    known = {kind: dict(zip(roots, roots, strict=True)) for kind, roots in words.items()}
    for kind, forms in others.items():
        for other, root in forms.items():
            known[kind].setdefault(other, root)
    return Roots(known, rare)


def _read_root(entry: str, others: dict[str, str], rare: dict[str, float]) -> str:
    """The root of an entry, its other forms and its cost noted."""
    if "/" not in entry and "=" not in entry:
        return entry
    forms, _, cost = entry.partition("=")
    root, *more = forms.split("/")
    if cost:
        rare[root] = float(cost)
    for other in more:
        others.setdefault(other, root)
    return root
