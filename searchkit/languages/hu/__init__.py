"""Hungarian.

Snowball's Hungarian stemmer (https://snowballstem.org/algorithms/hungarian/stemmer.html) cuts the endings of nouns. The
letters stay those of Hungarian: á, é, í, ó, ú tell words apart, and ő, ű meet ö, ü in the stem.
"""

from __future__ import annotations

from collections.abc import Sequence

from searchkit.languages.base import Language, QueryStem, Step
from searchkit.languages.snowball import Snowball
from searchkit.languages.wordlists import read_words

_stem = Snowball("hungarian")

_SHARED = str.maketrans({"ő": "ö", "ű": "ü", "ʼ": None})


class Hungarian:
    """See `languages.base.Language`."""

    code = "hu"
    name = "Hungarian"
    scripts = frozenset({"Latn"})
    stop_words = read_words("hu", "stop_words.txt")
    undoes_participles = False

    def normalise(self, word: str) -> str:
        """The apostrophe is U+02BC after every letter."""
        return word.replace("ʻ", "ʼ") if "ʻ" in word else word

    def stem(self, word: str) -> str:
        """The Snowball stem."""
        return _stem(word).translate(_SHARED) or word

    def readings(self, word: str) -> Sequence[QueryStem]:
        """One reading: Hungarian typed without accents is not understood."""
        return (QueryStem(self.stem(word), 1.0, "stem"),)

    def steps(self, word: str) -> Sequence[Step]:
        """Snowball's cut."""
        return (Step("stem", "Snowball Hungarian", word, self.stem(word)),)


LANGUAGE: Language = Hungarian()
