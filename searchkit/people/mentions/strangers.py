"""Whether the words beside a name make it another person's, or another form of the name."""

from __future__ import annotations

from searchkit.languages.name_grammar import name_grammar
from searchkit.people.names.common_words import is_common, is_place
from searchkit.people.names.given_names import given_name
from searchkit.people.names.name_words import Words
from searchkit.people.recognition.context_words import is_office
from searchkit.people.spelling.phonemes import lower

LONGEST_ABBREVIATION = 4
_SLAVIC_PATRONYMICS = (
    "ич",
    "вна",
    "чна",
    "ича",
    "ичу",
    "ичем",
    "ыч",
    "іч",
    "іча",
    "ічу",
    "ічем",
    "ічам",
    "ўна",
    "ўны",
    "ўне",
    "ўну",
    "ўнай",
    "вні",
    "вною",
    "вны",
    "вне",
    "вну",
    "вной",
    "ich",
    "itch",
    "ych",
    "vna",
    "chna",
)
_SHE_DID = ("ла", "лась")
_WOMEN_S_OFFICES = ("ица", "иса", "ка", "ша", "арь", "ач", "ья")
_GOVERNS_NO_GENITIVE = frozenset(
    "и а но или не же вот это там здесь вчера сегодня завтра также затем потом тоже".split()
)


def surname_beside(words: Words, first: int, last: int) -> bool:
    """Whether a surname that was not asked for stands beside given name and patronymic, the words first..last."""
    return _surname_after(words, last) or _surname_before(words, first, last)


def _surname_after(words: Words, last: int) -> bool:
    after = last + 1
    if not words.beside(last) or not _named(words, after) or is_place(words[after]):
        return False
    # Many languages have more to say behind a name: «Нұрсұлтан Әбішұлы Елбасы атағын алды».
    slavic = lower(words[last].text).endswith(_SLAVIC_PATRONYMICS)
    surname_follows = slavic or name_grammar(words[after].language).surname_after_patronymic
    return surname_follows or words.surname_like(after) or not is_common(words[after])


def _surname_before(words: Words, first: int, last: int) -> bool:
    before = first - 1
    if not words.beside(before) or not _named(words, before):
        return False
    if words.surname_like(before) or not words.opens_sentence(before):
        return not is_place(words[before])
    if words.gap(last).lstrip(" ")[:1] in tuple("\n,;.()") or last + 1 == len(words):
        return True  # a line of a list: Мороз Сергей Анатольевич
    word = words[before]
    return not (is_common(word) or word.text.endswith(name_grammar(word.language).verb_endings))


def _named(words: Words, i: int) -> bool:
    """Whether word i may be a surname by its capital: no initial, title or office."""
    return words.capital(i) and not words.initial(i) and not words.is_plain(i) and not is_office(words[i].text)


def another_given_name(words: Words, first: int, last: int) -> bool:
    """Whether a given name or initials stand after the surname of words first..last: Иванов Сергей, Иванов С. Г."""
    after = last + 1
    if not words.beside(last) and not (words.comma(last) and words.initial(after)):
        return False
    if words.initial(after):
        end = after
        while words.initial(end + 1) and words.beside(end):
            end += 1
        # «Мамин Қ.Тоқаевпен кездесті»: the initial is that of the next name.
        return not (words.beside(end) and words.capital(end + 1))
    if not words.capital(after):
        return False
    if words.beside(after) and words.capital(after + 1) and not words.patronymic(after + 1):
        return False  # «Тоқаев Нұрлан Ермекбаевты қабылдады»
    if words.patronymic(after + 1) and words.beside(after):
        return True
    return given_name(words[after].text, words[after].language) is not None


def may_be_genitive(words: Words, first: int, last: int) -> bool:
    """Whether a name of words first..last that may be a woman's, or a man's in the genitive (А. Иванова), is the latter: a word
    before it in the sentence governs it, and no woman does anything after it."""
    before, after = first - 1, last + 1
    if before < 0:
        return False
    if words.beside(last) and not words.capital(after) and words[after].text.endswith(_SHE_DID):
        subject = lower(words[before].text)  # «Книга А. Иванова вышла»: the book did.
        if not subject.endswith(("а", "я", "ь")) or is_office(subject):
            return False
    gap = words.gap(before).strip(" \xa0\n")
    if gap == "." and words[before].text.islower() and len(words[before].text) <= LONGEST_ABBREVIATION:
        return True  # ул. А. Иванова, им. А. Иванова
    if gap == "," or (not gap and lower(words[before].text) == "и"):
        return _after_a_genitive(words, before if gap else before - 1)
    if gap or not words.beside(before):
        return False
    return _governs(words, before)


def _after_a_genitive(words: Words, i: int) -> bool:
    """Whether word i, before a comma or «и», ends a name that may be in the genitive as well."""
    return i >= 0 and words.capital(i) and words[i].text.endswith(("а", "я", "ого", "его"))


def _governs(words: Words, i: int) -> bool:
    low = lower(words[i].text)
    if low.endswith(_SHE_DID) or low in _GOVERNS_NO_GENITIVE:
        return False
    if is_office(low) or words.is_plain(i):
        return low.endswith(("а", "я", "ого", "его")) and not low.endswith(_WOMEN_S_OFFICES)
    return True
