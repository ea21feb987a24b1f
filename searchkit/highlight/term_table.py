"""The terms of an engine tree, by field: which of them a word of a document answers."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence as Row
from typing import NamedTuple

from searchkit.highlight.prefilter import signature_of_names, signature_of_terms
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


class TermTable:
    """The terms of groups, in the text's fields or the title's.

    `sequences` are the sequences that targets number. `signature` is that of words which may answer, `capital_signature`
    that of words not all in small letters, which may answer by the name that they write.
    """

    def __init__(self, groups: Row[Group], title: bool) -> None:
        self._scripts = tuple(script_of(group.label) for group in groups)
        self._terms: dict[str, dict[str, list[Target]]] = {"word": {}, "stem": {}, "name": {}}
        self._fields = {("title_" if title else "") + field: field for field in self._terms}
        self._prefixes: list[tuple[str, str, Target]] = []
        self._fuzzies: list[tuple[str, Fuzzy, Target]] = []
        self.sequences: list[Sequence] = []
        for number, group in enumerate(groups):
            for one in group.alternatives:
                if isinstance(one, Sequence):
                    self._add_sequence(number, one)
                else:
                    self._add(one, Target(number, -1, 0, one.weight, one.reason))
        self.signature, self.capital_signature = self._signatures()

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
            self._prefixes.append((field, one.text, target))
        else:
            self._fuzzies.append((field, one, target))

    def _signatures(self) -> tuple[int, int]:
        words = signature_of_terms([*self._terms["word"], *self._terms["stem"]])
        words |= signature_of_terms([text for field, text, _ in self._prefixes if field != "name"])
        words |= signature_of_terms([one.text for field, one, _ in self._fuzzies if field != "name"], exact=False)
        names = [*self._terms["name"], *(text for field, text, _ in self._prefixes if field == "name")]
        names += [one.text for field, one, _ in self._fuzzies if field == "name"]
        return words, words | signature_of_names(names)

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
        for field, text, target in self._prefixes:
            if values[field].startswith(text):
                yield target
        for field, one, target in self._fuzzies:
            value = values[field]
            if value[:1] == one.text[:1] and distance(value, one.text, one.distance) is not None:
                yield target

    def _reasoned(self, target: Target, script: str) -> Target:
        """The same stem in another script than the query's is met by transliteration."""
        wanted = self._scripts[target.group]
        return target._replace(reason="transliteration") if script and wanted and script != wanted else target
