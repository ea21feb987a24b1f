"""The suffix engine that the Turkic languages share: a table of endings in, stems out.

A Turkic word is a root and a sequence of endings, each in its slot: кітап-тар-ымыз-да, kel-ma-gan-lar-i-dan. A language
describes its endings in one table, a tab-separated text. The first column says what a line is:

    letters  NAME  LETTERS             a set of sounds. `vowel`, `back` and `front` have a meaning of their own: an
                                       ending agrees with the last vowel before it unless that vowel is in neither
                                       or both of `back` and `front`. Without them there is no vowel harmony.
    changes  LETTER  LETTER            what the last letter of a root or ending becomes before an ending that begins
                                       with a vowel, after another vowel (қ, ғ: балық, балығы).
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
from types import MappingProxyType
from typing import NamedTuple, TypeVar

from searchkit.languages.turkic.ending_tables import BACK, EITHER, FRONT, Roots, Table, read_roots, read_table
from searchkit.languages.turkic.suffix_tree import Chain, Tree

T = TypeVar("T")

__all__ = ["Analysis", "Costs", "CutEnding", "Roots", "Stemmer", "Table", "read_roots", "read_table"]

_TAIL = 3
"""Letters of a root's end that decide its harmony and doubt."""
_MAX_TAILS = 60_000


class CutEnding(NamedTuple):
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
    endings: tuple[CutEnding, ...]
    cost: float


class Costs(NamedTuple):
    """The costs of roots; see the module's docstring. Of a kind that is not in `unknown` all roots are listed.

    `shortest` is the least length of an unknown root with endings, `whole` the kind that an unknown word without endings
    is taken for, `bare` what a known root without endings costs by its kind (a bare verb is an imperative, which is rare).
    """

    unknown: Mapping[str, float]
    letter: float = 1.0
    shortest: int = 3
    whole: str = "noun"
    bare: Mapping[str, float] = MappingProxyType({})


Cut = tuple[str, str, str, bool, "Chain | None", int, float]
"""Stem, root, kind, whether the root is known, endings, where they start, cost."""


