"""Where a document answers an engine tree, and why.

What engines do for whole documents, done for one text: the same terms, prefixes, edit distances and sequences, so that
highlights mark what made the document match. Groups under a `Not` are left out.

Each distinct word of the texts shown for a query is looked up once (`_Answers`). A word that analysis does not remember
is analysed only if its signature (see `prefilter`) leaves open that it is one of the terms. Of a sequence of words, as
most translations are, the rarest is looked for first, the others only in a text that has it: a first search in a new
process analyses 323 words where it analysed 551.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from searchkit import lazy
from searchkit.analysis.vocabulary import Vocabulary, vocabulary_in
from searchkit.highlight.term_table import Target, TermTable
from searchkit.terms.column_terms import widened
from searchkit.terms.query_tree import Group, Node, leaves
from searchkit.text.words import matches, surfaces

_LETTER = lazy.regex(r"\w")


class Match(NamedTuple):
    """A word `text[start:end]` that answers the tree. `reason` as in `model.Highlight`, `query` the group's label.

    `groups` are the numbers of all groups that it answers, `Matcher.groups[groups[0]]` being the best fitting.
    """

    start: int
    end: int
    reason: str
    query: str
    weight: float
    groups: tuple[int, ...]


class _Found(NamedTuple):
    """A word that answers, or would if its neighbours did: its place in code points and its number in the text."""

    start: int
    end: int
    number: int
    targets: tuple[Target, ...]


class _Answers(dict[str, tuple[Target, ...]]):
    """Surface form -> what it answers, in passages of one vocabulary; () for nothing.

    With `keys`, words that answer only beside the key word of a sequence may be left out.
    """

    def __init__(self, table: TermTable, vocabulary: Vocabulary, keys: bool) -> None:
        self._table = table
        self._vocabulary = vocabulary
        self._signatures = table.key_signatures if keys else table.signatures

    def __missing__(self, surface: str) -> tuple[Target, ...]:
        targets: tuple[Target, ...] = ()
        if surface in self._vocabulary or self._signatures.admit(surface):
            _, word, stem, name = self._vocabulary[surface]
            targets = self._table.look_up(surface, word, stem, name)
        self[surface] = targets
        return targets


class Matcher:
    """The terms of a tree, ready for look-up. `title` takes those of the title's fields instead of the text's."""

    def __init__(self, tree: Node, title: bool = False) -> None:
        self.groups = groups_of(tree)
        self._table = TermTable(self.groups, title)
        self._answers: dict[tuple[int, bool], _Answers] = {}

    def find(self, text: str, passages: Sequence[tuple[int, int, str]]) -> list[Match]:
        """All matches, in order. `passages` are (start, end, language) as `analysis` found them."""
        found = list(self._found(text, passages, keys=True)) if self._table.signatures.others else []
        if any(target.sequence >= 0 for one in found for target in one.targets):
            found = list(self._found(text, passages, keys=False))
        complete = self._complete({one.number: one.targets for one in found}) if self._table.sequences else {}
        answering = []
        for start, end, number, targets in found:
            filled = complete.get(number, ())
            if those := [one for one in targets if one.sequence < 0 or one in filled]:
                best = those[0]
                groups = tuple(dict.fromkeys(one.group for one in those))
                answering.append(Match(start, end, best.reason, self.groups[best.group].label, best.weight, groups))
        return answering

    def _found(self, text: str, passages: Iterable[tuple[int, int, str]], keys: bool) -> Iterator[_Found]:
        """The words that answer or may, with their neighbours; with `keys`, as `_Answers` says."""
        before = 0
        for start, end, language in passages:
            vocabulary = vocabulary_in(language, text, start, end)
            answers = self._answers_in(vocabulary, keys)
            words = surfaces(text, vocabulary.apostrophes, start, end)
            if any(map(answers.__getitem__, set(words))):
                for number, word in enumerate(matches(text, vocabulary.apostrophes, start, end), before):
                    if targets := answers[word.group()]:
                        yield _Found(*word.span(), number, targets)
            before += len(words)

    def _answers_in(self, vocabulary: Vocabulary, keys: bool) -> _Answers:
        # Vocabularies are never given up, so that an id stands for one.
        found = self._answers.get((id(vocabulary), keys))
        if found is None:
            found = self._answers[id(vocabulary), keys] = _Answers(self._table, vocabulary, keys)
        return found

    def _complete(self, targets: Mapping[int, tuple[Target, ...]]) -> dict[int, set[Target]]:
        """By number of a word, the targets of those sequences whose slots are all filled by neighbours."""
        filled: list[dict[int, dict[int, Target]]] = [{} for _ in self._table.sequences]
        for number, found in targets.items():
            for target in found:
                if target.sequence >= 0:
                    filled[target.sequence].setdefault(number, {}).setdefault(target.slot, target)
        complete: dict[int, set[Target]] = {}
        for sequence, numbers in zip(self._table.sequences, filled, strict=True):
            needed = [slot for slot, terms in enumerate(sequence.slots) if terms]
            for number, slots in numbers.items():
                start = number - needed[0]
                if needed[0] in slots and all(slot in numbers.get(start + slot, ()) for slot in needed[1:]):
                    for slot in needed:
                        complete.setdefault(start + slot, set()).add(numbers[start + slot][slot])
        return complete


def phrases(text: str, found: Sequence[Match]) -> Iterator[tuple[int, int, Match]]:
    """(start, end, its first match) of each place: neighbours that answer the same words of several are one."""
    number = 0
    while number < len(found):
        first = found[number]
        end, words, number = first.end, len(first.query.split()) - 1, number + 1
        while words > 0 and number < len(found):
            following = found[number]
            if following.query != first.query or _LETTER.search(text, end, following.start):
                break
            end, words, number = following.end, words - 1, number + 1
        yield first.start, end, first


def groups_of(tree: Node) -> tuple[Group, ...]:
    """The groups whose matches count, each once: not those that only rule documents out."""
    return _distinct(map(widened, _positive(tree)))


def _distinct(groups: Iterable[Group]) -> tuple[Group, ...]:
    """Each of equal groups once. Those of one label are compared, which costs less than the hashes of all."""
    found: dict[tuple[str, float], list[Group]] = {}
    distinct = []
    for group in groups:
        alike = found.setdefault((group.label, group.boost), [])
        if group not in alike:
            alike.append(group)
            distinct.append(group)
    return tuple(distinct)


def _positive(tree: Node) -> Iterator[Group]:
    """The groups whose matches count, in order: not those that only rule documents out."""
    return (leaf for leaf in leaves(tree, denied=False) if isinstance(leaf, Group) and leaf.boost)
