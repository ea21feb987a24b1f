"""Kazakh, in Cyrillic and in every Latin alphabet that people write it in.

Steps, in order:
1. `normalise`: the dot that case folding leaves of İ goes; `fold` has settled the rest.
2. Latin is read as Cyrillic: `alphabets`. Cyrillic goes on as it is.
3. `stemmer`: endings are cut; a vowel or consonant that changed before them is put back.
4. A word typed without Kazakh's own letters (казактардын) whose root is listed is cut too, and stays without them.
5. The stem is written in the shared alphabet.

Inflection is undone: number, possession, case, person, the relative -ғы, degree; voice (but the causative), negation,
mood, tense, participles, converbs and verbal nouns. Derivation is not: кітапхана, өтірікші, балалық, ақылды stay.
Words of other languages, numbers and single letters are left whole where no listed root is found and no ending is likely.
"""

from __future__ import annotations

from collections.abc import Sequence

from searchkit.languages.base import Language, QueryStem, Step
from searchkit.languages.kk.alphabets import has_letters, is_cyrillic, read_latin, to_shared
from searchkit.languages.kk.readings import MOST_GUESSES, of_cyrillic, of_latin
from searchkit.languages.kk.stemmer import plain_stemmer, stem, stemmer
from searchkit.languages.wordlists import read_words


class Kazakh:
    """See `languages.base.Language`."""

    code = "kk"
    name = "Kazakh"
    scripts = frozenset({"Cyrl", "Latn"})
    stop_words = read_words("kk", "stop_words.txt")
    undoes_participles = True

    def normalise(self, word: str) -> str:
        """`fold` has done all but one thing: İ, which may fold to an i with a second dot."""
        return word.replace("i\u0307", "i")

    def stem(self, word: str) -> str:
        """The stem in the shared Latin alphabet."""
        if is_cyrillic(word):
            return to_shared(stem(word)) or word
        if has_letters(word):
            return to_shared(read_latin(word)[0].stem) or word
        return word

    def readings(self, word: str) -> Sequence[QueryStem]:
        """The stem, then those of the spellings that the word may stand for: see `readings`."""
        own = self.stem(word)
        found = {own: QueryStem(own, 1.0, "stem")}
        if has_letters(word):
            for guess in of_cyrillic(word) if is_cyrillic(word) else of_latin(word):
                if guess.stem:
                    found.setdefault(guess.stem, guess)
        return sorted(found.values(), key=lambda reading: -reading.weight)[: MOST_GUESSES + 1]

    def knows(self, word: str) -> bool:
        """Whether its root, of three letters or more, is listed."""
        if not has_letters(word):
            return False
        text, known = word, True
        if not is_cyrillic(word):
            reading = read_latin(word)[0]
            text, known = reading.text, reading.known
        _, root, _, listed, _, _, _ = stemmer().cut(text)
        return known and listed and len(root) > 2

    def steps(self, word: str) -> Sequence[Step]:
        """The alphabet read, the endings cut from the last to the first, the root mended, the stem."""
        if not has_letters(word):
            return (Step("stem", "not a word", word, word),)
        if is_cyrillic(word):
            alphabet, text, end = "Cyrillic", word, stem(word)
        else:
            alphabet, text, end = read_latin(word)[0][:3]
        steps = [Step("alphabet", alphabet, word, text)]
        analysis = stemmer().analyse(text)
        if analysis.stem != end:
            steps.append(Step("alphabet", "Cyrillic typed without Kazakh's own letters", text, text))
            analysis = plain_stemmer().analyse(text)
        left = text
        for ending in reversed(analysis.endings):
            if ending.kept:
                break
            cut = left[: len(left) - len(ending.form)]
            steps.append(Step("ending", ending.name, left, cut))
            left = cut
        if left != end:
            steps.append(Step("change", "root before endings", left, end))
        root = f"known root {analysis.root}" if analysis.known else "no known root"
        steps.append(Step("stem", f"{root}; shared Latin alphabet", end, self.stem(word)))
        return tuple(steps)


LANGUAGE: Language = Kazakh()
