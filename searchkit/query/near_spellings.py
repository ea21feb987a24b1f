"""Words of the index that sound like a word which nothing explains: a name in another alphabet or language, a loan.

1. Candidates are the index's stems that have the word's consonants in broad classes (`phonetic_key`), or all but one.
2. Each is aligned with the word, sound by sound (`people.similarity`): James and Джеймс, Pompeo and Помпео.
3. Where the index has the word itself, as typed or in another form, those of its own alphabet are left out: *electrónico* is
   not *electronic*. With a capital it may be a name, which other languages of its alphabet respell (Trump, Tramp): then only
   common words of its alphabet are.
4. The most alike are taken, each counting as much as it is alike.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from searchkit.engines.base import Engine
from searchkit.people.spelling.phonetic_key import classes, squeeze
from searchkit.query.query_word import QueryWord
from searchkit.query.translation import is_stem_of_a_word
from searchkit.terms.query_tree import Term
from searchkit.text.edit_distance import distance

WEIGHT = 0.5
"""The weight of a stem that sounds the same beside the word as typed."""
LEAST_ALIKE = 0.69
"""Similarity from which on two spellings may be one word: that of James and Джеймс."""
ALIKE = 0.9
"""The same where either of the two has another explanation."""
MOST = 5
"""Stems that stand for one word."""
SHORTEST = 4
"""Letters; shorter words sound like too many others."""
REMEMBERED = 1 << 8
"""Words whose near spellings are remembered: those of the queries between two pages."""
_SHORT_KEY = 4
"""Classes of consonants; shorter keys must be equal."""
_LATIN = {"A": "aeiouäöüūıyvwé", "P": "pbf", "T": "td", "K": "kqghxğc", "S": "szjcdtş", "M": "mnñ", "R": "r", "L": "l"}
_CYRILLIC = {
    "A": "аәеёиіоөуұүыэюяйвў",
    "P": "пбф",
    "T": "тд",
    "K": "кқгғхһҳ",
    "S": "сзцчшщждт",
    "M": "мнң",
    "R": "р",
    "L": "л",
}


def beginnings(first: str) -> str:
    """The letters that words begin with whose key begins with this class, Latin ones before Cyrillic ones."""
    return _LATIN.get(first, "") + _CYRILLIC.get(first, "")


def near_spellings(word: QueryWord, engine: Engine, least: float = LEAST_ALIKE) -> tuple[Term, ...]:
    """The stems of the index that sound like the word, at most `MOST`, the most alike first."""
    own = tuple(stem for stem in word.stems() if len(stem) >= SHORTEST)
    if not own or not word.text.isalpha() or word.exact or word.prefix or word.distance:
        return ()
    return _near(word, own, least, engine, engine.generation)  # type: ignore[arg-type]  # engines hash by identity


@lru_cache(maxsize=REMEMBERED)
def _near(word: QueryWord, own: tuple[str, ...], least: float, engine: Engine, version: object) -> tuple[Term, ...]:
    found: dict[str, float] = {}
    for stem in own:
        for term, alike in _like(stem, engine):
            if alike >= least and term not in own and (alike >= ALIKE or not is_stem_of_a_word(term)):
                found[term] = max(alike, found.get(term, 0.0))
    if found and _stands_in(own, word.words(), engine):
        name = word.text[:1].isupper()
        found = {
            term: alike
            for term, alike in found.items()
            if (name and not is_stem_of_a_word(term)) or _is_latin(term, engine) != (word.script == "Latn")
        }
    ranked = sorted(found.items(), key=lambda row: (-row[1], row[0]))[:MOST]
    return tuple(Term("stem", term, WEIGHT * alike, "name") for term, alike in ranked)


def _stands_in(own: tuple[str, ...], words: tuple[str, ...], engine: Engine) -> bool:
    """Whether a document has the word as typed, or a form of it."""
    return any(engine.frequency("word", word) for word in words) or any(engine.frequency("stem", stem) for stem in own)


def _is_latin(stem: str, engine: Engine) -> bool:
    """Whether the index has a word in Latin letters that begins like the stem, but for a last letter that stemmers change.

    A stem itself is written in the shared Latin alphabet and says nothing of scripts.
    """
    return any(True for _ in engine.terms("word", stem[:-1]))


def _like(stem: str, engine: Engine) -> Iterator[tuple[str, float]]:
    from searchkit.people import similarity

    key, letters = squeeze(classes(stem)), frozenset(stem)
    for first in _LATIN.get(key[:1], ""):
        for term in engine.terms("stem", first):
            # Most terms are told by their length and letters, which costs a tenth of taking their key.
            if (
                abs(len(term) - len(stem)) > 3
                or len(letters.symmetric_difference(term)) > 6
                or len(term) < SHORTEST - 1
            ):
                continue
            other = squeeze(classes(term))
            if other == key or (len(key) >= _SHORT_KEY and distance(key, other, 1) is not None):
                yield term, similarity(stem, term).similarity
