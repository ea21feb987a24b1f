"""The endings that names take in a sentence: which rest of a word may follow a name.

The languages declare them (`languages.name_grammar`). They are compared as sounds with their vowels levelled (`level`), so that
one row serves every alphabet, and a transliterated ending (Tokayevtyn) is known as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from searchkit.languages.name_grammar import (
    TRANSLITERATED,
    language_name,
    name_endings,
    name_grammar,
    tables_of_modules,
)
from searchkit.people.spelling.phonemes import VOWELS, readings

_LEVEL = str.maketrans("äıiöüqğŋ", "aiioukgn")


class Ending(NamedTuple):
    """An ending found: its language as in `name_endings`, "" for none, and its name, such as "Kazakh genitive"."""

    language: str
    name: str

    @property
    def label(self) -> str:
        """For people to read: "Kazakh genitive"; "" for no ending."""
        if not self.language:
            return ""
        return f"{language_name(self.language)} {self.name}" + " left in the transliteration" * self.left_over

    @property
    def left_over(self) -> bool:
        """A Russian ending in Latin letters: the name was transliterated with it."""
        return self.language.endswith(TRANSLITERATED)

    @property
    def of_every_part(self) -> bool:
        """An ending of a language that declines every part of a name and changes stems before it."""
        return name_grammar(self.language).every_part_declined

    @property
    def feminine(self) -> bool:
        """An ending that only women's surnames have: Плисецкая beside Плисецкий."""
        return self.name.startswith("feminine")

    @property
    def plural(self) -> bool:
        """Several people of the name: a family."""
        return self.name.startswith("plural")


LONGEST_ENDING = 9
"""The most sounds that an ending has."""

NONE = Ending("", "")

ANY_LANGUAGE = "*"
"""In place of a language's code: the endings of all languages, those that have no module among them."""


def level(sounds: str) -> str:
    """Sounds with the differences of vowel harmony and of ң and ng taken away."""
    flat = sounds.translate(_LEVEL)
    return flat[:-1] if flat.endswith("ng") else flat


class _Row(NamedTuple):
    after: str
    ending: Ending


def _sounds(form: str) -> str:
    if form[0] in "yй" and form[1:2] not in "aeiouəаеиоуя":
        return level(readings("a" + form)[0].plain[1:])  # -yla stands after vowels, where y is no vowel
    return level(readings(form)[0].plain)


@cache
def _table(language: str, paradigm: str) -> dict[str, tuple[_Row, ...]]:
    """Levelled sounds of an ending, case chains included -> its rows."""
    found: dict[str, list[_Row]] = {}
    first_word = paradigm.split()[0].rstrip(",")
    for group, after, forms, then, name in name_endings()[language]:
        if group not in ("any", first_word):
            continue
        for form in forms:
            first = _sounds(form)
            found.setdefault(first, []).append(_Row(after, Ending(language, name)))
            for tail, tail_name in _continuations(language, then):
                found.setdefault(first + tail, []).append(_Row(after, Ending(language, f"{name} {tail_name}")))
    return {sounds: tuple(entries) for sounds, entries in found.items()}


@cache
def _continuations(language: str, then: str) -> tuple[tuple[str, str], ...]:
    if then == "-":
        return ()
    group = "any" if then == "cases" else "after possessive"
    return tuple(
        (_sounds(form), name)
        for paradigm, _, forms, later, name in name_endings()[language]
        if paradigm == group and later == "-"
        for form in forms
    )


def _fits(after: str, before: str, apostrophe: bool) -> bool:
    if after == "'":
        return apostrophe
    if after == "V":
        return before in VOWELS or before in "ymnŋ"
    if after == "D":
        return before not in _VOICELESS or before in _DEVOICED
    if after == "T":
        return before in _VOICELESS
    if after == "C":
        return before not in VOWELS
    return True


_VOICELESS = frozenset("pfkqtsščchvbdgğ")
_DEVOICED = frozenset("vbdgğ")
"""Said without voice in Kazakh (Тоқаевтың), but Kyrgyz writes -дин after them, and so do many Kazakh texts."""


def _tables_for(language: str) -> tuple[str, ...]:
    """The tables by which a word of a passage is read."""
    if language == ANY_LANGUAGE:
        return tuple(name_endings())
    return name_grammar(language).endings or tables_of_modules()


@lru_cache(maxsize=1 << 14)
def ending(tail: str, before: str, paradigm: str, language: str, apostrophe: bool = False) -> Ending | None:
    """The ending that the sounds `tail` are after the sound `before`, or None.

    `paradigm` is that of the name: consonant, a, adjective or fixed; `language` the ISO 639-1 code of the passage, ""
    where it is not known; `apostrophe` says that one stands between name and ending.
    """
    if not tail:
        return NONE
    flat = level(tail)
    for table in _tables_for(language):
        for row in _table(table, paradigm).get(flat, ()):
            if _fits(row.after, before, apostrophe):
                return row.ending
    return None


@cache
def _any_paradigm(language: str) -> frozenset[str]:
    """The levelled sounds of all endings that a word of a passage may have."""
    paradigms = ("consonant", "glide", "a", "softened", "baltic", "o", "adjective", "possessive", "fixed")
    return frozenset(
        sounds for table in _tables_for(language) for paradigm in paradigms for sounds in _table(table, paradigm)
    )


@lru_cache(maxsize=1 << 14)
def possible_ends(sounds: str, language: str) -> tuple[int, ...]:
    """Where the nominative of a word of these sounds may end: where nothing follows, or what may be an ending."""
    known = _any_paradigm(language)
    ends = [len(sounds)]
    shorter = False
    first = max(0, len(sounds) - LONGEST_ENDING - 1)
    for end in range(len(sounds) - 1, first - 1, -1):
        # An ending may share its first sound with the name (Асанның).
        this = level(sounds[end:]) in known
        if end + 1 < len(sounds) and (shorter or this):
            ends.append(end + 1)
        shorter = this
    return tuple(ends)


def nominatives(sounds: str, end: int) -> Iterator[str]:
    """Nominatives of the word without its sounds from `end` on, if those are an ending."""
    paradigm = "possessive" if ends_in_possessive(sounds[:end]) else "consonant"
    if ending(sounds[end:], sounds[end - 1], paradigm, "") is not None:
        yield sounds[:end]
    if end < len(sounds) and ending(sounds[end:], sounds[end - 1], "a", "") is not None:
        yield sounds[:end] + "a"


def ends_in_possessive(sounds: str) -> bool:
    """Whether the sounds end in -ұлы or -қызы, "his son", "his daughter", which Kazakh declines as possessives."""
    return sounds.endswith(("ulı", "uli", "qızı", "kızı", "gızı", "qizi", "kizi"))
