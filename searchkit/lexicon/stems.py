"""From the lexicon's words to stems: as analysis would make them of the same words in a text."""

from __future__ import annotations

from collections.abc import Iterator

from searchkit import languages
from searchkit.languages.profile import profile
from searchkit.lexicon.compiled import Stems
from searchkit.text.lookalikes import repair
from searchkit.text.normalise import fold
from searchkit.text.words import surfaces

SAME_WORD = 0.8
"""The weight from which on another stem of a word is, to a reader, the same word."""


def undone() -> tuple[str, ...]:
    """The ISO 639-1 codes of the languages whose stemmers undo participles."""
    return tuple(code for code in languages.codes() if languages.get(code).undoes_participles)


def stems_of(code: str, term: str) -> Stems:
    """The stems of a term's words in a language (ISO 639-1); () for a term without a word."""
    stem = languages.get(code).stem
    return tuple(stem(word) or word for word in _words(code, term))


def pairs_of(code: str, verb: str) -> Iterator[Stems]:
    """The stems of what counts as the same verb in another aspect; none for a verb of several words."""
    words = _words(code, verb)
    if len(words) == 1:
        for reading in languages.get(code).readings(words[0])[1:]:
            if reading.reason == "stem" and reading.weight >= SAME_WORD:
                yield (reading.stem,)


def _words(code: str, term: str) -> list[str]:
    language = languages.get(code)
    words = (
        language.normalise(fold(repair(surface))) for surface in surfaces(term, profile(code).apostrophes, 0, len(term))
    )
    return [word for word in words if word]
