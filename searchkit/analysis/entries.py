"""Analysis of one word of a text: its language, its normalised form, its stem, the key of a name.

1. Numbers: 10,000 is 10000, and word and stem are the same.
2. Look-alike letters are repaired (`text.lookalikes`).
3. Its language is the passage's, but for a word in a script or with letters that the passage's language has not (see
   `_language_of`).
4. `text.normalise.fold`, then the language's `normalise` and `stem`.
5. The key under which it may name a person (`people.spelling.phonetic_key`).
"""

from __future__ import annotations

import re
from functools import cache

from searchkit import languages, lazy
from searchkit.languages.base import KnowsWords
from searchkit.languages.profile import profile
from searchkit.people.spelling.phonetic_key import key
from searchkit.text.lookalikes import repair
from searchkit.text.normalise import fold, number
from searchkit.text.scripts import script_of

LONGEST = 64
"""Longer words, in code points, are no words of any language: their terms are cut at this length and not stemmed."""

Entry = tuple[str, str, str, str]
"""The analysis of a word: language, word, stem, name."""

_DOTTED_LETTERS = lazy.regex("[ıİ]")
_NUMBER = lazy.regex(r"\d[\d.,\s-]*")


def is_number(surface: str) -> bool:
    """Whether a word is digits and what parts them."""
    return surface[0].isdecimal() and bool(_NUMBER.fullmatch(surface))


def entry(surface: str, code: str, script: str, stems: bool = True) -> Entry:
    """The entry of a word in a passage of a language (ISO 639-1) and script (ISO 15924); without `stems` the word stands
    for its stem."""
    if surface.isascii():
        if is_number(surface):
            return _number_entry(surface, code)
        letters = surface
        own_script = "Latn" if surface.isalpha() else script_of(surface)
    else:
        if is_number(surface):
            return _number_entry(surface, code)
        letters = repair(surface)
        own_script = script_of(letters)
    if own_script != script or own_script == "Cyrl":
        code = _language_of(letters, own_script, code, script)
    language = languages.get(code)
    dotless_i = profile(code).dotless_i if own_script == "Latn" else ""
    dotless = dotless_i == "always" or (dotless_i == "seen" and bool(_DOTTED_LETTERS.search(letters)))
    word = language.normalise(fold(letters, dotless)) or surface
    if len(word) > LONGEST:
        word = word[:LONGEST]
        return code, word, word, ""
    if own_script not in language.scripts:
        return code, word, word, ""
    stem = (stems and language.stem(word)) or word
    return code, word, word if stem == word else stem, key(letters, word, code)


def _number_entry(surface: str, code: str) -> Entry:
    digits = number(surface)[:LONGEST]
    return code, digits, digits, ""


def _language_of(word: str, own_script: str, code: str, script: str) -> str:
    """The language of a word in a passage of `code` written in `script`.

    What is certainly of a language (ѣ), a language that has letters of its own in the word, or else one that has letters there which the passage's has not
    (қ in Russian: the first such language of the registry). A Cyrillic word among Latin ones is in the passage's language if
    that is written in both, else in Russian; a Latin word among Cyrillic ones is English, as most names and brands are.
    """
    own, letters, certain = _own(own_script, languages.for_script(own_script))
    for other, pattern in certain.items():
        if pattern.search(word):
            return other
    if code in own and own[code].search(word):
        return code
    for other, pattern in own.items():
        if pattern.search(word):
            return code if _is_known(word, code, own_script) else other
    if own_script == "Cyrl" and code not in letters:
        for other, pattern in letters.items():
            if pattern.search(word):
                return other
    usual = languages.usual_for(own_script)
    both = own_script == "Cyrl" and own_script in languages.get(code).scripts
    if own_script == script or both or usual not in languages.codes():
        return code
    return usual


@cache
def _own(script: str, codes: tuple[str, ...]) -> tuple[dict[str, re.Pattern[str]], ...]:
    """The own letters, all letters beside the usual ones, and what is certain, of those languages of a script that have any."""
    facts = {code: profile(code) for code in codes}
    own = {code: re.compile(one.own[script]) for code, one in facts.items() if script in one.own}
    letters = {code: lazy.regex(f"[{one.letters[script]}]") for code, one in facts.items() if script in one.letters}
    certain = {code: one.certain[script] for code, one in facts.items() if script in one.certain}
    return own, letters, certain


def _is_known(word: str, code: str, script: str) -> bool:
    """Whether a language knows a word in spite of another's letters: мірской, in Russian before 1918, has the і of Kazakh;
    O‘Neil has the oʻ of Uzbek."""
    if script == "Cyrl":
        former = profile(code).former.get(script)
        if former is None or not former.search(word):
            return False
    language = languages.get(code)
    return isinstance(language, KnowsWords) and language.knows(language.normalise(fold(word)))
