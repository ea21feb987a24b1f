"""The keys under which the index may have a name of the world's news, said or written by sound.

A word is indexed by its letters alone (`phonetic_key.py`), so a query foresees the other side: what the letters of
Kavanaugh are as sounds (Кавано), and which letters may write the sounds of Кавано.
"""

from __future__ import annotations

import heapq
from functools import cache, lru_cache

from searchkit.people.spelling.alignment import FAR
from searchkit.people.spelling.phonemes import is_cyrillic, readings
from searchkit.people.spelling.phonetic_key import LENGTH, classes, squeeze
from searchkit.people.spelling.pronunciation import MOST_LETTERS, MOST_SOUNDS, letter_groups, spelled

_CLASS_OF_SOUND = str.maketrans(
    {
        **dict.fromkeys("aäeiıoöuüyv", "a"),
        **dict.fromkeys("bpf", "P"),
        **dict.fromkeys("td", "T"),
        **dict.fromkeys("kqgğh", "K"),
        **dict.fromkeys("žǰzscšč", "S"),
        **dict.fromkeys("mnŋ", "M"),
        "r": "R",
        "l": "L",
    }
)

MOST = 16
"""How many keys are kept for a word, the likeliest first."""
WINDOW_SAID, WINDOW_WRITTEN = 3.5, 5.0
"""How many nats less likely than the likeliest key one may be, for what letters sound like and for what writes sounds."""
SHORT, WINDOW_SHORT = 3, 1.5
"""A key of fewer classes begins the keys of many words, so it must be among the likeliest."""
BEAM = 40
"""How many beginnings are kept at each place of a word."""


def class_of_sounds(sounds: str) -> str:
    """The class of the letters that most plainly write each sound."""
    return sounds.translate(_CLASS_OF_SOUND)


def skeleton(sounds: str) -> str:
    """The classes of the consonants of a name, as in its key but uncut."""
    return squeeze(class_of_sounds(sounds))


@lru_cache(maxsize=1 << 10)
def expanded_keys(word: str) -> frozenset[str]:
    """The keys of other spellings of the word by sound: of Кавано and Kavano for Kavanaugh, and the other way round."""
    found: set[str] = set()
    if not is_cyrillic(word):
        found.update(_likeliest(spelled(word), _said(), MOST_LETTERS, WINDOW_SAID))
    for reading in readings(word)[:1]:
        found.update(_likeliest(f"<{reading.sounds}>", _written(), MOST_SOUNDS + 2, WINDOW_WRITTEN))
    return frozenset(found - {""})


_Classes = dict[str, dict[str, float]]
"""A group of letters or of sounds -> the classes of what stands for it, each at its least cost in nats."""


@cache
def _said() -> _Classes:
    found: _Classes = {"<": {"": 0.0}, ">": {"": 0.0}}
    for letters, sounds, said, _ in letter_groups():
        _add(found, letters, class_of_sounds(sounds.strip("-")), float(said))
    return found


@cache
def _written() -> _Classes:
    found: _Classes = {"<": {"": 0.0}, ">": {"": 0.0}}
    for letters, sounds, _, written in letter_groups():
        group = "<" * (letters[0] == "<") + sounds.strip("-") + ">" * (letters[-1] == ">")
        _add(found, group, classes(letters.strip("<>")), float(written))
    return found


def _add(table: _Classes, group: str, its_classes: str, cost: float) -> None:
    known = table.setdefault(group, {})
    known[its_classes] = min(cost, known.get(its_classes, FAR))


def _likeliest(word: str, table: _Classes, longest: int, window: float) -> list[str]:
    """The keys of the likeliest ways to cut the word, between < and >, into groups of the table."""
    beam: list[dict[str, float]] = [{"": 0.0}, *({} for _ in word)]
    for i in range(len(word)):
        dearest = min(beam[i].values(), default=0.0) + window
        for so_far, cost in heapq.nsmallest(BEAM, beam[i].items(), key=lambda item: item[1]):
            if cost > dearest:
                break
            for end in range(i + 1, min(len(word), i + longest) + 1):
                for more, price in table.get(word[i:end], {}).items():
                    total = cost + price
                    if total < beam[end].get(so_far + more, FAR):
                        beam[end][so_far + more] = total
    keys: dict[str, float] = {}
    for word_classes, cost in beam[-1].items():
        key = squeeze(word_classes)[:LENGTH]
        keys[key] = min(cost, keys.get(key, FAR))
    least = min(keys.values(), default=0.0)
    near = ((key, cost) for key, cost in keys.items() if cost <= least + (WINDOW_SHORT if len(key) < SHORT else window))
    return [key for key, _ in heapq.nsmallest(MOST, near, key=lambda item: item[1])]
