"""The shapes in which a name stands in a sentence: the sounds to look for, and the endings that may follow them.

Most names only take endings. Russian also changes the stem:

- surnames that are adjectives: Горький, Горького; Белая, Белой; Крутой, Крутому;
- a vowel that comes and goes: Кравец, Кравца; Заяц, Зайца; Орёл, Орла (`data/stems.tsv`);
- names in -а, -я, -й, which give way to the ending: Дарига, Дариги; Цой, Цоя.

Where both kinds are said (Швец, Швеца and Шевца), both are looked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from searchkit.people.names.case_endings import ends_in_possessive
from searchkit.people.names.name_parser import Part
from searchkit.people.names.name_suffixes import suffix_of
from searchkit.people.spelling.data_files import rows
from searchkit.people.spelling.phonemes import VOWELS, is_cyrillic, readings

SHORTEST_BASE = 4
"""How many sounds a name needs before its surname may drop or add -ов: Хан is not Ханов."""
SHORTEST_ADJECTIVE = 3
"""Sounds before the -ый, -ий, -ой of a surname that is an adjective; Цой is none."""

ADJECTIVE_OF_WOMEN = "adjective, feminine"
"""The paradigm of Плисецкая and Белая."""
SOFT = "a after a soft sign"
"""The paradigm of София in its other form Софья: Софье."""
SOFTENED = "softened"
"""The paradigm of names in -ка, -га, -ха whose consonant changes."""
_LATVIAN = re.compile("[āēģīķļņĀĒĢĪĶĻŅ]|(?:ньш|[лмнрдт]с)$")
"""A name that is Latvian by its letters or its end, so that it is looked for without its -s as well."""
BALTIC = "baltic"
"""The paradigm of names in -s and -š, which these leave."""
_SOFT_CONSONANTS = {"k": ("c", "ц>ка"), "g": ("z", "з>га"), "h": ("s", "с>ха")}
SHORTEST_IN_Y = 6
"""Sounds of a Latin name in -i or -y that may be a Russian one in -ий."""


class Shape(NamedTuple):
    """Sounds to look for at the start of a word, and what may follow them.

    `must_end`: only with a Russian ending, since the stem has changed. `soft`: a soft sign must stand after the sounds.
    `restored` is what the nominative has after them (see `inflection.restored`).
    """

    sounds: str
    paradigm: str
    must_end: bool = False
    feminine: bool = False
    note: str = ""
    restored: str = ""
    soft: bool = False


ADDED = "surname with -ov or -ev"
DROPPED = "surname without -ov or -ev"
FATHER = "patronymic for surname"
SURNAME = "surname for patronymic"


@lru_cache(maxsize=1 << 10)
def shapes(part: Part, surname: bool) -> tuple[Shape, ...]:
    found: dict[Shape, None] = {}
    latin = not is_cyrillic(part.text)
    own = zip(part.sounds, part.plain * len(part.sounds), strict=False)
    for sounds, plain in (*own, *part.forms):
        for shape in _declined(sounds, plain, latin):
            found[shape] = None
        if sounds.endswith("enko") or (sounds[-1:] == "o" and (sounds, plain) in part.forms):
            # Ukrainian declines them: Дмитра, Шевченком.
            found[Shape(sounds[:-1], "consonant", must_end=True, restored="о")] = None
        if not surname:
            continue
        found.update(dict.fromkeys((*_adjectives(sounds, plain, latin), *_fleeting(sounds))))
        if part.suffix in ("strong", "weak") and part.gender == "m" and sounds[-1] not in VOWELS:
            found[Shape(sounds + "a", "fixed", feminine=True)] = None
            found[Shape(sounds, "a", must_end=True, feminine=True, restored="а")] = None
    if surname and part.suffix in ("strong", "patronymic"):
        for base in bases(part):
            if len(base) >= SHORTEST_BASE and not base.endswith("c"):  # Кравца is Кравец, and not Кравцов.
                for shape in _declined(base, base, latin):
                    note = DROPPED if part.suffix == "strong" else ""
                    found[shape._replace(note=note)] = None
    return tuple(found)


def bases(part: Part) -> Iterator[str]:
    """The name that a surname in -ов or a patronymic is made of; that of Ивановский is none."""
    for sounds in part.sounds:
        base, kind, _ = suffix_of(sounds)
        if kind == "patronymic" or (kind == "strong" and "v" in sounds[len(base) :]):
            if sounds[len(base)] == "i":
                yield base + "i"  # Нұрғали-ев; but Надыр-иев as well
            if sounds[len(base)] == "e" and base[-1] in VOWELS:
                yield base + "y"  # Шоқай, Чока-ев
            yield base


@cache
def _changed_stems() -> dict[str, tuple[str, str]]:
    """Sounds of a whole name -> those of its Russian stem, and its nominative."""
    return {
        readings(name)[0].sounds: (readings(stem)[0].sounds, nominative)
        for kind, name, stem, nominative, _ in rows("stems.tsv")
        if kind == "name"
    }


@cache
def _fleeting_ends() -> tuple[tuple[str, str, str], ...]:
    """(sounds that a surname ends in, those of its stem, the change back for `inflection.restored`)."""
    return tuple(
        (_sounds_within(end), _sounds_within(stem), f"{stem}>{nominative}")
        for kind, end, stem, nominative, _ in rows("stems.tsv")
        if kind == "end"
    )


def _sounds_within(letters: str) -> str:
    """The sounds of letters within a word."""
    before = "га" if letters[0] in "йь" else "аг"
    return readings(before + letters)[0].sounds[2:]


def _fleeting(sounds: str) -> Iterator[Shape]:
    """The stems of a surname whose last vowel Russian drops in the oblique cases."""
    for end, stem, restored in _fleeting_ends():
        left = sounds.removesuffix(end)
        if left != sounds and len(left) >= 2:
            if left[-1] in VOWELS and end[0] != "y":
                if end == "ec":
                    yield Shape(left + "y" + stem, "consonant", must_end=True, restored="й" + restored)
            else:
                yield Shape(left + stem, "consonant", must_end=True, restored=restored, soft=restored[:2] == "ь>")


def _adjectives(sounds: str, plain: str, latin: bool) -> Iterator[Shape]:
    """The stems of a surname that may be an adjective."""
    if sounds.endswith(("ski", "skı", "cki", "skaya", "ckaya")):
        return  # `_declined` knows these wherever they stand.
    if sounds.endswith("aya") and len(sounds) - 3 >= SHORTEST_ADJECTIVE:
        yield Shape(sounds[:-3], ADJECTIVE_OF_WOMEN, must_end=True, restored="ая")
    elif plain.endswith("oy") and len(sounds) - 2 >= SHORTEST_ADJECTIVE:
        yield Shape(sounds[:-2], "adjective", must_end=True, restored="ой")
    elif sounds[-1] in "iı" and len(sounds) - 1 >= SHORTEST_ADJECTIVE and (latin or plain.endswith("y")):
        yield Shape(sounds[:-1], "adjective", must_end=True, restored="ый" if sounds[-1] == "ı" else "ий")


def _softened(stem: str) -> Iterator[Shape]:
    """Ukrainian and Belarusian change a consonant before the ending of the dative: Українка, Українці; Ольга, Ользі."""
    if stem[-1:] in _SOFT_CONSONANTS and len(stem) > 2:
        sound, restored = _SOFT_CONSONANTS[stem[-1]]
        yield Shape(stem[:-1] + sound, SOFTENED, must_end=True, restored=restored)


def _without_baltic_end(sounds: str) -> Iterator[Shape]:
    """The stem of a Latvian name, whose -s or -š gives way to the endings: Kariņš, Kariņa; Krišjānis, Krišjānim."""
    for end, stem, restored in (("is", "", "ис"), ("s", "", "с"), ("š", "", "ш"), ("c", "t", "с")):
        if sounds.endswith(end) and len(sounds) - len(end) >= SHORTEST_ADJECTIVE:
            yield Shape(sounds[: -len(end)] + stem, BALTIC, must_end=True, restored=restored)


def changed_stems(part: Part) -> tuple[str, ...]:
    """The sounds of stems that an ending may follow and that do not begin as the name does: Заяц, Зайца; Українка, Українці."""
    found = [shape.sounds for sounds in part.sounds for shape in _fleeting(sounds)]
    if _LATVIAN.search(part.text):
        found += [shape.sounds for sounds in part.sounds for shape in _without_baltic_end(sounds)]
    found += [shape.sounds for sounds in part.sounds if sounds[-1] == "a" for shape in _softened(sounds[:-1])]
    return tuple(found)


def _declined(sounds: str, plain: str, latin: bool) -> list[Shape]:
    """The shapes of a name in the declensions that it may follow; `latin`: it is spelled in Latin letters."""
    if sounds.endswith(("ski", "skı", "cki")):
        return [Shape(sounds, "fixed"), Shape(sounds[:-1], "adjective", must_end=True, restored="ий")]
    if sounds in _changed_stems():
        stem, nominative = _changed_stems()[sounds]
        return [Shape(sounds, "consonant"), Shape(stem, "consonant", must_end=True, restored=nominative)]
    if sounds.endswith(("skaya", "ckaya")):
        return [Shape(sounds, "fixed"), Shape(sounds[:-3], ADJECTIVE_OF_WOMEN, must_end=True, restored="ая")]
    if sounds[-1] == "a":
        restored = "йя" if plain.endswith("yya") else "я" if plain.endswith("ya") else "а"
        stem = sounds[:-2] if sounds.endswith("ya") else sounds[:-1]
        found = [Shape(sounds, "fixed"), Shape(stem, "a", must_end=True, restored=restored)]
        found += _softened(stem)
        if sounds.endswith("ia"):
            found.append(Shape(sounds[:-2], SOFT, must_end=True, restored="ья"))
        return found
    if sounds.endswith("o"):
        # Uzbek Mustafo is Мустафа in Russian.
        declined = Shape(sounds[:-1], "a", must_end=True, restored="а")
        return [Shape(sounds, "fixed"), declined, Shape(sounds[:-1], "o", must_end=True, restored="о")]
    if sounds.endswith("lah"):
        return [Shape(sounds, "consonant"), *_declined(sounds[:-1], sounds[:-1], latin)]
    if sounds[-1] == "y" or (sounds[-1] == "i" and sounds[-2:-1] in VOWELS and not plain.endswith("iy")):
        # Latin spellings write й as i after a vowel: Abai, Tsoi.
        return [Shape(sounds, "consonant"), Shape(sounds[:-1], "glide", must_end=True, restored="й")]
    if ends_in_possessive(sounds):
        return [Shape(sounds, "possessive")]
    if latin and len(sounds) >= SHORTEST_IN_Y and sounds[-1] in "iı" and not plain.endswith("iy"):
        # Georgi, Gennady are Георгий, Геннадий; shorter names in -i are more often Али, whose feminine is Алия.
        return [Shape(sounds, "fixed"), Shape(sounds, "consonant")]
    if sounds[-1] not in VOWELS or plain.endswith("iy"):
        return [Shape(sounds, "consonant"), *_without_baltic_end(sounds)]
    return [Shape(sounds, "fixed")]
