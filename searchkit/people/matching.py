"""Whether a word of a text is a given part of a name, in any spelling, with any ending."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

from searchkit.people.alignment import cost, prefix_costs, tolerance
from searchkit.people.endings import LONGEST_ENDING, NONE, Ending, ending
from searchkit.people.grammar import Part, suffix_of
from searchkit.people.sounds import VOWELS, Reading, lower, readings
from searchkit.people.tables import rows

SHORTEST_BASE = 4
"""How many sounds a name needs before its surname may drop or add -ов: Хан is not Ханов."""

SURNAME_ENDINGS = ("ov", "ev", "yev", "iev", "öv")


class Match(NamedTuple):
    """A word that is the part. `cost` is the alignment's; `stem_end` the offset in the word after the name itself.

    `feminine` says that the word has a feminine surname ending which the part has not; `note` tells what else differs;
    `restored` is what the nominative has after `stem_end` (Дариги: Дариг, а), or the whole nominative (Льва: Лев).
    """

    cost: float
    stem_end: int
    ending: Ending
    feminine: bool = False
    note: str = ""
    restored: str = ""


class _Shape(NamedTuple):
    """Sounds to look for at the start of a word, and what may follow them."""

    sounds: str
    paradigm: str
    must_end: bool = False
    feminine: bool = False
    note: str = ""
    restored: str = ""


ADDED = "surname with -ov or -ev"
DROPPED = "surname without -ov or -ev"
FATHER = "patronymic for surname"
SURNAME = "surname for patronymic"


@lru_cache(maxsize=1 << 10)
def _shapes(part: Part, surname: bool) -> tuple[_Shape, ...]:
    shapes: dict[_Shape, None] = {}
    for sounds, plain in zip(part.sounds, part.plain * len(part.sounds), strict=False):
        for shape in _declined(sounds, plain):
            shapes[shape] = None
        if not surname:
            continue
        if part.suffix in ("strong", "weak") and part.gender == "m" and sounds[-1] not in VOWELS:
            shapes[_Shape(sounds + "a", "fixed", feminine=True)] = None
            shapes[_Shape(sounds, "a", must_end=True, feminine=True, restored="а")] = None
    if surname and part.suffix in ("strong", "patronymic"):
        for base in part.bases:
            if len(base) >= SHORTEST_BASE:
                for shape in _declined(base, base):
                    note = DROPPED if part.suffix == "strong" else ""
                    shapes[shape._replace(note=note)] = None
    return tuple(shapes)


@cache
def _changed_stems() -> dict[str, tuple[str, str]]:
    """Sounds of a name -> those of its Russian stem, and its nominative."""
    return {
        readings(name)[0].sounds: (readings(stem)[0].sounds, nominative) for name, stem, nominative in rows("stems.tsv")
    }


def _declined(sounds: str, plain: str) -> list[_Shape]:
    """The shapes of a name in the declensions that it may follow."""
    if sounds.endswith(("ski", "skı", "cki")):
        return [_Shape(sounds, "fixed"), _Shape(sounds[:-1], "adjective", must_end=True, restored="ий")]
    if plain.endswith("oy") and len(sounds) > 5:
        adjective = _Shape(sounds[:-2], "adjective", must_end=True, restored="ой")
        return [_Shape(sounds, "consonant"), adjective]
    if sounds in _changed_stems():
        stem, nominative = _changed_stems()[sounds]
        return [_Shape(sounds, "consonant"), _Shape(stem, "consonant", must_end=True, restored=nominative)]
    if sounds.endswith(("skaya", "ckaya")):
        return [_Shape(sounds, "fixed"), _Shape(sounds[:-3], "adjective", must_end=True, restored="ая")]
    if sounds[-1] == "a":
        restored = "йя" if plain.endswith("yya") else "я" if plain.endswith("ya") else "а"
        stem = sounds[:-2] if sounds.endswith("ya") else sounds[:-1]
        return [_Shape(sounds, "fixed"), _Shape(stem, "a", must_end=True, restored=restored)]
    if sounds[-1] == "y":
        return [_Shape(sounds, "consonant"), _Shape(sounds[:-1], "glide", must_end=True, restored="й")]
    if sounds[-1] not in VOWELS or plain.endswith("iy"):
        return [_Shape(sounds, "consonant")]
    return [_Shape(sounds, "fixed")]


def match(part: Part, word: str, language: str, surname: bool) -> Match | None:
    """The best way in which `word` is the part, or None.

    `language` is the ISO 639-1 code of the passage ("" unknown); `surname` allows what only surnames do: a feminine
    form, -ov added or left out, a patronymic instead.
    """
    best: Match | None = None
    for reading in readings(word):
        for found in _tries(part, reading, lower(word), language, surname):
            if best is None or found.cost < best.cost:
                best = found
    return best


def _tries(part: Part, reading: Reading, word: str, language: str, surname: bool) -> list[Match]:
    found = []
    feminine = surname and part.gender == "f" and part.suffix in ("strong", "weak")
    for shape in _shapes(part, surname):
        if abs(len(reading.sounds) - len(shape.sounds)) > LONGEST_ENDING + 3:
            continue
        costs = prefix_costs(shape.sounds, reading.sounds)
        for end in range(len(reading.sounds), max(1, len(shape.sounds) - 3) - 1, -1):
            if len(reading.sounds) - end > LONGEST_ENDING:
                break
            if costs[end] > tolerance(min(len(shape.sounds), end)):
                continue
            if feminine and shape.paradigm == "fixed" and reading.sounds[end - 1] not in VOWELS:
                continue  # Иванов is not Иванова
            rest = _rest(shape.paradigm, reading, end, word, language)
            if rest is not None and (rest.ending is not NONE or not shape.must_end):
                if not (surname and part.suffix and rest.ending.left_over and rest.ending.name == "genitive"):
                    # Ivanova in Latin letters is a woman's name, not a Russian genitive left over.
                    woman = shape.feminine or (part.gender == "m" and rest.ending.feminine)
                    found.append(Match(costs[end], *rest, woman, shape.note, shape.restored))
                continue
            if surname and part.suffix in ("", "patronymic") and not shape.must_end and end >= SHORTEST_BASE:
                added = _added(reading, end, word, language)
                if added is not None:
                    found.append(Match(costs[end], *added, SURNAME if part.suffix else ADDED))
    if surname and part.suffix == "strong":
        found += _father(part, reading, word, language)
    return found


class _Rest(NamedTuple):
    """Where the name ends in the word, in letters, and the ending after it."""

    stem_end: int
    ending: Ending


def _rest(paradigm: str, reading: Reading, end: int, word: str, language: str) -> _Rest | None:
    """What follows the first `end` sounds of the word, None where it is no ending."""
    tail, before = reading.sounds[end:], reading.sounds[end - 1]
    letters = reading.ends[end - 1]
    apostrophe = word[letters : letters + 1] == "ʻ"
    if paradigm == "consonant" and before == "i":
        before = "y"  # Дмитрий: the glide after i is not among the sounds
    found = ending(tail, before, paradigm, language, apostrophe)
    if found is not None:
        return _Rest(letters + (word[letters : letters + 1] in ("ь", "ъ")), found)
    if end - 1 in reading.doubled:
        # The doubled sound is the last of the name and the first of the ending: Асанның.
        found = ending(before + tail, before, paradigm, language, apostrophe)
        if found is not None:
            return _Rest(letters - 1, found)
    return None


def _added(reading: Reading, end: int, word: str, language: str) -> tuple[int, Ending, bool] | None:
    """A surname made of the name: Нұрғали, Нурғалиев; its end, its ending, and whether it is feminine."""
    for suffix in SURNAME_ENDINGS:
        if not reading.sounds.startswith(suffix, end):
            continue
        after = end + len(suffix)
        rest = _rest("consonant", reading, after, word, language)
        if rest is not None:
            return *rest, False
        if reading.sounds.startswith("a", after):
            rest = _rest("fixed", reading, after + 1, word, language)
            if rest is not None:
                return *rest, True
    return None


def _father(part: Part, reading: Reading, word: str, language: str) -> list[Match]:
    """A patronymic made of the same name as the surname: Кекілбаев, Кекілбайұлы.

    Russian patronymics do not serve as surnames: Сергей Иванович is not Сергей Иванов.
    """
    found = []
    for end in range(len(reading.sounds), max(3, len(reading.sounds) - LONGEST_ENDING), -1):
        base, kind, _ = suffix_of(reading.sounds[:end])
        if kind != "patronymic" or reading.sounds[:end].endswith(("č", "na")):
            continue
        rest = _rest("consonant", reading, end, word, language)
        if rest is None:
            continue
        for own in part.bases:
            price = cost(own, base)
            if len(own) >= SHORTEST_BASE and price <= tolerance(min(len(own), len(base))):
                found.append(Match(price, *rest, False, FATHER))
    return found
