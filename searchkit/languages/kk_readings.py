"""What a Kazakh query word may stand for, beside itself.

- Cyrillic typed without Kazakh's own letters: казак is tried as қазақ, улгерим as үлгерім.
- The reverse: a right қазақ also finds the казак of documents typed without these letters.
- Latin: every alphabet that can be meant, and everyday Latin without diacritics.

A guess whose root is listed is worth more than one whose root is not; of the latter two are tried, since names are
hardly ever listed (кунаев, Құнаев, Қонаев).
"""

from __future__ import annotations

from collections.abc import Iterator

from searchkit.languages.base import Reading
from searchkit.languages.kk_alphabets import read_latin, to_shared
from searchkit.languages.kk_spellings import Spelling, spellings
from searchkit.languages.kk_stemmer import OWN_LETTERS, plain_stem, restored, stemmer, to_plain

MOST_GUESSES = 5

_LISTED = 0.6
_UNLISTED = 0.4
_DOWN = 0.05
"""By how much each further guess is worth less."""
_WITHOUT_OWN_LETTERS = 0.5
_UNLISTED_TRIED = 2
_DEARER = 4.0
"""A guess that costs so much more than the best is none."""


def of_cyrillic(word: str) -> Iterator[Reading]:
    """Guesses for a Cyrillic word, best first; may repeat one another and the word's own stem."""
    if not any(letter in OWN_LETTERS for letter in word):
        for number, root in enumerate(restored(word)):
            yield Reading(to_shared(root), _LISTED - _DOWN * number, "spelling")
        yield from _guesses(spellings(word), "spelling")
    plain = word.translate(to_plain)
    if plain != word:
        yield Reading(to_shared(stemmed_plain(plain)), _WITHOUT_OWN_LETTERS, "spelling")


def of_latin(word: str) -> Iterator[Reading]:
    """Guesses for a Latin word, best first; may repeat one another and the word's own stem."""
    readings = read_latin(word)
    yield from _guesses([Spelling(*reading[1:]) for reading in readings], "transliteration")
    plain = readings[0].text.translate(to_plain)
    if plain != readings[0].text:
        yield Reading(to_shared(stemmed_plain(plain)), _WITHOUT_OWN_LETTERS, "spelling")


def stemmed_plain(word: str) -> str:
    """The stem that a Cyrillic word without Kazakh's own letters has in the index, in Cyrillic."""
    analysis = stemmer().analyse(word)
    return analysis.stem if analysis.known else plain_stem(word) or analysis.stem


def _guesses(found: list[Spelling], reason: str) -> Iterator[Reading]:
    dearest = found[0].cost + _DEARER
    known = [spelling for spelling in found if spelling.known and spelling.cost <= dearest]
    weight = _LISTED if known else _UNLISTED
    for number, spelling in enumerate(known or found[:_UNLISTED_TRIED]):
        yield Reading(to_shared(stemmer().stem(spelling.text)), weight - _DOWN * number, reason)
