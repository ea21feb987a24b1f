"""Which mentions of a name are of one person, where several people bear it.

Each document has one bearer of the name, or several where it gives them different patronymics. Bearers are one person's

1. where their patronymics are of one father, and
2. where their documents share context: another person, an organisation or an office beside the name, that few documents without
   the name hold. The President, whom every other document names, says nothing; the deputy of a certain minister does.

Context never joins bearers of different patronymics. Where nothing tells, bearers stay apart: the user sees what stands
beside each, and decides.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from searchkit.model import Mention, Namesake, Token
from searchkit.people.names.common_words import is_stop_word
from searchkit.people.names.name_parser import parse
from searchkit.people.names.name_words import Words
from searchkit.people.recognition.context_words import office_beside
from searchkit.people.recognition.organisations import organisations_beside
from searchkit.people.recognition.organisations import written as organisation
from searchkit.people.recognition.recognise import RecognisedName, recognise
from searchkit.people.recognition.recognised_form import NameForm
from searchkit.people.resolution.clusters import Clusters, same_patronymic

SHARE = 0.05
"""Of the documents without the name, the share that may hold it; more, and it is everybody's."""
FEW = 2
"""So many documents without the name may hold it however small the collection."""


@dataclass(eq=False)
class _Bearer:
    """Whom the mentions of one document are of."""

    patronymic: str = ""
    mentions: list[Mention] = field(default_factory=list)
    offices: dict[str, str] = field(default_factory=dict)
    """stem -> as it is written"""
    organisations: dict[str, str] = field(default_factory=dict)
    """stems, with spaces between them -> as it is written"""
    persons: set[NameForm] = field(default_factory=set)


@dataclass(eq=False)
class _Group:
    """Bearers that are one person."""

    bearers: list[_Bearer]
    patronymics: list[str]


class Namesakes:
    """`read` each document that names the person, then `apart`."""

    def __init__(self) -> None:
        self._bearers: list[_Bearer] = []

    def read(self, texts: Iterable[tuple[str, Sequence[Token], Sequence[Mention]]]) -> None:
        """One document: its texts (title and text), with their tokens, stems included, and the mentions in them."""
        bearers: list[_Bearer] = []
        for text, tokens, mentions in texts:
            if mentions:
                _read(text, tokens, mentions, bearers)
        self._bearers += bearers

    def apart(self, documents: int, naming: Callable[[str], int], holding: Callable[[str], int]) -> list[Namesake]:
        """The people, most mentioned first.

        `documents` is the size of the collection, `naming(name)` how many of them may name a person, `holding(stem)` in
        how many a word stands.
        """
        named = Counter(form for bearer in self._bearers for form in bearer.persons)
        persons = Clusters()
        person_of: dict[NameForm, str] = {}
        for form in sorted(named, key=lambda form: (-named[form], form)):
            person = persons.place(form)
            if person is not None:
                person_of[form] = person.forms[0].text
        without = documents - len({bearer.mentions[0].document_id for bearer in self._bearers})
        most = max(FEW, SHARE * without)
        shared: dict[tuple[str, str], list[_Bearer]] = {}
        for bearer in self._bearers:
            for name in {person_of[form] for form in bearer.persons if form in person_of}:
                shared.setdefault(("person", name), []).append(bearer)
            for stem in bearer.offices:
                shared.setdefault(("office", stem), []).append(bearer)
            for stems in bearer.organisations:
                shared.setdefault(("organisation", stems), []).append(bearer)
        groups = self._of_one_father()
        # The context of fewest bearers says most, so it joins first.
        for (kind, name), bearers in sorted(shared.items(), key=lambda item: (len(item[1]), item[0])):
            if len({groups[bearer] for bearer in bearers}) > 1:
                held = naming(name) if kind == "person" else min(map(holding, name.split()))
                if held - len({bearer.mentions[0].document_id for bearer in bearers}) <= most:
                    _join(groups, bearers)
        found = dict.fromkeys(groups[bearer] for bearer in self._bearers)
        namesakes = [_namesake(group, person_of) for group in found]
        return sorted(
            namesakes, key=lambda each: (-len(each.mentions), each.mentions[0].document_id, each.mentions[0].start)
        )

    def _of_one_father(self) -> dict[_Bearer, _Group]:
        """The group of each bearer: by patronymic where there is one, else of its own."""
        groups: dict[_Bearer, _Group] = {}
        fathers: list[_Group] = []
        for bearer in self._bearers:
            group = next((group for group in fathers if _agree(group.patronymics, [bearer.patronymic])), None)
            if not bearer.patronymic or group is None:
                group = _Group([], [])
                if bearer.patronymic:
                    group.patronymics.append(bearer.patronymic)
                    fathers.append(group)
            group.bearers.append(bearer)
            groups[bearer] = group
        return groups


