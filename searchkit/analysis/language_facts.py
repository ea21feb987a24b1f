"""The facts by which languages are told apart, put together from their profiles for all languages of a script.

Languages without a package that are told all the same have theirs in `data/other_languages.tsv`.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from searchkit import languages
from searchkit.languages.profile import Sign, profile

GRAMMAR_WORD = 3
"""The weight of a word of grammar, and so the lead that one gives; an ending has 1."""
_FEW = 4
"""Own letters; a language with fewer has them too seldom to be told by their density."""


class Other(NamedTuple):
    """A language that has no package here: what it is treated as ("" for the usual language), its own letters."""

    nearest: str
    letters: str
    accented: bool
    words: tuple[str, ...]


@cache
def other_languages() -> dict[tuple[str, str], Other]:
    """The languages without a package, by ISO 639-1 code and script."""
    lines = (Path(__file__).parent / "data" / "other_languages.tsv").read_text(encoding="utf-8").splitlines()
    found = {}
    for line in lines:
        if not line.startswith("#"):
            code, script, *facts, words = ("" if cell == "-" else cell for cell in line.split("\t"))
            found[code, script] = Other(facts[0], facts[1], facts[2] == "accented", tuple(words.split()))
    return found


class ScriptFacts(NamedTuple):
    """The facts of all languages of a script.

    `weights` gives each word of grammar a number in which every language of the word has its share of `BITS`, in the
    order of `codes`, so that the numbers of several words add up to the scores of all languages. `codes_of` are the
    languages of each word, `endings` by language a pattern that finds each ending once a word. `signs` speak for a
    language, or against it where their weight is negative.
    """

    weights: dict[str, int]
    codes: tuple[str, ...]
    codes_of: dict[str, tuple[str, ...]]
    endings: dict[str, re.Pattern[str]]
    signs: tuple[tuple[str, Sign], ...]
    accented: frozenset[str]


BITS = 16
"""Enough for the score of a text with all words of grammar of a language."""


@cache
def facts_of(script: str) -> ScriptFacts:
    codes_of: dict[str, tuple[str, ...]] = {}
    endings: dict[str, re.Pattern[str]] = {}
    signs: list[tuple[str, Sign]] = []
    others = {code: other for (code, of_script), other in other_languages().items() if of_script == script}
    accented = {code for code, other in others.items() if other.accented}
    own = {code: profile(code) for code in languages.for_script(script)}
    for code, words in [
        *((code, facts.words.get(script, ())) for code, facts in own.items()),
        *((code, other.words) for code, other in others.items()),
    ]:
        for word in dict.fromkeys(words):
            codes_of[word] = (*codes_of.get(word, ()), code)
    for code, facts in own.items():
        if known := facts.endings.get(script):
            longest_first = sorted(set(known), key=len, reverse=True)
            endings[code] = re.compile(rf"\w\w(?:{'|'.join(longest_first)})\b")
        signs += [(code, sign) for sign in facts.telling.get(script, ())]
        signs += [(code, Sign(-sign.weight, sign.pattern)) for sign in facts.alien.get(script, ())]
        if facts.accented and script == "Latn":
            accented.add(code)
    codes = tuple(dict.fromkeys(code for of_word in codes_of.values() for code in of_word))
    weights = {
        word: sum(GRAMMAR_WORD << BITS * codes.index(code) for code in found) for word, found in codes_of.items()
    }
    return ScriptFacts(weights, codes, codes_of, endings, tuple(signs), frozenset(accented))


class KnownLetters(NamedTuple):
    """Cyrillic letters beside those of Russian.

    `own` and `shared` have, by language, a pattern of the letters that it alone has and of those that some have;
    `lacking` those that speak against it. `other` are letters of languages without a package, `any` all of these.
    `dense` has the languages that their letters fill, each with its small letters, the most frequent first, and with the
    pattern of letters that must not stand beside them.
    """

    own: dict[str, re.Pattern[str]]
    shared: dict[str, re.Pattern[str]]
    lacking: dict[str, re.Pattern[str]]
    other: re.Pattern[str]
    any: re.Pattern[str]
    dense: tuple[tuple[str, str, re.Pattern[str]], ...]


@cache
def known_letters() -> KnownLetters:
    facts = {code: profile(code) for code in languages.for_script("Cyrl")}
    facts = {code: one for code, one in facts.items() if one.letters.get("Cyrl")}
    of_own = {code: one.own.get("Cyrl", "") for code, one in facts.items()}
    all_own = "".join(letters.strip("[]") for letters in of_own.values())
    of_shared = {code: "".join(c for c in one.letters["Cyrl"] if c not in all_own) for code, one in facts.items()}
    of_other = "".join(other.letters for other in other_languages().values())
    dense = []
    for code, letters in of_own.items():
        if len(letters) >= 2 * _FEW:
            small = "".join(c for c in facts[code].letters["Cyrl"] if c == c.lower())
            dense.append((code, small, _any_of(of_other + "".join(c for c in all_own if c not in letters))))
    return KnownLetters(
        {code: re.compile(letters or r"(?!)") for code, letters in of_own.items()},
        {code: _any_of(letters) for code, letters in of_shared.items()},
        {code: _any_of(one.lacks.get("Cyrl", "")) for code, one in facts.items()},
        _any_of(of_other),
        _any_of(all_own + "".join(of_shared.values()) + of_other),
        tuple(dense),
    )


def _any_of(letters: str) -> re.Pattern[str]:
    return re.compile(f"[{letters}]" if letters else r"(?!)")


@cache
def certain(script: str) -> dict[str, re.Pattern[str]]:
    """Patterns that are certain for a language of a script, by language."""
    facts = {code: profile(code).certain for code in languages.for_script(script)}
    return {code: patterns[script] for code, patterns in facts.items() if script in patterns}


@cache
def foreign_words(code: str) -> frozenset[str]:
    """The words of grammar in Cyrillic that a language has not, as they are written: small, capitalised, in capitals."""
    words = [word for word, codes in facts_of("Cyrl").codes_of.items() if code not in codes]
    return frozenset(spelled for word in words for spelled in (word, word.capitalize(), word.upper()))
