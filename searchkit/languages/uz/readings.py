"""Readings of a query word typed in Uzbek without its own letters.

- Latin without the apostrophes: ot for oʻt, tog for togʻ. Longer words that are otherwise unknown (ozbek) are mended in
  documents too, by `uz_stemmer.mend`.
- Latin after Russian fashion: k for q, u for oʻ (kishlok, uzbek), kh, gh, zh, ts for x, gʻ, j, s; e for ye (evropa).
- Cyrillic typed without its own letters: у for ў, к for қ, г for ғ (узбек, кишлок, галаба); х for ҳ needs no guess, since
  both meet in h.

A guess whose root is listed comes before one whose root is not. Of the latter only missing apostrophes are tried.
"""

from __future__ import annotations

from collections.abc import Iterator

from searchkit.languages.uz.alphabets import is_cyrillic, to_shared
from searchkit.languages.uz.stemmer import respellings, stemmer

MOST_GUESSES = 6
"""Readings given, beside the word itself."""

_APOSTROPHES = {"o": "ö", "g": "ğ"}
_RUSSIAN_LATIN = {"k": "q", "u": "ö"} | _APOSTROPHES
_RUSSIAN_CYRILLIC = {"k": "q", "u": "ö", "g": "ğ"}
_DIGRAPHS = (("kh", "h"), ("gh", "ğ"), ("zh", "j"), ("dj", "j"), ("ts", "s"), ("w", "v"))

_LISTED = 0.7
_LISTED_FAR = 0.5
_UNLISTED = 0.35
_BESIDE_LISTED = 0.7
"""By how much a guess is worth less where the word as typed is itself a listed one (on, oʻn)."""


def spellings(word: str) -> list[tuple[str, float]]:
    """Other spellings of a normalised word, in the shared alphabet, with their weights, best first."""
    shared = to_shared(word)
    if not shared:
        return []
    cyrillic = is_cyrillic(word)
    listed = _is_listed(shared)
    worth = _BESIDE_LISTED if listed else 1.0
    has_own_letters = "ö" in shared or "ğ" in shared
    near = {} if cyrillic or (listed and has_own_letters) else _APOSTROPHES
    far = _RUSSIAN_CYRILLIC if cyrillic else _RUSSIAN_LATIN
    found: dict[str, float] = {}

    def add(spelling: str, weight: float) -> None:
        weight = round(weight * worth, 2)
        if spelling != shared and weight > found.get(spelling, 0.0):
            found[spelling] = weight

    for spelling in respellings(shared, near):
        if _is_listed(spelling):
            add(spelling, _LISTED)
        elif not listed and not has_own_letters:
            add(spelling, _UNLISTED)
    if not listed or cyrillic:
        bases = [shared] if cyrillic else [shared, *_without_digraphs(shared)]
        for base in bases:
            for spelling in (base, *respellings(base, far)):
                if _is_listed(spelling):
                    add(spelling, _LISTED if cyrillic else _LISTED_FAR)
    ranked = sorted(found.items(), key=lambda item: -item[1])
    return ranked[:MOST_GUESSES]


def _is_listed(word: str) -> bool:
    return stemmer().cut(word)[3]


def _without_digraphs(word: str) -> Iterator[str]:
    changed = word
    for digraph, letter in _DIGRAPHS:
        changed = changed.replace(digraph, letter)
    if changed != word:
        yield changed
    if word[0] == "e":
        yield "y" + word
