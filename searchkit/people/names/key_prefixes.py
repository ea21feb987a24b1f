"""Prefixes of a name's keys in the index, whatever its spelling and its ending.

The other alphabets and habits of writing are foreseen here, so that the index holds one key a word: й may stand as j
(Jeralijew), х as ch (Achmetow), к as c (Oscar), кс as x, х as h after s, t, k, z (Ishak).
"""

from __future__ import annotations

import re
from collections.abc import Set
from functools import cache, lru_cache

from searchkit.people.names.declension import changed_stems
from searchkit.people.names.name_parser import Part
from searchkit.people.names.name_titles import words_of_kind
from searchkit.people.spelling.data_files import rows
from searchkit.people.spelling.key_expansion import class_of_sounds, expanded_keys
from searchkit.people.spelling.phonemes import VOWELS, readings
from searchkit.people.spelling.phonetic_key import LENGTH, squeeze

_VOWEL = "[" + "".join(sorted(VOWELS)) + "]"
_GLIDE_PLACES = re.compile(rf"^(?=e)|(?<={_VOWEL})(?=e)|(?<=[iı])(?={_VOWEL})")
_GLIDE_I = re.compile(rf"^i(?={_VOWEL})|(?<=[aäeoöuü])[iı](?!{_VOWEL})")
"""Where an i is й: Aidos, Iakov."""
_SOFT_E = re.compile(r"(?<=[bvgdžzklmnprstfh])(?=e)")
"""Where Slavic spellings have a j after a soft consonant: Gjadvilas for Gedvilas."""


def _spellings(sounds: str) -> set[str]:
    """The classes of the letters that may write the sounds, one string for each habit of writing."""
    glides = re.sub("y+", "y", _GLIDE_PLACES.sub("y", _GLIDE_I.sub("y", sounds)))
    first_j = re.sub("^y", "S", glides)
    all_j = glides.replace("y", "S")
    found = {
        sounds,
        first_j,
        glides[:1] + all_j[1:],
        all_j,
        sounds.replace("h", "S"),
        all_j.replace("h", "S"),
        sounds[:1] + sounds[1:].replace("h", "S"),
        re.sub("k(?=[aou])", "S", sounds),
        sounds.replace("ks", "K"),
        re.sub("(?<=[stkzg])h|(?<=la)h$", "", sounds),
        _SOFT_E.sub("S", sounds),
        _SOFT_E.sub("S", sounds, count=1),
    }
    return {class_of_sounds(spelling) for spelling in found}


@lru_cache(maxsize=1 << 12)
def key_prefixes(sounds: tuple[str, ...]) -> tuple[str, ...]:
    """The beginnings of the keys under which the index may have a word of these sounds, whatever its ending."""
    return _shortest({squeeze(spelling)[:LENGTH] for reading in sounds for spelling in _spellings(reading)} - {""})


def _shortest(keys: Set[str]) -> tuple[str, ...]:
    """The keys that no other of them begins."""
    shortest: list[str] = []
    for key in sorted(keys):
        if not key.startswith(tuple(shortest)):
            shortest.append(key)
    return tuple(shortest)


def letter_key_prefixes(part: Part) -> tuple[str, ...]:
    """`key_prefixes` of a part, whatever its case, without the ending of a patronymic or of a surname in -ов, which
    documents may leave out."""
    droppable = part.suffix == "patronymic" or (part.suffix == "strong" and all("v" in s[-3:] for s in part.sounds))
    forms = (form.sounds for form in part.forms)
    return key_prefixes((*(part.bases if droppable else part.sounds), *changed_stems(part), *forms))


def part_key_prefixes(part: Part) -> tuple[str, ...]:
    """`letter_key_prefixes`, and the keys of other spellings by sound (`key_expansion.py`)."""
    found = letter_key_prefixes(part)
    if part.suffix == "patronymic" or part.initial:
        return found
    return _shortest({*found, *expanded_keys("".join(part.pieces))})


def initial_keys(part: Part) -> tuple[str, ...]:
    """The keys of the initials that may stand for the part: ".K" for one letter, "S" for two or three (Zh, Дж)."""
    classes = {squeeze(spelling)[:1] for plain in part.plain for spelling in _spellings(plain)}
    if any(plain.startswith("ǰ") for plain in part.plain):
        classes.add("T")  # D for Dzh
    return tuple(sorted({f".{each}" for each in classes if each} | {each for each in classes if each}))


@cache
def name_elements() -> tuple[str, ...]:
    """The sounds of the words of which Turkic given names are made."""
    return tuple(dict.fromkeys(readings(word)[0].sounds for _, words in rows("elements.tsv") for word in words.split()))


@cache
def name_prefixes() -> tuple[str, ...]:
    """The sounds of the words that begin surnames, joined to them or apart."""
    return tuple(dict.fromkeys(readings(word)[0].sounds for word in sorted(words_of_kind("prefix"))))
