"""The language of a few words in one script, by rules that need no model: letters, words of grammar, endings.

1. Letters. Cyrillic әіңөұүһ are Kazakh, ўҳ Uzbek; қғ are one of the two. In Latin, oʻ and gʻ are Uzbek.
2. Words of grammar (`data/function_words.tsv`): the language with the most of them. They also decide where letters of
   one language stand in names within another: Russian about Тоқаев.
3. Endings (`data/endings.tsv`), where neither decides.

What stays open is "". Languages that searchkit has no module for are found too where the table has them.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from searchkit.text.normalise import APOSTROPHE_LETTERS, APOSTROPHE_SIGNS

_APOSTROPHES = APOSTROPHE_SIGNS + APOSTROPHE_LETTERS
_MARKED = re.compile("[әіңөұүһўҳқғїєґӣӯҷӘІҢӨҰҮҺЎҲҚҒЇЄҐӢӮҶ]")
_KAZAKH_LETTERS = re.compile("[әіңөұүһӘІҢӨҰҮҺ]")
_UZBEK_LETTERS = re.compile("[ўҳЎҲ]")
_SHARED_LETTERS = re.compile("[қғҚҒ]")
_OTHER_CYRILLIC = re.compile("[їєґЇЄҐӣӯҷӢӮҶ]")
"""Letters of Ukrainian and Tajik, which have some of the above too."""
_NOT_KAZAKH_ALONE = re.compile("[ўҳЎҲїєґЇЄҐӣӯҷӢӮҶ]")
_DENSE = 0.08
"""Where more of a text's code points than this are Kazakh letters it is Kazakh, whatever its words (running Kazakh has
about 0.12); where fewer, they may stand in names alone."""

_UZBEK_LATIN = re.compile(rf"[og](?:[{_APOSTROPHES}]| [{_APOSTROPHES}] )(?!(?:s|clock|er|all)\b)(?=[a-z])")
_KAZAKH_LATIN = re.compile("[ñūńǵŋ]")
_BACK_Q = re.compile("q(?![u\\W])(?!aeda|aida|atar)")
"""Kazakh and Uzbek q before other letters than u, but for words that English has from Arabic."""
_VOWEL_Y = re.compile("[bdfgjklmnpqrstz]y[bdfgjklmnpqrstz]")
"""ы of Kazakh without diacritics."""
_UZBEK_X = re.compile("x[aioul]|[aiou]x[mlrsv]|[a-z]sh[gqml]")

_WITH_DIACRITICS = frozenset({"tr", "az", "hu", "tk"})
"""Languages of which no sentence is without letters beyond a to z."""

_GRAMMAR, _LETTER = 3, 2
"""What a word of grammar and a telling letter weigh beside an ending."""
CERTAIN = 2 * _GRAMMAR
"""A lead that nothing needs to confirm."""


class Finding(NamedTuple):
    """A language, "" where the rules leave it open, and by how much it is ahead of the next (see `CERTAIN`)."""

    code: str
    lead: int


OPEN = Finding("", 0)
KAZAKH = Finding("kk", CERTAIN)


class _Table(NamedTuple):
    """Words of grammar and endings of the languages of a script.

    `weights` gives each word a number in which every language of the word has its share of `_BITS`, in the order of
    `codes`, so that the numbers of several words add up to the scores of all languages. `codes_of` are the languages of
    each word, `endings` by language a pattern that finds each ending once a word.
    """

    weights: dict[str, int]
    codes: tuple[str, ...]
    codes_of: dict[str, tuple[str, ...]]
    endings: dict[str, re.Pattern[str]]


_BITS = 16
"""Enough for the score of a text with all words of grammar of a language."""


@cache
def _table(script: str) -> _Table:
    words: dict[str, tuple[str, ...]] = {}
    for code, known in _rows("function_words.tsv", script):
        for word in known:
            if code not in words.get(word, ()):
                words[word] = (*words.get(word, ()), code)
    endings: dict[str, re.Pattern[str]] = {}
    for code, known in _rows("endings.tsv", script):
        longest_first = sorted(set(known), key=len, reverse=True)
        endings[code] = re.compile(rf"\w\w(?:{'|'.join(longest_first)})\b")
    codes = tuple(dict.fromkeys(code for of_word in words.values() for code in of_word))
    weights = {word: sum(_GRAMMAR << _BITS * codes.index(code) for code in of_word) for word, of_word in words.items()}
    return _Table(weights, codes, words, endings)


def _rows(name: str, script: str) -> list[tuple[str, list[str]]]:
    lines = (Path(__file__).parent / "data" / name).read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    return [(code, words.split()) for code, row_script, words in rows if row_script == script]


def identify(text: str, script: str) -> Finding:
    """The language of a text whose letters are mostly of `script` ("Latn" or "Cyrl"), by its ISO 639-1 code."""
    return _cyrillic(text) if script == "Cyrl" else _latin(text)


def is_plainly_kazakh(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]`, without letters of Uzbek, is so full of those of Kazakh Cyrillic that nothing else
    needs a look; cheap."""
    count = text.count
    found = count("і", start, end) + count("қ", start, end)
    if not found:
        return False
    wanted = _DENSE * (end - start)
    found += count("ғ", start, end) + count("ң", start, end)
    if found < wanted:
        found += count("ө", start, end) + count("ұ", start, end) + count("ү", start, end) + count("ә", start, end)
    return found >= wanted


