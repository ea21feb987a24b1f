"""English.

Steps, in order:
1. `normalise`: the apostrophe of don't, O'Brien and Kazakhstan's is U+02BC whatever the letter before it.
2. `stem`: the possessive 's falls off, letters lose their diacritics (café, naïve), Snowball's English stemmer
   (https://snowballstem.org/algorithms/english/stemmer.html) cuts the endings, apostrophes go.

Latin plurals (memoranda, criteria) keep their form.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from searchkit.languages.base import Language, Reading, Step
from searchkit.languages.snowball import Stemmer
from searchkit.languages.wordlists import read_words

_stem = Stemmer("english")


class English:
    """See `languages.base.Language`."""

    code = "en"
    name = "English"
    scripts = frozenset({"Latn"})
    stop_words = read_words("en", "stop_words.txt")

    def normalise(self, word: str) -> str:
        """`fold` writes the apostrophe after o and g as Uzbek needs it (dogʻs); in English it is like any other."""
        return word.replace("ʻ", "ʼ") if "ʻ" in word else word

    def stem(self, word: str) -> str:
        """The Snowball stem, in plain Latin letters where the word is Latin."""
        if word.isascii():
            return _stem(word)
        return _stem(_plain(_without_possessive(word))).replace("ʼ", "") or word

    def readings(self, word: str) -> Sequence[Reading]:
        """English spelling leaves one reading."""
        return (Reading(self.stem(word), 1.0, "stem"),)

    def steps(self, word: str) -> Sequence[Step]:
        """Possessive, letters and Snowball's cut, those that changed the word."""
        bare = _without_possessive(word)
        plain = _plain(bare)
        stages = (
            Step("ending", "possessive", word, bare),
            Step("letters repaired", "diacritics", bare, plain),
            Step("stem", "Snowball English", plain, self.stem(word)),
        )
        return tuple(step for step in stages if step.before != step.after or step.kind == "stem")


def _without_possessive(word: str) -> str:
    return word[:-2] if word.endswith("ʼs") and len(word) > 2 else word


def _plain(word: str) -> str:
    if word.isascii():
        return word
    decomposed = unicodedata.normalize("NFD", word)
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if not unicodedata.combining(c))) or word


LANGUAGE: Language = English()
