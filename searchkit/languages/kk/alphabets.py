"""The alphabets of Kazakh: which one a Latin word is written in, and the way to Cyrillic and to the shared alphabet.

`read_latin` tries every alphabet of `latin` that has all letters of the word and at least one that tells it
from plain Latin, and prefers the reading whose root is listed. A word without such letters (qazaq, kazak) may be of any
of them, or of none; it goes to `spellings`. Loans, which break vowel harmony (universitettin), are looked for among
the listed roots without regard to Kazakh's own letters.
"""

from __future__ import annotations

from typing import NamedTuple

from searchkit import lazy
from searchkit.languages.kk.spellings import plain, spellings
from searchkit.languages.kk.stemmer import restored, stemmer

_SHARED = str.maketrans(
    dict(zip("абвгғдежзийкқлмнңопрстуұүфхһыіәөэў", "abvgğdejziykqlmnñoprstuūüfhhıiäöeö", strict=True))
    | {"ё": "yo", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sh", "ю": "yu", "я": "ya", "ъ": None, "ь": None}
)
_CYRILLIC_START = frozenset("абвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюяәўҳ")

EVERYDAY = "everyday Latin"
_PREFERRED = 0.2
"""The cost of an alphabet for each one before it that could read the word as well."""
_LOAN = 6.0
"""The highest cost of a loan in -ия, less than that of a Kazakh word that is not listed."""
_FROM_PLAIN = 5.0
"""The cost of a root that was found without regard to Kazakh's own letters."""


class LatinReading(NamedTuple):
    """A way to read a Latin word: the alphabet, its spelling and stem in Cyrillic.

    `cost` ranks it; `known` tells that its root is listed.
    """

    alphabet: str
    text: str
    stem: str
    cost: float
    known: bool


def is_cyrillic(word: str) -> bool:
    """Whether a folded word is written in Cyrillic, by its first letter; a word of digits and signs is not."""
    if word[0] in _CYRILLIC_START:
        return True
    for letter in word:
        if letter.isalpha():
            return letter in _CYRILLIC_START
    return False


def has_letters(word: str) -> bool:
    """Whether there is anything to read: numbers are left alone."""
    return any(map(str.isalpha, word))


def to_shared(text: str) -> str:
    """Cyrillic in the shared alphabet of `languages.base`; may be empty (ь)."""
    return text.translate(_SHARED)


def read_latin(word: str) -> list[LatinReading]:
    """The readings of a folded Latin word, best first; never empty."""
    readings = [] if word.isascii() else _read_marked(word)
    if not any(reading.known for reading in readings):
        readings += [*_loan(word), *(LatinReading(EVERYDAY, *spelling) for spelling in spellings(word))]
    if not any(reading.known for reading in readings):
        for text in _with_e(plain(word)):
            readings += [LatinReading(EVERYDAY, text, root, _FROM_PLAIN, True) for root in restored(text)]
    readings.sort(key=lambda reading: reading.cost)
    return readings


def _read_marked(word: str) -> list[LatinReading]:
    """The readings by the alphabets that have all letters of a word that is not plain ASCII."""
    from searchkit.languages.kk.latin import ALPHABETS

    letters = frozenset(word)
    readings: list[LatinReading] = []
    for alphabet in ALPHABETS:
        if letters <= alphabet.latin_letters:
            for spelled in _with_e(_with_ts(alphabet.to_cyrillic(word))):
                stem, _, _, known, _, _, cost = stemmer().cut(spelled)
                readings.append(LatinReading(alphabet.name, spelled, stem, cost + _PREFERRED * len(readings), known))
    return readings


def _with_e(text: str) -> tuple[str, ...]:
    """A word read from Latin, also with э where it begins with е: both are e in Latin."""
    return (text, "э" + text[1:]) if text[0] == "е" else (text,)


_IN_IYA = lazy.regex("(?<=...)(?:(?P<ts>ts|[sc])(?:i+|y|ı|i+y)a|iia)")
_IN_TSIYA = lazy.regex("(?<=...)(?:тс|[сц])и+[йя]?[яа]")
_SIYA = lazy.regex(
    "(?:с|пен|вер|экскур|дивер|диспер|эмуль|суспен|ро|ми|се|агре|репре|депре|диску|профе|прогре|регре|наста|таи|евра)сия"
)
"""Loans in -сия, of which there are few beside those in -ция."""


def _loan(word: str) -> list[LatinReading]:
    """A loan in -ция or -ия in plain letters, read as in 2021: the harmony of Kazakh, by which the letters of other such
    words are told (`spellings`), says nothing of it."""
    if not word.isascii() or not _IN_IYA.search(word):
        return []
    from searchkit.languages.kk.latin import ALPHABETS

    text = _with_ts(ALPHABETS[0].to_cyrillic(word.replace("iia", "ia").replace("ts", "c")))
    end, _, _, known, _, _, cost = stemmer().cut(text)
    return [LatinReading("loan in -ия", text, end, min(cost, _LOAN), known)]


def _with_ts(text: str) -> str:
    """A word read from Latin, with the -ция of loans: Latin has -sia, -siia, -tsia, -tsıa or -cia for it (polisia).

    The few loans in -сия, which are written alike, keep it; ү before -ция is the ю of Cyrillic (revolüsia).
    """
    found = _IN_TSIYA.search(text)
    if not found or _SIYA.search(text):
        return text
    before = text[: found.start()].replace("лү", "лю")
    return f"{before}ция{text[found.end() :]}"
