"""Reads the letters of a name as sounds, in each way the spelling allows.

A Cyrillic word has one reading, and another where it looks Belarusian. A Latin word has one for every convention that gives another result: «Achmetow» is
"ačmetov" by English habits and "ahmetov" by German ones. The letters' values are in `data/letters.tsv`.

The steps of one reading:

1. The word is cut into the longest letter groups of the convention, each replaced by its sounds.
2. y between consonants becomes the vowel ı (Syzdykov).
3. A glide that only joins vowels is dropped (Yeraliyev, Ералиев; Daniyar, Daniar).
4. Doubled sounds become one (Khassen, Абдулла).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from searchkit.people.spelling.data_files import rows
from searchkit.text.lookalikes import repair

VOWELS = frozenset("aäeiıoöuü")

APOSTROPHES = "'’‘ʻʼ`´ʹ′ʾʿ＇"
WORD = re.compile(rf"[^\W\d_]+(?:[{APOSTROPHES}][^\W\d_]+)*[{APOSTROPHES}]?")
"""A word that may be part of a name: letters, with apostrophes within and after them."""
_CYRILLIC = re.compile("[Ѐ-ӿ]").search
_UNIFY = str.maketrans(dict.fromkeys(APOSTROPHES, "ʻ") | {"İ": "i", "I": "i", "ĸ": "к"})


class Reading(NamedTuple):
    """Sounds, one character each, and for each sound the offset in the word after the letters that wrote it.

    `doubled` holds the indexes of the sounds that were written twice; `plain` is the reading before steps 3 and 4.
    """

    sounds: str
    ends: tuple[int, ...]
    doubled: frozenset[int]
    plain: str


@lru_cache(maxsize=1 << 14)
def lower(word: str) -> str:
    """Lower case with apostrophes unified, code point for code point."""
    unified = word.translate(_UNIFY)
    small = unified.lower()
    if len(small) == len(unified):
        return small
    return "".join(low if len(low) == 1 else letter for letter in unified for low in (letter.lower(),))


def is_cyrillic(word: str) -> bool:
    """Whether any letter of the word is Cyrillic."""
    return _CYRILLIC(word) is not None


@lru_cache(maxsize=1 << 15)
def readings(word: str) -> tuple[Reading, ...]:
    """All readings of a word in any case, the likeliest first; none for a word without letters."""
    # A Latin letter left in a Cyrillic word is read by the Latin table, so that mixed words are not lost.
    small = lower(repair(word))
    return _distinct(_read(small, convention) for convention in _spoken(small))


def _distinct(found: Iterable[Reading]) -> tuple[Reading, ...]:
    by_sounds: dict[str, Reading] = {}
    for reading in found:
        if reading.sounds:
            by_sounds.setdefault(reading.sounds, reading)
    return tuple(by_sounds.values())


# ------------------------------------------------------------------ the letter table


END = ">"
"""Stands in the table for the end of a word."""


@cache
def _letters() -> dict[str, dict[str, str]]:
    table: dict[str, dict[str, str]] = {}
    for convention, letters, sounds, _ in rows("letters.tsv"):
        table.setdefault(convention, {})[letters] = "" if sounds == "-" else sounds
    return table


@cache
def _conventions(script: str) -> tuple[str, ...]:
    """The conventions of words in a script, "cyrillic" or "latin": the general one first."""
    cyrillic = script == "cyrillic"
    return tuple(convention for convention in _letters() if convention.startswith("cyrillic") == cyrillic)


class _LetterGroups(NamedTuple):
    """The letters that write a sound or several, and the sounds."""

    single: dict[str, str]
    longer: dict[str, list[tuple[str, str]]]
    """First two letters -> groups of more than one, the longest first."""


@cache
def _groups(convention: str) -> _LetterGroups:
    # No regular expression: to compile one for each convention would be a tenth of a search from cold.
    table = _letters()["latin"] | _letters()["cyrillic"] | _letters()[convention]
    groups = _LetterGroups({}, {})
    for letters in sorted(table, key=len, reverse=True):
        if len(letters) == 1:
            groups.single[letters] = table[letters]
        else:
            groups.longer.setdefault(letters[:2], []).append((letters, table[letters]))
    return groups


def _sounds_of(word: str, convention: str) -> tuple[str, list[int]]:
    """Sounds, and for each the end of the letters that write it; letters of no table are left out."""
    single, longer = _groups(convention)
    found: list[str] = []
    ends: list[int] = []
    end, size = 0, len(word)
    ended = word + END
    while end < size:
        letters, sounds = word[end], single.get(word[end], "")
        for group, its_sounds in longer.get(ended[end : end + 2], ()):
            if ended.startswith(group, end):
                letters, sounds = group, its_sounds
                break
        end += len(letters)
        if sounds:
            found.append(sounds)
            ends += [end] * len(sounds)
    if end > size and ends:
        ends = [min(end, size) for end in ends]
    return "".join(found), ends


def _spoken(word: str) -> Iterator[str]:
    """The conventions by which a word may be spelled: the general one of its script, and those some letters of which it has."""
    first, *others = _conventions("cyrillic" if is_cyrillic(word) else "latin")
    yield first
    has = (word + END).__contains__
    for convention in others:
        if any(map(has, _letters()[convention])):
            yield convention


# ------------------------------------------------------------------ one reading


def _bare(word: str) -> str:
    """Letters that no table has, without their diacritics; the same number of code points."""
    known = _known_letters()
    if known.issuperset(word):
        return word
    return "".join(
        letter if letter in known else unicodedata.normalize("NFD", letter)[0] if letter.isalpha() else letter
        for letter in word
    )


@cache
def _known_letters() -> frozenset[str]:
    return frozenset(_letters()["latin"].keys() | _letters()["cyrillic"].keys())


def _read(word: str, convention: str) -> Reading:
    sounds, ends = _sounds_of(_bare(word), convention)
    plain = sounds
    if "y" in sounds:
        pairs = _vowel_y(list(zip(sounds, ends, strict=True)))
        plain = "".join(sound for sound, _ in pairs)
        pairs = _without_joining_glides(pairs)
        sounds, ends = "".join(sound for sound, _ in pairs), [end for _, end in pairs]
    if _DOUBLED.search(sounds.translate(_SAME)) is None:
        return Reading(sounds, tuple(ends), _NONE, plain)
    single: _Pairs = []
    doubled = set()
    for sound, end in zip(sounds, ends, strict=True):
        if single and single[-1][0].translate(_SAME) == sound.translate(_SAME):
            single[-1] = (sound, end)
            doubled.add(len(single) - 1)
        else:
            single.append((sound, end))
    sounds = "".join(sound for sound, _ in single)
    return Reading(sounds, tuple(end for _, end in single), frozenset(doubled), plain)


_SAME = str.maketrans("qğ", "kg")
"""Sounds that count as doubled beside one another: Серікқызы, Serikkyzy."""
_DOUBLED = re.compile(r"(.)\1")
_NONE: frozenset[int] = frozenset()

_Pairs = list[tuple[str, int]]


def _vowel_y(pairs: _Pairs) -> _Pairs:
    result = []
    for i, (sound, end) in enumerate(pairs):
        if sound == "y":
            before = i > 0 and pairs[i - 1][0] in VOWELS
            after = i + 1 < len(pairs) and pairs[i + 1][0] in VOWELS
            if not before and not after:
                sound = "ı"
        result.append((sound, end))
    return result


def _without_joining_glides(pairs: _Pairs) -> _Pairs:
    """Without y before e and i, without y between i or ı and a vowel or the end."""
    result: _Pairs = []
    for i, (sound, end) in enumerate(pairs):
        if sound == "y":
            before = result[-1][0] if result else ""
            after = pairs[i + 1][0] if i + 1 < len(pairs) else ""
            if before in ("i", "ı") and (not after or after in VOWELS):
                result[-1] = (before, end)
                continue
            if after in ("e", "i") and (not before or before in VOWELS):
                continue
        result.append((sound, end))
    return result
