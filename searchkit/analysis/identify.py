"""The language of a few words in one script, by rules that need no model: letters, words of grammar, endings.

The facts are in `language_facts`. In this order:

1. Letters. A language's own letters (Kazakh әі..., Uzbek ўҳ) speak for it, letters that it shares with some (қғ) for
   each of them that does not lack another letter of the text.
2. Words of grammar: the language with the most of them. They also decide where letters of one language stand in names
   within another: Russian about Тоқаев.
3. Signs that tell a language or are alien to it: oʻ of Uzbek, a consonant before y that Turkish never has.
4. Endings, where none of these decides.

What stays open is "".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from searchkit.analysis.language_facts import BITS, GRAMMAR_WORD, certain, facts_of, foreign_words, known_letters

CERTAIN = 2 * GRAMMAR_WORD
"""A lead that nothing needs to confirm."""
_DENSE = 0.08
"""Where more of a text's code points than this are a language's letters beside the usual ones, it is that language whatever
its words (running Kazakh has about 0.12); where fewer, they may stand in names alone."""

_ENDLESS = re.compile(r"\w{100,}")
"""No word of a language: signs that may begin anywhere in a word would take the square of its length."""
_NAMES = re.compile(r"\b(?:[A-Z][A-Za-z]*|[^\W\d_a-zß-öø-ÿıığşа-я]{2,})\b")
"""Words that are names of any language: with a capital and in plain letters, or all in capitals."""


class Finding(NamedTuple):
    """A language, "" where the rules leave it open, and by how much it is ahead of the next (see `CERTAIN`)."""

    code: str
    lead: int


OPEN = Finding("", 0)


def identify(text: str, script: str) -> Finding:
    """The language of a text whose letters are mostly of `script` ("Latn" or "Cyrl"), by its ISO 639-1 code."""
    return _cyrillic(text) if script == "Cyrl" else _latin(text)


def plainly(text: str, start: int, end: int) -> str:
    """The language whose own Cyrillic letters fill `text[start:end]` so that nothing else needs a look; "" for none.

    Cheap, and says nothing where the whole text has letters of another language: most sentences of Kazakh end here.
    """
    count = text.count
    for code, letters, _ in known_letters().dense:
        found = count(letters[0], start, end) + count(letters[1], start, end)
        if not found:
            continue
        wanted = _DENSE * (end - start)
        for letter in letters[2:]:
            if found >= wanted:
                break
            found += count(letter, start, end)
        if found >= wanted:
            return code
    return ""


def may_be_plain(text: str) -> bool:
    """Whether `plainly` may be asked of parts of a text: it has no letters beside those of one such language."""
    if any(pattern.search(text) for pattern in certain("Cyrl").values()):
        return False
    return any(not others.search(text) for _, _, others in known_letters().dense)


def _cyrillic(text: str) -> Finding:
    letters = known_letters()
    lowered = text.lower()
    for code, pattern in certain("Cyrl").items():
        if pattern.search(text):
            return Finding(code, CERTAIN)
    if not letters.any.search(text):
        packed = _grammar(lowered, "Cyrl")
        finding = _ahead(packed, "Cyrl")
        if finding.lead >= CERTAIN:
            return finding
        scores = _scores(packed, "Cyrl")
        _add_signs(text, "Cyrl", scores)
        return _with_endings(lowered, "Cyrl", scores)
    if letters.other.search(text):
        return OPEN
    own = {code: len(pattern.findall(text)) for code, pattern in letters.own.items()}
    shared = {code: len(pattern.findall(text)) for code, pattern in letters.shared.items()}
    possible = [code for code, pattern in letters.lacking.items() if not pattern.search(text)]
    first = max(own, key=own.__getitem__)
    seconds = max((count for code, count in own.items() if code != first), default=0)
    ahead = own[first] > seconds
    told_by_density = any(first == code for code, _, _ in letters.dense)
    if ahead and told_by_density:
        if own[first] + shared[first] >= _DENSE * len(text):
            return Finding(first, CERTAIN)
        if not seconds and foreign_words(first).isdisjoint(text.split()):
            return Finding(first, CERTAIN)
    # Letters of names: each counts like an ending, so that two words of Russian grammar outweigh a name or two.
    scores = _scores(_grammar(lowered, "Cyrl"), "Cyrl")
    for code, count in own.items():
        scores[code] = scores.get(code, 0) + count + (shared[code] if code in possible else 0)
    finding = _leader(scores)
    if finding.code not in ("", *own) or finding.lead >= CERTAIN:
        return finding
    if ahead and (told_by_density or (first in possible and not seconds)):
        return Finding(first, CERTAIN)
    if own[first]:
        return OPEN
    if len(possible) == 1:
        return Finding(possible[0], GRAMMAR_WORD * shared[possible[0]])
    _add_signs(text, "Cyrl", scores)
    finding = _with_endings(lowered, "Cyrl", scores)
    return finding if finding.code else Finding(first, 1)


def _latin(text: str) -> Finding:
    lowered = text.lower()
    packed = _grammar(lowered, "Latn")
    finding = _ahead(packed, "Latn")
    if finding.lead >= CERTAIN:
        return finding
    scores = _scores(packed, "Latn")
    _add_signs(text, "Latn", scores)
    return _with_endings(lowered, "Latn", scores)


def _add_signs(text: str, script: str, scores: dict[str, int]) -> None:
    for code, weight in _signs(text, script):
        scores[code] = scores.get(code, 0) + weight


def _signs(text: str, script: str) -> Iterator[tuple[str, int]]:
    """The weights of the signs in a text for each language; names, which are often foreign, do not speak against one."""
    text = _ENDLESS.sub(" ", text)
    lowered = text.lower()
    common = _NAMES.sub(" ", text).lower()
    common = common if common.strip() else lowered
    for code, sign in facts_of(script).signs:
        if count := len(sign.pattern.findall(lowered if sign.weight > 0 else common)):
            yield code, sign.weight * count


def is_alien(text: str, script: str, code: str, least: int = 2) -> bool:
    """Whether a text has signs that speak against a language, of this weight at least: one strong or two weak ones."""
    return sum(weight for of, weight in _signs(text, script) if of == code and weight < 0) <= -least


def _grammar(lowered: str, script: str) -> int:
    """The weight of the words of grammar, each counted once."""
    weights = facts_of(script).weights
    return sum(map(weights.__getitem__, weights.keys() & set(lowered.split())))


def _scores(packed: int, script: str) -> dict[str, int]:
    """The score of each language that has any."""
    found = {}
    for code in facts_of(script).codes:
        score = packed & (1 << BITS) - 1
        if score:
            found[code] = score
        packed >>= BITS
    return found


@lru_cache(maxsize=4096)
def _ahead(packed: int, script: str) -> Finding:
    """The language ahead by words of grammar alone."""
    return _leader(_scores(packed, script))


def _with_endings(lowered: str, script: str, scores: dict[str, int]) -> Finding:
    """The leader; where it is not certain, after the endings have been counted too."""
    facts = facts_of(script)
    plain = script == "Latn" and lowered.isascii()
    if plain:
        for code in facts.accented & scores.keys():
            del scores[code]
    finding = _leader(scores)
    if finding.lead >= CERTAIN:
        return finding
    for code, pattern in facts.endings.items():
        if not (plain and code in facts.accented):
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
