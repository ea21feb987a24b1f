"""Russian.

Steps, in order:
1. `normalise`: ё is written е, as most print does; stress marks go; the apostrophe that typewriters put for ъ is ъ; the
   spelling before 1918 becomes that of today (`old_spelling`).
2. `stem`: the word's lemma (`lemma`: the dictionary of OpenCorpora, rules for names that it lacks), written in the
   shared Latin alphabet of `languages.base`, where the signs ъ and ь are nothing. The -ть of an infinitive is written ʼ
   and -ться ʼʼ, so that брать (braʼ) is not брат, and nothing of an ending is taken for the root.

So меморандум, меморандумы, меморандуме give memorandum, the stem of the same loan in Kazakh, Uzbek and English.
Participles have the stem of their verb, a woman's surname that of a man's. What a reader counts as the same word though
it is another lemma is a reading of a query: the aspect pair (подписать, подписывать), the reflexive verb, another lemma
of the same form. Russian typed in Latin letters is not read as Russian.
"""

from __future__ import annotations

from collections.abc import Sequence

from searchkit import lazy
from searchkit.languages.base import Language, QueryStem, Step
from searchkit.languages.ru.aspect import partners
from searchkit.languages.ru.lemma import Lemma, base, is_common, lemma, lemmas
from searchkit.languages.ru.old_spelling import to_new
from searchkit.languages.wordlists import read_words

_NORMAL = str.maketrans({"ё": "е", "\u0301": None, "\u0300": None})
_TYPED_HARD_SIGN = lazy.regex("(?<=[бвгдзклмнпрстфхцчшщ])[ʼʻ](?=[еюя])")

_LATIN = str.maketrans(
    dict(zip("абвгдежзийклмнопрстуфхыэё", "abvgdejziyklmnoprstufhıee", strict=True))
    | {"ц": "ts", "ч": "ch", "ш": "sh", "щ": "sh", "ю": "yu", "я": "ya", "ъ": None, "ь": None, "ʼ": None, "ʻ": None}
)

_OTHER_LEMMA, _PAIR, _REFLEXIVE, _HOMOGRAPH = 0.7, 0.8, 0.6, 0.5
"""The weights of other readings beside the word's own lemma."""
_LEAST_SHARE = 0.1
"""A lemma that a form is seldomer than this, in the dictionary's corpus, is not asked for."""


class Russian:
    """See `languages.base.Language`."""

    code = "ru"
    name = "Russian"
    scripts = frozenset({"Cyrl"})
    stop_words = read_words("ru", "stop_words.txt")
    undoes_participles = False

    def normalise(self, word: str) -> str:
        """One spelling for ё and е, no stress marks, the letters and endings of today; never empty."""
        return _TYPED_HARD_SIGN.sub("ъ", to_new(word.translate(_NORMAL))) or word

    def stem(self, word: str) -> str:
        """The lemma in the shared Latin alphabet."""
        return _shared(lemma(word)) or word

    def readings(self, word: str) -> Sequence[QueryStem]:
        """The word's lemma; other lemmas of the form, and what stands beside the first as the same verb."""
        found: dict[str, float] = {}

        def add(one: Lemma, weight: float) -> None:
            if stem := _shared(one):
                found.setdefault(stem, weight)

        first, *others = lemmas(word)
        found[_shared(first) or word] = 1.0
        for other in others:
            if other.share >= _LEAST_SHARE or not first.share:
                add(other, _OTHER_LEMMA)
        if first.infinitive:
            for verb in partners(first.text):
                add(Lemma(verb, True), _PAIR)
            reflexive = first.text.removesuffix("ся") if first.text.endswith("ся") else first.text + "ся"
            if any(other.known and other.text == reflexive for other in lemmas(reflexive)):
                add(Lemma(reflexive, True), _REFLEXIVE)
        elif first.known and base(word) == word:
            # Семей, which is the genitive of "family" too, stands as семе- in its cases.
            add(Lemma(word), _OTHER_LEMMA)
        elif not first.known:
            add(lemma(first.text), _HOMOGRAPH)
        return sorted((QueryStem(stem, weight, "stem") for stem, weight in found.items()), key=lambda one: -one.weight)

    def knows(self, word: str) -> bool:
        """Whether the dictionary has it, as more than a name: names are the same in many languages."""
        return is_common(word)

    def steps(self, word: str) -> Sequence[Step]:
        """From the form to its lemma, and to the shared alphabet."""
        one = lemma(word)
        how = "lemma" if one.known else "not in the dictionary, without its ending"
        return (
            Step("ending", how, word, one.text),
            Step("stem", "shared Latin alphabet", one.text, self.stem(word)),
        )


def _shared(one: Lemma) -> str:
    stem = one.text.translate(_LATIN)
    if one.infinitive:
        for ending, sign in (("ть", "ʼ"), ("ться", "ʼʼ")):
            if one.text.endswith(ending):
                return one.text[: -len(ending)].translate(_LATIN) + sign
    return stem


LANGUAGE: Language = Russian()
