"""Forms of one given name in different languages: Сергей is Сергій and Сяргей, Anvar is Enver (`data/name_forms.tsv`).

Names are given and returned as sounds. A name belongs to a row where one of the row's forms is nearly the same; the row's
other forms are then looked for as well. The base of a patronymic (Николаевич: nikola) belongs to the row of its name.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

from searchkit.people.spelling.alignment import cost
from searchkit.people.spelling.data_files import rows
from searchkit.people.spelling.key_expansion import skeleton
from searchkit.people.spelling.phonemes import VOWELS, readings

NEAR = 0.04
"""The highest cost a sound at which a name is a form of the table."""


class FormSounds(NamedTuple):
    """A form of a name: its sounds, and those before joining glides and doubled sounds are dropped."""

    sounds: str
    plain: str


@lru_cache(maxsize=1 << 12)
def other_forms(sounds: str) -> tuple[FormSounds, ...]:
    """The other forms of a given name."""
    return _others(sounds, False)


@lru_cache(maxsize=1 << 12)
def other_bases(base: str) -> tuple[str, ...]:
    """The bases that other languages have for a patronymic's."""
    return tuple(form.sounds for form in _others(base, True))


def _others(sounds: str, base: bool) -> tuple[FormSounds, ...]:
    found: dict[FormSounds, None] = {}
    for own, row in _by_skeleton(base).get(skeleton(sounds), ()):
        if own == sounds or cost(own, sounds) <= NEAR * len(sounds):
            found.update(dict.fromkeys(row))
    return tuple(form for form in found if form.sounds != sounds)


@cache
def _by_skeleton(base: bool) -> dict[str, list[tuple[str, tuple[FormSounds, ...]]]]:
    """The consonants of a form -> its sounds, and all forms of its row."""
    found: dict[str, list[tuple[str, tuple[FormSounds, ...]]]] = {}
    for _, forms in rows("name_forms.tsv"):
        own = [readings(form)[0] for form in forms.split()]
        row = dict.fromkeys(FormSounds(reading.sounds, reading.plain) for reading in own)
        if base:
            row = dict.fromkeys(FormSounds(stem, stem) for form in row for stem in patronymic_stems(form.sounds))
        for form in row:
            found.setdefault(skeleton(form.sounds), []).append((form.sounds, tuple(row)))
    return found


def patronymic_stems(sounds: str) -> list[str]:
    """The stems of a father's name before the -ович, -евич of the patronymic: Сергій-ович, Серге-евич, Никит-ич."""
    return [sounds, sounds[:-1]] if sounds[-1] in VOWELS or sounds[-1] == "y" else [sounds]
