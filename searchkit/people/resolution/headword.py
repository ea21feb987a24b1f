"""Under which of its forms a person is listed: the most frequent full one, in the nominative.

Russian leaves some nominatives open: «о Степане Бандере» may be of Бандер and of Бандера, and «Лионеля Месси» of nobody's known given
name. What else the collection holds settles it: a form that is a case of another of the same person gives way to it.
"""

from __future__ import annotations

from collections import Counter

from searchkit.languages.name_grammar import name_grammar
from searchkit.people.names.case_endings import NONE
from searchkit.people.names.name_parser import make_part
from searchkit.people.names.part_match import match_letters
from searchkit.people.recognition.recognised_form import NameForm
from searchkit.people.spelling.phonemes import is_cyrillic

MOST_COMPARED = 20
"""Forms, the most frequent first."""
_COMMON = frozenset("abcdefghijklmnopqrstuvwxyzабвгдежзийклмнопрстуфхцчшщъыьэюяё .-’'")
"""Letters that say nothing of the language a name comes from."""


def headword(forms: Counter[NameForm]) -> str:
    """The form, as it is written, that stands for a person's forms, which are given with their mentions."""
    full: Counter[str] = Counter()
    every: Counter[str] = Counter()
    of_text: dict[str, NameForm] = {}
    for form, count in forms.items():
        every[form.text] += count
        full[form.text] += count if form.full else 0
        of_text.setdefault(form.text, form)
    ranked = sorted(every, key=lambda text: (-full[text], -every[text], -_own_letters(text), text))
    best = of_text[ranked[0]]
    others = [of_text[text] for text in ranked[1:MOST_COMPARED]]
    while others:
        nominative = next((other for other in others if gives_way(best, other)), None)
        if nominative is None:
            break
        others.remove(nominative)
        best = nominative
    return best.text


def gives_way(form: NameForm, other: NameForm) -> bool:
    """Whether a form is a case of the other, or has lost an -а that the other has: Степан Бандер, Степан Бандера."""
    if not (form.full and other.full) or (form.surname == other.surname and form.given == other.given):
        return False
    if not name_grammar(form.language).every_part_declined:
        # Абдулла Қаҳҳорга is Абдулла Қаҳҳор, where somebody has written that.
        return form.given == other.given and _is_case_of(form.surname, other.surname, form.language, every_part=False)
    if not is_cyrillic(form.surname):
        return False
    if form.given == other.given:
        # A man's given name in the nominative tells that the surname beside it is in the nominative as well.
        return form.surname + "а" == other.surname and _declined_as_a_man(form.given[0])
    return _is_case_of(form.given[0], other.given[0], form.language) and (
        _is_undeclined(form.surname)
        if form.surname == other.surname
        else _is_case_of(form.surname, other.surname, form.language)
    )


def _declined_as_a_man(given: str) -> bool:
    return given[-1:].lower() not in "аеёиоуыэюяь"


def _is_undeclined(surname: str) -> bool:
    """Whether a surname may stand in the nominative form beside a given name in a case: Месси, and of women Шевчук."""
    return surname[-1:].lower() not in "ая"


def _is_case_of(word: str, nominative: str, language: str, every_part: bool = True) -> bool:
    """Whether the word is the nominative with an ending; `every_part`: of a language that declines both parts of a name."""
    found = match_letters(make_part(*nominative.split("-")), word.replace("-", ""), language, False)
    if found is None or found.cost or found.ending is NONE or found.ending.plural:
        return False
    return found.ending.of_every_part == every_part


def _own_letters(form: str) -> int:
    """How many letters are those of one language alone: the original has them, and transliterations lose them."""
    return sum(letter not in _COMMON for letter in form.lower())
