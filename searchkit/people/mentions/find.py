"""The places of a text that name a person.

What counts:

- given name and surname, in either order, with or without a patronymic: a mention;
- surname with initials that fit: a mention;
- surname or given name alone: only where the text names the person in full, and marked;
- a street, a prize, an institution named after the person: marked.

People of one surname are told apart by the given name or its initial, by the patronymic where both have one, and by
the feminine form of a surname.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from searchkit.model import Token
from searchkit.people.mentions.found import Found
from searchkit.people.mentions.full_names import full_name, given_and_patronymic
from searchkit.people.mentions.part_finder import PartFinder, keys_of
from searchkit.people.mentions.partial_names import given_alone, only_name, surname_alone, with_initials
from searchkit.people.names.former_surnames import former_surnames, widened, without
from searchkit.people.names.name_parser import Name, Part
from searchkit.people.names.name_words import Words

__all__ = ["Found", "find"]


def find(name: Name, tokens: Sequence[Token], text: str, rare: Callable[[str], bool] | None = None) -> Iterator[Found]:
    """All places that name the person, in reading order, none within another.

    `tokens` are those of `text` in order; of each, `text`, `start`, `end`, `language` and `name` are read.
    `rare` says whether few documents of the collection hold a surname, given in small letters, so that it may vouch for a doubtful given name.
    """
    roles = [each for each in _roles(name) if _worth_reading(name, *each, tokens)]
    if not roles:
        return
    found = _in_words(name, roles, Words(tokens, text), rare)
    if former := former_surnames(text):
        for maiden in (False, True):
            kept, joined = without(tokens, former, maiden)
            for each in _in_words(name, roles, Words(kept, text, joined), rare):
                start, end = widened(each.start, each.end, former)
                found.append(each._replace(start=start, end=end))
    yield from _apart(found)


def _in_words(
    name: Name, roles: list[tuple[Part, Part | None]], words: Words, rare: Callable[[str], bool] | None
) -> list[Found]:
    found: list[Found] = []
    for given, surname in roles:
        finder = PartFinder(name, given, surname, words, rare)
        found += only_name(finder) if surname is None else _all(finder)
    return found


def _roles(name: Name) -> list[tuple[Part, Part | None]]:
    """(given name, surname) pairs to look for: two where the query does not tell which is which."""
    if not name.given:
        return []
    first = name.given[0]
    if name.surname is None:
        return [] if first.initial else [(first, None)]
    if name.certain or first.initial:
        return [(first, name.surname)]
    return [(first, name.surname), (name.surname, first)]


def _worth_reading(name: Name, given: Part, surname: Part | None, tokens: Sequence[Token]) -> bool:
    """Whether some word may be the surname, or the given name beside a patronymic."""
    begins, halves, _ = keys_of(surname or given)
    if name.patronymic is not None:
        begins += keys_of(given).begins
        halves |= keys_of(given).halves
    return any(token.name.startswith(begins) or token.name in halves for token in tokens if token.name)


def _all(finder: PartFinder) -> list[Found]:
    found: list[Found] = []
    rest = []
    for part_match in finder.surnames():
        named = full_name(finder, part_match) or with_initials(finder, part_match)
        if named is None:
            rest.append(part_match)
        else:
            found.append(named)
    found += given_and_patronymic(finder)
    if finder.surname is finder.name.surname and any(each.kind == "full name" for each in found):
        alone = [surname_alone(finder, part_match) for part_match in rest]
        alone += [given_alone(finder, part_match) for part_match in finder.givens()]
        found += [each for each in alone if each is not None]
    return found


def _apart(found: list[Found]) -> list[Found]:
    """The best of those that overlap, in reading order."""
    kept: list[Found] = []
    end = -1
    # In reading order, a place can overlap only the last one kept.
    for each in sorted(found, key=lambda f: (f.start, -f.score, -f.end)):
        if each.start >= end:
            kept.append(each)
        elif each.score > kept[-1].score:
            kept[-1] = each
        end = kept[-1].end
    return kept
