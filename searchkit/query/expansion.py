"""A parsed tree to an engine tree: words and phrases become groups of index terms.

Steps for a word:
1. It is cut into tokens as documents are; "3.5" or a hyphenated word may give several, which must stand side by side.
2. Each token gets its alternatives from `expanders`, in all languages of its script, since nobody tags a short query.
3. They are written for the text's fields and the title's, or the title's alone (title:word).
4. Without transliteration a second group, which scores nothing, asks for a form in the script of the query.
5. A stop word among other words counts little, and a document may lack it, unless it was asked for by =.

A word without a token (a lone symbol) is left out. Nothing here raises.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Sequence as Row
from dataclasses import replace
from itertools import accumulate, count, groupby, islice
from typing import NamedTuple

from searchkit.query import dates, expanders, person_names, shelf_marks, stopwords, translation
from searchkit.query.parser import ANY_WORD, MAX_PHRASE
from searchkit.query.query_word import Alternative, Alternatives, Options, QueryWord, in_title, query_word
from searchkit.terms.query_tree import (
    And,
    Everything,
    Fuzzy,
    Group,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Sequence,
    Term,
    Word,
)
from searchkit.text.words import words as cut_words

__all__ = ["Options", "expand", "query_words"]

STOP_WORD_BOOST = 0.2
FEWEST_TO_LACK_ONE, MOST_TO_LACK_ONE = 3, 8
"""Words of a query that a document may lack one of: one of two is too much, and of nine there are too many ways."""
APART = 0.25
"""What the words of a term count where they do not stand side by side, beside words that make no term."""
MAX_PHRASE_VARIANTS = 16
"""How many ways are tried to put alternatives of several words each into a phrase."""

Slot = tuple[Term | Prefix | Fuzzy, ...]


def expand(tree: Node, options: Options | None = None) -> Node:
    """The engine tree of a parsed tree. What leaves nothing to look for becomes an Or that matches nothing."""
    return _Expansion(tree, options or Options()).expanded(tree) or Or(())


def expand_most(tree: Node, free: frozenset[Node], options: Options | None = None) -> Node | None:
    """The engine tree for documents that lack one of the `free` clauses of an And; None where it has too few or too many."""
    return _Expansion(tree, options or Options()).most(tree, free) if isinstance(tree, And) else None


class _Clause(NamedTuple):
    """A child of an And as engines run it; `asked` is what it stands for in the parsed tree."""

    node: Node
    asked: Row[Node]
    optional: bool = False

    def clause(self) -> Node:
        return Or((self.node, Everything())) if self.optional else self.node


class _Expansion:
    def __init__(self, tree: Node, options: Options) -> None:
        self._options = options
        words = list(_words(tree))
        self._tokens: Mapping[Word, list[QueryWord]] = {
            word: query_words(word, options) for word in dict.fromkeys(words)
        }
        plain = [word for word in words if not (word.exact or word.prefix or word.distance)]
        only_words = len(plain) == len(words) and not any(isinstance(leaf, Phrase) for leaf in _leaves(tree))
        if self._options.translate:
            every = [token for word in words for token in self._tokens[word]]
            self._options = self._options._replace(likely=translation.likely(every, self._options.lexicon))
        self._known_names = frozenset(self._known_as_names(tree))
        self._stop_words = stopwords.down_weighted(
            [token for word in plain for token in self._tokens[word] if token not in self._known_names], only_words
        )

    def _known_as_names(self, tree: Node) -> Iterator[QueryWord]:
        """The words of names that the collection knows, in words side by side that make no term of the lexicon."""
        if self._options.engine is None:
            return
        children = tree.children if isinstance(tree, (And, Or)) else ()
        for plain, run in groupby(children, lambda one: isinstance(one, Word) and not one.field):
            tokens = [token for word in run if isinstance(word, Word) for token in self._tokens[word]] if plain else []
            taken = {at for start, end in translation.spans(tokens, self._options.lexicon) for at in range(start, end)}
            free = [None if at in taken else token for at, token in enumerate(tokens)]
            for is_word, part in groupby(free, lambda token: token is not None):
                words = [token for token in part if token] if is_word else []
                yield from person_names.known_as_names(words, self._options.engine, self._options.lexicon)

    def _alternatives(self, word: QueryWord, parts: bool = True) -> Alternatives:
        """A name is not translated, nor read as a form of another word."""
        if word not in self._known_names:
            return expanders.alternatives(word, self._options._replace(parts=parts))
        found = expanders.alternatives(word, self._options._replace(translate=False))
        forms = word.words()

        def is_of_the_name(one: Alternative) -> bool:
            return not isinstance(one, Term) or one.text in forms or not translation.is_stem_of_a_word(one.text)

        return Alternatives(tuple(filter(is_of_the_name, found.text)), tuple(filter(is_of_the_name, found.title)))

    # -------------------------------------------------------------- inner nodes
    def expanded(self, node: Node) -> Node | None:
        if isinstance(node, Word):
            return self._word(node)
        if isinstance(node, Phrase):
            return self._phrase(node)
        if isinstance(node, Not):
            child = self.expanded(node.child)
            return Not(child) if child else None
        if isinstance(node, And):
            return self._and(node)
        if isinstance(node, Or):
            children = [child for one in node.children if (child := self.expanded(one))]
            children += [group for _, (_, group) in self._terms(node)]
            children += self._names(node)
            if len(children) < 2:
                return children[0] if children else None
            return Or(tuple(children))
        return node

    def _and(self, node: And) -> Node | None:
        children = [clause.clause() for clause in self._clauses(node)]
        if children and all(isinstance(child, Not) for child in children):
            children.insert(0, Everything())
        return children[0] if len(children) == 1 else And(tuple(children)) if children else None

    def _clauses(self, node: And) -> Iterator[_Clause]:
        """Stop words rank, but are not required, where something else is; words that make a term are one clause."""
        scored = {one for one in node.children if any(isinstance(leaf, (Word, Phrase)) for leaf in _wanted(one))}
        optional = {one for one in scored if isinstance(one, Word) and self._is_stop_word(one)}
        if optional == scored:
            optional = set()
        terms = dict(self._terms(node))
        named = None if terms else self._as_name(node)
        if named:
            yield _Clause(named, [one for one in node.children if isinstance(one, Word)])
        position = 0
        while position < len(node.children):
            end, translated = terms.get(position, (position + 1, None))
            words = node.children[position:end]
            position = end
            if named and isinstance(words[0], Word):
                continue
            found = [_Clause(child, [one], one in optional) for one in words if (child := self.expanded(one))]
            if translated:
                yield _Clause(self._term(words, [clause.clause() for clause in found], translated), words)
            else:
                yield from found

    def most(self, node: And, free: frozenset[Node]) -> Node | None:
        """See `expand_most`."""
        clauses = [*self._clauses(node)]
        needed = [clause for clause in clauses if not clause.optional and free.issuperset(clause.asked)]
        if not FEWEST_TO_LACK_ONE <= len(needed) <= MOST_TO_LACK_ONE:
            return None
        some = [tuple(clause.node for clause in needed if clause is not lacking) for lacking in needed]
        return And((Or(tuple(map(And, some))), *(clause.clause() for clause in clauses if clause not in needed)))

    def _term(self, words: Row[Node], apart: Row[Node], translated: Group) -> Node:
        """Words that make a term: side by side, or its translations; below these, the words wherever they stand."""
        rows = [self._tokens[word] for word in words if isinstance(word, Word)]
        apart = [_scaled(child, APART) for child in apart]
        found = self._side_by_side(rows, "") + self._dates(translated.label, "")
        whole = Group(found, translated.label, float(len(words)))
        return Or((And(tuple(apart)), whole))

    def _terms(self, node: And | Or) -> Iterator[tuple[int, tuple[int, Group]]]:
        """What neighbouring words mean together: (number of the first child, (of the one after the last, what to look for))."""
        at = 0
        for plain, run in groupby(node.children, lambda one: isinstance(one, Word) and not one.field):
            some = list(run)
            if plain and len(some) > 1:
                yield from self._terms_in(at, [one for one in some if isinstance(one, Word)])
            at += len(some)

    def _terms_in(self, at: int, words: list[Word]) -> Iterator[tuple[int, tuple[int, Group]]]:
        if (date := self._date_in(words)) is not None:
            start, end, group = date
            yield at + start, (at + end, group)
        elif self._options.translate:
            yield from self._translated_terms_in(at, words)

    def _date_in(self, words: list[Word]) -> tuple[int, int, Group] | None:
        """The first date among neighbouring words, with the numbers of its first word and of the one after its last."""
        for start in range(len(words)):
            for end in range(min(len(words), start + dates.MOST_WORDS), start + 1, -1):
                label = " ".join(word.text for word in words[start:end])
                if found := self._dates(label, ""):
                    return start, end, Group(found, label)
        return None

    def _translated_terms_in(self, at: int, words: list[Word]) -> Iterator[tuple[int, tuple[int, Group]]]:
        tokens = [token for word in words for token in self._tokens[word]]
        begins = dict(zip(accumulate((len(self._tokens[word]) for word in words), initial=0), count(at), strict=False))
        for start, end in translation.spans(tokens, self._options.lexicon):
            if start in begins and end in begins and begins[end] - begins[start] > 1:
                found = translation.of_term(tokens[start:end], self._options.lexicon)
                if found:
                    label = " ".join(token.text for token in tokens[start:end])
                    yield begins[start], (begins[end], Group((*found, *map(in_title, found)), label))

    def _as_name(self, node: And) -> Node | None:
        """The two words of a query that reads as a name, as they stand or in another spelling of the name."""
        words = [one for one in node.children if isinstance(one, Word)]
        tokens = [token for word in words for token in self._tokens[word]]
        if len(words) != 2 or len(tokens) != 2 or any(word.field for word in words) or not self._options.transliterate:
            return None
        found = [group for _, _, group in person_names.groups(tokens, self._options.lexicon, self._known_names)]
        literal = And(tuple(child for word in words if (child := self.expanded(word))))
        return Or((literal, *found)) if found else None

    def _names(self, node: Or) -> Iterator[Group]:
        """The other spellings of names in a query for any of its words."""
        if self._options.transliterate and all(isinstance(one, Word) and not one.field for one in node.children):
            tokens = [token for one in node.children if isinstance(one, Word) for token in self._tokens[one]]
            yield from (group for _, _, group in person_names.groups(tokens, self._options.lexicon, self._known_names))

    # -------------------------------------------------------------- leaves
    def _is_stop_word(self, word: Word) -> bool:
        tokens = self._tokens[word]
        return not word.exact and len(tokens) == 1 and tokens[0] in self._stop_words

    def _word(self, word: Word) -> Node | None:
        tokens = self._tokens[word]
        if not tokens:
            return None
        if len(tokens) == 1:
            found = self._alternatives(tokens[0]).of(word.field)
        else:
            found = self._side_by_side([tokens], word.field) + self._other_forms(word, tokens)
        boost = STOP_WORD_BOOST if self._is_stop_word(word) else 1.0
        group = Group(found, word.text, boost)
        if self._options.transliterate or len(tokens) > 1 or tokens[0].exact or word.prefix:
            return group
        return And((group, Group(expanders.own_script(tokens[0]).of(word.field), word.text, boost=0.0)))

    def _phrase(self, phrase: Phrase) -> Group | None:
        rows = [[] if word == ANY_WORD else self._tokens[word] for word in phrase.words]
        found = self._side_by_side(
            [row for word, row in zip(phrase.words, rows, strict=True) if row or word == ANY_WORD], phrase.field
        )
        label = " ".join(word.text for word in phrase.words)
        return Group(found + self._dates(label, phrase.field), label) if any(rows) else None

    def _other_forms(self, word: Word, tokens: list[QueryWord]) -> tuple[Alternative, ...]:
        """The other forms of what was typed as one and is cut into several: a date, an inventory number."""
        found = self._dates(word.text, word.field)
        mark = shelf_marks.joined(word.text, [token.words()[0] for token in tokens])
        if mark is None or not self._options.transliterate:
            return found
        return (*found, in_title(mark)) if word.field == "title" else (*found, mark, in_title(mark))

    def _dates(self, text: str, field: str) -> tuple[Alternative, ...]:
        """The other forms of a date, unless spellings are to be taken as they are."""
        found = dates.of_text(text) if self._options.transliterate else ()
        title = tuple(map(in_title, found))
        return title if field == "title" else (*found, *title)

    def _in_place(self, word: QueryWord) -> Alternatives:
        """The alternatives of a word of a sequence, in which a second group cannot rule out other scripts."""
        found = self._alternatives(word, parts=False)
        if self._options.transliterate or word.exact or word.prefix:
            return found
        own = expanders.own_script(word)
        return Alternatives(
            (*(one for one in found.text if isinstance(one, Sequence) or one.field != "stem"), *own.text),
            (*(one for one in found.title if isinstance(one, Sequence) or one.field != "title_stem"), *own.title),
        )

    def _side_by_side(self, rows: list[list[QueryWord]], field: str) -> tuple[Alternative, ...]:
        """Sequences of the tokens, an empty row being any one word, in the text's fields and the title's."""
        any_word: list[QueryWord | None] = [None]
        tokens = [token for row in rows for token in (row or any_word)][:MAX_PHRASE]
        positions = [self._in_place(token) if token else Alternatives((), ()) for token in tokens]
        longer = list(self._translated(tokens))
        longer += [
            (position, position + 1, one)
            for position, found in enumerate(positions)
            for one in found.text
            if isinstance(one, Sequence)
        ]
        in_text = _sequences([found.text for found in positions], longer)
        title = [(start, end, in_title(one)) for start, end, one in longer]
        titles = _sequences([found.title for found in positions], title)
        return titles if field == "title" else in_text + titles

    def _translated(self, tokens: list[QueryWord | None]) -> Iterator[tuple[int, int, Alternative]]:
        """What neighbouring words of a phrase mean together, with the positions that it takes the place of."""
        if not self._options.translate:
            return
        at = 0
        for is_word, run in groupby(tokens, lambda token: token is not None):
            words = [token for token in run if token] if is_word else []
            for start, end in translation.spans(words, self._options.lexicon):
                for one in translation.of_term(words[start:end], self._options.lexicon):
                    yield at + start, at + end, one
            at += len(words) or 1


def _sequences(
    positions: list[tuple[Alternative, ...]], longer: list[tuple[int, int, Alternative]]
) -> tuple[Alternative, ...]:
    """Sequences of what may stand at each position.

    The first takes the terms as they are; for each of `longer` there is one more, with it in place of some positions:
    (from, to, what stands there). What takes the place of all positions stands alone.
    """
    slots: list[Slot] = [tuple(one for one in found if not isinstance(one, Sequence)) for found in positions]
    sequences: list[Alternative] = [Sequence(tuple(slots))]
    for start, end, one in longer[:MAX_PHRASE_VARIANTS]:
        if end - start == len(slots):
            sequences.append(one)
            continue
        there: tuple[Slot, ...] = one.slots if isinstance(one, Sequence) else ((one,),)
        sequences.append(Sequence((*slots[:start], *there, *slots[end:]), one.weight, one.reason))
    return tuple(sequences)


def _scaled(node: Node, factor: float) -> Node:
    """The node with its groups counting so much more or less."""
    if isinstance(node, Group):
        return replace(node, boost=node.boost * factor)
    if isinstance(node, (And, Or)):
        return replace(node, children=tuple(_scaled(child, factor) for child in node.children))
    return node


def query_words(word: Word, options: Options) -> list[QueryWord]:
    """The tokens of a query word, cut as the words of a document are."""
    cut = [span.text for span in islice(cut_words(word.text), MAX_PHRASE)]
    return [query_word(text, word, options, position == len(cut)) for position, text in enumerate(cut, 1)]


def _words(tree: Node) -> Iterator[Word]:
    """All words of a parsed tree, those of phrases too."""
    for leaf in _leaves(tree):
        if isinstance(leaf, Word):
            yield leaf
        elif isinstance(leaf, Phrase):
            yield from leaf.words


def _leaves(tree: Node) -> Iterator[Node]:
    if isinstance(tree, Not):
        yield from _leaves(tree.child)
    elif isinstance(tree, (And, Or)):
        for child in tree.children:
            yield from _leaves(child)
    else:
        yield tree


def _wanted(tree: Node) -> Iterator[Node]:
    """The leaves that are not forbidden."""
    if isinstance(tree, (And, Or)):
        for child in tree.children:
            yield from _wanted(child)
    elif not isinstance(tree, Not):
        yield tree
