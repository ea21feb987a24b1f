"""The suffix engine that the Turkic languages share: a table of endings in, stems out.

A Turkic word is a root and a sequence of endings, each in its slot: кітап-тар-ымыз-да, kel-ma-gan-lar-i-dan. A language
describes its endings in one table, a tab-separated text. The first column says what a line is:

    letters  NAME  LETTERS             a set of sounds. `vowel`, `back` and `front` have a meaning of their own: an
                                       ending agrees with the last vowel before it unless that vowel is in neither
                                       or both of `back` and `front`. Without them there is no vowel harmony.
    changes  LETTER  LETTER            what the last letter of a root or ending becomes before an ending that begins
                                       with a vowel (қ, ғ: балық, балығы).
    slots    NAME  SLOT SLOT ...       a name for several slots, to be used in the next lines' AFTER.
    ending   SLOT  NAME  AFTER  FORMS  COST  FLAGS

An ending's columns:

    SLOT     its place in the word; also how other endings refer to it in AFTER. Several lines may share a slot.
    NAME     what grammars call it, for people to read: "plural", "3rd person possessive".
    AFTER    the slots that it follows, with spaces between. A kind of root (`noun`, `verb`) is a slot too.
    FORMS    its written forms. Forms in groups by the sound before them: `vowel+glide: лар лер; hard: тар тер`;
             names of letter sets joined by +, a group without a condition fits everywhere. `=мен` has no harmony
             with what precedes it. `{й}я`: the й that ends the root is lost in writing (қой, қоя).
    COST     how much the ending speaks against a cut, 0 or more; about -ln of how often an ending in its place is it.
    FLAGS    `kept`: a derivation, which stays in the stem, as does all before it; it only helps to recognise a known
             root. `inner`: cannot end a word. `known`: cut only from a known root. Several with spaces between.

Of all ways to cut a word the cheapest wins, ties going to the longer root. A cut costs its endings plus its root: 0 for
a known root, and for an unknown one `Costs.unknown[kind] + Costs.letter * length + doubt`, where doubt is the
language's own judgement of the root's last letters. So a known root beats an unknown one, an ending is cut from an
unknown root when it is likelier than its letters are by chance, and a word that is listed is protected from being cut.

Speed: endings are read from the word's end, letter by letter, through a tree that grows with the endings met, so a word
costs one step a letter and one look-up for each possible cut, and no step beyond the cheapest cut found.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from searchkit.languages.suffix_tables import (
    BACK,
    EITHER,
    FRONT,
    Roots,
    Table,
    harmony_of,
    read_roots,
    read_table,
)
from searchkit.languages.suffix_tree import Chain, Tree

__all__ = ["Analysis", "Costs", "Ending", "Roots", "Stemmer", "Table", "read_roots", "read_table"]

_TAIL = 3
"""Letters of a root's end that decide its harmony and doubt."""
_MAX_TAILS = 60_000


class Ending(NamedTuple):
    """An ending found in a word: as written there, its name, its slot, and whether it stays in the stem."""

    form: str
    name: str
    slot: str
    kept: bool


class Analysis(NamedTuple):
    """The best cut of a word. `kind` is the kind of root, "" for an unknown word left whole; `known` that it is listed."""

    stem: str
    root: str
    kind: str
    known: bool
    endings: tuple[Ending, ...]
    cost: float


@dataclass(frozen=True)
class Costs:
    """What roots cost; see the module's docstring. `shortest` is the least length of an unknown root with endings,
    `whole` the kind that an unknown word without endings is taken for, `bare` what a known root without endings costs
    by its kind (a bare verb is an imperative, which is rare)."""

    unknown: Mapping[str, float]
    letter: float = 1.0
    shortest: int = 3
    whole: str = "noun"
    bare: Mapping[str, float] = field(default_factory=dict)


_Cut = tuple[str, str, str, bool, "Chain | None", int]
"""Stem, root, kind, whether the root is known, endings, where they start."""


