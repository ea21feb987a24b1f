"""Names as people type them: which word is the given name, which the surname, the patronymic, an initial.

Any alphabet, any case, any order: «Тоқаев Қасым-Жомарт Кемелұлы», "tokayev, k.-j.", "Mr. D. Kadyrov". In this order:

1. Words are cut out with the mark that follows them; titles are skipped (`data/titles.tsv`).
2. A patronymic is told by its ending, joined or apart (Болатұлы, Болат ұлы), and never the only word beside one.
3. A comma, capitals, the ending of a surname, the place of the patronymic tell the surname; else it is the last word,
   and `Name.certain` is False.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

from searchkit.people.names.name_suffixes import is_patronymic, is_patronymic_word, suffix_of
from searchkit.people.names.name_titles import is_particle, is_rank, words_of_kind
from searchkit.people.spelling.east_asian import is_east_asian, is_east_asian_surname, other_alphabet
from searchkit.people.spelling.name_forms import FormSounds, other_bases, other_forms
from searchkit.people.spelling.phonemes import APOSTROPHES, VOWELS, WORD, lower, readings

SHORTEST_WITH_A = 5
"""Sounds of a woman's given name that may stand with and without -а."""
WITHOUT_A = frozenset("rlmnzš")
"""Sounds after which Kazakh and Uzbek may drop the -а: Гульнара, Динара, Айгерима."""
LONGEST_NAME = 200
"""Code points; a longer text is no name."""


@dataclass(frozen=True)
class Part:
    """One part of a name. `pieces` are its words: two for Касым-Жомарт. `initial`: only the first letters are known.

    `bases` are its sounds without the ending of a surname or a patronymic, `suffix` the kind of that ending ("strong",
    "weak", "patronymic" or ""), `gender` "m", "f" or "" where the ending does not tell. `forms` are those that other
    languages have for a given name (Сергій for Сергей).
    """

    pieces: tuple[str, ...]
    initial: bool = False
    sounds: tuple[str, ...] = ()
    plain: tuple[str, ...] = ()
    bases: tuple[str, ...] = ()
    suffix: str = ""
    gender: str = ""
    forms: tuple[FormSounds, ...] = ()
    east_asian: bool = False
    """Chinese or Korean: the syllables of a given name may stand apart, and `forms` are those of the other alphabet."""

    @property
    def text(self) -> str:
        return "-".join(self.pieces)


@dataclass(frozen=True)
class Name:
    """A name taken apart. `given` may hold several parts: the first name first, then middle names.

    `certain` is False where given name and surname may as well be the other way round.
    """

    text: str
    given: tuple[Part, ...] = ()
    surname: Part | None = None
    patronymic: Part | None = None
    certain: bool = True


def make_part(*pieces: str, initial: bool = False, east_asian: bool = False, other_languages: bool = True) -> Part:
    """The part with its sounds; `east_asian`: with those that the other alphabet has for its syllables as well. Without
    `other_languages` it has no forms of theirs."""
    found = readings("".join(pieces))
    split = [suffix_of(reading.sounds) for reading in found]
    _, suffix, gender = next((each for each in split if each[1]), ("", "", ""))
    bases = [base for base, _, _ in split]
    if suffix == "patronymic":
        bases += [base for own in bases for base in other_bases(own)]
    none = initial or suffix == "patronymic" or not other_languages
    forms = [] if none else [form for each in found for form in other_forms(each.sounds)]
    forms += other_alphabet("".join(pieces)) if east_asian else ()
    return Part(
        pieces,
        initial,
        tuple(reading.sounds for reading in found),
        tuple(dict.fromkeys(reading.plain for reading in found)),
        tuple(dict.fromkeys(bases)),
        suffix,
        gender,
        tuple(dict.fromkeys(forms)),
        east_asian,
    )


_JOINED = tuple(word.capitalize() for word in sorted(words_of_kind("prefix")))
"""Prefixes before a capital within one word: McDonnell, ДиКаприо."""
CAMEL = re.compile(
    rf"(?<=[^\W\d_A-ZА-ЯЁӘҒҚҢӨҰҮҺІЎҲ{APOSTROPHES}])"
    + "".join(rf"(?<!\b{prefix})" for prefix in _JOINED)
    + "(?=[A-ZА-ЯЁӘҒҚҢӨҰҮҺІЎҲ])"
)
"""Where two words are run together: ArmanTuleshovich, but not OʻMalley."""

_MARKS = re.compile("[\u0300-\u036f\ufe20-\ufe2f]")
_HYPHENS = "-‐‑‒–"


@dataclass(frozen=True)
class _Word:
    """A word of the query, hyphenated ones whole, and the character after it."""

    pieces: tuple[str, ...]
    mark: str

    @property
    def text(self) -> str:
        return "".join(self.pieces)

    @property
    def initial(self) -> bool:
        return all(
            len(piece) == 1 or (self.mark == "." and lower(piece) in words_of_kind("initial")) for piece in self.pieces
        )


def _composed(name: str) -> str:
    """The name with each letter and its marks in one, without ligature ties: I͡Uliia is IUliia."""
    return _MARKS.sub("", unicodedata.normalize("NFC", name))


