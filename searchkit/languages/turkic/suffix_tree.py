"""The tree of endings: every sequence of endings that a table allows, read from a word's end, letter by letter.

A node stands for the letters read so far. It grows when a word first asks for it, so the tree holds only what the words
met have needed, and at most `MAX_NODES` at which one has looked for its root; then it starts anew. Every third word of a
new text makes it grow: so a node keeps no list of the endings begun but nodes of their trie (`suffix_trie`), and chains are
only put together when a word stops there to look for its root.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from typing import NamedTuple

from searchkit.languages.turkic.ending_tables import EITHER, Form, Table
from searchkit.languages.turkic.suffix_trie import Before, EndingTrie, TrieNode

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


Parse = tuple[str, dict[str, str], "frozenset[str] | None", int, bool, float, Chain]
"""Of a chain, what the stemmer needs: kind of root, the known ones of this kind, letters before it, harmony, whether the
root may be unknown, cost, the chain."""

Parses = list[tuple[str, list[Parse], list[Parse]]]
"""By the letters that the root has lost: all parses, cheapest first, and those of them whose root may be unknown."""

_INFINITE = float("inf")
_NO_PARSES: Parses = []
_NONE_UNKNOWN: list[Parse] = []
# Shared by the many nodes that have none: the fewer objects, the less often Python looks for garbage among them.


class Node(dict[str, "Node | None"]):
    """A point of the tree: a dictionary from the next letter to the left to the next node, None where no ending has it.

    `floor` is what every ending from here on to the left costs at least.
    """

    __slots__ = ("_open", "_rests", "_tree", "floor", "parses")

    def __init__(self, tree: Tree, begun: list[TrieNode | Before], rests: list[Chain | None], floor: float) -> None:
        self._tree = tree
        self._open = begun  # in the endings that are being read here
        self._rests = rests  # the chain to the right of each
        self.floor = floor
        self.parses: Parses | None = None
        """None until `ripen`."""

    def __missing__(self, letter: str) -> Node | None:
        begun: list[TrieNode | Before] = []
        rests: list[Chain | None] = []
        floor = _INFINITE
        for place, rest in zip(self._open, self._rests, strict=False):
            read = place[letter]
            if read is not None:
                cost = read.floor if rest is None else read.floor + rest.cost
                if cost < floor:
                    floor = cost
                begun.append(read)
                rests.append(rest)
        node = self[letter] = Node(self._tree, begun, rests, floor) if begun else None
        return node

    def ripen(self) -> Parses:
        """Put together the chains that begin here, before a step further is made; gives `parses`."""
        tree = self._tree
        begun = zip(self._open, self._rests, strict=False)
        chains = [tree.chain(form, rest) for place, rest in begun for form in place.done]
        if len(chains) > 1:
            chains = _cheapest(chains)
        # In this order: another thread that reads both meanwhile only sees less.
        self._rests += chains
        self._open += [chain.before for chain in chains]
        self.parses = tree.parses(chains)
        return self.parses


class Tree:
    """The tree of a table's endings, for roots of some kinds."""

    def __init__(self, table: Table, known: Mapping[str, dict[str, str]], unknown: Container[str]) -> None:
        """`known` are the known roots by kind, `unknown` the kinds of which roots may be unknown."""
        self._endings = EndingTrie(table, known)
        self._known = known
        self._unknown = unknown
        self._plant()

    def _plant(self) -> None:
        """A root alone: all forms that may end a word."""
        self.root = Node(self, [self._endings.last], [None], 0.0)
        self._ripe = 0

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
        before = self._endings.before(form, needs)
        return Chain(form, needs, cost, cut, mend, bare, known, cut_at_vowel, rest, before)

    def parses(self, chains: list[Chain]) -> Parses:
        """The parses of chains for a new node; where there are too many nodes, the tree starts anew."""
        self._ripe += 1
        if self._ripe > MAX_NODES:
            self._plant()
        parses: list[Parse] = []
        for chain in chains:
            form = chain.form
            may_be_unknown = chain.bare and not chain.known
            for kind in chain.before.kinds:
                unknown = may_be_unknown and kind in self._unknown
                parses.append((kind, self._known[kind], form.letters, chain.needs, unknown, chain.cost, chain))
        if not parses:
            return _NO_PARSES
        if len(parses) > 1:
            parses.sort(key=_cost_of_parse)
        by_lost: dict[str, list[Parse]] = {}
        for parse in parses:
            by_lost.setdefault(parse[6].form.lost, []).append(parse)
        return [(lost, some, _of_unknown(some)) for lost, some in by_lost.items()]


def _of_unknown(parses: list[Parse]) -> list[Parse]:
    found = [parse for parse in parses if parse[4]]
    return parses if len(found) == len(parses) else found or _NONE_UNKNOWN


def _cost_of_parse(parse: Parse) -> float:
    return parse[5]


def _cheapest(chains: list[Chain]) -> list[Chain]:
    """Of the chains that the letters to the left cannot tell apart, the cheapest each."""
    best: dict[tuple[object, ...], Chain] = {}
    for chain in chains:
        key = (chain.form.row.slot, id(chain.before), *chain[3:8])
        if key not in best or chain.cost < best[key].cost:
            best[key] = chain
    return list(best.values())
