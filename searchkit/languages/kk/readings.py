"""Readings of a Kazakh query word beside the word itself.

- Cyrillic typed without Kazakh's own letters: казак is tried as қазақ, улгерим as үлгерім.
- A surname by way of Russian, whose у may be Kazakh ұ, ү, у or о: Кунаев is Қонаев.
- The reverse: a right қазақ also finds the казак of documents typed without these letters.
- Latin: every alphabet that can be meant, and everyday Latin without diacritics.

A guess whose root is listed is worth more than one whose root is not; of the latter two are tried, since names are
hardly ever listed (кунаев, Құнаев, Қонаев).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from searchkit.languages.base import QueryStem
from searchkit.languages.kk.alphabets import LatinReading, read_latin, to_shared
from searchkit.languages.kk.spellings import Spelling, spellings
from searchkit.languages.kk.stemmer import restored, stem, stemmer, to_plain

MOST_GUESSES = 5

_LISTED = 0.6
_UNLISTED = 0.4
_DOWN = 0.05
"""By how much each further guess is worth less."""
_WITHOUT_OWN_LETTERS = 0.5
_UNLISTED_TRIED = 2
_BESIDE_LISTED = 0.5
"""By how much a guess is worth less where the word as typed is itself a listed one (сан, сән)."""
_SURNAMES = ("ева", "ова", "ев", "ов")
_SHORTEST_NAME = 3
_DEARER = 4.0
"""A guess that costs so much more than the best is none."""


def of_cyrillic(word: str) -> Iterator[QueryStem]:
    """Guesses for a Cyrillic word, best first; may repeat one another and the word's own stem."""
    typed = word.translate(to_plain)
    listed = stemmer().cut(word)[3]
    if typed == word:
        worth = _BESIDE_LISTED if listed else 1.0
        for number, root in enumerate(restored(word)):
            yield QueryStem(to_shared(root), worth * (_LISTED - _DOWN * number), "spelling")
        for guess in _guesses(spellings(word), "spelling"):
            yield guess._replace(weight=worth * guess.weight)
        if not listed:
            yield from _of_surname(word)
    else:
        if not listed:  # typed with some of the letters and without others: казақ
            yield from _guesses([spelling for spelling in spellings(word) if spelling.known], "spelling")
        yield QueryStem(to_shared(stem(typed)), _WITHOUT_OWN_LETTERS, "spelling")


def _of_surname(word: str) -> Iterator[QueryStem]:
    """The name before the suffix of a Russian surname, which has no harmony with it: кунаев is құнаев and қонаев."""
    suffix = next((end for end in _SURNAMES if word.endswith(end)), "")
    name = word[: len(word) - len(suffix)]
    if not suffix or len(name) < _SHORTEST_NAME:
        return
    tried = [*spellings(name)[:_UNLISTED_TRIED], *spellings(name.replace("у", "о"))[:1]]
    for number, guess in enumerate(tried):
        yield QueryStem(to_shared(stem(guess.text + suffix)), _UNLISTED - _DOWN * (number + 1), "spelling")


def of_latin(word: str) -> Iterator[QueryStem]:
    """Guesses for a Latin word, best first; may repeat one another and the word's own stem."""
    readings = read_latin(word)
    yield from _guesses(readings, "transliteration")
    yield QueryStem(to_shared(stem(readings[0].text.translate(to_plain))), _WITHOUT_OWN_LETTERS, "spelling")


def _guesses(found: Sequence[Spelling] | Sequence[LatinReading], reason: str) -> Iterator[QueryStem]:
    dearest = found[0].cost + _DEARER if found else 0.0
    known = [guess for guess in found if guess.known and guess.cost <= dearest]
    weight = _LISTED if known else _UNLISTED
    for number, guess in enumerate(known or found[:_UNLISTED_TRIED]):
        yield QueryStem(to_shared(guess.stem), max(weight - _DOWN * number, _DOWN), reason)
