"""The terms of an engine tree, by field: which of them a word of a document answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Sequence as Row
from itertools import chain
from typing import NamedTuple

from searchkit.highlight.prefilter import signature, signature_of_names, signature_of_terms
from searchkit.terms.query_tree import Fuzzy, Group, Prefix, Sequence, Term
from searchkit.text.edit_distance import distance
from searchkit.text.scripts import script_of


class Target(NamedTuple):
    """The place of a term in the tree: a group, or a slot of one of its sequences (`sequence` -1 for none)."""

    group: int
    sequence: int
    slot: int
    weight: float
    reason: str


class Signatures(NamedTuple):
    """Of the words that may answer some terms: those in small letters, and others, which may answer by the name they write."""

    small: int
    others: int

    def admit(self, surface: str) -> bool:
        """Whether the word may answer, so that it is worth analysing."""
        return signature(surface) & (self.small if surface.islower() else self.others) != 0


class TermTable:
    """The terms of groups, in the text's fields or the title's.

    `sequences` are the sequences that targets number. `signatures` are those of all terms. `key_signatures` are those of the
    terms outside sequences and of one slot of each sequence: a text with none of these words has no answer.
    """

    def __init__(self, groups: Row[Group], title: bool) -> None:
        self._scripts = tuple(script_of(group.label) for group in groups)
        self._terms: dict[str, dict[str, list[Target]]] = {"word": {}, "stem": {}, "name": {}}
        self._fields = {("title_" if title else "") + field: field for field in self._terms}
        self._prefixes: dict[tuple[str, int], dict[str, list[Target]]] = {}
        """By field and number of letters: many words are looked up, each has few beginnings of these lengths."""
        self._fuzzies: list[tuple[str, Fuzzy, Target]] = []
        self.sequences: list[Sequence] = []
        for number, group in enumerate(groups):
            for one in group.alternatives:
                if isinstance(one, Sequence):
                    self._add_sequence(number, one)
                else:
                    self._add(one, Target(number, -1, 0, one.weight, one.reason))
        alone = [one for group in groups for one in group.alternatives if not isinstance(one, Sequence)]
        slots = [slot for sequence in self.sequences for slot in sequence.slots if slot]
        self.signatures = self._signatures([*alone, *chain.from_iterable(slots)])
        keys = [self._key_slot(sequence) for sequence in self.sequences]
        self.key_signatures = self._signatures([*alone, *chain.from_iterable(keys)])

    def _add_sequence(self, group: int, sequence: Sequence) -> None:
        fields = {term.field for slot in sequence.slots for term in slot}
        if not fields or not fields <= self._fields.keys():
            return
        for position, slot in enumerate(sequence.slots):
            for one in slot:
                reason = one.reason if sequence.reason == "exact" else sequence.reason
                weight = one.weight * sequence.weight
                self._add(one, Target(group, len(self.sequences), position, weight, reason))
        self.sequences.append(sequence)

    def _add(self, one: Term | Prefix | Fuzzy, target: Target) -> None:
        field = self._fields.get(one.field)
        if field is None:
            return
        if isinstance(one, Term):
            self._terms[field].setdefault(one.text, []).append(target)
        elif isinstance(one, Prefix):
            alike = self._prefixes.setdefault((field, len(one.text)), {})
            alike.setdefault(one.text, []).append(target)
        else:
            self._fuzzies.append((field, one, target))

    def _key_slot(self, sequence: Sequence) -> Row[Term | Prefix | Fuzzy]:
        """The slot that the fewest words may fill, by their signatures; the longest of several."""

        def admitted(slot: Row[Term | Prefix | Fuzzy]) -> tuple[int, int]:
            return self._signatures(slot).others.bit_count(), -max(len(one.text) for one in slot)

        return min(filter(None, sequence.slots), key=admitted)

    def _signatures(self, terms: Iterable[Term | Prefix | Fuzzy]) -> Signatures:
        small, names = 0, 0
        for one in terms:
            field = self._fields.get(one.field)
            if field == "name":
                names |= signature_of_names([one.text])
            elif field is not None:
                small |= signature_of_terms([one.text], exact=not isinstance(one, Fuzzy))
        return Signatures(small, small | names)

    def look_up(self, surface: str, word: str, stem: str, name: str) -> tuple[Target, ...]:
        """The places that a word with these terms answers, best first: as typed, then by weight."""
        terms = self._terms
        found = [*terms["word"].get(word, ()), *terms["stem"].get(stem, ()), *terms["name"].get(name, ())]
        if self._prefixes or self._fuzzies:
            found += self._look_up_patterns({"word": word, "stem": stem, "name": name})
        if not found:
            return ()
        script = script_of(surface)
        reasoned = [target if target.reason != "stem" else self._reasoned(target, script) for target in found]
        return tuple(sorted(reasoned, key=lambda target: (target.reason != "exact", -target.weight, target.group)))

    def _look_up_patterns(self, values: dict[str, str]) -> Iterator[Target]:
        for (field, length), prefixes in self._prefixes.items():
            if targets := prefixes.get(values[field][:length]):
                yield from targets
        for field, one, target in self._fuzzies:
            value = values[field]
            if value[:1] == one.text[:1] and distance(value, one.text, one.distance) is not None:
                yield target

    def _reasoned(self, target: Target, script: str) -> Target:
        """The same stem in another script than the query's is met by transliteration."""
        wanted = self._scripts[target.group]
        return target._replace(reason="transliteration") if script and wanted and script != wanted else target
