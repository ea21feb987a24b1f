"""Russian.

Steps, in order:
1. `normalise`: ё is written е, as most print does; stress marks go.
2. `stem`: Snowball's Russian stemmer (https://snowballstem.org/algorithms/russian/stemmer.html) cuts the endings,
   and the stem is written in the shared Latin alphabet of `languages.base`, where the signs ъ and ь are nothing.

So меморандум, меморандумы, меморандуме give memorandum, the stem of the same loan in Kazakh, Uzbek and English.
Russian typed in Latin letters is not read as Russian.
"""

from __future__ import annotations

from collections.abc import Sequence

from searchkit.languages.base import Language, Reading, Step
from searchkit.languages.snowball import Stemmer
from searchkit.languages.wordlists import read_words

_stem = Stemmer("russian")

_NORMAL = str.maketrans({"ё": "е", "\u0301": None, "\u0300": None})

_LATIN = str.maketrans(
    dict(zip("абвгдежзийклмнопрстуфхыэё", "abvgdejziyklmnoprstufhıee", strict=True))
    | {"ц": "ts", "ч": "ch", "ш": "sh", "щ": "sh", "ю": "yu", "я": "ya", "ъ": None, "ь": None, "ʼ": None, "ʻ": None}
)


class Russian:
    """See `languages.base.Language`."""

    code = "ru"
    name = "Russian"
    scripts = frozenset({"Cyrl"})
    stop_words = read_words("ru", "stop_words.txt")

    def normalise(self, word: str) -> str:
        """One spelling for ё and е, no stress marks; never empty."""
        return word.translate(_NORMAL) or word

    def stem(self, word: str) -> str:
        """The Snowball stem in the shared Latin alphabet."""
        return _stem(word).translate(_LATIN) or word

    def readings(self, word: str) -> Sequence[Reading]:
        """Russian spelling leaves one reading."""
        return (Reading(self.stem(word), 1.0, "stem"),)

    def steps(self, word: str) -> Sequence[Step]:
        """Snowball's cut and the change of alphabet."""
        cut = _stem(word)
        return (
            Step("ending", "Snowball Russian", word, cut),
            Step("stem", "shared Latin alphabet", cut, self.stem(word)),
        )


LANGUAGE: Language = Russian()
