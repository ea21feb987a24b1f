"""Turkish.

Steps, in order:
1. `normalise`: the apostrophe is U+02BC after every letter; the dot that case folding leaves of an İ goes. That I is the
   capital of ı is settled before, by `text.normalise.fold`.
2. `stem`: what follows an apostrophe is an ending (Ankara'da), Snowball's Turkish stemmer
   (https://snowballstem.org/algorithms/turkish/stemmer.html) cuts the endings of nouns, and the stem is written in the
   shared Latin alphabet of `languages.base`: ş sh, ç ch, c j, â a.

Endings of verbs stay.
"""

from __future__ import annotations

from collections.abc import Sequence

from searchkit.languages.base import Language, QueryStem, Step, told
from searchkit.languages.snowball import Snowball
from searchkit.languages.wordlists import read_words

_stem = Snowball("turkish")

_NORMAL = str.maketrans({"ʻ": "ʼ", "\u0307": None})
_SHARED = str.maketrans({"ş": "sh", "ç": "ch", "c": "j", "â": "a", "î": "i", "û": "u", "ʼ": None})


class Turkish:
    """See `languages.base.Language`."""

    code = "tr"
    name = "Turkish"
    scripts = frozenset({"Latn"})
    stop_words = read_words("tr", "stop_words.txt")
    undoes_participles = False

    def normalise(self, word: str) -> str:
        """One apostrophe, no second dot on i."""
        return word if word.isascii() else word.translate(_NORMAL) or word

    def stem(self, word: str) -> str:
        """The Snowball stem in the shared Latin alphabet."""
        return _stem(_without_name_ending(word)).translate(_SHARED) or word

    def readings(self, word: str) -> Sequence[QueryStem]:
        """One reading: people who leave out the dots of ş, ç, ğ, ö, ü, ı are not understood."""
        return (QueryStem(self.stem(word), 1.0, "stem"),)

    def steps(self, word: str) -> Sequence[Step]:
        """The ending of a name, Snowball's cut, the change of alphabet."""
        bare = _without_name_ending(word)
        cut = _stem(bare)
        stages = (
            Step("ending", "after the apostrophe of a name", word, bare),
            Step("ending", "Snowball Turkish", bare, cut),
            Step("stem", "shared Latin alphabet", cut, self.stem(word)),
        )
        return told(stages)


def _without_name_ending(word: str) -> str:
    return word.partition("ʼ")[0] or word


LANGUAGE: Language = Turkish()
