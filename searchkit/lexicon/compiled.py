"""The lexicon as a search reads it: one text file, its lines sorted, searched by bisection and never parsed as a whole.

Three kinds of lines:

    #00012 TAB n TAB libraries:57 TAB en=librari|library TAB kk=kitaphana|кітапхана TAB ... TAB +v:en=catalogu|catalogue
    en:librari TAB 00012 00977
    kk~qayt TAB 04711

The first is a concept: its part of speech, where it is written, and per language the stems of its terms, best first,
each with the term as written, an aspect pair (подписать, подписывать) as one. Cells with
a plus are the words of other concepts of its family (`families`), each with the part of speech. The second says which concepts a term, given by its stems, may mean. So a query word costs two look-ups, and no stemmer runs.
The third says which concepts a word brings to mind that is part of their term alone: қайтыс of қайтыс болу (see `_parts`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

from searchkit.lexicon.table import Concept

Stems = tuple[str, ...]

MOST_OF_A_PART = 4
"""Concepts that a word may be part of and still bring each to mind."""
LEAST_OF_A_LIGHT_VERB = 8
"""Compound verbs in which a verb stands last, from which on it is taken for a light verb, which adds little to the first word."""

MOST_OF_A_FAMILY = 8
"""Other concepts of its family that a concept brings to mind, those that are alike in most languages."""


class Sense(NamedTuple):
    """A concept in stems: `terms[language]` has for each term its stems and how it is written, best first.

    `place` is "file:line". `family` are the best terms of concepts whose words are built from those of this one, or these from
    them: part of speech, language, stems, how it is written.
    """

    pos: str
    place: str
    terms: dict[str, dict[Stems, str]]
    family: tuple[tuple[str, str, Stems, str], ...] = ()


def compile_lines(
    concepts: Iterable[Concept],
    stems_of: Callable[[str, str], Stems],
    pairs_of: Callable[[str, str], Iterable[Stems]] = lambda code, term: (),
    undone: Collection[str] = (),
) -> Iterator[str]:
    """The lines of the file, sorted; `stems_of(language, term)` gives the stems of a term, () for one with no word.

    `pairs_of(language, verb)` gives the stems of the verbs that make an aspect pair with one: both are written, as one term.
    `undone` are the languages whose stemmers undo participles, in which words of one stem are not taken for one family.
    """
    # A search does without.
    from searchkit.lexicon.families import families

    keys: dict[tuple[str, Stems], dict[str, None]] = {}
    verbs: dict[tuple[str, Stems], dict[str, None]] = {}
    rows: dict[str, list[str]] = {}
    of: dict[str, dict[str, dict[Stems, str]]] = {}
    for number, concept in enumerate(concepts):
        name = f"{number:05}"
        cells = []
        for code, words in concept.words.items():
            terms = _terms(code, words, stems_of, pairs_of if concept.pos == "v" else None)
            if terms:
                cells.append(_cell(code, terms))
                of.setdefault(name, {})[code] = terms
            for stems in terms:
                keys.setdefault((code, stems), {})[name] = None
                if concept.pos == "v":
                    verbs.setdefault((code, stems), {})[name] = None
        rows[name] = [concept.pos, f"{concept.field}:{concept.line}", *cells]
    stems_of_rows = {
        name: {code: [" ".join(stems) for stems in terms] for code, terms in own.items()} for name, own in of.items()
    }
    for name, others in families(stems_of_rows, undone).items():
        rows[name] += _of_family(of[name], [(rows[other][0], of[other]) for other in others[:MOST_OF_A_FAMILY]])
    lines = ["\t".join((f"#{name}", *row)) for name, row in rows.items()]
    lines += [f"{code}:{' '.join(stems)}\t{' '.join(names)}" for (code, stems), names in keys.items()]
    lines += [f"{code}~{word}\t{' '.join(sorted(names))}" for (code, word), names in _parts(keys, verbs).items()]
    return iter(sorted(lines, key=lambda line: line.encode()))


def _cell(code: str, terms: Mapping[Stems, str]) -> str:
    return f"{code}=" + ";".join(f"{' '.join(stems)}|{word}" for stems, word in terms.items())


def _of_family(
    own: Mapping[str, Mapping[Stems, str]], others: Iterable[tuple[str, Mapping[str, Mapping[Stems, str]]]]
) -> Iterator[str]:
    """The cells of a concept for its family: of each other one (part of speech, terms) the best term, if it is not its own."""
    found: dict[tuple[str, str], dict[Stems, str]] = {}
    for pos, cells in others:
        for code, terms in cells.items():
            best = next(iter(terms))
            if best not in own.get(code, ()):
                found.setdefault((pos, code), {})[best] = terms[best]
    for (pos, code), terms in sorted(found.items()):
        yield _cell(f"+{pos}:{code}", terms)


def _terms(
    code: str,
    words: Sequence[str],
    stems_of: Callable[[str, str], Stems],
    pairs_of: Callable[[str, str], Iterable[Stems]] | None,
) -> dict[Stems, str]:
    """The stems of a cell's terms and how each is written; after a verb its pair, unless the cell itself has it."""
    own: dict[Stems, str] = {}
    for word in words:
        own.setdefault(stems_of(code, word), word)
    own.pop((), None)
    found: dict[Stems, str] = {}
    for stems, word in own.items():
        found[stems] = word
        for pair in pairs_of(code, word) if pairs_of else ():
            if pair not in own:
                found.setdefault(pair, word)
    return found


