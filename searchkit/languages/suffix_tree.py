"""The tree of endings: every sequence of endings that a table allows, read from a word's end, letter by letter.

A node stands for the letters read so far. It grows when a word first asks for it, so the tree holds only what the words
met have needed, and at most `MAX_NODES`; then it starts anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from searchkit.languages.suffix_tables import EITHER, Form, Table

MAX_NODES = 60_000


class _Left(NamedTuple):
    """What may stand before a form: other forms, by the letter they are written with at their end, each with what
    remains of it to the left; and roots, by their kinds."""

    forms: dict[str, list[tuple[str, Form]]]
    kinds: list[str]


class Chain(NamedTuple):
    """A sequence of endings that ends the word; its first letter is where the tree stands."""

    form: Form
    needs: int
    cost: float
    cut: int  # letters to cut from the word, without those kept
    mend: str  # the lost letters to put there
    bare: bool  # nothing kept: the whole chain is cut
    known: bool
    cut_at_vowel: bool
    rest: Chain | None
    left: _Left


_Open = tuple[str, Form, "Chain | None"]
"""An ending of which the left part is still to come: that part, the form, the chain to its right."""

Parse = tuple[str, frozenset[str] | None, int, str, bool, int, float, bool, Chain]
"""Of a chain, what the stemmer needs: kind of root, letters before it, harmony, lost letters, whether the root may be
unknown, letters to cut, cost, whether it begins with a vowel, the chain."""


_NOTHING: dict[str, Node | None] = {}
_NOTHING_OPEN: dict[str, list[_Open]] = {}
# Most nodes are leaves or have no chain: they share these.


class Node:
    """A point of the tree: the chains that begin here, and the endings begun to the right and not yet complete."""

    __slots__ = ("chains", "floor", "next", "open", "parses")

    def __init__(
        self, chains: Sequence[Chain], open: dict[str, list[_Open]], parses: Sequence[Parse], floor: float
    ) -> None:
        self.chains = chains
        self.open = open
        self.parses = parses
        self.floor = floor  # what every ending from here on to the left costs at least
        self.next = _NOTHING


class Tree:
    """The tree of a table's endings, for roots of some kinds."""

    def __init__(self, table: Table, kinds: Iterable[str]) -> None:
        self._table = table
        self._kinds = tuple(kinds)
        self._lefts: dict[tuple[int, int], _Left] = {}
        self._plant()

    def _plant(self) -> None:
        """A root alone: all forms that may end a word."""
        opened: dict[str, list[_Open]] = {}
        for form in self._table.forms:
            if not (form.row.inner or form.changed):
                opened.setdefault(form.text[-1], []).append((form.text[:-1], form, None))
        self.root = Node((), opened, (), 0.0)
        self.nodes = 1

    def grow(self, node: Node, letter: str) -> Node | None:
        """The node one letter to the left; None where no ending goes on with it."""
        if self.nodes > MAX_NODES:
            self._plant()
        begun = node.open.get(letter, [])
        for chain in node.chains:
            forms = chain.left.forms.get(letter)
            if forms:
                begun = begun + [(text, form, chain) for text, form in forms]
        grown = None
        if begun:
            chains: list[Chain] = []
            opened: dict[str, list[_Open]] = {}
            floor = float("inf")
            for text, form, rest in begun:
                cost = form.row.cost if rest is None else form.row.cost + rest.cost
                if cost < floor:
                    floor = cost
                if text:
                    last = text[-1]
                    if last in opened:
                        opened[last].append((text[:-1], form, rest))
                    else:
                        opened[last] = [(text[:-1], form, rest)]
                else:
                    chains.append(self._chain(form, rest))
            self.nodes += 1
            if chains:
                chains = _cheapest(chains)
                grown = Node(chains, opened or _NOTHING_OPEN, _parses(chains), floor)
            else:
                grown = Node((), opened, (), floor)
        if node.next is _NOTHING:
            node.next = {letter: grown}
        else:
            node.next[letter] = grown
        return grown

    def _chain(self, form: Form, rest: Chain | None) -> Chain:
        """A form put before a chain."""
        row = form.row
        needs, cost, known = form.needs, row.cost, row.known
        cut, mend, bare, cut_at_vowel = len(form.text), form.lost, not row.kept, form.vowel
        if rest is None:
            needs = needs or EITHER
            if row.kept:
                cut, mend, cut_at_vowel = 0, "", False
        else:
            needs = needs or rest.needs
            cost += rest.cost
            known = known or rest.known
            if bare and rest.bare:
                cut += rest.cut - len(rest.form.lost)
            else:
                bare, cut, mend, cut_at_vowel = False, rest.cut, rest.mend, rest.cut_at_vowel
        left = self._lefts.get((id(form), needs)) or self._left_of(form, needs)
        return Chain(form, needs, cost, cut, mend, bare, known, cut_at_vowel, rest, left)

    def _left_of(self, first: Form, needs: int) -> _Left:
        """What may stand before a chain with such a first form and need of harmony; remembered."""
        after, letters, lost, vowel = first.row.after, first.letters, first.lost, first.vowel
        left = self._lefts[id(first), needs] = _Left({}, [kind for kind in self._kinds if kind in after])
        for form in self._table.forms:
            text = form.text
            if (
                form.row.slot in after
                and text.endswith(lost)
                and len(text) > len(lost)
                and (letters is None or text[-1] in letters)
                and (form.offers or EITHER) & needs
                and (form.changed == vowel or not (form.changed or form.hard))
            ):
                written = text[: len(text) - len(lost)]
                left.forms.setdefault(written[-1], []).append((written[:-1], form))
        return left


def _parses(chains: list[Chain]) -> list[Parse]:
    """What the stemmer needs of each chain that may follow a root, cheapest first."""
    parses: list[Parse] = []
    for chain in chains:
        if chain.left.kinds:
            form, needs, cost, cut, _, bare, known = chain[:7]
            may_be_unknown = bare and not known
            for kind in chain.left.kinds:
                parses.append((kind, form.letters, needs, form.lost, may_be_unknown, cut, cost, form.vowel, chain))
    if len(parses) > 1:
        parses.sort(key=_cost_of_parse)
    return parses


def _cost_of_parse(parse: Parse) -> float:
    return parse[6]


def _cheapest(chains: list[Chain]) -> list[Chain]:
    """Of the chains that the letters to the left cannot tell apart, the cheapest each."""
    if len(chains) < 2:
        return chains
    best: dict[tuple[object, ...], Chain] = {}
    for chain in chains:
        form = chain.form
        key = (form.row.slot, form.row.after, form.letters, chain.needs, form.lost, *chain[3:8])
        if key not in best or chain.cost < best[key].cost:
            best[key] = chain
    return list(best.values())
