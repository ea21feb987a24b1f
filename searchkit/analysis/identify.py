"""The language of a few words in one script, by rules that need no model: letters, words of grammar, endings.

The facts are in the languages' profiles (`languages/profile.py`), and in `data/other_languages.tsv` for those that have no
package here and are told from them all the same. In this order:

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
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from searchkit import languages
from searchkit.languages.profile import Sign, profile

_GRAMMAR = 3
"""What a word of grammar weighs beside an ending."""
CERTAIN = 2 * _GRAMMAR
"""A lead that nothing needs to confirm."""
_DENSE = 0.08
"""Where more of a text's code points than this are a language's letters beside the usual ones, it is that language whatever
its words (running Kazakh has about 0.12); where fewer, they may stand in names alone."""
_FEW = 4
"""Own letters; a language with fewer has them too seldom to be told by their density."""


_NAMES = re.compile(r"\b(?:[A-Z][A-Za-z]*|[^\W\d_a-zß-öø-ÿıığşа-я]{2,})\b")
"""Words that are names of any language: with a capital and in plain letters, or all in capitals."""


class Finding(NamedTuple):
    """A language, "" where the rules leave it open, and by how much it is ahead of the next (see `CERTAIN`)."""

    code: str
    lead: int


OPEN = Finding("", 0)


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


class _Rules(NamedTuple):
    """The facts of all languages of a script.

    `weights` gives each word of grammar a number in which every language of the word has its share of `_BITS`, in the
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


_BITS = 16
"""Enough for the score of a text with all words of grammar of a language."""


@cache
def _rules(script: str) -> _Rules:
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
    weights = {word: sum(_GRAMMAR << _BITS * codes.index(code) for code in found) for word, found in codes_of.items()}
    return _Rules(weights, codes, codes_of, endings, tuple(signs), frozenset(accented))


class _Letters(NamedTuple):
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
def _letters() -> _Letters:
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
    return _Letters(
        {code: re.compile(letters or r"(?!)") for code, letters in of_own.items()},
        {code: _any_of(letters) for code, letters in of_shared.items()},
        {code: _any_of(one.lacks.get("Cyrl", "")) for code, one in facts.items()},
        _any_of(of_other),
        _any_of(all_own + "".join(of_shared.values()) + of_other),
        tuple(dense),
    )


def _any_of(letters: str) -> re.Pattern[str]:
    return re.compile(f"[{letters}]" if letters else r"(?!)")


def identify(text: str, script: str) -> Finding:
    """The language of a text whose letters are mostly of `script` ("Latn" or "Cyrl"), by its ISO 639-1 code."""
    return _cyrillic(text) if script == "Cyrl" else _latin(text)


def plainly(text: str, start: int, end: int) -> str:
    """The language whose own Cyrillic letters fill `text[start:end]` so that nothing else needs a look; "" for none.

    Cheap, and says nothing where the whole text has letters of another language: most sentences of Kazakh end here.
    """
    count = text.count
    for code, letters, _ in _letters().dense:
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
    return any(not others.search(text) for _, _, others in _letters().dense)


@cache
def certain(script: str) -> dict[str, re.Pattern[str]]:
    """What tells a language of a script at once, by language."""
    facts = {code: profile(code).certain for code in languages.for_script(script)}
    return {code: patterns[script] for code, patterns in facts.items() if script in patterns}


def _cyrillic(text: str) -> Finding:
    letters = _letters()
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
        if not seconds and _foreign_words(first).isdisjoint(text.split()):
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
        return Finding(possible[0], _GRAMMAR * shared[possible[0]])
    _add_signs(text, "Cyrl", scores)
    finding = _with_endings(lowered, "Cyrl", scores)
    return finding if finding.code else Finding(first, 1)


@cache
def _foreign_words(code: str) -> frozenset[str]:
    """The words of grammar in Cyrillic that a language has not, as they are written: small, capitalised, in capitals."""
    words = [word for word, codes in _rules("Cyrl").codes_of.items() if code not in codes]
    return frozenset(spelled for word in words for spelled in (word, word.capitalize(), word.upper()))


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
    """What the signs in a text weigh for each language; names, which are often foreign, do not speak against one."""
    lowered = text.lower()
    common = _NAMES.sub(" ", text).lower()
    common = common if common.strip() else lowered
    for code, sign in _rules(script).signs:
        if count := len(sign.pattern.findall(lowered if sign.weight > 0 else common)):
            yield code, sign.weight * count


def is_alien(text: str, script: str, code: str, least: int = 2) -> bool:
    """Whether a text has signs that speak against a language, of this weight at least: one strong or two weak ones."""
    return sum(weight for of, weight in _signs(text, script) if of == code and weight < 0) <= -least


def _grammar(lowered: str, script: str) -> int:
    """The weight of the words of grammar, each counted once."""
    weights = _rules(script).weights
    return sum(map(weights.__getitem__, weights.keys() & set(lowered.split())))


def _scores(packed: int, script: str) -> dict[str, int]:
    """The score of each language that has any."""
    found = {}
    for code in _rules(script).codes:
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
    rules = _rules(script)
    plain = script == "Latn" and lowered.isascii()
    if plain:
        for code in rules.accented & scores.keys():
            del scores[code]
    finding = _leader(scores)
    if finding.lead >= CERTAIN:
        return finding
    for code, pattern in rules.endings.items():
        if not (plain and code in rules.accented):
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
