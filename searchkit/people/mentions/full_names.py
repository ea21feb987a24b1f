"""Full names: given name and surname beside one another, or given name and patronymic."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from searchkit.languages.name_grammar import name_grammar
from searchkit.people.mentions.evidence import enough
from searchkit.people.mentions.found import Found, report
from searchkit.people.mentions.part_finder import PartFinder, PartMatch
from searchkit.people.mentions.strangers import may_be_genitive, surname_beside
from searchkit.people.names.case_endings import NONE
from searchkit.people.names.declension import FATHER
from searchkit.people.names.given_names import given_name
from searchkit.people.names.inflection import PATRONYMIC_ALONE, restored, same_father
from searchkit.people.names.name_titles import is_particle, words_of_kind
from searchkit.people.names.name_words import Words
from searchkit.people.names.part_match import match
from searchkit.people.spelling.alignment import cost, tolerance
from searchkit.people.spelling.east_asian import is_east_asian_surname
from searchkit.people.spelling.phonemes import VOWELS, lower, readings

MIDDLE = 3
"""How many words may stand between given name and surname: patronymic, initials, a second given name."""

FEMININE_COST = 0.3
"""How far the given name may be off where the surname is feminine and that of the query masculine: Александр Иванов
is not Александра Иванова."""


def full_name(finder: PartFinder, surname: PartMatch) -> Found | None:
    """The full name of which the surname is a part."""
    for given, first, last in _neighbours(finder, surname):
        if not _agree(finder, given, surname):
            continue
        last = _widened(finder, last)
        if given.first > surname.last == given.first - 1 and last == given.last:
            last = _with_initials_after(finder.words, last)
        if _other_surname(finder, surname, first, last):
            continue
        own = (*range(given.first, given.last + 1), *range(surname.first, surname.last + 1))
        signs = [*finder.signs(surname, given), *fathers(finder, first, last, own)]
        man = finder.surname is None or finder.surname.gender != "f"
        if man and _may_be_a_woman(given, surname, finder.words) and not may_be_genitive(finder.words, first, last):
            signs.append("woman's name")
        if enough(signs):
            return report(finder.words, "full name", first, last, [given, surname])
    return _vouched_given_name(finder, surname)


def _vouched_given_name(finder: PartFinder, surname: PartMatch) -> Found | None:
    """A given name in an unusual spelling beside a surname that is rare, or with the patronymic of the query."""
    if surname.match.note or surname.match.feminine:
        return None
    words = finder.words
    before = surname.first - 1
    fathers_words = _patronymic_before(words, before)
    for i in (before - fathers_words, surname.last + 1):
        beside = all(words.beside(k) for k in range(min(i, surname.last), max(i, surname.first)))
        given = finder.doubtful(finder.given, i, False) if beside else None
        if given is None:
            continue
        first, last = min(i, surname.first), _widened(finder, max(i, surname.last))
        signs = [*finder.signs(surname, given), *fathers(finder, first, last, (i, surname.first))]
        if enough([*signs, "rare surname"]) and enough([*signs, *finder.rare_surname(surname)]):
            return report(words, "full name", first, last, [given, surname])
    return None


def _patronymic_before(words: Words, i: int) -> int:
    """How many words up to word i are a patronymic; 0 for none."""
    return 2 if words.patronymic(i - 1) == 2 else words.patronymic(i)


def given_and_patronymic(finder: PartFinder) -> list[Found]:
    """Given name and patronymic of the query without any surname: Нұрсұлтан Әбішұлы."""
    father, words = finder.name.patronymic, finder.words
    if father is None:
        return []
    found = []
    for given in finder.givens():
        count = words.patronymic(given.last + 1) if words.beside(given.last) else 0
        last = given.last + count
        if not count:
            continue
        agrees = same_father(father, words.joined(given.last + 1, last), PATRONYMIC_ALONE)
        signs = [*finder.signs(None, given), "patronymic agrees" if agrees else "another patronymic"]
        if finder.name.surname is not None and surname_beside(words, given.first, last):
            signs.append("another surname")
        if enough(signs):
            found.append(report(words, "given name and patronymic", given.first, last, [given]))
        elif signs[-1] == "another surname":
            found += _vouched_surname(finder, given, last, signs[:-1])
    return found


def _vouched_surname(finder: PartFinder, given: PartMatch, last: int, signs: list[str]) -> list[Found]:
    """A surname in an unusual spelling beside the given name and the patronymic of the query."""
    assert finder.name.surname is not None
    for i in (given.first - 1, last + 1):
        surname = finder.doubtful(finder.name.surname, i, True) if finder.words.beside(min(i, last)) else None
        if surname is not None and enough([*signs, *finder.signs(surname, None)]):
            first, last = min(i, given.first), max(i, last)
            return [report(finder.words, "full name", first, last, [given, surname])]
    return []


def fathers(finder: PartFinder, first: int, last: int, own: Collection[int] = ()) -> list[str]:
    """Whether words first..last hold the patronymic of the query, or another; [] where either has none. The words `own` are
    other parts of the name: Шерзода ends as Tajik patronymics do.
    """
    father, words = finder.name.patronymic, finder.words
    if father is None:
        return []
    for i in range(first, last + 1):
        if i in own:
            continue
        count = words.patronymic(i)
        if not count or i + count - 1 > last:
            continue
        word = words.joined(i, i + count - 1)
        if same_father(father, word):
            return ["patronymic agrees"]
        if finder.surname is None or match(finder.surname, word, words[i].language, True) is None:
            return ["another patronymic"]
    return []


# ------------------------------------------------------------------ given name and surname


def _neighbours(finder: PartFinder, surname: PartMatch) -> Iterator[tuple[PartMatch, int, int]]:
    """Given names beside the surname, with the first and the last word of both."""
    words = finder.words
    i = surname.first - 1
    for _ in range(MIDDLE + 1):
        if i < 0 or not words.beside(i):
            break
        for start in (i - 1, i):
            given = finder.given_at(start)
            if given is not None and given.last == i and not _is_father(finder, given):
                yield given, given.first, surname.last
        if not _may_stand_between(finder, i):
            break
        i -= 1
    i = surname.last + 1
    for step in range(MIDDLE + 1):
        comma = step == 0 and words.comma(i - 1)
        if not words.beside(i - 1) and not comma:
            break
        given = finder.given_at(i)
        if given is not None and not _is_father(finder, given) and not _belongs_to_next(finder, surname, given, comma):
            yield given, surname.first, given.last
        if not _may_stand_between(finder, i):
            break
        i += 1


def _may_stand_between(finder: PartFinder, i: int) -> bool:
    words = finder.words
    if words.initial(i) or words.patronymic(i) or words.patronymic(i - 1) == 2:
        return True
    # Башар аль-Асад, Қадыр Мырза Әлі
    if finder.may_be_middle(i) or is_particle(words[i].text) or lower(words[i].text) in words_of_kind("address"):
        return True
    return _second_given_name(words, i)


def _second_given_name(words: Words, i: int) -> bool:
    """Whether word i is a frequent given name that the query may have left out: Stephen Joseph Harper."""
    if not words.capital(i) or words.surname_like(i):
        return False
    known = given_name(words[i].text, words[i].language)
    return known is not None and known.match.ending is NONE


def _is_father(finder: PartFinder, given: PartMatch) -> bool:
    """«Heydər oğlu Əliyev»: the name is the first word of a patronymic in two."""
    return given.first == given.last and finder.words.patronymic(given.first) == 2


def _belongs_to_next(finder: PartFinder, surname: PartMatch, given: PartMatch, comma: bool) -> bool:
    """«… Тоқаев Нұрлан Ермекбаев …», «Асан Тоқаев, Нұрлан Ермекбаев»: the given name is that of the next person."""
    words = finder.words
    after = given.last + 1
    followed = words.beside(given.last) and words.capital(after) and not words.patronymic(after)
    if comma:
        before = surname.first - 1
        led = before >= 0 and words.beside(before) and words.capital(before)
        if before >= 0 and words.beside(before) and words.initial(before) and _has_surname_after(words, given):
            return True
        return (followed and not words.initial(after)) or (led and not finder.plain(before))
    return followed and words.surname_like(after)


def _has_surname_after(words: Words, given: PartMatch) -> bool:
    """Whether a surname stands after the given name and its patronymic or initials: «А. Тоқаев, Нұрлан Болатұлы Ермекбаев»."""
    last = given.last
    while words.beside(last) and (more := words.patronymic(last + 1) or int(words.initial(last + 1))):
        last += more
    return words.beside(last) and words.surname_like(last + 1)


def _agree(finder: PartFinder, given: PartMatch, surname: PartMatch) -> bool:
    """A feminine surname asks for the very given name; and Russian declines both parts of a man's name or neither, so
    that Александра Ким is no case of Александр Ким.
    """
    if _left_undeclined(finder, given, surname) or (
        not finder.name.certain and _left_undeclined(finder, surname, given)
    ):
        return False
    if _left_over_alone(finder, given, surname) or (
        not finder.name.certain and _left_over_alone(finder, surname, given)
    ):
        return False
    if _given_plural_alone(finder, given, surname):
        return False
    if _ends_too_early(finder, given, surname):
        return False
    if surname.match.ending.plural and surname.match.restored:
        return False  # Толстых is a surname of its own beside a given name.
    if surname.match.feminine:
        return given.match.cost <= FEMININE_COST and not given.match.ending.left_over
    return True


def _given_plural_alone(finder: PartFinder, given: PartMatch, surname: PartMatch) -> bool:
    """Whether the given name of a man is in the Slavic plural and the surname is not: Александры is no case of Александр."""
    if not (given.match.ending.plural and given.match.ending.of_every_part) or surname.match.ending.plural:
        return False
    if finder.surname is not None and finder.surname.gender == "f":
        return False  # Жанары is a case of Жанар.
    return name_grammar(finder.words[given.last].language).every_part_declined


def _ends_too_early(finder: PartFinder, given: PartMatch, surname: PartMatch) -> bool:
    """Whether the first part is only the name with a case ending, in a language that declines the last word alone: «Асқарды Мамин
    қабылдады» names two persons."""
    given_first = given.first < surname.first
    first, part = (given, finder.given) if given_first else (surname, finder.surname or finder.given)
    ending = first.match.ending
    if ending is NONE or ending.of_every_part or ending.left_over or ending.plural or first.match.note:
        return False
    written = {reading.sounds for reading in readings(finder.words.joined(first.first, first.last))}
    written |= {sounds[:-1] for sounds in written if sounds[-1] == "e" and len(sounds) > 2}  # mute: Yvette
    return not any(
        cost(own, sounds) <= tolerance(min(len(own), len(sounds)))
        for sounds in written
        for own in (*part.sounds, *(form.sounds for form in part.forms))
        if (own[-1] in VOWELS) == (sounds[-1] in VOWELS)
    )


def _may_be_a_woman(given: PartMatch, surname: PartMatch, words: Words) -> bool:
    """Whether both parts are read as a man's genitive and may as well be a woman's name: Александра Иванова."""
    if (
        given.first < given.last
        or given.match.ending.name != "genitive"
        or surname.match.ending.name not in ("", "genitive")
    ):
        return False
    if not name_grammar(words[given.last].language).every_part_declined or not words[given.last].text.lower().endswith(
        ("а", "я")
    ):
        return False
    known = given_name(words[given.last].text, words[given.last].language)
    return known is not None and known.gender == "f" and known.match.ending is NONE


def _left_undeclined(finder: PartFinder, one: PartMatch, other: PartMatch) -> bool:
    """Whether one part is in a case of Russian men's names, and the other is not, though it could be."""
    words = finder.words
    if not one.match.ending.of_every_part or one.match.restored not in ("", "й") or other.match.ending is not NONE:
        return False
    if _east_asian(words, one, other):
        return False
    return name_grammar(words[other.last].language).every_part_declined and _declines(words[other.last].text)


