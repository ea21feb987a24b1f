"""The language of a few words in one script, by rules that need no model: letters, words of grammar, endings.

1. Letters. Cyrillic әіңөұүһ are Kazakh, ўҳ Uzbek; қғ are one of the two. In Latin, oʻ and gʻ are Uzbek.
2. Words of grammar (`data/function_words.tsv`): the language with the most of them. They also decide where letters of
   one language stand in names within another: Russian about Тоқаев.
3. Endings (`data/endings.tsv`), where neither decides.

What stays open is "". Languages that searchkit has no module for are found too where the table has them.
"""

from __future__ import annotations

import re
from functools import cache
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


class _Table(NamedTuple):
    """The languages of each word of grammar; by language, a pattern that finds each ending once a word."""

    words: dict[str, tuple[str, ...]]
    endings: dict[str, re.Pattern[str]]


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
    return _Table(words, endings)


def _rows(name: str, script: str) -> list[tuple[str, list[str]]]:
    lines = (Path(__file__).parent / "data" / name).read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    return [(code, words.split()) for code, row_script, words in rows if row_script == script]


def identify(text: str, script: str) -> Finding:
    """The language of a text whose letters are mostly of `script` ("Latn" or "Cyrl"), by its ISO 639-1 code."""
    return _cyrillic(text) if script == "Cyrl" else _latin(text)


def is_plainly_kazakh(text: str) -> bool:
    """Whether a text is so full of letters of Kazakh Cyrillic that nothing else needs a look; cheap."""
    count = text.count
    found = count("і") + count("қ")
    if not found:
        return False
    wanted = _DENSE * len(text)
    found += count("ғ") + count("ң")
    if found < wanted:
        found += count("ө") + count("ұ") + count("ү") + count("ә")
    return found >= wanted and "ў" not in text and "ҳ" not in text


def _cyrillic(text: str) -> Finding:
    if not _MARKED.search(text):
        lowered = text.lower()
        return _with_endings(lowered, "Cyrl", _count_words(lowered, "Cyrl", {}))
    if _OTHER_CYRILLIC.search(text):
        return OPEN
    kazakh = len(_KAZAKH_LETTERS.findall(text))
    uzbek = len(_UZBEK_LETTERS.findall(text))
    shared = len(_SHARED_LETTERS.findall(text))
    # Uzbek has no ы; Belarusian has ў beside it.
    back_vowel = "ы" in text or "Ы" in text
    if kazakh > uzbek and kazakh + shared >= _DENSE * len(text):
        return Finding("kk", CERTAIN)
    # Letters of names: each counts like an ending, so that two words of Russian grammar outweigh a name or two.
    scores = {"kk": kazakh + shared, "uz": uzbek + (0 if back_vowel else shared)}
    finding = _leader(_count_words(text.lower(), "Cyrl", scores))
    if finding.code not in ("", "kk", "uz") or finding.lead >= CERTAIN:
        return finding
    if kazakh > uzbek:
        return Finding("kk", CERTAIN)
    if uzbek:
        return OPEN if back_vowel or kazakh else Finding("uz", CERTAIN)
    if back_vowel:
        return Finding("kk", _GRAMMAR * shared)
    finding = _with_endings(text.lower(), "Cyrl", scores)
    return finding if finding.code else Finding("kk", 1)


def _latin(text: str) -> Finding:
    lowered = text.lower()
    scores = _count_words(lowered, "Latn", {})
    finding = _leader(scores)
    if finding.lead >= CERTAIN:
        return finding
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


def _count_words(lowered: str, script: str, scores: dict[str, int]) -> dict[str, int]:
    """Add the weight of the words of grammar to the scores."""
    known = _table(script).words
    for word in known.keys() & set(lowered.split()):
        for code in known[word]:
            scores[code] = scores.get(code, 0) + _GRAMMAR
    return scores


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
