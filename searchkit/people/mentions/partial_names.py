"""Less than a full name: a surname with initials, one part alone, a query of one word."""

from __future__ import annotations

from searchkit import languages
from searchkit.languages.name_grammar import name_grammar
from searchkit.model import Token
from searchkit.people.mentions.evidence import enough
from searchkit.people.mentions.found import Found, report
from searchkit.people.mentions.full_names import fathers
from searchkit.people.mentions.part_finder import PartFinder, PartMatch
from searchkit.people.mentions.strangers import another_given_name, may_be_genitive
from searchkit.people.names.common_words import is_common
from searchkit.people.names.declension import DROPPED, FATHER
from searchkit.people.names.given_names import given_name
from searchkit.people.names.initials import initial_fits
from searchkit.people.names.name_parser import make_part
from searchkit.people.names.name_words import Words, names_a_thing
from searchkit.text.normalise import fold

# ------------------------------------------------------------------ initials


def with_initials(finder: PartFinder, surname: PartMatch) -> Found | None:
    """The surname with initials that fit, before or after it: Қ.К. Тоқаев, Тоқаев Қ."""
    words = finder.words
    match = surname.match
    if match.feminine and not _may_be_a_man(words[surname.last]):
        return None
    first, last = _initials_before(words, surname), _initials_after(words, surname)
    if last > surname.last and _belong_to_next(finder, surname.last + 1, last):
        last = surname.last
    if first < surname.first and last > surname.last and _belong_to_name_before(words, first):
        first = surname.first
    if first < surname.first:
        letters, last = range(first, surname.first), surname.last
        if _a_father(finder, surname):
            return None
    elif last > surname.last and match.note != FATHER:
        letters = range(surname.last + 1, last + 1)
    else:
        return None  # Болатұлы Қ. may be a given name's patronymic; Қ. Болатұлы is a surname.
    signs = [*finder.signs(surname, None), *_letters_say(finder, letters)]
    if _may_be_a_woman(words, surname) and not may_be_genitive(words, first, last):
        signs.append("woman's name")
    return report(words, "initials", first, last, [surname]) if enough(signs) else None


def _initials_before(words: Words, surname: PartMatch) -> int:
    """The first of the initials before the surname; its own first word where there is none."""
    first = surname.first
    while words.initial(first - 1) and words.beside(first - 1):
        first -= 1
    return first


def _initials_after(words: Words, surname: PartMatch) -> int:
    """The last of the initials after the surname; its own last word where there is none."""
    last = surname.last
    while words.initial(last + 1) and (words.beside(last) or (last == surname.last and words.comma(last))):
        last += 1
    return last


def _belong_to_name_before(words: Words, first: int) -> bool:
    """«Азимов Р.С. Каримова Г.И.»: the initials before a surname that has others after it are those of the surname before."""
    if not words.beside(first - 1) or not words.surname_like(first - 1):
        return False
    start = first - 1
    while words.beside(start - 1) and (words.initial(start - 1) or words.surname_like(start - 1)):
        start -= 1
    return not words.initial(start)  # «Р.С. Азимов Г.И. Каримова»: all have their initials before them.


def _may_be_a_man(word: Token) -> bool:
    """Whether a woman's surname may be a man's in the genitive: «А. Ивановой» is not."""
    return name_grammar(word.language).every_part_declined and word.text.lower().endswith(("а", "a"))


def _may_be_a_woman(words: Words, surname: PartMatch) -> bool:
    """Whether a man's surname in the genitive may be a woman's: Иванова."""
    match = surname.match
    return match.feminine or (match.ending.name == "genitive" and words[surname.last].text.lower().endswith("а"))


def _a_father(finder: PartFinder, surname: PartMatch) -> bool:
    """«А. Болатұлы Мамин»: the word in -ұлы is no surname, since one stands beside it."""
    return surname.match.note == FATHER and finder.words.beside(surname.last) and finder.words.capital(surname.last + 1)


