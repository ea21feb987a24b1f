"""Which forms of names are one person's.

Forms meet by the key of the surname and the first letter of the given name, so that only few are compared. A form belongs to a person when the alignment says
that given name and surname of one are those of the other, and no patronymic contradicts. The most frequent forms come
first, and the others join them. Initials join the one person whose name they fit; where there are several, none.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from searchkit.languages.name_grammar import name_grammar
from searchkit.people.names.inflection import same_father
from searchkit.people.names.initials import initial_fits
from searchkit.people.names.key_prefixes import initial_keys, letter_key_prefixes
from searchkit.people.names.name_parser import Part, make_part
from searchkit.people.names.part_match import match
from searchkit.people.names.word_match import WordMatch
from searchkit.people.recognition.recognised_form import NameForm

SHORTEST_STEM = 3
"""Classes of a key; by shorter ones, a form is not looked for among those that may be the same with a case ending."""


@lru_cache(maxsize=1 << 12)
def _part(words: tuple[str, ...]) -> Part:
    return make_part(*(piece for word in words for piece in word.replace("‑", "-").split("-") if piece))


def _letters(words: tuple[str, ...]) -> str:
    return "".join(words).replace("-", "").replace("‑", "")


@lru_cache(maxsize=1 << 14)
def _keys(form: NameForm) -> tuple[str, ...]:
    """Key prefixes of the surname in any spelling, without its -ов; those of the patronymic as well, by which
    a form without surname is known."""
    names = [name for name in (form.surname, form.patronymic) if name]
    return tuple(dict.fromkeys(key for name in names for key in letter_key_prefixes(_part((name,)))))


@lru_cache(maxsize=1 << 14)
def _given_keys(given: tuple[str, ...]) -> tuple[str, ...]:
    return letter_key_prefixes(_part(given))


def _given_may_fit(a: NameForm, b: NameForm) -> bool:
    """Whether the keys of two given names allow them to be the same; a quick check before the alignment."""
    return any(x.startswith(y) or y.startswith(x) for x in _given_keys(a.given[:1]) for y in _given_keys(b.given[:1]))


@lru_cache(maxsize=1 << 14)
def _firsts(form: NameForm) -> frozenset[str]:
    """The classes that the given name, or its initial, may begin with."""
    part = _part(form.given[:1]) if form.given else make_part(form.initials[0], initial=True)
    found = {key[:1] for key in letter_key_prefixes(part)} if form.given else {key[-1:] for key in initial_keys(part)}
    return frozenset(found or {""})


@lru_cache(maxsize=1 << 14)
def meeting_points(form: NameForm) -> frozenset[str]:
    """Two forms of one person share one of these; forms that share one may be of two."""
    return frozenset(first + key[:2] for first in _firsts(form) for key in _keys(form))


def same_patronymic(patronymic: str, other: str) -> bool:
    """Whether two patronymics, as they are spelled, may be of one father."""
    return same_father(_part((patronymic,)), other)


def same_person(a: NameForm, b: NameForm) -> float | None:
    """How far two full names are apart that may be one person's; None for two persons."""
    costs = [found for found in (_names(a, b), _names(b, a)) if found is not None]
    return min(costs) if costs else None


def _names(a: NameForm, b: NameForm) -> float | None:
    """The cost at which form `b` names the person of form `a`."""
    given = _given(a, b)
    if given is None:
        return None
    if a.patronymic and b.patronymic and not same_patronymic(a.patronymic, b.patronymic):
        return None
    if not a.surname and not b.surname:
        return given.cost
    if not a.surname or not b.surname:
        return _patronymic_alone(a, b, given)
    surname = _surname(a, b)
    genitive = name_grammar(b.language).every_part_declined and given.ending.of_every_part
    if surname is None or (surname.feminine and not genitive):
        return None
    return given.cost + surname.cost


def _patronymic_alone(a: NameForm, b: NameForm, given: WordMatch) -> float | None:
    """One of the two has no surname: the patronymics tell, or a patronymic stands for the surname (Құнанбайұлы)."""
    if a.patronymic and b.patronymic:
        return given.cost
    father, other = (a.patronymic, b.surname) if not a.surname else (b.patronymic, a.surname)
    found = match(_part((other,)), father, b.language, True)
    return given.cost + found.cost if found is not None and not found.feminine else None


def _given(a: NameForm, b: NameForm) -> WordMatch | None:
    """How the given names of two forms match; where one has a second, the first may do."""
    if not a.given or not b.given:
        return None
    found = match(_part(a.given), _letters(b.given), b.language, False)
    if found is None and len(a.given) != len(b.given):
        found = match(_part(a.given[:1]), _letters(b.given[:1]), b.language, False)
    return found


