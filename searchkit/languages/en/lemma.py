"""English inflection undone: plural and third person, -ed, -ing, comparison. Derivation is not: presentation is not present.

1. A form that is listed leads to its lemma (`data/irregular.txt`: went, men, wrote); a word that is no form, or has become
   a word of its own, is left (`data/unchanged.txt`: news, meeting, united).
2. -er and -est fall off adjectives that are compared so (`data/adjectives.txt`): a worker is not "more work".
3. -s, -ed and -ing fall off by the rules of spelling: y for i, one letter of a doubled one.
4. A last e that no rule can restore falls off every word: making and make are mak. Where it tells two words apart, that
   is after a single vowel and consonant (hope, hop; plane, plan), it stays and is put back: hoping gives hope, hopping
   hop.

After R. Quirk and others, A Comprehensive Grammar of the English Language (1985), 3.2-11, 5.73-103, 7.74-80.
"""

from __future__ import annotations

from functools import cache

from searchkit import lazy
from searchkit.languages.wordlists import read_lines, read_words

_CODE = "en"
_VOWEL = lazy.regex("[aeiouy]")
_BEFORE = "(?:[bcdfghjklmnpqrstvwxz]|qu)*[aeiouy]"
"""The beginning of a word of one syllable, with one vowel."""
_ES = lazy.regex("(?:ss|zz|x|[cs]h|[^aeiou]o)es$")
_NO_PLURAL = lazy.regex("(?:s|us|is|ics)s$|[uis]s$")
_DOUBLED = lazy.regex(r"([bdfgklmnprtvz])\1$")
_HOP = lazy.regex(f"^{_BEFORE}[bcdfgjklmnprstvz]$")
"""One syllable of one vowel and one consonant, which doubles before an ending: what has it single had an e."""
_HOPE = lazy.regex(f"^{_BEFORE}[bcdfghjklmnpqrstvwxz]e$")
"""A word that its e tells from another."""


@cache
def _irregular() -> dict[str, str]:
    rows = (line.split() for line in read_lines(_CODE, "irregular.txt"))
    found: dict[str, str] = {}
    for lemma, *forms in rows:
        found.setdefault(lemma, lemma)
        for form in forms:
            found.setdefault(form, lemma)
    for adjective in read_words(_CODE, "adjectives.txt"):
        for ending in ("er", "est"):
            found.setdefault(_with_ending(adjective, ending), adjective)
    return found


@cache
def _unchanged() -> frozenset[str]:
    return read_words(_CODE, "unchanged.txt")


def _with_ending(word: str, ending: str) -> str:
    """A word with -er, -est: bigger, nicer, happier."""
    if word.endswith("e"):
        return word[:-1] + ending
    if word.endswith("y") and word[-2] not in "aeiou":
        return word[:-1] + "i" + ending
    return (word + word[-1] if _HOP.match(word) else word) + ending


def lemma(word: str) -> str:
    """The lemma of a word in small letters of a to z, without an e that is not told from its absence.

    >>> [lemma(word) for word in ("went", "libraries", "making", "hopped", "hoping", "university", "universes")]
    ['go', 'library', 'mak', 'hop', 'hope', 'university', 'univers']
    """
    listed = _irregular().get(word)
    if listed is not None:
        return _level(listed)
    if word in _unchanged() or len(word) < 3:
        return _level(word)
    if len(word) == 3:
        return word[:-1] if word[-1] == "s" and word[-2] not in "aeious" else word
    if word.endswith("ings"):
        return word[:-1]
    for ending in ("ing", "ed"):
        if word.endswith(ending):
            return _without(word, ending)
    if word.endswith("s"):
        return _singular(word)
    return _level(word)


def verb_of(word: str) -> str:
    """The stem of the verb of a word in -ing or -ed that counts as a word of its own; "" for any other word."""
    for ending in ("ing", "ed"):
        if word.endswith(ending) and word in _unchanged():
            verb = _without(word, ending)
            return "" if verb == word else verb
    return ""


def words_of(verb: str) -> tuple[str, ...]:
    """The words in -ing and -ed of their own whose verb has this stem (meet: meeting)."""
    return _by_verb().get(verb, ())


@cache
def _by_verb() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for word in sorted(_unchanged()):
        if verb := verb_of(word):
            found[verb] = (*found.get(verb, ()), word)
    return found


def _singular(word: str) -> str:
    if word.endswith("ies"):
        return _level(word[:-3] + ("y" if len(word) > 4 else "ie"))
    if _NO_PLURAL.search(word):
        return _level(word)
    single = word[:-2] if _ES.search(word) else word[:-1]
    if single in _unchanged():
        return _level(single)
    return _level(_irregular().get(single, single))


def _without(word: str, ending: str) -> str:
    """The verb of a form in -ing or -ed; the word itself where it is none (bring, bred)."""
    root = word[: -len(ending)]
    if word.endswith("eed"):
        return word[:-1] if len(word) > 5 else word
    if not _VOWEL.search(root) or len(root) < 2:
        return _level(word)
    if ending == "ed" and root.endswith("i"):
        return _level(root[:-1] + ("y" if len(root) > 2 else "ie"))
    if _DOUBLED.search(root) and len(root) > 3:
        single = root[:-1]
        return _level(root if root[-1] in "lzf" and _HOP.match(single) else single)
    if _HOP.match(root) or (len(root) == 2 and root[-1] == "u"):
        return _level(root + "e")
    return _level(root)


def _level(word: str) -> str:
    """One spelling for what forms do not tell apart: no last e, no doubled l of a word of several syllables."""
    if len(word) > 4 and word.endswith("ll") and len(_VOWEL.findall(word)) > 1:
        return word[:-1]
    if len(word) > 3 and word.endswith("e") and not word.endswith("ee") and not _HOPE.match(word):
        return word[:-1]
    return word