def _left_over_alone(finder: PartFinder, one: PartMatch, other: PartMatch) -> bool:
    """Whether one part has a Russian ending left in the transliteration and the other has not, though it could: Roberta Jones
    is a woman, and not Robert Jones."""
    if not one.match.ending.left_over or other.match.ending.left_over or one.match.restored in ("а", "я"):
        return False
    return lower(finder.words[other.last].text)[-1] not in "aeiouy"


def _east_asian(words: Words, one: PartMatch, other: PartMatch) -> bool:
    """Whether the undeclined part is a Chinese or Korean surname before a given name that is no Russian or Turkic one: Дэн
    Сяопина, unlike Ким Евгения."""
    if other.first > one.first or not is_east_asian_surname(words[other.first].text):
        return False
    if one.first < one.last:
        return True  # Чен Ын
    nominative = restored(words[one.last].text[: one.match.stem_end], one.match.restored)
    return given_name(nominative, one.match.ending.language) is None


def _declines(name: str) -> bool:
    """Whether Russian declines a man's name: one that ends in a consonant, but for surnames in -ых."""
    low = lower(name)
    return low[-1] not in "аеёиоуыэюя" and not low.endswith(("ых", "их")) and "Ѐ" <= low[-1] <= "ӿ"


def _widened(finder: PartFinder, last: int) -> int:
    """The last word of the name with the patronymic or the second given name after it."""
    words = finder.words
    if words.beside(last):
        more = words.patronymic(last + 1)
        if more:
            return last + more
        if finder.middle_at(last + 1):
            return last + 1
    return last


def _with_initials_after(words: Words, last: int) -> int:
    """The last word of a name in catalogue order with the initials after the given name: Karimov, Azamat B."""
    end = last
    while words.beside(end) and words.initial(end + 1):
        end += 1
    return last if words.beside(end) and words.capital(end + 1) else end


def _other_surname(finder: PartFinder, surname: PartMatch, first: int, last: int) -> bool:
    """A patronymic was taken for the surname, but there is another surname."""
    return surname.match.note == FATHER and _surname_beside(finder, first, last)


def _surname_beside(finder: PartFinder, first: int, last: int) -> bool:
    words = finder.words
    return (words.beside(last) and words.surname_like(last + 1)) or (
        words.beside(first - 1) and words.surname_like(first - 1)
    )