def _surname(a: NameForm, b: NameForm) -> WordMatch | None:
    return match(_part((a.surname,)), _letters((b.surname,)), b.language, True)


def initials_fit(person: NameForm, short: NameForm) -> bool:
    """Whether a form with initials alone may name the person of a full form."""
    if not person.surname or not person.given:
        return False
    found = _surname(person, short)
    if found is None or (found.feminine and not name_grammar(short.language).every_part_declined):
        return False
    first, *rest = short.initials
    if not initial_fits(first, _part(person.given)):
        return False
    others = [_part((name,)) for name in (*person.given[1:], person.patronymic) if name]
    others += [make_part(piece) for piece in _part(person.given).pieces[1:]]
    return not rest or not others or any(initial_fits(rest[0], part) for part in others)


def same_initials(a: NameForm, b: NameForm) -> bool:
    """Whether two forms with initials alone may be of one person."""
    found = _surname(a, b)
    if found is None or (found.feminine and not name_grammar(b.language).every_part_declined):
        return False
    return all(
        initial_fits(first, make_part(second, initial=True))
        for first, second in zip(a.initials, b.initials, strict=False)
    )


class Cluster:
    """Forms that were found to be one person's, the one it began with first."""

    def __init__(self, form: NameForm) -> None:
        self.forms = [form]
        self.patronymic = form.patronymic

    def distance(self, form: NameForm) -> float | None:
        """How far a full form is from the person's first; None where it names somebody else."""
        if self.patronymic and form.patronymic and not same_patronymic(self.patronymic, form.patronymic):
            return None
        return same_person(self.forms[0]._replace(patronymic=self.patronymic), form)

    def join(self, form: NameForm) -> None:
        """Take a form in."""
        self.forms.append(form)
        self.patronymic = self.patronymic or form.patronymic


class Clusters:
    """Clusters by the keys of their surnames and the first letters of their given names."""

    def __init__(self) -> None:
        self._begins: dict[str, dict[Cluster, None]] = {}
        """the class of the first letter and the whole key -> persons"""
        self._longer: dict[str, dict[Cluster, None]] = {}
        """the class of the first letter and the beginning of a longer key -> persons"""

    def near(self, form: NameForm) -> list[Cluster]:
        """The persons that a form is to be compared with; of those with a full name, those whose given name may be the same."""
        found: dict[Cluster, None] = {}
        for first in _firsts(form):
            for key in _keys(form):
                for cut in range(1, len(key) + 1):
                    found.update(self._begins.get(first + key[:cut], {}))
                found.update(self._longer.get(first + key, {}))
        if not form.given:
            return list(found)
        return [person for person in found if person.forms[0].given and _given_may_fit(person.forms[0], form)]

    def add(self, form: NameForm) -> Cluster:
        """A new person with this form."""
        person = Cluster(form)
        self._reach(person, form)
        return person

    def place(self, form: NameForm, new: bool = True) -> Cluster | None:
        """The person of a full form: the nearest there is, else a new one, or None where none may be made."""
        nearest, least = None, 99.0
        for person in self.near(form):
            distance = person.distance(form)
            if distance is not None and distance < least:
                nearest, least = person, distance
        if nearest is not None:
            nearest.join(form)
            self._reach(nearest, form)
            return nearest
        return self.add(form) if new else None

    def _reach(self, person: Cluster, form: NameForm) -> None:
        for first in _firsts(form):
            for key in _keys(form):
                self._begins.setdefault(first + key, {})[person] = None
                for cut in range(SHORTEST_STEM, len(key)):
                    self._longer.setdefault(first + key[:cut], {})[person] = None

    def place_initials(self, form: NameForm, new: bool = True) -> Cluster | None:
        """The person of a form with initials alone: the only one it fits, else one that is known by such initials."""
        near = self.near(form)
        fitting = [person for person in near if any(initials_fit(own, form) for own in person.forms if own.given)]
        if len(fitting) != 1:
            short = (person for person in near if not person.forms[0].given)
            fitting = [person for person in short if same_initials(person.forms[0], form)][:1]
        if fitting:
            fitting[0].join(form)
            self._reach(fitting[0], form)
            return fitting[0]
        return self.add(form) if new else None


def owner_in_document(full: Iterable[NameForm], short: NameForm) -> NameForm | None:
    """The only full form of a document that initials fit, spellings of one name counting as one; else None."""
    fitting: list[NameForm] = []
    for form in full:
        if initials_fit(form, short) and not any(same_person(own, form) is not None for own in fitting):
            fitting.append(form)
    return fitting[0] if len(fitting) == 1 else None