class Stemmer:
    """Cuts the endings of a table from words of one language, in the one script that the table is written in.

    `doubt` judges an unknown root by its last three letters and its kind: 0 for a well-formed end, more for an unlikely
    one, less for one that is certainly a root's. `harmony`, where given, settles the harmony of a root from its last three letters: "back", "front", or "" for
    either; None leaves it to the last vowel.
    """

    def __init__(
        self,
        table: Table,
        roots: Roots,
        costs: Costs,
        doubt: Callable[[str, str], float] = lambda tail, kind: 0.0,
        harmony: Callable[[str], str | None] = lambda tail: None,
    ) -> None:
        self.table = table
        self.roots = roots
        self.costs = costs
        self._doubt = doubt
        self._own_harmony = harmony
        self._vowels = table.letters["vowel"]
        followed = {slot for form in table.forms for slot in form.row.after}
        self._closed = frozenset(kind for kind in roots.known if kind not in followed)
        self._tails: dict[str, tuple[int, dict[str, float]]] = {}
        self._tree = Tree(table, roots.known)

    def stem(self, word: str) -> str:
        """The stem of a word, in the script of the table. Never empty for a word that is not."""
        return self._best(word)[0]

    def cut(self, word: str) -> tuple[str, str, bool]:
        """The stem, the root, and whether the root is listed: `analyse` without the endings, in half the time."""
        best = self._best(word)
        return best[0], best[1], best[3]

    def analyse(self, word: str) -> Analysis:
        """The best cut of a word, with the names of its endings, from the root outwards."""
        stem, root, kind, known, chain, start, cost = self._best(word)
        endings = []
        while chain is not None:
            text = chain.form.text
            if chain.rest is not None and chain.rest.form.lost:
                text = text[: -len(chain.rest.form.lost)]
            endings.append(Ending(text, chain.form.row.name, chain.form.row.slot, start < len(word) - chain.cut))
            start += len(text)
            chain = chain.rest
        return Analysis(stem, root, kind, known, tuple(endings), cost)

    def _best(self, word: str) -> tuple[str, str, str, bool, Chain | None, int, float]:
        """The cheapest cut: a `_Cut` and its cost. One long loop, since every word goes through it."""
        length = len(word)
        costs, roots, changes, tails = self.costs, self.roots.known, self.table.changes, self._tails
        rare = self.roots.rare
        letter_cost, shortest = costs.letter, costs.shortest
        tail = word[-_TAIL:]
        doubts = (tails.get(tail) or self._judge(tail))[1]
        best_cost = costs.unknown[costs.whole] + letter_cost * length + doubts[costs.whole]
        best: _Cut = (word, word, "", False, None, length)
        for kind, known in roots.items():
            root = known.get(word)
            if root is not None and (root == word or kind in self._closed):
                cost = costs.bare.get(kind, 0.0) + rare[kind].get(root, 0.0)
                if cost < best_cost:
                    best_cost, best = cost, (root, root, kind, True, None, length)
        if best_cost <= 0:
            return (*best, best_cost)
        node = self._tree.root
        start = length
        while start > 1:
            start -= 1
            letter = word[start]
            try:
                grown = node.next[letter]
            except KeyError:
                grown = self._tree.grow(node, letter)
            if grown is None or grown.floor >= best_cost:
                break
            node = grown
            if not node.parses:
                continue
            stub = word[:start]
            for kind, letters, needs, lost, may_be_unknown, cut, cost, soft, chain in node.parses:
                if cost >= best_cost:
                    break
                written = stub + lost
                if letters is not None and written[-1] not in letters:
                    continue
                tail = written[-_TAIL:]
                harmony, doubts = tails.get(tail) or self._judge(tail)
                if not needs & harmony:
                    continue
                known = roots[kind]
                hard = changes.get(written[-1], "") if soft else ""
                root = (hard and known.get(written[:-1] + hard)) or known.get(written)
                if root is not None:
                    cost += rare[kind].get(root, 0.0)
                    if cost < best_cost:
                        stem = root if chain.bare else self._kept_stem(word, cut, chain)
                        best_cost, best = cost, (stem, root, kind, True, chain, start)
                elif may_be_unknown and len(written) >= shortest:
                    if hard:
                        written = written[:-1] + hard
                        doubts = (tails.get(written[-_TAIL:]) or self._judge(written[-_TAIL:]))[1]
                    cost += costs.unknown[kind] + letter_cost * len(written) + doubts[kind]
                    if cost < best_cost:
                        best_cost, best = cost, (written, written, kind, False, chain, start)
        return (*best, best_cost)

    def _kept_stem(self, word: str, cut: int, chain: Chain) -> str:
        """A root with its derivations: what stands before the first ending that is cut."""
        stem = word[: len(word) - cut] + chain.mend
        if chain.cut_at_vowel and stem[-1] in self.table.changes:
            stem = stem[:-1] + self.table.changes[stem[-1]]
        return stem

    def _judge(self, tail: str) -> tuple[int, dict[str, float]]:
        """Harmony and doubt of an end of a root; remembered."""
        own = self._own_harmony(tail)
        if own is not None:
            harmony = {"back": BACK, "front": FRONT}.get(own, EITHER)
        else:
            harmony = EITHER
            for letter in reversed(tail):
                if letter in self._vowels:
                    harmony = harmony_of(letter, self.table.letters) or EITHER
                    break
        if len(self._tails) > _MAX_TAILS:
            self._tails.clear()
        judged = self._tails[tail] = (harmony, {kind: self._doubt(tail, kind) for kind in self.roots.known})
        return judged