def fathers(forms: Iterable[str]) -> int:
    """Of how many fathers the patronymics in some spellings of one name are."""
    found: list[str] = []
    for form in forms:
        patronymic = parse(form).patronymic
        if patronymic is None or patronymic.initial:
            continue
        if not any(same_patronymic(one, patronymic.text) for one in found):
            found.append(patronymic.text)
    return len(found)


def _read(text: str, tokens: Sequence[Token], mentions: Sequence[Mention], bearers: list[_Bearer]) -> None:
    """Add what a text says to the bearers of its document."""
    words = Words(tokens, text)
    starts = [word.start for word in words.words]
    stems = {token.start: token.stem for token in tokens}
    ends = [mention.end for mention in mentions]
    own: dict[int, str] = {}
    others: list[RecognisedName] = []
    for named in recognise(tokens, text):
        at = bisect_right(ends, named.start)
        if at < len(mentions) and mentions[at].start < named.end:
            own[at] = named.form.patronymic
        elif named.certain and named.form.full:
            others.append(named)
    bearer_of: list[_Bearer] = []
    for at, mention in enumerate(mentions):
        bearer = _bearer(bearers, bearer_of[-1] if bearer_of else None, own.get(at, ""))
        bearer_of.append(bearer)
        bearer.mentions.append(mention)
        first, last = bisect_right(starts, mention.start) - 1, bisect_left(starts, mention.end) - 1
        beside = office_beside(words, first, last)
        if beside is not None:
            office = words[beside]
            bearer.offices.setdefault(stems.get(office.start) or office.text.lower(), office.text)
        for begin, end in organisations_beside(words, first, last):
            named_by = " ".join(
                stems.get(word.start) or word.text.lower()
                for word in words.words[begin : end + 1]
                if not is_stop_word(word.text, word.language)
            )
            bearer.organisations.setdefault(named_by, organisation(words, begin, end))
    for named in others:
        nearest = min(range(len(mentions)), key=lambda at: abs(mentions[at].start - named.start))
        bearer_of[nearest].persons.add(named.form)


def _bearer(bearers: list[_Bearer], last: _Bearer | None, patronymic: str) -> _Bearer:
    """Whom a mention with this patronymic, or "", is of: one named before in the document, or somebody new."""
    if patronymic:
        for bearer in bearers:
            if _agree([bearer.patronymic] if bearer.patronymic else [], [patronymic]):
                bearer.patronymic = bearer.patronymic or patronymic
                return bearer
    elif bearers:
        return last or bearers[0]
    bearers.append(_Bearer(patronymic))
    return bearers[-1]


def _agree(patronymics: Sequence[str], others: Sequence[str]) -> bool:
    """Whether none of the patronymics is of another father than those of the others."""
    return all(same_patronymic(one, other) for one in patronymics for other in others)


def _join(groups: dict[_Bearer, _Group], bearers: Sequence[_Bearer]) -> None:
    """Make one group of those of the bearers that no patronymic keeps apart."""
    joined: list[_Group] = []
    for group in dict.fromkeys(groups[bearer] for bearer in bearers):
        into = next((one for one in joined if _agree(one.patronymics, group.patronymics)), None)
        if into is None:
            joined.append(group)
            continue
        into.bearers += group.bearers
        into.patronymics += group.patronymics
        groups.update(dict.fromkeys(group.bearers, into))


def _namesake(group: _Group, person_of: dict[NameForm, str]) -> Namesake:
    bearers = sorted(group.bearers, key=lambda bearer: bearer.mentions[0].document_id)
    mentions = tuple(mention for bearer in bearers for mention in bearer.mentions)
    offices = Counter(stem for bearer in bearers for stem in bearer.offices)
    organisations = Counter(stems for bearer in bearers for stems in bearer.organisations)
    written: dict[str, str] = {}
    for named in (*(bearer.offices for bearer in bearers), *(bearer.organisations for bearer in bearers)):
        for stems, own in named.items():
            # The shortest form is the one without case endings.
            written[stems] = min(written.get(stems, own), own, key=len)
    context = Counter(
        name for bearer in bearers for name in {person_of[form] for form in bearer.persons if form in person_of}
    )
    beside = Counter({written[name]: count for name, count in organisations.items()}) + context
    return Namesake(
        name=_fullest(mentions),
        offices=_counted(offices, written),
        context=_counted(beside, dict(zip(beside, beside, strict=True))),
        mentions=mentions,
    )


def _fullest(mentions: Sequence[Mention]) -> str:
    """The most frequent form of those with a patronymic, else of the full names, else of all."""
    forms = Counter(mention.form for mention in mentions)
    full = {mention.form for mention in mentions if mention.kind == "full name"}

    def rank(form: str) -> tuple[bool, bool, int, str]:
        return parse(form).patronymic is None, form not in full, -forms[form], form

    return min(forms, key=rank)


def _counted(counts: dict[str, int], shown: dict[str, str]) -> tuple[tuple[str, int], ...]:
    return tuple((shown[name], count) for name, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])))
