"""Surnames and patronymics with case endings: what they are in the nominative, whose father they name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from searchkit.people.names.case_endings import LONGEST_ENDING, ending, nominatives
from searchkit.people.names.name_parser import Part
from searchkit.people.names.name_suffixes import begins_a_patronymic_word, has_suffix, is_patronymic_word, suffix_of
from searchkit.people.spelling.alignment import cost, tolerance
from searchkit.people.spelling.data_files import rows
from searchkit.people.spelling.name_forms import patronymic_stems
from searchkit.people.spelling.phonemes import Reading, readings

LONGEST_WORD = 60
"""Letters; a longer word is no name, and is not read."""

PATRONYMIC_SHARE = 0.4
"""Two patronymics whose alignment costs more than this a sound are of two fathers.

Loose, since they only stand against one another where given name and surname agree already."""


PATRONYMIC_ALONE = 0.2
"""The same where no surname stands beside it."""


_UZBEK_ACCUSATIVE = re.compile("[оеoe](?:вни|vni)$", re.IGNORECASE)
"""Vohidovni is Vohidov in a case, and not Vohidovna, whose cases are in -ny."""


class Stem(NamedTuple):
    """A nominative in sounds. The first `letters` of the word are in it; `whole`: and nothing else."""

    sounds: str
    letters: int
    whole: bool


def nominative_stems(word: str, kind: str) -> Iterator[Stem]:
    """Nominatives of the word, if it ends as surnames ("strong") or patronymics do; the longest first."""
    if len(word) > LONGEST_WORD:
        return
    for reading in readings(word):
        if not has_suffix(reading.sounds, kind):
            continue
        for end in range(len(reading.sounds), max(3, len(reading.sounds) - LONGEST_ENDING), -1):
            for stem in nominatives(reading.sounds, end):
                if suffix_of(stem)[1] == kind and not (len(stem) > end and _UZBEK_ACCUSATIVE.search(word)):
                    yield Stem(stem, reading.ends[end - 1], len(stem) == end)
            if (
                end - 1 in reading.doubled
                and _begins_ending(reading, end)
                and suffix_of(reading.sounds[:end])[1] == kind
            ):
                yield Stem(reading.sounds[:end], reading.ends[end - 1] - 1, True)


def _begins_ending(reading: Reading, end: int) -> bool:
    """Whether the second of two equal letters begins an ending: Маминнің is Мамин-нің."""
    rest = reading.sounds[end - 1 :]
    return len(rest) > 1 and ending(rest, reading.sounds[end - 1], "consonant", "") is not None


@lru_cache(maxsize=1 << 14)
def declined_surname(word: str) -> bool:
    """Whether the word, with a case ending or without, ends as surnames do."""
    return next(nominative_stems(word, "strong"), None) is not None


@lru_cache(maxsize=1 << 14)
def declined_patronymic(word: str) -> bool:
    """Whether the word, with a case ending or without, ends as patronymics do."""
    return next(nominative_stems(word, "patronymic"), None) is not None


@lru_cache(maxsize=1 << 12)
def declined_patronymic_word(word: str) -> bool:
    """Whether the word, with a case ending or without, is the ending of a patronymic that stands alone: ұлының, qiziga."""
    if not begins_a_patronymic_word(word):
        return False
    if is_patronymic_word(word):
        return True
    for cut in range(max(3, len(word) - LONGEST_ENDING), len(word)):
        rest = readings(word[cut:])
        if rest and is_patronymic_word(word[:cut]):
            return ending(rest[0].sounds, "i", "possessive", "") is not None
    return False


def patronymic_form(word: str) -> str:
    """A patronymic without its case ending: Әбішұлының is Әбішұлы, Нурсултановне is Нурсултановна."""
    for stem in nominative_stems(word, "patronymic"):
        letters = word[: stem.letters]
        return letters if stem.whole else restored(letters, "а")
    return word


@lru_cache(maxsize=1 << 12)
def same_father(part: Part, word: str, share: float = PATRONYMIC_SHARE) -> bool:
    """Whether two patronymics may be of one father: Болюкпаевич, Бөлекбайұлы. `share` is what a sound may cost; of two names
    that are both frequent, as little as a given name may: Маратович is not Муратович."""
    fathers = {suffix_of(stem.sounds)[0] for stem in nominative_stems(word, "patronymic")}
    pairs = [(cost(own, father), own, father) for own in part.bases for father in fathers]
    if not any(price <= share * len(own) for price, own, _ in pairs):
        return False
    if any(price <= tolerance(min(len(own), len(father))) for price, own, father in pairs):
        return True
    return not _of_two_names(part.bases, fathers)


def _of_two_names(bases: Iterable[str], others: Iterable[str]) -> bool:
    """Whether the fathers are known by two names, and by none in common."""
    names, their_names = _fathers_names(bases), _fathers_names(others)
    return bool(names and their_names) and not names & their_names


def _fathers_names(bases: Iterable[str]) -> set[str]:
    return {name for base in bases for name in _names_by_base().get(base, ())}


@cache
def _names_by_base() -> dict[str, list[str]]:
    """The base of a patronymic as sounds -> the frequent given names it may be made of: serge and sergey -> сергей."""
    found: dict[str, list[str]] = {}
    for _, names in rows("given_names.tsv"):
        for name in names.split():
            for base in patronymic_stems(readings(name)[0].sounds):
                found.setdefault(base, []).append(name)
    return found


def _end_changed(stem: str, end: str, instead: str) -> str:
    left = stem.lower().removesuffix(end.lower())
    if left == stem.lower():
        return stem
    return (stem[: len(left)] if instead.endswith("а") else stem[: len(left)].rstrip("йь")) + instead


_LATIN = str.maketrans({"а": "a", "я": "ya", "й": "y", "и": "i", "о": "o", "с": "s", "ш": "š"})


def restored(stem: str, letters: str) -> str:
    """The nominative: the stem with the letters put back that it ends in there, in its own alphabet and case.

    Letters that begin with a capital are the whole nominative; a Latin stem is then left as it is. "ц>ец" changes the end of
    a Cyrillic stem, and a й or ь before it goes: Кравц is Кравец, Зайц is Заяц, Стрельц is Стрелец.
    """
    cyrillic = any("Ѐ" <= letter <= "ӿ" for letter in stem)
    if ">" in letters:
        nominative = _end_changed(stem, *letters.split(">"))
    elif letters[:1].isupper():
        nominative = letters if cyrillic else stem
    else:
        nominative = stem + (letters if cyrillic else letters.translate(_LATIN))
    return nominative.upper() if stem.isupper() and len(stem) > 1 else nominative
