"""Less than a full name: a surname with initials, one part alone, a query of one word."""

from __future__ import annotations

from searchkit import languages
from searchkit.people.mentions.found import Found, report
from searchkit.people.mentions.full_names import other_father
from searchkit.people.mentions.part_finder import PartFinder, PartMatch
from searchkit.people.names.declension import FATHER
from searchkit.people.names.initials import initial_fits
from searchkit.people.names.name_words import names_a_thing
from searchkit.people.names.parser import make_part
from searchkit.text.normalise import fold

# ------------------------------------------------------------------ initials


def with_initials(finder: PartFinder, surname: PartMatch) -> Found | None:
    """The surname with initials that fit, before or after it: Қ.К. Тоқаев, Тоқаев Қ."""
    words = finder.words
    match = surname.match
    if match.feminine and words[surname.last].language != "ru":
        return None
    first = surname.first
    while words.initial(first - 1) and words.beside(first - 1):
        first -= 1
    if first < surname.first:
        if _letters_fit(finder, first, surname.first - 1) and not _a_father(finder, surname):
            return report(words, "initials", first, surname.last, [surname])
        return None
    if match.note == FATHER:
        return None  # Болатұлы Қ. may be a given name's patronymic; Қ. Болатұлы is a surname.
    last = surname.last
    while words.initial(last + 1) and (words.beside(last) or (last == surname.last and words.comma(last))):
        last += 1
    if last == surname.last or _belong_to_next(finder, surname.last + 1, last):
        return None
    if _letters_fit(finder, surname.last + 1, last):
        return report(words, "initials", surname.first, last, [surname])
    return None


def _a_father(finder: PartFinder, surname: PartMatch) -> bool:
    """«А. Болатұлы Мамин»: the word in -ұлы is no surname, since one stands beside it."""
    return surname.match.note == FATHER and finder.words.beside(surname.last) and finder.words.capital(surname.last + 1)


def _belong_to_next(finder: PartFinder, first: int, last: int) -> bool:
    """«Мамин Қ.Тоқаевпен кездесті»: the initials belong to the name after them."""
    words = finder.words
    if not words.beside(last) or not words.capital(last + 1):
        return False
    return first == last or not words.gap(last).strip(".")


def _letters_fit(finder: PartFinder, first: int, last: int) -> bool:
    """Whether the initials first..last may be those of given name and patronymic, in this order."""
    letters = [finder.words[k].text for k in range(first, last + 1)]
    name, given = finder.name, finder.given
    if not initial_fits(letters[0], given):
        return False
    if given.initial:
        others = list(name.given[1:])
    elif name.patronymic is not None:
        others = [*map(make_part, given.pieces[1:]), *name.given[1:], name.patronymic]
    else:
        return True  # any letter may be that of a patronymic
    return not others or all(any(initial_fits(letter, part) for part in others) for letter in letters[1:])


# ------------------------------------------------------------------ one part


def only_name(finder: PartFinder) -> list[Found]:
    """The query is one word: every part_match of it, alone or in a longer name."""
    return [
        report(finder.words, "one name", part_match.first, part_match.last, [part_match])
        for part_match in finder.surnames()
        if not part_match.match.ending.plural and not finder.is_town(part_match)
    ]


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
    if other_father(finder, part_match.first, last) or (words.beside(last) and words.capital(last + 1)):
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
