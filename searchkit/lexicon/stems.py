"""From the lexicon's words to stems: as analysis would make them of the same words in a text."""

from __future__ import annotations

from searchkit import languages
from searchkit.languages.profile import profile
from searchkit.lexicon.compiled import Stems
from searchkit.text.lookalikes import repair
from searchkit.text.normalise import fold
from searchkit.text.words import surfaces


def stems_of(code: str, term: str) -> Stems:
    """The stems of a term's words in a language (ISO 639-1); () for a term without a word."""
    language = languages.get(code)
    words = (
        language.normalise(fold(repair(surface))) for surface in surfaces(term, profile(code).apostrophes, 0, len(term))
    )
    return tuple(language.stem(word) or word for word in words if word)
