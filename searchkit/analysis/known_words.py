"""How many words of a few each language knows: its dictionary, or its list of roots.

For what letters and grammar leave open: a title or caption of two to four words in the midst of another language. Languages
without a list know none, so that this tells Kazakh, Uzbek and Russian apart and says nothing of English.
"""

from __future__ import annotations

from searchkit import languages
from searchkit.languages.base import KnowsWords
from searchkit.text.lookalikes import repair
from searchkit.text.normalise import fold
from searchkit.text.scripts import script_of
from searchkit.text.words import words

SHORTEST = 3
"""Letters; shorter words are words of many languages."""


def known_words(text: str, script: str) -> dict[str, int]:
    """How many words of a text each language of the script knows; languages without a list are left out."""
    found: dict[str, int] = {}
    candidates = [word.text for word in words(text) if len(word.text) >= SHORTEST and script_of(word.text) == script]
    for code in languages.for_script(script):
        language = languages.get(code)
        if isinstance(language, KnowsWords):
            found[code] = sum(language.knows(language.normalise(fold(repair(word)))) for word in candidates)
    return found