def _parts(
    keys: Mapping[tuple[str, Stems], Iterable[str]], verbs: Mapping[tuple[str, Stems], Iterable[str]]
) -> dict[tuple[str, str], set[str]]:
    """(language, stem) -> the names of concepts that a word brings to mind, being part of a term of several words.

    Either the word stands in such terms alone, and in few: Зеландия, қайтыс (болу). Or it is the first of a compound
    verb whose second is a light verb, as Turkic languages have them, while another language says it in one word: bekor
    (qilmoq) is to cancel. The light verb is conjugated, put into the passive or left out; the first word carries the meaning.
    """
    found: dict[tuple[str, str], set[str]] = {}
    for (code, stems), names in keys.items():
        for stem in stems if len(stems) > 1 else ():
            if (code, (stem,)) not in keys:
                found.setdefault((code, stem), set()).update(names)
    found = {part: names for part, names in found.items() if len(names) <= MOST_OF_A_PART}
    in_one_word = {name for (_, stems), names in keys.items() if len(stems) == 1 for name in names}
    compounds = {
        (code, stems): in_one_word.intersection(names) for (code, stems), names in verbs.items() if len(stems) == 2
    }
    last = Counter((code, stems[1:]) for code, stems in compounds)
    light = {verb for verb, count in last.items() if count >= LEAST_OF_A_LIGHT_VERB and verb in verbs}
    for (code, stems), names in compounds.items():
        if names and (code, stems[1:]) in light:
            found.setdefault((code, stems[0]), set()).update(names)
    return found


class Lexicon(Protocol):
    """The protocol of a lexicon for a search; terms are given by their stems."""

    def senses(self, language: str, stems: Sequence[str]) -> list[Sense]:
        """The concepts that a term may mean in a language."""

    def senses_of_part(self, language: str, stem: str) -> list[Sense]:
        """The concepts that a word brings to mind, being part of a term of theirs."""

    def knows(self, language: str, stems: Sequence[str]) -> bool:
        """Whether any concept has this term."""

    def begins(self, language: str, stems: Sequence[str]) -> bool:
        """Whether any concept has a longer term that begins with these words."""


class Compiled:
    """A compiled lexicon. Reading the file is all that opening costs."""

    def __init__(self, file: Path) -> None:
        self._data = file.read_bytes()

    def senses(self, language: str, stems: Sequence[str]) -> list[Sense]:
        """See `Lexicon`."""
        return self._senses(f"{language}:{' '.join(stems)}\t")

    def senses_of_part(self, language: str, stem: str) -> list[Sense]:
        """See `Lexicon`."""
        return self._senses(f"{language}~{stem}\t")

    def knows(self, language: str, stems: Sequence[str]) -> bool:
        """See `Lexicon`."""
        return self._find(f"{language}:{' '.join(stems)}\t".encode()) is not None

    def begins(self, language: str, stems: Sequence[str]) -> bool:
        """See `Lexicon`."""
        return self._find(f"{language}:{' '.join(stems)} ".encode()) is not None

    def _senses(self, key: str) -> list[Sense]:
        found = self._find(key.encode())
        return [self._sense(name) for name in found.split()] if found else []

    def _sense(self, name: bytes) -> Sense:
        line = self._find(b"#" + name + b"\t")
        assert line is not None
        pos, place, *cells = line.decode().split("\t")
        terms, family = {}, []
        for cell in cells:
            code, _, pairs = cell.partition("=")
            each = (pair.partition("|") for pair in pairs.split(";"))
            found = {tuple(stems.split(" ")): word for stems, _, word in each}
            if code.startswith("+"):
                part_of_speech, _, code = code[1:].partition(":")
                family += [(part_of_speech, code, stems, word) for stems, word in found.items()]
            else:
                terms[code] = found
        return Sense(pos, place, terms, tuple(family))

    def _find(self, prefix: bytes) -> bytes | None:
        """The rest of a line that begins with `prefix`."""
        data, low, high = self._data, 0, len(self._data)
        while low < high:
            middle = (low + high) // 2
            start = data.rfind(b"\n", low, middle) + 1 or low
            end = data.find(b"\n", middle, high)
            end = high if end < 0 else end
            if data.startswith(prefix, start, end):
                return data[start + len(prefix) : end]
            if data[start:end] < prefix:
                low = end + 1
            else:
                high = start
        return None


class Union:
    """Several lexicons as one: the senses of all."""

    def __init__(self, parts: Sequence[Lexicon]) -> None:
        self._parts = parts

    def senses(self, language: str, stems: Sequence[str]) -> list[Sense]:
        """See `Lexicon`."""
        return [sense for part in self._parts for sense in part.senses(language, stems)]

    def knows(self, language: str, stems: Sequence[str]) -> bool:
        """See `Lexicon`."""
        return any(part.knows(language, stems) for part in self._parts)

    def begins(self, language: str, stems: Sequence[str]) -> bool:
        """See `Lexicon`."""
        return any(part.begins(language, stems) for part in self._parts)

    def senses_of_part(self, language: str, stem: str) -> list[Sense]:
        """See `Lexicon`."""
        return [sense for part in self._parts for sense in part.senses_of_part(language, stem)]