def _cyrillic(text: str) -> Finding:
    if not _MARKED.search(text):
        lowered = text.lower()
        packed = _grammar(lowered, "Cyrl")
        finding = _ahead(packed, "Cyrl")
        return finding if finding.lead >= CERTAIN else _with_endings(lowered, "Cyrl", _scores(packed, "Cyrl"))
    if not _NOT_KAZAKH_ALONE.search(text):
        if ("і" in text or _KAZAKH_LETTERS.search(text)) and _not_kazakh().isdisjoint(text.split()):
            return KAZAKH
    elif _OTHER_CYRILLIC.search(text):
        return OPEN
    lowered = text.lower()
    kazakh = len(_KAZAKH_LETTERS.findall(text))
    uzbek = len(_UZBEK_LETTERS.findall(text))
    shared = len(_SHARED_LETTERS.findall(text))
    # Uzbek has no ы; Belarusian has ў beside it.
    back_vowel = "ы" in text or "Ы" in text
    if kazakh > uzbek and kazakh + shared >= _DENSE * len(text):
        return KAZAKH
    # Letters of names: each counts like an ending, so that two words of Russian grammar outweigh a name or two.
    scores = _scores(_grammar(lowered, "Cyrl"), "Cyrl")
    scores["kk"] = scores.get("kk", 0) + kazakh + shared
    scores["uz"] = scores.get("uz", 0) + uzbek + (0 if back_vowel else shared)
    finding = _leader(scores)
    if finding.code not in ("", "kk", "uz") or finding.lead >= CERTAIN:
        return finding
    if kazakh > uzbek:
        return KAZAKH
    if uzbek:
        return OPEN if back_vowel or kazakh else Finding("uz", CERTAIN)
    if back_vowel:
        return Finding("kk", _GRAMMAR * shared)
    finding = _with_endings(lowered, "Cyrl", scores)
    return finding if finding.code else Finding("kk", 1)


@cache
def _not_kazakh() -> frozenset[str]:
    """The words of grammar in Cyrillic that Kazakh has not, as they are written: small, capitalised and in capitals."""
    words = [word for word, codes in _table("Cyrl").codes_of.items() if "kk" not in codes]
    return frozenset(spelled for word in words for spelled in (word, word.capitalize(), word.upper()))


def _latin(text: str) -> Finding:
    lowered = text.lower()
    packed = _grammar(lowered, "Latn")
    finding = _ahead(packed, "Latn")
    if finding.lead >= CERTAIN:
        return finding
    scores = _scores(packed, "Latn")
    if not lowered.isascii() or "'" in lowered or "`" in lowered:
        scores["uz"] = scores.get("uz", 0) + _LETTER * len(_UZBEK_LATIN.findall(lowered))
        scores["kk"] = scores.get("kk", 0) + _LETTER * len(_KAZAKH_LATIN.findall(lowered))
    back_q = len(_BACK_Q.findall(lowered))
    if back_q:
        scores["uz"] = scores.get("uz", 0) + _LETTER * back_q
        scores["kk"] = scores.get("kk", 0) + _LETTER * (back_q + len(_VOWEL_Y.findall(lowered)))
    found = len(_UZBEK_X.findall(lowered))
    if found:
        scores["uz"] = scores.get("uz", 0) + found
    return _with_endings(lowered, "Latn", scores)


def _grammar(lowered: str, script: str) -> int:
    """The weight of the words of grammar, each counted once."""
    weights = _table(script).weights
    return sum(map(weights.__getitem__, weights.keys() & set(lowered.split())))


def _scores(packed: int, script: str) -> dict[str, int]:
    """The score of each language that has any."""
    found = {}
    for code in _table(script).codes:
        score = packed & (1 << _BITS) - 1
        if score:
            found[code] = score
        packed >>= _BITS
    return found


@lru_cache(maxsize=4096)
def _ahead(packed: int, script: str) -> Finding:
    """The language ahead by words of grammar alone."""
    return _leader(_scores(packed, script))


def _with_endings(lowered: str, script: str, scores: dict[str, int]) -> Finding:
    """The leader; where it is not certain, after the endings have been counted too."""
    if script == "Latn" and lowered.isascii():
        for code in _WITH_DIACRITICS & scores.keys():
            del scores[code]
    finding = _leader(scores)
    if finding.lead >= CERTAIN:
        return finding
    plain = script == "Latn" and lowered.isascii()
    for code, pattern in _table(script).endings.items():
        if not (plain and code in _WITH_DIACRITICS):
            scores[code] = scores.get(code, 0) + len(pattern.findall(lowered))
    return _leader(scores)


def _leader(scores: dict[str, int]) -> Finding:
    best, lead, second = "", 0, 0
    for code, score in scores.items():
        if score > lead:
            best, lead, second = code, score, lead
        elif score > second:
            second = score
    return Finding(best, lead - second) if lead > second else OPEN
