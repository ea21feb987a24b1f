"""How a word typed without Kazakh's own letters may be spelled in full: qazaq tili, kazak tili, казак тили.

`spellings` writes each letter in the ways that `data/spellings.tsv` lists, from left to right, keeping the cheapest
`_BEAM` beginnings at each letter. Vowel harmony holds the number down: a back vowel after a front one, or к beside a
back vowel, costs extra. What is left is ranked with the stemmer: a spelling with a listed root goes first.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from searchkit.languages.kk.stemmer import stemmer, to_plain
from searchkit.languages.wordlists import read_lines

_BEAM = 28
_LONGEST = 40
"""Letters of a word; a longer one is left as it is."""
_RANKED = 16
"""So many spellings of a word are looked up."""

_BACK = frozenset("аоұы")
_FRONT = frozenset("әөүіе")
_HARMONY = dict.fromkeys(_BACK | set("қғ"), -1) | dict.fromkeys(_FRONT | set("кг"), 1)
_CONSONANTS = frozenset("қғкг")
_VOWELS = frozenset("aeiouäöüūıáóúýïīаәеиоөуұүыіэ")
"""Without y, which beside one of these is mostly й."""
_CLASH = 0.9
"""The cost of a vowel that breaks vowel harmony: real words do it (кітап, қазір)."""
_CONSONANT_CLASH = 0.7


class Spelling(NamedTuple):
    """A Cyrillic spelling and its stem; `cost` is that of letters and analysis; `known` tells that its root is listed."""

    text: str
    stem: str
    cost: float
    known: bool


class _Option(NamedTuple):
    letters: str
    cost: float


class _Options(NamedTuple):
    plain: tuple[_Option, ...]
    beside_vowel: tuple[_Option, ...]


def spellings(word: str) -> list[Spelling]:
    """The likeliest spellings of a folded word in Latin or Cyrillic, best first; never empty."""
    stems = stemmer()
    ranked = []
    for text, cost in _written(word) if len(word) <= _LONGEST else [(word, 0.0)]:
        stem, _, _, known, _, _, cut_cost = stems.cut(text)
        ranked.append(Spelling(text, stem, cost + cut_cost, known))
    ranked.sort(key=lambda spelling: (spelling.cost, spelling.text))
    return ranked


def plain(word: str) -> str:
    """A folded Latin word in Cyrillic without Kazakh's own letters: each letter as it is read first."""
    table = _table()
    read = ""
    start = 0
    while start < len(word):
        for size in (4, 3, 2, 1):
            letters = word[start : start + size]
            entry = (table.get("^" + letters) if start == 0 else None) or table.get(letters)
            if entry is not None or size == 1:
                break
        if entry is None:
            read += letters
        else:
            options = (entry.beside_vowel if _beside_vowel(word, start, size) else ()) or entry.plain
            read += options[0].letters
        start += len(letters)
    return read.translate(to_plain)


def _written(word: str) -> list[tuple[str, float]]:
    """The cheapest ways to write a word, with their costs, before the stemmer has seen them."""
    table = _table()
    length = len(word)
    # beginnings[i]: spelling of word[:i] -> cost and the harmony of its last vowel or telling consonant
    beginnings: list[dict[str, tuple[float, int]]] = [{} for _ in range(length + 1)]
    beginnings[0][""] = (0.0, 0)
    for start in range(length):
        here = sorted(beginnings[start].items(), key=lambda item: item[1][0])[:_BEAM]
        for size in range(1, min(4, length - start) + 1):
            letters = word[start : start + size]
            entry = (table.get("^" + letters) if start == 0 else None) or table.get(letters)
            if entry is None:
                if size > 1:
                    continue
                entry = _Options((_Option(letters, 0.0),), ())
            options = entry.beside_vowel if _beside_vowel(word, start, size) else ()
            for text, (cost, harmony) in here:
                for option in options or entry.plain:
                    _add(beginnings[start + size], text, cost, harmony, option)
    ranked = sorted(((text, cost) for text, (cost, _) in beginnings[length].items()), key=lambda item: item[1])
    return ranked[:_RANKED]


def _add(ends: dict[str, tuple[float, int]], text: str, cost: float, harmony: int, option: _Option) -> None:
    cost += option.cost
    for letter in option.letters:
        own = _HARMONY.get(letter, 0)
        if not own:
            continue
        if own == -harmony:
            cost += _CONSONANT_CLASH if letter in _CONSONANTS else _CLASH
        if letter not in _CONSONANTS or not harmony:
            harmony = own
    longer = text + option.letters
    known = ends.get(longer)
    if known is None or cost < known[0]:
        ends[longer] = (cost, harmony)


def _beside_vowel(word: str, start: int, size: int) -> bool:
    return word[start - 1 : start] in _VOWELS or word[start + size : start + size + 1] in _VOWELS


@cache
def _table() -> dict[str, _Options]:
    table: dict[str, _Options] = {}
    for line in read_lines("kk", "spellings.tsv"):
        letters, *columns = line.split("\t")
        table[letters] = _Options(*(_options(column) for column in (*columns, "")[:2]))
    return table


def _options(column: str) -> tuple[_Option, ...]:
    pairs = (option.partition("=") for option in column.split())
    return tuple(_Option(letters, float(cost or 0)) for letters, _, cost in pairs)
