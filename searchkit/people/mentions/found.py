"""The mention of a person that matched parts make: score, reason, spelling."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from searchkit.people.names.inflection import patronymic_form, restored
from searchkit.people.names.name_words import Words, names_a_thing

if TYPE_CHECKING:
    from searchkit.people.mentions.part_finder import PartMatch


class Found(NamedTuple):
    """A place that names the person: `text[start:end]`, code points.

    `score` lies between 0 and 1. `kind` is "full name", "initials", "surname alone", "given name alone" or "one name"
    (the query is a single word); `named_after` tells a street, a prize, an institution. `form` is the name as spelled
    there, without endings; `reason` says all that in words.
    """

    start: int
    end: int
    score: float
    reason: str
    form: str
    kind: str
    named_after: bool = False


SCORES = {
    "full name": 1.0,
    "given name and patronymic": 0.9,
    "initials": 0.9,
    "one name": 0.7,
    "surname alone": 0.6,
    "given name alone": 0.5,
}
NAMED_AFTER = 0.5
"""By how much the score of a street or an institution is multiplied."""
ODD = 0.9
"""By how much the score is multiplied where a part has another form than the query's."""

_SAYS = {
    "full name": "full name",
    "given name and patronymic": "given name and patronymic, no surname",
    "initials": "given name by initial",
    "one name": "one name",
    "surname alone": "surname alone, the full name stands elsewhere in the document",
    "given name alone": "given name alone, the full name stands elsewhere in the document",
}


def report(words: Words, kind: str, first: int, last: int, part_matches: list[PartMatch]) -> Found:
    """The words first..last name the person; `part_matches` are the parts of the query among them."""
    first -= words.particle(first - 1)
    start, end = words[first].start, words[last].end
    dot = words.initial(last) and words.text[end : end + 1] == "."
    thing = names_a_thing(words, first, last)
    letters = sum(len(words.joined(part_match.first, part_match.last)) for part_match in part_matches)
    score = SCORES[kind] * max(0.0, 1 - sum(part_match.match.cost for part_match in part_matches) / letters)
    if any(part_match.match.note or part_match.match.feminine for part_match in part_matches):
        score *= ODD
    if thing:
        score *= NAMED_AFTER
    return Found(
        start,
        end + dot,
        round(score, 4),
        _reason(words, kind, part_matches, thing),
        _form(words, first, last, part_matches) + "." * dot,
        kind,
        thing,
    )


def _reason(words: Words, kind: str, part_matches: list[PartMatch], thing: bool) -> str:
    reasons = [_SAYS[kind]]
    if thing:
        reasons.append("named after the person")
    reasons += [part_match.match.note for part_match in part_matches if part_match.match.note]
    if any(part_match.match.feminine for part_match in part_matches):
        reasons.append("feminine surname")
    reasons += dict.fromkeys(
        part_match.match.ending.label for part_match in part_matches if part_match.match.ending.label
    )
    reasons.append(
        "Cyrillic" if any("Ѐ" <= letter <= "ӿ" for letter in words[part_matches[-1].first].text) else "Latin"
    )
    return "; ".join(reasons)


def _form(words: Words, first: int, last: int, part_matches: list[PartMatch]) -> str:
    """The name as it is spelled there, with single spaces and without the endings of the parts."""
    at = {part_match.last: part_match for part_match in part_matches}
    form = ""
    for i in range(first, last + 1):
        text = words[i].text
        if i in at:
            before = len(words.joined(at[i].first, i)) - len(text)
            stem = text[: max(0, at[i].match.stem_end - before)]
            text = restored(stem, at[i].match.restored)
        elif i > first and words.patronymic(i):
            text = patronymic_form(text)
        form += text
        if i < last:
            gap = words.gap(i)
            form += gap.strip() + " " * (gap != gap.strip())
    return form
