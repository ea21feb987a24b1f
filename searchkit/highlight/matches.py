"""Where a document answers an engine tree, and why.

What engines do for whole documents, done for one text: the same terms, prefixes, edit distances and sequences, so that
highlights mark what made the document match. Groups under a `Not` are left out.

The stretches of a text are compared with the terms all at once (see `stretches`), so that only words which answer cost more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import chain
from typing import NamedTuple

from searchkit.analysis import analyse
from searchkit.highlight.prefilter import all_sounds, name_sounds
from searchkit.highlight.surface_cache import ANALYSED, Passage, Seen, kinds_like, seen_in
from searchkit.terms.query_tree import And, Fuzzy, Group, Node, Or, Prefix, Sequence, Term
from searchkit.text.edit_distance import distance
from searchkit.text.scripts import script_of
from searchkit.text.words import is_one_word, matches, surfaces


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


class _Target(NamedTuple):
    """What a term of the tree stands for: a group, or a slot of one of its sequences (`sequence` -1 for none)."""

    group: int
    sequence: int
    slot: int
    weight: float
    reason: str


class _Answer(NamedTuple):
    """A word of a stretch that answers: `number` words and `start` code points of the stretch stand before it.

    `match` is what a `Match` has after its place, None where the word answers only if the words beside it do; `targets`
    are empty where these make no difference.
    """

    number: int
    start: int
    length: int
    match: _Rest | None
    targets: tuple[_Target, ...]


_Rest = tuple[str, str, float, tuple[int, ...]]
_Answers = tuple[_Answer, ...]


class _Found(NamedTuple):
    """An answer in a text: it begins at `start`, in the stretch of this number in a row."""

    start: int
    row: int
    stretch: int
    answer: _Answer


_Row = tuple[list[str], str]
"""The stretches of a passage, and the language as which they are cut."""


class _Candidates:
    """The stretches that may answer among the first `read` of those analysed, with their answers, once they are known."""

    def __init__(self, seen: Seen, read: int, stretches: Iterable[str]) -> None:
        self.seen = seen
        self.read = read
        self.answers: dict[str, _Answers | None] = dict.fromkeys(stretches)


class Matcher:
    """The terms of a tree, ready for look-up. `title` takes those of the title's fields instead of the text's."""

    def __init__(self, tree: Node, title: bool = False) -> None:
        self.groups = _distinct(_positive(tree))
        self._scripts = tuple(script_of(group.label) for group in self.groups)
        self._terms: dict[str, dict[str, list[_Target]]] = {"word": {}, "stem": {}, "name": {}}
        self._fields = {("title_" if title else "") + field: field for field in self._terms}
        self._prefixes: list[tuple[str, str, _Target]] = []
        self._fuzzies: list[tuple[str, Fuzzy, _Target]] = []
        self._sequences: list[Sequence] = []
        self._candidates: dict[int, _Candidates] = {}
        for number, group in enumerate(self.groups):
            for one in group.alternatives:
                if isinstance(one, Sequence):
                    self._add_sequence(number, one)
                else:
                    self._add(one, _Target(number, -1, 0, one.weight, one.reason))
        self._sounds, self._capital_sounds = self._first_sounds()
        self._texts = frozenset(text for terms in self._terms.values() for text in terms)
        self._beginnings = tuple(text for _, text, _ in self._prefixes)
        self._longest = max((len(sequence.slots) for sequence in self._sequences), default=0)
        self._fewest = min((sum(map(bool, sequence.slots)) for sequence in self._sequences), default=0)

    def _add_sequence(self, group: int, sequence: Sequence) -> None:
        fields = {term.field for slot in sequence.slots for term in slot}
        if not fields or not fields <= self._fields.keys():
            return
        for position, slot in enumerate(sequence.slots):
            for one in slot:
                reason = one.reason if sequence.reason == "exact" else sequence.reason
                weight = one.weight * sequence.weight
                self._add(one, _Target(group, len(self._sequences), position, weight, reason))
        self._sequences.append(sequence)

    def _add(self, one: Term | Prefix | Fuzzy, target: _Target) -> None:
        field = self._fields.get(one.field)
        if field is None:
            return
        if isinstance(one, Term):
            self._terms[field].setdefault(one.text, []).append(target)
        elif isinstance(one, Prefix):
            self._prefixes.append((field, one.text, target))
        else:
            self._fuzzies.append((field, one, target))

    def _first_sounds(self) -> tuple[int, int]:
        """What words that match sound like: any word, and one with a capital, which may match by its name too."""
        of_words = all_sounds([*self._terms["word"], *self._terms["stem"]])
        of_words |= all_sounds([text for field, text, _ in self._prefixes if field != "name"])
        of_words |= all_sounds([one.text for field, one, _ in self._fuzzies if field != "name"], exact=False)
        names = [*self._terms["name"], *(text for field, text, _ in self._prefixes if field == "name")]
        names += [one.text for field, one, _ in self._fuzzies if field == "name"]
        return of_words, of_words | name_sounds(names)

    def find(self, text: str, passages: Iterable[tuple[int, int, str]]) -> list[Match]:
        """All matches, in order. `passages` are (start, end, language) as `analysis` found them."""
        if not self._capital_sounds:
            return []
        rows: list[_Row] = []
        found: list[_Found] = []
        for start, end, language in passages:
            vocabulary = analyse.vocabulary_in(language, text, start, end)
            seen = seen_in(vocabulary)
            passage = seen.passage(text, start, end)
            answers = self._answers_in(passage, seen)
            if answers:
                for (number, those), place in zip(answers, _places(text, start, end, passage, answers), strict=True):
                    found += [_Found(place + answer.start, len(rows), number, answer) for answer in those]
            rows.append((passage.stretches, vocabulary.cut_as))
        if self._sequences:
            return self._with_sequences(found, rows)
        return [Match(start, start + answer.length, *answer.match) for start, _, _, answer in found if answer.match]

    def _answers_in(self, passage: Passage, seen: Seen) -> list[tuple[int, _Answers]]:
        """The stretches that have a word which answers: their numbers and answers."""
        stretches, kinds, _ = passage
        candidates = self._candidates_of(seen)
        if kinds.count(ANALYSED) < len(kinds):
            self._learn(seen, candidates, stretches, kinds)
        known = candidates.answers
        found = []
        for number in [number for number, stretch in enumerate(stretches) if stretch in known]:
            stretch = stretches[number]
            answers = known[stretch]
            if answers is None:
                answers = known[stretch] = self._answers(stretch, seen.vocabulary)
            if answers:
                found.append((number, answers))
        return found

    def _candidates_of(self, seen: Seen) -> _Candidates:
        """The stretches that may answer, among those analysed so far."""
        found = self._candidates.get(id(seen))
        if found is None:
            read = len(seen.analysed)
            stretches = chain(
                chain.from_iterable(map(seen.of_term, self._texts)),
                chain.from_iterable(seen.of_prefix(text) for _, text, _ in self._prefixes),
                chain.from_iterable(seen.near(one.text, one.distance) for _, one, _ in self._fuzzies),
            )
            found = self._candidates[id(seen)] = _Candidates(seen, read, stretches)
        # What was analysed for other queries since.
        while found.read < len(seen.analysed):
            found.answers.setdefault(seen.analysed[found.read])
            found.read += 1
        return found

    def _learn(self, seen: Seen, candidates: _Candidates, stretches: list[str], kinds: bytes) -> None:
        """Have those of the stretches analysed that sound like a term and were not analysed yet."""
        wanted = kinds.translate(kinds_like(self._sounds, self._capital_sounds))
        learned = 0
        number = wanted.find(1)
        while number >= 0:
            stretch = stretches[number]
            terms = seen.learn(stretch) if seen.kinds[stretch] != ANALYSED else []
            if terms is None:
                candidates.answers.setdefault(stretch)
            elif terms:
                learned += 1
                if self._may_answer(terms):
                    candidates.answers[stretch] = None
            number = wanted.find(1, number + 1)
        if len(seen.analysed) == candidates.read + learned:
            candidates.read += learned

    def _may_answer(self, terms: list[str]) -> bool:
        if self._fuzzies or not self._texts.isdisjoint(terms):
            return True
        return bool(self._beginnings) and any(term.startswith(self._beginnings) for term in terms)

    def _answers(self, stretch: str, vocabulary: analyse.Vocabulary) -> _Answers:
        """The words of a stretch that answer."""
        found = []
        for number, word in enumerate(matches(stretch, vocabulary.cut_as, 0, len(stretch))):
            surface = word.group()
            targets = self._look_up(surface, vocabulary)
            if targets:
                alone = [target for target in targets if target.sequence < 0]
                match = self._match(alone) if alone else None
                beside = targets if len(alone) < len(targets) else ()
                found.append(_Answer(number, word.start(), len(surface), match, beside))
        return tuple(found)

    def _with_sequences(self, found: list[_Found], rows: list[_Row]) -> list[Match]:
        """The matches, where some of the words that were found answer more if their neighbours do."""
        beside = [one for one in found if one.answer.targets]
        complete: dict[int, set[_Target]] = {}
        positions: Iterator[int] = iter(())
        if len(beside) >= self._fewest:
            at = list(self._positions(beside, rows))
            complete = self._complete({place: one.answer.targets for place, one in zip(at, beside, strict=True)})
            positions = iter(at)
        matches = []
        for start, _, _, answer in found:
            match = answer.match
            if answer.targets and (filled := complete.get(next(positions, -1))):
                match = self._match([one for one in answer.targets if one.sequence < 0 or one in filled])
            if match:
                matches.append(Match(start, start + answer.length, *match))
        return matches

    def _positions(self, found: list[_Found], rows: list[_Row]) -> Iterator[int]:
        """The position of each word that was found among the words of the text.

        Where more words stand between two than a sequence is long, it does not matter how many.
        """
        position = 0
        for before, one in zip([None, *found], found, strict=False):
            if before:
                position += self._words_between(before, one, rows) + one.answer.number - before.answer.number
            yield position

    def _words_between(self, before: _Found, after: _Found, rows: list[_Row]) -> int:
        """How many words there are from the beginning of one stretch to that of another."""
        count = 0
        most = self._longest + before.answer.number
        for row in range(before.row, after.row + 1):
            texts, language = rows[row]
            first = before.stretch if row == before.row else 0
            last = after.stretch if row == after.row else len(texts)
            for stretch in texts[first:last]:
                count += 1 if is_one_word(stretch) else len(surfaces(stretch, language, 0, len(stretch)))
                if count > most:
                    return count
        return count

    def _match(self, targets: list[_Target]) -> _Rest:
        """What a `Match` has after its place."""
        best = targets[0]
        groups = (best.group,) if len(targets) == 1 else tuple(dict.fromkeys(target.group for target in targets))
        return best.reason, self.groups[best.group].label, best.weight, groups

    def _look_up(self, surface: str, vocabulary: analyse.Vocabulary) -> tuple[_Target, ...]:
        """What a word answers, best first: as typed, then by weight."""
        _, word, stem, name = vocabulary[surface]
        terms = self._terms
        found = [*terms["word"].get(word, ()), *terms["stem"].get(stem, ()), *terms["name"].get(name, ())]
        if self._prefixes or self._fuzzies:
            values = {"word": word, "stem": stem, "name": name}
            found += [target for field, text, target in self._prefixes if values[field].startswith(text)]
            found += [
                target
                for field, one, target in self._fuzzies
                if values[field][:1] == one.text[:1] and distance(values[field], one.text, one.distance) is not None
            ]
        if not found:
            return ()
        script = script_of(surface)
        reasoned = [target if target.reason != "stem" else self._reasoned(target, script) for target in found]
        if len(reasoned) > 1:
            reasoned.sort(key=lambda target: (target.reason != "exact", -target.weight, target.group))
        return tuple(reasoned)

    def _reasoned(self, target: _Target, script: str) -> _Target:
        """The same stem in another script than the query's is met by transliteration."""
        wanted = self._scripts[target.group]
        return target._replace(reason="transliteration") if script and wanted and script != wanted else target

    def _complete(self, targets: Mapping[int, tuple[_Target, ...]]) -> dict[int, set[_Target]]:
        """By position, the targets of those sequences whose slots are all filled by neighbours."""
        filled: list[dict[int, dict[int, _Target]]] = [{} for _ in self._sequences]
        for position, found in targets.items():
            for target in found:
                if target.sequence >= 0:
                    filled[target.sequence].setdefault(position, {}).setdefault(target.slot, target)
        complete: dict[int, set[_Target]] = {}
        for sequence, positions in zip(self._sequences, filled, strict=True):
            needed = [slot for slot, terms in enumerate(sequence.slots) if terms]
            for position, slots in positions.items():
                start = position - needed[0]
                if needed[0] in slots and all(slot in positions.get(start + slot, ()) for slot in needed[1:]):
                    for slot in needed:
                        complete.setdefault(start + slot, set()).add(positions[start + slot][slot])
        return complete


