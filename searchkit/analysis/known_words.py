"""How many words of a few each language knows: its dictionary, or its list of roots.

For what letters and grammar leave open: a title or caption of two to four words in the midst of another language. Languages
without a list know none, so that this tells Kazakh, Uzbek and Russian apart and says nothing of English.
"""

from __future__ import annotations

from functools import lru_cache

from searchkit import languages
from searchkit.languages.base import KnowsWords
from searchkit.text.lookalikes import repair
from searchkit.text.normalise import fold
from searchkit.text.scripts import script_of
from searchkit.text.words import words

REMEMBERED = 20_000
"""Words, with the language asked, of which it is remembered whether it knows them."""
SHORTEST = 3
"""Letters; shorter words are words of many languages."""


def known_words(text: str, script: str) -> dict[str, int]:
    """How many words of a text each language of the script knows; languages without a list are left out."""
    found: dict[str, int] = {}
    candidates = [word.text for word in words(text) if len(word.text) >= SHORTEST and script_of(word.text) == script]
    for code in languages.for_script(script):
        language = languages.get(code)
        if isinstance(language, KnowsWords):
            found[code] = sum(_knows(code, word) for word in candidates)
    return found


@lru_cache(maxsize=REMEMBERED)
def _knows(code: str, word: str) -> bool:
    """Whether a language knows a word; texts repeat theirs, and Kazakh in Latin letters takes a millisecond to read."""
    language = languages.get(code)
    return isinstance(language, KnowsWords) and language.knows(language.normalise(fold(repair(word))))
