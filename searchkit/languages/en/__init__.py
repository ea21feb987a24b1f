"""English.

Steps, in order:
1. `normalise`: the apostrophe of don't, O'Brien and Kazakhstan's is U+02BC whatever the letter before it.
2. `stem`: the possessive 's falls off, letters lose their diacritics (café, naïve), `lemma` undoes number, person,
   tense and comparison (libraries, went, better); apostrophes go.

Derivation is left: presentation is not present, university not universe. Words in -ing and -ed that have become words of
their own (meeting, injured) keep their form; a query for one asks for the verb too, and one for the verb for them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from searchkit.languages.base import Language, QueryStem, Step, told
from searchkit.languages.en.lemma import lemma, verb_of, words_of
from searchkit.languages.wordlists import read_words

_RELATED = 0.7
"""The weight of the verb of a word in -ing or -ed beside that word, and the other way round."""


class English:
    """See `languages.base.Language`."""

    code = "en"
    name = "English"
    scripts = frozenset({"Latn"})
    stop_words = read_words("en", "stop_words.txt")
    undoes_participles = False

    def normalise(self, word: str) -> str:
        """`fold` writes the apostrophe after o and g as Uzbek needs it (dogʻs); in English it is like any other."""
        return word.replace("ʻ", "ʼ") if "ʻ" in word else word

    def stem(self, word: str) -> str:
        """The lemma, in plain Latin letters where the word is Latin."""
        if word.isascii():
            return lemma(word)
        return lemma(_plain(_without_possessive(word)).replace("ʼ", "")) or word

    def readings(self, word: str) -> Sequence[QueryStem]:
        """The lemma; for meeting the verb too, and for the verb meeting."""
        own = self.stem(word)
        related = dict.fromkeys((verb_of(own), *words_of(own)))
        others = (QueryStem(stem, _RELATED, "stem") for stem in related if stem and stem != own)
        return (QueryStem(own, 1.0, "stem"), *others)

    def steps(self, word: str) -> Sequence[Step]:
        """Possessive, letters and the inflection undone, those that changed the word."""
        bare = _without_possessive(word)
        plain = _plain(bare)
        stages = (
            Step("ending", "possessive", word, bare),
            Step("letters repaired", "diacritics", bare, plain),
            Step("stem", "inflection undone", plain, self.stem(word)),
        )
        return told(stages)


def _without_possessive(word: str) -> str:
    return word[:-2] if word.endswith("ʼs") and len(word) > 2 else word


def _plain(word: str) -> str:
    if word.isascii():
        return word
    decomposed = unicodedata.normalize("NFD", word)
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if not unicodedata.combining(c))) or word


LANGUAGE: Language = English()
