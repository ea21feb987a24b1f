"""A parsed tree to an engine tree: words and phrases become groups of index terms.

Each word becomes a group (`word_groups`). Beyond that, what neighbouring words mean together (a term of the lexicon, a date, a
person's name) is looked for beside them, and a document may lack stop words where there are other words. Nothing here raises.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence as Row
from dataclasses import replace
from itertools import accumulate, count, groupby
from typing import NamedTuple

from searchkit.query import column_words, dates, person_names, shelf_marks, translation
from searchkit.query.query_word import Options, in_title
from searchkit.query.word_groups import WordGroups
from searchkit.terms.column_terms import narrowed
from searchkit.terms.query_tree import And, Everything, Group, Node, Not, Or, Phrase, Word, leaves

FEWEST_TO_LACK_ONE, MOST_TO_LACK_ONE = 3, 8
"""Words of a query that a document may lack one of: one of two is too much, and of nine there are too many ways."""
APART = 0.25
"""The weight of the words of a term where they do not stand side by side."""


def expand(tree: Node, options: Options | None = None) -> Node:
    """The engine tree of a parsed tree. What leaves nothing to look for becomes an Or that matches nothing."""
    return Expansion(tree, options or Options()).all()


class _Clause(NamedTuple):
    """A child of an And as engines run it; `asked` is what it stands for in the parsed tree."""

    node: Node
    asked: Row[Node]
    optional: bool = False

    def clause(self) -> Node:
        return Or((self.node, Everything())) if self.optional else self.node


class Expansion:
    """A parsed tree on its way to engine trees: `all` of what it asks for, `most` of it, or `any`."""

    def __init__(self, tree: Node, options: Options) -> None:
        self._tree = column_words.resolved(tree, options)
        self._given = options
        self._groups = WordGroups(self._tree, options)
        self._options = self._groups.options
        self._tokens = self._groups.tokens
        self._any = False

    def all(self) -> Node:
        """The engine tree. What leaves nothing to look for becomes an Or that matches nothing."""
        return self._expanded(self._tree) or Or(())

    def most(self, free: frozenset[Node]) -> Node | None:
        """For documents that lack one of the `free` clauses of an And; None where it has too few or too many."""
        if not isinstance(self._tree, And):
            return None
        free = column_words.resolved_all(free, self._given)
        clauses = [*self._clauses(self._tree)]
        needed = [clause for clause in clauses if not clause.optional and free.issuperset(clause.asked)]
        if not FEWEST_TO_LACK_ONE <= len(needed) <= MOST_TO_LACK_ONE:
            return None
        some = [tuple(clause.node for clause in needed if clause is not lacking) for lacking in needed]
        return And((Or(tuple(map(And, some))), *(clause.clause() for clause in clauses if clause not in needed)))

    def any(self) -> Node:
        """As `all`, of a tree whose words are joined by OR since too few documents hold them all: a stop word is not enough."""
        self._any = True
        return self.all()

    def is_name(self) -> bool:
        """Whether the query is a person's name and nothing else: two words that read as one, or those of one that the
        collection knows."""
        tokens = {token for row in self._tokens.values() for token in row}
        if tokens and self._groups.known_names.issuperset(tokens):
            return True
        return isinstance(self._tree, And) and self._as_name(self._tree) is not None

    def _expanded(self, node: Node) -> Node | None:
        if isinstance(node, (Word, Phrase)):
            found = self._groups.word(node) if isinstance(node, Word) else self._groups.phrase(node)
            if found and column_words.is_column(node.field):
                return narrowed(found, node.field.removeprefix(column_words.FIELD))
            return found
        if isinstance(node, Not):
            child = self._expanded(node.child)
            return Not(child) if child else None
        if isinstance(node, And):
            return self._and(node)
        if isinstance(node, Or):
            return self._or(node)
        return node

    def _or(self, node: Or) -> Node | None:
        optional = self._stop_words(node) if self._any else set()
        children = [child for one in node.children if one not in optional and (child := self._expanded(one))]
        children += [group for _, (_, group) in self._terms(node)]
        children += self._names(node)
        some = Or(tuple(children)) if len(children) > 1 else children[0] if children else None
        extra = [child for one in node.children if one in optional and (child := self._expanded(one))]
        return And((some, Or((*extra, Everything())))) if some and extra else some

    def _and(self, node: And) -> Node | None:
        children = [clause.clause() for clause in self._clauses(node)]
        if children and all(isinstance(child, Not) for child in children):
            children.insert(0, Everything())
        return children[0] if len(children) == 1 else And(tuple(children)) if children else None

    def _clauses(self, node: And) -> Iterator[_Clause]:
        """Stop words rank, but are not required, where something else is; words that make a term are one clause."""
        optional = self._stop_words(node)
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
            found = [_Clause(child, [one], one in optional) for one in words if (child := self._expanded(one))]
            if translated:
                yield _Clause(self._term(words, [clause.clause() for clause in found], translated), words)
            else:
                yield from found

    def _stop_words(self, node: And | Or) -> set[Node]:
        """The children that are stop words, where there are other words."""
        scored = {
            one for one in node.children if any(isinstance(leaf, (Word, Phrase)) for leaf in leaves(one, denied=False))
        }
        found: set[Node] = {one for one in scored if isinstance(one, Word) and self._groups.is_stop_word(one)}
        return set() if found == scored else found

    def _term(self, words: Row[Node], apart: Row[Node], translated: Group) -> Node:
        """Words that make a term: side by side, or its translations; below these, the words wherever they stand."""
        rows = [self._tokens[word] for word in words if isinstance(word, Word)]
        apart = [_scaled(child, APART) for child in apart]
        found = self._groups.side_by_side(rows, "")
        found += tuple(one for one in translated.alternatives if one not in found)
        whole = Group(found, translated.label, float(len(words)))
        return Or((And(tuple(apart)), whole))

    def _terms(self, node: And | Or) -> Iterator[tuple[int, tuple[int, Group]]]:
        """Neighbouring words with a meaning together: (number of the first child, (of the one after the last, group for them))."""
        at = 0
        for plain, run in groupby(node.children, lambda one: isinstance(one, Word) and not one.field):
            some = list(run)
            if plain and len(some) > 1:
                yield from self._terms_in(at, [one for one in some if isinstance(one, Word)])
            at += len(some)

    def _terms_in(self, at: int, words: list[Word]) -> Iterator[tuple[int, tuple[int, Group]]]:
        if (written := self._date_in(words) or self._mark_in(words)) is not None:
            start, end, group = written
            yield at + start, (at + end, group)
        elif self._options.translate:
            yield from self._translated_terms_in(at, words)

    def _date_in(self, words: list[Word]) -> tuple[int, int, Group] | None:
        """The first date among neighbouring words, with the numbers of its first word and of the one after its last."""
        for start in range(len(words)):
            for end in range(min(len(words), start + dates.MOST_WORDS), start + 1, -1):
                label = " ".join(word.text for word in words[start:end])
                if found := self._groups.dates(label, ""):
                    return start, end, Group(found, label)
        return None

    def _mark_in(self, words: list[Word]) -> tuple[int, int, Group] | None:
        """The first inventory number whose letters and digits stand apart, likewise."""
        for start in range(len(words) - 1 if self._options.transliterate else 0):
            pair = words[start : start + 2]
            tokens = [token for word in pair for token in self._tokens[word]]
            if shelf_marks.beside(*(word.text for word in pair)) and len(tokens) == len(pair):
                mark = shelf_marks.one_word([token.words()[0] for token in tokens])
                return start, start + 2, Group((mark, in_title(mark)), " ".join(word.text for word in pair))
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
        found = [group for _, _, group in person_names.groups(tokens, self._options.lexicon, self._groups.known_names)]
        literal = And(tuple(child for word in words if (child := self._expanded(word))))
        return Or((literal, *found)) if found else None

    def _names(self, node: Or) -> Iterator[Group]:
        """The other spellings of names in a query for any of its words."""
        if self._options.transliterate and all(isinstance(one, Word) and not one.field for one in node.children):
            tokens = [token for one in node.children if isinstance(one, Word) for token in self._tokens[one]]
            yield from (
                group for _, _, group in person_names.groups(tokens, self._options.lexicon, self._groups.known_names)
            )


def _scaled(node: Node, factor: float) -> Node:
    """The node with its groups counting so much more or less."""
    if isinstance(node, Group):
        return replace(node, boost=node.boost * factor)
    if isinstance(node, (And, Or)):
        return replace(node, children=tuple(_scaled(child, factor) for child in node.children))
    return node
