"""Chinese and Korean names, which Cyrillic and Latin letters write by two systems of syllables: Park Geun-hye is Пак Кын Хе.

A word is cut into syllables of the table in every way there is; what the other alphabet has for them is another form of the name.
Only for names of which every word can be cut so, and one is a frequent surname: Ben and Dan of other languages are syllables too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import islice

from searchkit.people.spelling.data_files import rows
from searchkit.people.spelling.name_forms import FormSounds
from searchkit.people.spelling.phonemes import is_cyrillic, lower, readings

MOST_SYLLABLES = 2
"""In a given name; a surname has one."""
MOST_FORMS = 24


@cache
def _surnames() -> frozenset[str]:
    return frozenset(word for _, listed in rows("east_asian_surnames.tsv") for word in listed.split())


def is_east_asian_surname(word: str) -> bool:
    """Whether the word is a frequent surname of China, Korea or Vietnam, in the nominative."""
    return lower(word) in _surnames()


@cache
def _syllables(country: str) -> dict[str, tuple[str, ...]]:
    """A syllable in either alphabet -> those of the other alphabet that stand for it."""
    found: dict[str, dict[str, None]] = {}
    for cyrillic, latin in _chinese() if country == "Chinese" else _korean():
        found.setdefault(cyrillic, {})[latin] = None
        found.setdefault(latin, {})[cyrillic] = None
    return {syllable: tuple(others) for syllable, others in found.items()}


def _korean() -> Iterator[tuple[str, str]]:
    for kind, cyrillic, latin in rows("east_asian_syllables.tsv"):
        if kind == "Korean":
            yield from ((own, other) for own in cyrillic.split() for other in latin.split())


def _chinese() -> Iterator[tuple[str, str]]:
    table = [
        (kind, cyrillic, other) for kind, cyrillic, latin in rows("east_asian_syllables.tsv") for other in latin.split()
    ]
    finals = [(cyrillic, latin) for kind, cyrillic, latin in table if kind == "final"]
    for kind, cyrillic, latin in table:
        if kind == "Chinese":
            yield cyrillic, latin
        elif kind == "initial":
            yield from (
                (cyrillic + end, latin + written)
                for end, written in finals
                if _goes_with(latin, cyrillic, end, written)
            )


def _goes_with(initial: str, cyrillic: str, final: str, written: str) -> bool:
    """Whether pinyin writes the initial and the final together for these sounds: ju is цзюй, and zi is цзы."""
    palatal = initial in ("j", "q", "x")
    if written in ("u", "ue", "uan", "un"):
        return palatal == (final[0] == "ю")
    if written == "i":
        return (initial in ("z", "c", "s")) == (final == "ы")
    return not (palatal and final[0] in "аоуэ")


@lru_cache(maxsize=1 << 10)
def other_alphabet(word: str) -> tuple[FormSounds, ...]:
    """The sounds of a word, in any case, as the other alphabet writes them; () for one that cannot be cut into syllables."""
    found: dict[FormSounds, None] = {}
    for country in ("Korean", "Chinese"):
        for written in islice(_cut(lower(word), country, MOST_SYLLABLES), MOST_FORMS):
            reading = readings(written)[0]
            found[FormSounds(reading.sounds, reading.plain)] = None
    return tuple(found)


def _cut(word: str, country: str, most: int) -> Iterator[str]:
    if not word:
        yield ""
        return
    if not most:
        return
    table = _syllables(country)
    for end in range(1, len(word) + 1):
        for other in table.get(word[:end], ()):
            yield from (other + rest for rest in _cut(word[end:], country, most - 1))


def is_east_asian(words: Sequence[str]) -> bool:
    """Whether the words, in one alphabet, are a Chinese or Korean name: a frequent surname first or last, and syllables."""
    if not 2 <= len(words) <= 3 or not (is_east_asian_surname(words[0]) or is_east_asian_surname(words[-1])):
        return False
    if len({is_cyrillic(word) for word in words}) > 1:
        return False
    return all(other_alphabet(word) for word in words)
