"""The tree of endings: every sequence of endings that a table allows, read from a word's end, letter by letter.

A node stands for the letters read so far. It grows when a word first asks for it, so the tree holds only what the words
met have needed, and at most `MAX_NODES`; then it starts anew. Every third word of a new text makes it grow: so a node
keeps no list of the endings begun but places in them (`suffix_places`), and chains are only put together when a word
stops there to look for its root.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from typing import NamedTuple

from searchkit.languages.suffix_places import Before, Place, Places
from searchkit.languages.suffix_tables import EITHER, Form, Table

MAX_NODES = 60_000


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
    before: Before


Parse = tuple[str, dict[str, str], frozenset[str] | None, int, str, bool, float, Chain]
"""Of a chain, what the stemmer needs: kind of root, the known ones of this kind, letters before it, harmony, lost letters,
whether the root may be unknown, cost, the chain."""

_Thread = tuple[Place | Before, Chain | None]
"""What is being read, and the chain to its right."""


class Node(dict[str, "Node | None"]):
    """A point of the tree: a dictionary from the next letter to the left to the next node, None where no ending has it.

    `floor` is what every ending from here on to the left costs at least.
    """

    __slots__ = ("_begun", "_threads", "_tree", "floor", "parses")

    def __init__(
        self, tree: Tree, threads: list[_Thread], begun: list[tuple[list[Form], Chain | None]], floor: float
    ) -> None:
        self._tree = tree
        self._threads = threads
        self._begun = begun  # endings that begin here, each with the chain to its right
        self.floor = floor
        self.parses: list[Parse] | None = None
        """Cheapest first; None until `ripen`."""

    def __missing__(self, letter: str) -> Node | None:
        threads: list[_Thread] = []
        begun: list[tuple[list[Form], Chain | None]] = []
        floor = float("inf")
        for reading, chain in self._threads:
            place = reading[letter]
            if place is not None:
                cost = place.floor if chain is None else place.floor + chain.cost
                if cost < floor:
                    floor = cost
                if place.done:
                    begun.append((place.done, chain))
                if place.unread:
                    threads.append((place, chain))
        node = self[letter] = self._tree.add(Node(self._tree, threads, begun, floor)) if threads or begun else None
        return node

    def ripen(self) -> list[Parse]:
        """Put together the chains that begin here, before a step further is made; gives `parses`."""
        chain_of = self._tree.chain
        chains = _cheapest([chain_of(form, rest) for forms, rest in self._begun for form in forms])
        self._threads += [(chain.before, chain) for chain in chains]
        self.parses = self._tree.parses(chains)
        return self.parses


class Tree:
    """The tree of a table's endings, for roots of some kinds."""

    def __init__(self, table: Table, known: Mapping[str, dict[str, str]], unknown: Container[str]) -> None:
        """`known` are the known roots by kind, `unknown` the kinds of which roots may be unknown."""
        self._places = Places(table, known)
        self._known = known
        self._unknown = unknown
        self._plant()

    def _plant(self) -> None:
        """A root alone: all forms that may end a word."""
        self.root = Node(self, [(self._places.last, None)], [], 0.0)
        self.nodes = 1

    def add(self, node: Node) -> Node:
        """Count a node; where there are too many, the next word begins with a new root."""
        self.nodes += 1
        if self.nodes > MAX_NODES:
            self._plant()
        return node

    def chain(self, form: Form, rest: Chain | None) -> Chain:
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
        before = self._places.before(form, needs)
        return Chain(form, needs, cost, cut, mend, bare, known, cut_at_vowel, rest, before)

    def parses(self, chains: list[Chain]) -> list[Parse]:
        """What the stemmer needs of each chain that may follow a root, cheapest first."""
        parses: list[Parse] = []
        for chain in chains:
            form, cost = chain.form, chain.cost
            may_be_unknown = chain.bare and not chain.known
            for kind in chain.before.kinds:
                unknown = may_be_unknown and kind in self._unknown
                parses.append((kind, self._known[kind], form.letters, chain.needs, form.lost, unknown, cost, chain))
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
        key = (chain.form.row.slot, id(chain.before), *chain[3:8])
        if key not in best or chain.cost < best[key].cost:
            best[key] = chain
    return list(best.values())
