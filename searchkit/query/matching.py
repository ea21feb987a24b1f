"""Where a document answers an engine tree, and why.

What engines do for whole documents, done for one text: the same terms, prefixes, edit distances and sequences, so that
highlights mark what made the document match. Groups under a `Not` are left out.

A word of the text costs one look-up; a word form not met before is analysed if its first sound fits.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from searchkit import analysis
from searchkit.engines.edits import distance
from searchkit.query.sounds import all_sounds, name_sounds, sounds
from searchkit.query.tree import And, Fuzzy, Group, Node, Or, Prefix, Sequence, Term
from searchkit.text.scripts import script_of
from searchkit.text.words import surfaces

MAX_REMEMBERED = 100_000
"""Word forms of one language whose targets are remembered."""


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


class Matcher:
    """The terms of a tree, ready for look-up. `title` takes those of the title's fields instead of the text's."""

    def __init__(self, tree: Node, title: bool = False) -> None:
        self.groups: tuple[Group, ...] = tuple(dict.fromkeys(_positive(tree)))
        self._scripts = tuple(script_of(group.label) for group in self.groups)
        self._terms: dict[str, dict[str, list[_Target]]] = {"word": {}, "stem": {}, "name": {}}
        self._fields = {("title_" if title else "") + field: field for field in self._terms}
        self._prefixes: list[tuple[str, str, _Target]] = []
        self._fuzzies: list[tuple[str, Fuzzy, _Target]] = []
        self._sequences: list[Sequence] = []
        self._remembered: dict[int, dict[str, tuple[_Target, ...]]] = {}
        for number, group in enumerate(self.groups):
            for one in group.alternatives:
                if isinstance(one, Sequence):
                    self._add_sequence(number, one)
                else:
                    self._add(one, _Target(number, -1, 0, one.weight, one.reason))
        self._sounds, self._capital_sounds = self._first_sounds()

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
        targets: dict[int, tuple[_Target, ...]] = {}
        places: dict[int, tuple[int, int]] = {}
        first = 0
        for start, end, language in passages:
            vocabulary = analysis.vocabulary_in(language, text, start, end)
            words = surfaces(text, vocabulary.cut_as, start, end)
            remembered = self._remembered.setdefault(id(vocabulary), {})
            if len(remembered) > MAX_REMEMBERED:
                remembered.clear()
            last = -1
            for position, word in enumerate(words):
                found = remembered.get(word)
                if found is None:
                    found = remembered[word] = self._look_up(word, vocabulary)
                if found:
                    targets[first + position] = found
                    last = position
            # Between two words nothing stands that could begin a word, so each is the next occurrence of its text.
            for position, word in enumerate(words[: last + 1], first):
                start = text.index(word, start)
                if position in targets:
                    places[position] = (start, start + len(word))
                start += len(word)
            first += len(words)
        complete = self._complete(targets) if self._sequences else {}
        matches = []
        for position, found in targets.items():
            valid = [target for target in found if target.sequence < 0 or target in complete.get(position, ())]
            if valid:
                matches.append(self._match(places[position], valid))
        return matches

    def _match(self, place: tuple[int, int], targets: list[_Target]) -> Match:
        best = targets[0]
        groups = tuple(dict.fromkeys(target.group for target in targets))
        return Match(*place, best.reason, self.groups[best.group].label, best.weight, groups)

    def _look_up(self, surface: str, vocabulary: analysis.Vocabulary) -> tuple[_Target, ...]:
        """What a word answers, best first: as typed, then by weight."""
        if not sounds(surface) & (self._sounds if surface.islower() else self._capital_sounds):
            return ()
        _, word, stem, name = vocabulary[surface]
        values = {"word": word, "stem": stem, "name": name}
        found: list[_Target] = []
        for field, value in values.items():
            found.extend(self._terms[field].get(value, ()))
        found.extend(target for field, text, target in self._prefixes if values[field].startswith(text))
        found.extend(
            target
            for field, one, target in self._fuzzies
            if values[field][:1] == one.text[:1] and distance(values[field], one.text, one.distance) is not None
        )
        if not found:
            return ()
        script = script_of(surface)
        reasoned = (target._replace(reason=self._reason(target, script)) for target in found)
        return tuple(sorted(reasoned, key=lambda target: (target.reason != "exact", -target.weight, target.group)))

    def _reason(self, target: _Target, script: str) -> str:
        """The same stem in another script than the query's is met by transliteration."""
        wanted = self._scripts[target.group]
        return (
            "transliteration" if target.reason == "stem" and script and wanted and script != wanted else target.reason
        )

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


def _positive(tree: Node) -> Iterator[Group]:
    """The groups whose matches count, in order: not those that only rule documents out."""
    if isinstance(tree, Group):
        if tree.boost:
            yield tree
    elif isinstance(tree, (And, Or)):
        for child in tree.children:
            yield from _positive(child)