def _places(text: str, start: int, end: int, passage: Passage, answers: list[tuple[int, _Answers]]) -> Iterator[int]:
    """Where the stretches that answer begin in `text[start:end]`."""
    if passage.at_blanks:
        # Equal stretches have equal answers, so that between two of these none stands like the second.
        at = start
        for number, _ in answers:
            stretch = passage.stretches[number]
            at = _next(text, stretch, start, at, end)
            yield at
            at += len(stretch)
    else:
        # Between two words nothing stands that could begin a word, so each is the next occurrence of its text.
        wanted = {number for number, _ in answers}
        for number, word in enumerate(passage.stretches[: answers[-1][0] + 1]):
            start = text.index(word, start)
            if number in wanted:
                yield start
            start += len(word)


def _next(text: str, stretch: str, start: int, at: int, end: int) -> int:
    """Where the stretch next stands between blanks in `text[start:end]`, from `at` on."""
    while True:
        at = text.index(stretch, at, end)
        after = at + len(stretch)
        if (at == start or text[at - 1].isspace()) and (after == end or text[after].isspace()):
            return at
        blank = _blank().search(text, after, end)
        assert blank, "a stretch stands in the text it is from"
        at = blank.end()


@cache
def _blank() -> re.Pattern[str]:
    return re.compile(r"\s")


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
    if isinstance(tree, Group):
        if tree.boost:
            yield tree
    elif isinstance(tree, (And, Or)):
        for child in tree.children:
            yield from _positive(child)
