"""The persons of a collection: names found document by document, then merged.

What is held grows with the number of different forms of names, not with the collection. For each document, only which of
them stand in it together is counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from searchkit import model
from searchkit.people.recognition.document_names import Names
from searchkit.people.recognition.recognised_form import NameForm
from searchkit.people.resolution.by_sound import same_by_sound
from searchkit.people.resolution.clusters import Cluster, Clusters, meeting_points, owner_in_document
from searchkit.people.resolution.headword import headword


class Census:
    """Counts the names of documents: `read` each, then `persons`."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[NameForm, NameForm]] = Counter()
        """(the full form of the same document that a form stands for, or itself; the form) -> mentions"""
        self._together: Counter[frozenset[NameForm]] = Counter()
        """forms of documents that may be one person's -> documents"""
        self._certain: set[NameForm] = set()
        self._found: dict[NameForm, Cluster] | None = None
        """What `_merge` found, until more is read."""

    def read(self, names: Names) -> tuple[NameForm, ...]:
        """Count the names of one document; returns the forms by which `names` knows who is meant there."""
        if not names:
            return ()
        counts: Counter[NameForm] = Counter()
        for (form, certain), count in names.items():
            counts[form] += count
            if certain:
                self._certain.add(form)
        full = [form for form in counts if form.given]
        owners = {form: form if form.given else owner_in_document(full, form) or form for form in counts}
        for form, count in counts.items():
            self._counts[owners[form], form] += count
        for group in _groups(set(owners.values())):
            self._together[group] += 1
        self._found = None
        return tuple(set(owners.values()))

    def names(self) -> dict[NameForm, str]:
        """The person of each form that `read` returned, by the name that `persons` gives; a form that is none is left out."""
        person_of = self._merged()
        name_of = {each: headword(forms) for each, forms in self._mentions(person_of).items()}
        return {form: name_of[id(person)] for form, person in person_of.items()}

    def persons(self) -> list[model.Person]:
        """The persons, most mentioned first, then by name. A form that nothing tells to be a name counts where a person has it."""
        person_of = self._merged()
        mentions = self._mentions(person_of)
        documents: Counter[int] = Counter()
        for group, count in self._together.items():
            for each in {id(person_of[form]) for form in group if form in person_of}:
                documents[each] += count
        found = [_person(forms, documents[each]) for each, forms in mentions.items()]
        return sorted(found, key=lambda person: (-person.mentions, person.name))

    def _mentions(self, person_of: Mapping[NameForm, Cluster]) -> dict[int, Counter[NameForm]]:
        """How often each person, by identity, is named by each form."""
        mentions: dict[int, Counter[NameForm]] = {}
        for (owner, form), count in self._counts.items():
            person = person_of.get(owner)
            if person is not None:
                mentions.setdefault(id(person), Counter())[form] += count
        return mentions

    def _merged(self) -> dict[NameForm, Cluster]:
        """The person of each form that owns others or itself."""
        if self._found is None:
            self._found = self._merge()
        return self._found

    def _merge(self) -> dict[NameForm, Cluster]:
        totals: Counter[NameForm] = Counter()
        for (owner, _), count in self._counts.items():
            totals[owner] += count
        persons = Clusters()
        person_of: dict[NameForm, Cluster] = {}
        for form in sorted(totals, key=lambda form: (_short(form), form not in self._certain, -totals[form], form)):
            place = persons.place if form.given else persons.place_initials
            person = place(form, new=form in self._certain)
            if person is not None:
                person_of[form] = person
        of_person: Counter[Cluster] = Counter()
        for form, person in person_of.items():
            of_person[person] += totals[form]
        same = same_by_sound(of_person)
        return {form: same.get(person, person) for form, person in person_of.items()}


def _short(form: NameForm) -> int:
    """0 for a form with given name and surname, 1 for given name and patronymic, 2 for initials: in this order they join."""
    return 2 if not form.given else int(not form.surname)


def _groups(forms: set[NameForm]) -> list[frozenset[NameForm]]:
    """Forms of one document, those that may be one person's together."""
    groups: list[tuple[set[str], set[NameForm]]] = []
    for form in forms:
        points, members = set(meeting_points(form)), {form}
        apart = []
        for group in groups:
            if points & group[0]:
                points |= group[0]
                members |= group[1]
            else:
                apart.append(group)
        groups = [*apart, (points, members)]
    return [frozenset(members) for _, members in groups]


def _person(forms: Counter[NameForm], documents: int) -> model.Person:
    spelled: Counter[str] = Counter()
    for form, count in forms.items():
        spelled[form.text] += count
    return model.Person(
        name=headword(forms),
        mentions=forms.total(),
        documents=documents,
        forms=tuple(sorted(spelled.items(), key=lambda item: (-item[1], item[0]))),
    )