def _words(name: str) -> list[_Word]:
    name = CAMEL.sub(" ", name)
    words: list[_Word] = []
    for match in WORD.finditer(name):
        mark = name[match.end() : match.end() + 1]
        between = name[: match.start()].rstrip(".")[-1:]
        if words and between and between in _HYPHENS and not name[: match.start()].endswith(" "):
            pieces = words[-1].pieces
            if len(pieces) == 1 and is_particle(pieces[0]):
                words[-1] = _Word((match[0],), mark)
            elif is_patronymic_word(match[0]):
                words[-1] = _Word((*pieces[:-1], pieces[-1] + match[0]), mark)
            else:
                words[-1] = _Word((*pieces, match[0]), mark)
        elif words and is_patronymic_word(match[0]) and not words[-1].initial:
            words[-1] = _Word((words[-1].text + match[0],), mark)
        else:
            words.append(_Word((match[0],), mark))
    return words


def _without_titles(words: list[_Word]) -> list[_Word]:
    names = [word for word in words if not _is_no_name(word.text)] or words[-1:]
    last = names[-1] if len(names) > 2 and lower(names[-1].text) in words_of_kind("surname") else None
    without = [word for word in names if word is last or lower(word.text) not in words_of_kind("title")]
    return without if len(without) >= 2 else names


def _is_no_name(word: str) -> bool:
    return lower(word) in words_of_kind("address") or (len(word) > 4 and is_rank(word))


def parse(name: str) -> Name:
    """The parts of a name as typed.

    A text without Cyrillic or Latin letters, or longer than `LONGEST_NAME`, gives a `Name` without parts.
    """
    if len(name) > LONGEST_NAME:
        return Name(name)
    words = _without_titles([word for word in _words(_composed(name)) if readings(word.text)])
    initials = tuple(make_part(*word.pieces, initial=True) for word in words if word.initial)
    full = [word for word in words if not word.initial]
    if not full:
        return Name(name)
    if not initials and is_east_asian([word.text for word in full]):
        return _east_asian_name(name, full)
    patronymic = None
    if len(full) > 2 or (len(full) == 2 and initials):
        patronymic = next((word for word in full[1:] if is_patronymic(word.text)), None)
    rest = [word for word in full if word is not patronymic]
    surname, certain = _surname(full, rest, patronymic, bool(initials))
    given = tuple(make_part(*word.pieces) for word in rest if word is not surname) + initials
    if surname is None:
        return Name(name, given, certain=False)
    family = make_part(*surname.pieces)
    if family.gender == "f":
        given = tuple(_of_a_woman(part) for part in given)
    return Name(
        name,
        given,
        family,
        make_part(*patronymic.pieces) if patronymic else None,
        certain,
    )


def _of_a_woman(given: Part) -> Part:
    """The given name of a woman, with the -а that Russian adds, or without it: Айнұр is Айнура, and Гульнара is Гүлнар."""
    forms = list(given.forms)
    for sounds, plain in zip(given.sounds, given.plain * len(given.sounds), strict=False):
        if given.initial or len(sounds) < SHORTEST_WITH_A:
            continue
        if sounds[-1] not in VOWELS and sounds[-1] != "y":
            forms.append(FormSounds(sounds + "a", plain + "a"))
        elif sounds[-1] == "a" and sounds[-2] in WITHOUT_A and plain[-1] == "a":
            forms.append(FormSounds(sounds[:-1], plain[:-1]))
    return replace(given, forms=tuple(dict.fromkeys(forms)))


def _east_asian_name(name: str, words: list[_Word]) -> Name:
    """A Chinese or Korean name: surname first, or last as in the West, and a given name in one word, with a hyphen, or in two."""
    last = words[-1]
    surname = last if not is_east_asian_surname(words[0].text) else words[0]
    given = "".join(word.text for word in words if word is not surname)
    certain = len(words) > 2 or surname is last or not is_east_asian_surname(last.text)
    return Name(name, (make_part(given, east_asian=True),), make_part(surname.text, east_asian=True), certain=certain)


def _surname(
    full: list[_Word], rest: list[_Word], patronymic: _Word | None, initials: bool
) -> tuple[_Word | None, bool]:
    """The surname among the words that are no patronymic, and whether that is certain."""
    if len(rest) == 1:
        return (rest[0], True) if initials or patronymic else (None, False)
    if rest[0].mark == ",":
        return rest[0], True
    fathers = [word for word in rest if is_patronymic(word.text)]
    strong = [word for word in rest if _has_surname_ending(word.text)]
    # Гурбангулы Бердымухамедов: the first word is a given name in -құлы.
    if len(rest) == 2 and len(fathers) == 1 and not (fathers == rest[:1] and strong == rest[1:]):
        return fathers[0], True
    if len(strong) == 1:
        return strong[0], True
    if patronymic is not None:
        return (rest[0], True) if patronymic is full[-1] else (rest[-1], True)
    capitals = [word for word in rest if word.text.isupper()]
    if len(capitals) == 1:
        return capitals[0], True
    return rest[-1], False


def _has_surname_ending(word: str) -> bool:
    return any(suffix_of(reading.sounds)[1] == "strong" for reading in readings(word))