class Stemmer:
    """Cuts the endings of a table from words of one language, in the one script that the table is written in.

    `doubt` judges an unknown root by its last three letters and its kind: 0 for a well-formed end, more for an unlikely
    one, less for one that is certainly a root's. `harmony`, where given, settles the harmony of a root from its last
    three letters: "back", "front", or "" for either; None leaves it to the last vowel.
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
        self._own_harmony = harmony
        self._vowels = table.letters["vowel"]
        self._strict = table.harmony()
        followed: frozenset[str] = frozenset().union(*{form.row.after for form in table.forms})
        self._closed = frozenset(kind for kind in roots.known if kind not in followed)
        self._tree = Tree(table, roots.known, costs.unknown)
        self._often = (
            frozenset().union(*roots.known.values()),
            table.changes,
            self._vowels,
            _Remembered(self._harmony_of),
            {kind: _Remembered(doubt, kind) for kind in costs.unknown},
            roots.rare,
            costs.letter,
            costs.shortest,
            costs.unknown,
            costs.whole,
        )
        """The attributes that `cut` reads for every word, bound once."""

    def stem(self, word: str) -> str:
        """The stem of a word, in the script of the table. Never empty for a word that is not."""
        return self.cut(word)[0]

    def analyse(self, word: str) -> Analysis:
        """The best cut of a word, with the names of its endings, from the root outwards."""
        stem, root, kind, known, chain, start, cost = self.cut(word)
        endings = []
        while chain is not None:
            text = chain.form.text
            if chain.rest is not None and chain.rest.form.lost:
                text = text[: -len(chain.rest.form.lost)]
            endings.append(CutEnding(text, chain.form.row.name, chain.form.row.slot, start < len(word) - chain.cut))
            start += len(text)
            chain = chain.rest
        return Analysis(stem, root, kind, known, tuple(endings), cost)

    def cut(self, word: str) -> Cut:
        """The cheapest cut: what `analyse` says, without the names of the endings, in half the time.

        One long loop, since every word goes through it.
        """
        listed, changes, vowels, harmony_of, doubts, rare, letter_cost, shortest, unknown_cost, whole = self._often
        start = len(word)
        best_cost = unknown_cost[whole] + letter_cost * start + doubts[whole][word[-_TAIL:]]
        best: Cut = (word, word, "", False, None, start, best_cost)
        if word in listed:
            best = self._best_whole(word, best)
            best_cost = best[-1]
            if best_cost <= 0:
                return best
        node = self._tree.root
        while start > 1:
            start -= 1
            letter = word[start]
            grown = node[letter]
            if grown is None or grown.floor >= best_cost:
                break
            node = grown
            parses_by_lost = node.parses
            if parses_by_lost is None:
                parses_by_lost = node.ripen()
            for lost, parses, of_unknown in parses_by_lost:
                written = word[:start] + lost
                last = written[-1]
                if letter in vowels and last in changes and (len(written) < 2 or written[-2] in vowels):
                    hardened = written[:-1] + changes[last]
                    is_listed = hardened in listed or written in listed
                else:
                    hardened = written
                    is_listed = written in listed
                if not is_listed:
                    if not of_unknown or start + len(lost) < shortest:
                        continue
                    parses = of_unknown
                harmony = harmony_of[written[-_TAIL:]]
                for kind, known, letters, needs, may_be_unknown, cost, chain in parses:
                    if cost >= best_cost:
                        break
                    if not needs & harmony or (letters is not None and last not in letters):
                        continue
                    if is_listed and (root := known.get(hardened) or known.get(written)):
                        cost += rare[kind].get(root, 0.0)
                        if cost < best_cost:
                            stem = root if chain.bare else self._kept_stem(word, chain)
                            best_cost, best = cost, (stem, root, kind, True, chain, start, cost)
                    elif may_be_unknown and start + len(lost) >= shortest:
                        cost += unknown_cost[kind] + letter_cost * len(hardened) + doubts[kind][hardened[-_TAIL:]]
                        if cost < best_cost:
                            best_cost, best = cost, (hardened, hardened, kind, False, chain, start, cost)
        return best

    def _best_whole(self, word: str, best: Cut) -> Cut:
        """The cheapest of the listed roots that the word may be without any ending, if it is cheaper than `best`."""
        for kind, known in self.roots.known.items():
            root = known.get(word)
            if root is not None and (root == word or kind in self._closed):
                cost = self.costs.bare.get(kind, 0.0) + self.roots.rare[kind].get(root, 0.0)
                if cost < best[-1]:
                    best = (root, root, kind, True, None, len(word), cost)
        return best

    def _kept_stem(self, word: str, chain: Chain) -> str:
        """A root with its derivations: what stands before the first ending that is cut."""
        stem = word[: len(word) - chain.cut] + chain.mend
        if chain.cut_at_vowel and stem[-1] in self.table.changes:
            stem = stem[:-1] + self.table.changes[stem[-1]]
        return stem

    def _harmony_of(self, tail: str) -> int:
        """That of a root with this end: the language's own, else its last vowel's, where that is strict."""
        own = self._own_harmony(tail)
        if own is not None:
            return {"back": BACK, "front": FRONT}.get(own, EITHER)
        for letter in reversed(tail):
            if letter in self._vowels:
                return self._strict.get(letter, EITHER)
        return EITHER


class _Remembered(dict[str, T]):
    """A bounded cache of a function of the end of a root, which takes `more` arguments as well."""

    def __init__(self, function: Callable[..., T], *more: str) -> None:
        self._function = function
        self._more = more

    def __missing__(self, tail: str) -> T:
        if len(self) > _MAX_TAILS:
            self.clear()
        found = self[tail] = self._function(tail, *self._more)
        return found