def _belong_to_next(finder: PartFinder, first: int, last: int) -> bool:
    """«Мамин Қ.Тоқаевпен кездесті»: the initials belong to the name after them."""
    words = finder.words
    if not words.beside(last) or not words.capital(last + 1) or "\n" in words.gap(last):
        return False
    if words.gap(last) != "." and is_common(words[last + 1]) and not words.surname_like(last + 1):
        return False  # Каримов А. История края
    return first == last or not words.gap(last).strip(".")


def _letters_say(finder: PartFinder, initials: range) -> list[str]:
    """Whether the initials may be those of given name and patronymic, in this order."""
    letters = [finder.words[k].text for k in initials]
    name, given = finder.name, finder.given
    if not initial_fits(letters[0], given):
        return ["another initial"]
    if given.initial:
        others = list(name.given[1:])
    elif name.patronymic is not None:
        others = [*map(make_part, given.pieces[1:]), *name.given[1:], name.patronymic]
    else:
        others = []  # any letter may be that of a patronymic
    if others and not all(any(initial_fits(letter, part) for part in others) for letter in letters[1:]):
        return ["another initial"]
    return ["initial"]


# ------------------------------------------------------------------ one part


def only_name(finder: PartFinder) -> list[Found]:
    """The query is one word: every place of it, alone or in a longer name."""
    return [
        report(finder.words, "one name", part_match.first, part_match.last, [part_match])
        for part_match in finder.surnames()
        if not part_match.match.ending.plural
        and not finder.is_town(part_match)
        and not _given_name_of_surname(finder, part_match)
    ]


def _given_name_of_surname(finder: PartFinder, part_match: PartMatch) -> bool:
    """Whether a surname was asked for, and the word is the given name that it is made of: Иван for Иванов. It is the surname
    where a given name stands before it and no other after it: Болат Нұрғали."""
    words = finder.words
    if part_match.match.note not in (DROPPED, FATHER):
        return False
    before = part_match.first - 1
    led = words.beside(before) and given_name(words[before].text, words[before].language) is not None
    return not led or (words.beside(part_match.last) and words.capital(part_match.last + 1))


def surname_alone(finder: PartFinder, part_match: PartMatch) -> Found | None:
    """The surname with nothing beside it that makes it another person, a family or an institution."""
    words = finder.words
    if (
        part_match.match.note
        or part_match.match.feminine
        or part_match.match.ending.plural
        or _stop_word(finder, part_match)
    ):
        return None
    before, after = part_match.first - 1, part_match.last + 1
    if names_a_thing(words, part_match.first, part_match.last) or _name_before(finder, before):
        return None
    if words.beside(part_match.last) and (words.patronymic(after) or words.hyphen(part_match.last)):
        return None
    if another_given_name(words, part_match.first, part_match.last):
        return None
    return report(words, "surname alone", part_match.first, part_match.last, [part_match])


def given_alone(finder: PartFinder, part_match: PartMatch) -> Found | None:
    """The given name with nothing beside it but a patronymic."""
    words = finder.words
    if (
        part_match.match.note
        or part_match.match.ending.plural
        or finder.is_town(part_match)
        or _stop_word(finder, part_match)
    ):
        return None
    if names_a_thing(words, part_match.first, part_match.last) or _name_before(finder, part_match.first - 1):
        return None
    last = part_match.last
    if words.beside(last):
        last += words.patronymic(last + 1)
    if "another patronymic" in fathers(finder, part_match.first, last) or (
        words.beside(last) and words.capital(last + 1)
    ):
        return None
    return report(words, "given name alone", part_match.first, last, [part_match])


def _stop_word(finder: PartFinder, part_match: PartMatch) -> bool:
    """Whether the word alone says something else, as Uzbek Ular (they) does."""
    word = finder.words[part_match.first]
    if part_match.first != part_match.last or word.language not in languages.codes():
        return False
    language = languages.get(word.language)
    return language.normalise(fold(word.text)) in language.stop_words


def _name_before(finder: PartFinder, i: int) -> bool:
    """Whether the word before a name may belong to it."""
    words = finder.words
    return words.beside(i) and words.capital(i) and (words.initial(i) or not finder.plain(i))
