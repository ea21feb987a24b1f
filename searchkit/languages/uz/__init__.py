"""Uzbek, in Latin and Cyrillic.

Steps, in order:
1. `normalise`: the dot that case folding leaves of a Turkish İ goes; apostrophes are already settled by `fold`.
2. `uz_alphabets.to_shared`: the letters of any Uzbek alphabet become those of the shared one.
3. `stemmer`: endings are cut, vowels and consonants that changed before them are put back.

Inflection is undone: number, possession, case, person, tense, mood, negation, participles, converbs, verbal nouns,
the passive and cooperative voices, particles. Derivation is not: otliq, ovchi, tezlik, oʻqit keep their endings.
"""

from __future__ import annotations

from collections.abc import Sequence

from searchkit.languages.base import Language, QueryStem, Step
from searchkit.languages.uz.alphabets import is_cyrillic, to_shared
from searchkit.languages.uz.readings import spellings
from searchkit.languages.uz.stemmer import mend, settle, stem, stemmer
from searchkit.languages.wordlists import read_words


class Uzbek:
    """See `languages.base.Language`."""

    code = "uz"
    name = "Uzbek"
    scripts = frozenset({"Latn", "Cyrl"})
    stop_words = read_words("uz", "stop_words.txt")
    undoes_participles = True

    def normalise(self, word: str) -> str:
        """`fold` has done all but one thing: İ, which may fold to an i with a second dot."""
        return word.replace("i\u0307", "i")

    def stem(self, word: str) -> str:
        """The stem in the shared Latin alphabet."""
        shared = to_shared(word)
        if not shared:
            return word
        return stem(shared, mending=not is_cyrillic(word))

    def readings(self, word: str) -> Sequence[QueryStem]:
        """The stem, then those of the spellings that the word may stand for: see `readings`."""
        first = self.stem(word)
        found = {first: QueryStem(first, 1.0, "stem")}
        for spelling, weight in spellings(word):
            other = stem(spelling, mending=False)
            found.setdefault(other, QueryStem(other, weight, "spelling"))
        return tuple(found.values())

    def knows(self, word: str) -> bool:
        """Whether its root, of three letters or more, is listed."""
        shared = to_shared(word)
        _, root, _, known, _, _, _ = stemmer().cut(shared) if shared else ("", "", "", False, None, 0, 0.0)
        return known and len(root) > 2

    def steps(self, word: str) -> Sequence[Step]:
        """The alphabet read, the endings cut from the last to the first, the root mended, the stem."""
        shared = to_shared(word)
        if not shared:
            return (Step("stem", "not a word", word, word),)
        steps = [Step("alphabet", "Cyrillic" if is_cyrillic(word) else "Latin", word, shared)]
        left = shared if is_cyrillic(word) else mend(shared)
        if left != shared:
            steps.append(Step("letters repaired", "letters that are often left out", shared, left))
        analysis = stemmer().analyse(left)
        for ending in reversed(analysis.endings):
            if ending.kept:
                continue
            cut = left[: len(left) - len(ending.form)]
            steps.append(Step("ending", ending.name, left, cut))
            left = cut
        if left != analysis.stem:
            steps.append(Step("change", "root before endings", left, analysis.stem))
        settled = settle(analysis.stem)
        if settled != analysis.stem:
            steps.append(Step("change", "one of several spellings", analysis.stem, settled))
        known = "known root" if analysis.known else "unknown root"
        steps.append(Step("stem", f"{known} {analysis.root}", shared, settled))
        return tuple(steps)


LANGUAGE: Language = Uzbek()
