"""The endings of which surnames and patronymics are made (`data/suffixes.tsv`): -ов, -ұлы, -qizi."""

from __future__ import annotations

from functools import cache, lru_cache

from searchkit.people.spelling.data_files import rows
from searchkit.people.spelling.phonemes import lower, readings


@cache
def _suffixes() -> tuple[tuple[str, str, str], ...]:
    """(sounds, kind, gender), the longest first."""
    found: dict[str, tuple[str, str]] = {}
    for kind, gender, forms in rows("suffixes.tsv"):
        for form in forms.split():
            found.setdefault(readings(form)[0].sounds, (kind, gender))
    return tuple((sounds, *found[sounds]) for sounds in sorted(found, key=lambda s: (-len(s), s)))


@cache
def _any_suffix() -> tuple[str, ...]:
    return tuple(sounds for sounds, _, _ in _suffixes())


@lru_cache(maxsize=1 << 14)
def suffix_of(sounds: str) -> tuple[str, str, str]:
    """(base, kind, gender) of a surname or patronymic given as sounds; (sounds, "", "") where it has no such ending."""
    if not sounds.endswith(_any_suffix()):
        return sounds, "", ""
    for suffix, kind, gender in _suffixes():
        if len(sounds) - len(suffix) >= 2 and sounds.endswith(suffix):
            if suffix == "ulu" and sounds.endswith(("sulu", "šulu")):
                continue  # Айсұлу, Нұрсұлу: a woman's name in сұлу
            return sounds[: -len(suffix)], kind, gender
    return sounds, "", ""


@cache
def _stems_of_suffixes(kind: str) -> tuple[str, ...]:
    found = {sounds.removesuffix("a") for sounds, own, _ in _suffixes() if own == kind}
    return tuple(stem for stem in sorted(found, key=len) if not any(other in stem for other in found - {stem}))


def has_suffix(sounds: str, kind: str) -> bool:
    """Whether an ending of this kind is anywhere in the sounds; a quick check."""
    return any(stem in sounds for stem in _stems_of_suffixes(kind))


@cache
def _patronymic_words() -> frozenset[str]:
    return frozenset(
        form
        for kind, _, forms in rows("suffixes.tsv")
        if kind == "patronymic"
        for form in forms.split()
        if form not in ("ич", "ich", "ov")
    )


def begins_a_patronymic_word(word: str) -> bool:
    """Whether the word begins as one of those does; a quick check."""
    return _begins_a_patronymic(word[:2])


@lru_cache(maxsize=1 << 12)
def _begins_a_patronymic(letters: str) -> bool:
    small = lower(letters)
    return any(form.startswith(small) for form in _patronymic_words())


def is_patronymic_word(word: str) -> bool:
    """Whether the word is the ending of a patronymic that stands alone: ұлы, oʻgʻli, kyzy."""
    return lower(word) in _patronymic_words()


def is_patronymic(word: str) -> bool:
    """Whether a word in any spelling ends as a patronymic does."""
    return any(suffix_of(reading.sounds)[1] == "patronymic" for reading in readings(word))
