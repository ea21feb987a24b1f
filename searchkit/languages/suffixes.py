"""The suffix engine that the Turkic languages share: a table of endings in, stems out.

A Turkic word is a root and a row of endings, each in its slot: кітап-тар-ымыз-да, kel-ma-gan-lar-i-dan. A language
describes its endings in one table, a tab-separated text. The first column says what a line is:

    letters  NAME  LETTERS             a set of sounds. `vowel`, `back` and `front` have a meaning of their own: an
                                       ending agrees with the last vowel before it unless that vowel is in neither
                                       or both of `back` and `front`. Without them there is no vowel harmony.
    changes  LETTER  LETTER            the last letter of a root or ending before an ending that begins with a vowel
                                       (қ ғ: балық, балығы). Written the other way round in the text, and undone here.
    slots    NAME  SLOT SLOT ...       a name for several slots, to be used in the next lines' AFTER.
    ending   SLOT  NAME  AFTER  FORMS  COST  FLAGS

An ending's columns:

    SLOT     its place in the word; also how other endings refer to it in AFTER. Several lines may share a slot.
    NAME     what grammars call it, for people to read: "plural", "3rd person possessive".
    AFTER    the slots that it follows, with spaces between. A kind of root (`noun`, `verb`) is a slot too.
    FORMS    its written forms. Forms in groups by the sound before them: `vowel+glide: лар лер; hard: тар тер`;
             names of letter sets joined by +, a group without a condition fits everywhere. `=мен` has no harmony
             with what precedes it. `{й}я`: the й that ends the root is lost in writing (қой, қоя).
    COST     how much the ending speaks against a cut; about -ln of how often an ending in its place is this one.
    FLAGS    `kept`: a derivation, which stays in the stem, as does all before it; it only helps to recognise a known
             root. `inner`: cannot end a word. `known`: cut only from a known root. Several with spaces between.

Of all ways to cut a word the cheapest wins, ties going to the longer root. A cut costs its endings plus its root: 0 for
a known root, and for an unknown one `Costs.unknown[kind] + Costs.letter * length + doubt`, where doubt is the
language's own judgement of the root's last letters. So a known root beats an unknown one, an ending is cut from an unknown root
when it is likelier than its letters are by chance, and every word listed as a root is protected from being cut.

Speed: endings are read from the word's end, letter by letter, through a tree that grows with the endings met, so a word
costs one step a letter and one look-up for each possible cut.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple


@dataclass
class Roots:
    """Known roots by kind ("noun", "verb"), as `read_roots` reads them."""

    known: dict[str, dict[str, str]] = field(default_factory=dict)
    """Kind -> root as it is written before endings -> the root as it stands alone."""
    rare: dict[str, dict[str, float]] = field(default_factory=dict)
    """Kind -> root -> what it costs; 0 for a root that is not here."""


_BACK, _FRONT, _EITHER = 1, 2, 3
_TAIL = 3  # letters of a root's end that decide harmony and doubt
_MAX_NODES = 60_000


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


class Row(NamedTuple):
    """A line of the table: an ending."""

    slot: str
    name: str
    after: frozenset[str]
    cost: float
    kept: bool
    inner: bool
    known: bool


class _Form(NamedTuple):
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
    forms: tuple[_Form, ...]

    @property
    def rows(self) -> list[Row]:
        """The endings, in the order of the table."""
        return list(dict.fromkeys(form.row for form in self.forms))


class _Left(NamedTuple):
    """What may stand before a form: other forms, by the letter they are written with at their end, each with what
    remains of it to the left; and roots, by their kinds."""

    forms: dict[str, list[tuple[str, _Form]]]
    kinds: list[str]


class _Chain(NamedTuple):
    """A sequence of endings that ends the word; its first letter is where the tree stands."""

    form: _Form
    needs: int
    cost: float
    cut: int  # letters to cut from the word, without those kept
    mend: str  # the lost letters to put there
    bare: bool  # nothing kept: the whole chain is cut
    known: bool
    cut_at_vowel: bool
    rest: _Chain | None
    left: _Left


_Open = tuple[str, _Form, "_Chain | None"]
"""An ending of which the left part is still to come: that part, the form, the chain to its right."""

_Best = tuple[str, str, str, bool, "_Chain | None", int, float]
"""Stem, root, kind, whether the root is known, endings, where they start, cost."""

_Cut = tuple[str, str, str, bool, "_Chain | None", int]
"""`_Best` without the cost."""

_Parse = tuple[str, frozenset[str] | None, int, str, bool, int, float, bool, _Chain]
"""Of a chain, what `_best` needs: kind of root, letters before it, harmony, lost letters, whether the root may be
unknown, letters to cut, cost, whether it begins with a vowel."""


_NOTHING: dict[str, _Node | None] = {}
_NOTHING_OPEN: dict[str, list[_Open]] = {}
# Most nodes are leaves or have no chain: they share these.


class _Node:
    """A point of the tree: the chains that begin here, and the endings begun to the right and not yet complete."""

    __slots__ = ("chains", "floor", "next", "open", "parses")

    def __init__(
        self, chains: Sequence[_Chain], open: dict[str, list[_Open]], parses: Sequence[_Parse], floor: float
    ) -> None:
        self.chains = chains
        self.open = open
        self.parses = parses
        self.floor = floor  # what every ending from here on to the left costs at least
        self.next = _NOTHING


def read_table(text: str) -> Table:
    """Read a table of endings. Raises ValueError, naming the line, where it cannot be understood."""
    letters: dict[str, frozenset[str]] = {}
    changes: dict[str, str] = {}
    groups: dict[str, list[str]] = {}
    forms: list[_Form] = []
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
) -> Iterable[_Form]:
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
            classes = [c for c in (_harmony(letter, letters) for letter in lost + text) if c]
            needs = _EITHER if neutral else classes[0] if classes else 0
            offers = classes[-1] if classes else 0
            if not classes and any(letter in letters["vowel"] for letter in text):
                needs = offers = _EITHER
            hard = text[-1] in softened
            vowel = text[0] in letters["vowel"]
            yield _Form(row, text, lost, allowed, needs, offers, False, hard, vowel)
            if hard:
                yield _Form(row, text[:-1] + softened[text[-1]], lost, allowed, needs, offers, True, False, vowel)


def _harmony(letter: str, letters: Mapping[str, frozenset[str]]) -> int:
    """The class of a strict vowel, else 0."""
    back, front = letter in letters.get("back", ()), letter in letters.get("front", ())
    return 0 if back == front else _BACK if back else _FRONT


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


class Stemmer:
    """Cuts the endings of a table from words of one language, in the one script that the table is written in.

    `doubt` judges an unknown root by its last three letters and its kind: 0 for a well-formed end, more for an unlikely
    one.
    `harmony`, where given, settles the harmony of a root from its last three letters: "back", "front", or "" for
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
        self._nodes = 0
        self._lefts: dict[tuple[int, int], _Left] = {}
        self._tree = self._plant()

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

    def _best(self, word: str) -> _Best:
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
        node = self._tree
        start = length
        while start > 1:
            start -= 1
            letter = word[start]
            try:
                grown = node.next[letter]
            except KeyError:
                grown = self._grow(node, letter)
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
                        stem = root if chain.bare else self._kept_stem(root, word, start, cut, chain)
                        best_cost, best = cost, (stem, root, kind, True, chain, start)
                elif may_be_unknown and len(written) >= shortest:
                    if hard:
                        written = written[:-1] + hard
                        doubts = (tails.get(written[-_TAIL:]) or self._judge(written[-_TAIL:]))[1]
                    cost += costs.unknown[kind] + letter_cost * len(written) + doubts[kind]
                    if cost < best_cost:
                        best_cost, best = cost, (written, written, kind, False, chain, start)
        return (*best, best_cost)

    def _kept_stem(self, root: str, word: str, start: int, cut: int, chain: _Chain) -> str:
        """A known root with its derivations: what stands before the first ending that is cut."""
        stem = root + word[start : len(word) - cut] + chain.mend
        if chain.cut_at_vowel and stem[-1] in self.table.changes:
            stem = stem[:-1] + self.table.changes[stem[-1]]
        return stem

    def _judge(self, tail: str) -> tuple[int, dict[str, float]]:
        """Harmony and doubt of an end of a root; remembered."""
        own = self._own_harmony(tail)
        if own is not None:
            harmony = {"back": _BACK, "front": _FRONT}.get(own, _EITHER)
        else:
            harmony = _EITHER
            for letter in reversed(tail):
                if letter in self._vowels:
                    harmony = _harmony(letter, self.table.letters) or _EITHER
                    break
        if len(self._tails) > _MAX_NODES:
            self._tails.clear()
        judged = self._tails[tail] = (harmony, {kind: self._doubt(tail, kind) for kind in self.roots.known})
        return judged

    # ------------------------------------------------------------------ the tree of endings

    def _plant(self) -> _Node:
        """The root of the tree: all forms that may end a word."""
        opened: dict[str, list[_Open]] = {}
        for form in self.table.forms:
            if not (form.row.inner or form.changed):
                opened.setdefault(form.text[-1], []).append((form.text[:-1], form, None))
        return _Node((), opened, (), 0.0)

    def _grow(self, node: _Node, letter: str) -> _Node | None:
        """The node one letter to the left; None where no ending goes on with it."""
        if self._nodes > _MAX_NODES:
            self._tree, self._nodes = self._plant(), 0
        begun = node.open.get(letter, [])
        for chain in node.chains:
            forms = chain.left.forms.get(letter)
            if forms:
                begun = begun + [(text, form, chain) for text, form in forms]
        grown = None
        if begun:
            chains: list[_Chain] = []
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
            self._nodes += 1
            if chains:
                chains = _cheapest(chains)
                grown = _Node(chains, opened or _NOTHING_OPEN, _parses(chains), floor)
            else:
                grown = _Node((), opened, (), floor)
        if node.next is _NOTHING:
            node.next = {letter: grown}
        else:
            node.next[letter] = grown
        return grown

    def _chain(self, form: _Form, rest: _Chain | None) -> _Chain:
        """A form put before a chain."""
        row = form.row
        needs, cost, known = form.needs, row.cost, row.known
        cut, mend, bare, cut_at_vowel = len(form.text), form.lost, not row.kept, form.vowel
        if rest is None:
            needs = needs or _EITHER
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
        return _Chain(form, needs, cost, cut, mend, bare, known, cut_at_vowel, rest, left)

    def _left_of(self, first: _Form, needs: int) -> _Left:
        """What may stand before a chain with such a first form and need of harmony; remembered."""
        after, letters, lost, vowel = first.row.after, first.letters, first.lost, first.vowel
        left = self._lefts[id(first), needs] = _Left({}, [kind for kind in self.roots.known if kind in after])
        for form in self.table.forms:
            text = form.text
            if (
                form.row.slot in after
                and text.endswith(lost)
                and len(text) > len(lost)
                and (letters is None or text[-1] in letters)
                and (form.offers or _EITHER) & needs
                and (form.changed == vowel or not (form.changed or form.hard))
            ):
                written = text[: len(text) - len(lost)]
                left.forms.setdefault(written[-1], []).append((written[:-1], form))
        return left


def _parses(chains: list[_Chain]) -> list[_Parse]:
    """What `_best` needs of each chain that may follow a root, cheapest first."""
    parses: list[_Parse] = []
    for chain in chains:
        if chain.left.kinds:
            form, needs, cost, cut, _, bare, known = chain[:7]
            may_be_unknown = bare and not known
            for kind in chain.left.kinds:
                parses.append((kind, form.letters, needs, form.lost, may_be_unknown, cut, cost, form.vowel, chain))
    if len(parses) > 1:
        parses.sort(key=_cost_of_parse)
    return parses


def _cost_of_parse(parse: _Parse) -> float:
    return parse[6]


def _cheapest(chains: list[_Chain]) -> list[_Chain]:
    """Of the chains that the letters to the left cannot tell apart, the cheapest each."""
    if len(chains) < 2:
        return chains
    best: dict[tuple[object, ...], _Chain] = {}
    for chain in chains:
        form = chain.form
        key = (form.row.slot, form.row.after, form.letters, chain.needs, form.lost, *chain[3:8])
        if key not in best or chain.cost < best[key].cost:
            best[key] = chain
    return list(best.values())
