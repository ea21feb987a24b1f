"""Which documents may name a person: the query over the `name` terms that loses none of them."""

from __future__ import annotations

from searchkit.people.names.key_prefixes import (
    initial_keys,
    key_prefixes,
    name_elements,
    name_prefixes,
    part_key_prefixes,
)
from searchkit.people.names.name_parser import Name, Part, make_part
from searchkit.people.spelling.alignment import cost
from searchkit.people.spelling.phonetic_key import LENGTH
from searchkit.terms.query_tree import Group, Node, Prefix, Sequence, Term

FIELDS = ("name", "title_name")


def _term(field: str, key: str) -> Term | Prefix:
    if len(key) < LENGTH:
        return Prefix(field, key, reason="name")
    return Term(field, key, reason="name")


Leaves = tuple[Term | Prefix, ...]
"""A query for one word of the index, in one field."""

SHORTEST_AFTER_PREFIX = 4
"""Sounds that a surname has at least after its prefix: DiCaprio."""
MOST_BETWEEN = 5
"""How many words may stand between two parts of a name: patronymic, initials, a second given name, the labels of a form."""
MOST_TO_INITIAL = 2
"""How many words may stand between a surname and the initial of a given name: the initial of the patronymic, a label."""
DIGRAPHS = {**dict.fromkeys("šžčǰcy", "S"), **dict.fromkeys("hğq", "K"), **dict.fromkeys("yei", "A"), "ǰ": "ST"}
"""The first sound of a name -> the classes of initials that are two letters: Sh, Kh, Ya."""


def _first_words(part: Part, field: str, surname: bool = False) -> Leaves:
    """The keys of the word that is the part, or of the first of two that are it together."""
    keys = list(part_key_prefixes(part))
    if len(part.pieces) > 1:
        pieces = part.pieces if surname else part.pieces[:1]
        keys = [prefix for piece in pieces for prefix in part_key_prefixes(make_part(piece))]
    found = [_term(field, key) for key in keys]
    found += [Term(field, key, reason="name") for first, _ in _halves(part) for key in key_prefixes((first,))]
    if part.east_asian and not surname:
        found += [Term(field, key[:cut], reason="name") for key in keys for cut in range(1, len(key) + 1)]
    return tuple(dict.fromkeys(found))


def _initials(part: Part, field: str) -> Leaves:
    digraphs = "".join(DIGRAPHS.get(plain[0], "") for plain in part.plain if plain)
    return tuple(Term(field, key, reason="name") for key in initial_keys(part) if key[0] == "." or key in digraphs)


def _near(one: Leaves, other: Leaves, most_between: int = MOST_BETWEEN) -> list[Sequence]:
    """The two near one another, in either order."""
    between = [((),) * count for count in range(most_between + 1)]
    return [
        Sequence((first, *empty, second), reason="name")
        for empty in between
        for first, second in ((one, other), (other, one))
    ]


def _halves(part: Part) -> list[tuple[str, str]]:
    """Where a given name in one word may be written in two: (sounds, sounds)."""
    if len(part.pieces) > 1 or part.suffix == "patronymic":
        return []
    prefixes = [
        (sounds[: len(prefix)], sounds[len(prefix) :])
        for sounds in part.sounds[:1]
        for prefix in name_prefixes()
        if sounds.startswith(prefix) and len(sounds) - len(prefix) >= SHORTEST_AFTER_PREFIX
    ]
    return prefixes + [
        (sounds[:cut], sounds[cut:])
        for sounds in part.sounds[:1]
        for cut in range(2, len(sounds) - 1)
        if any(
            abs(len(element) - len(sounds) + cut) <= 1 and cost(element, sounds[cut:]) <= 0.1 * len(element)
            for element in name_elements()
        )
    ]


def candidates(name: Name) -> Node:
    """The expanded query tree over `name` and `title_name` whose answers hold all documents that name the person.

    A `Group` without alternatives, which matches nothing, for a name without parts.
    """
    known = [part for part in name.given if not part.initial]
    if not known and name.surname is None:
        return Group((), name.text)
    found: list[Term | Prefix | Sequence] = []
    for field in FIELDS:
        surname = _first_words(name.surname, field, surname=True) if name.surname else ()
        if not known or name.surname is None:
            found += surname or _first_words(known[0], field)
            continue
        given = _first_words(known[0], field)
        found += _near(surname, given)
        found += _near(surname, _initials(known[0], field), MOST_TO_INITIAL)
        if name.patronymic is not None:
            found += _near(given, _first_words(name.patronymic, field))
        if not name.certain:
            found += _near(given, _initials(name.surname, field), MOST_TO_INITIAL)
    return Group(tuple(found), name.text)


def side_by_side(name: Name) -> tuple[Sequence, ...]:
    """The sequences over `name` that hold given name, or its initial, and surname next to each other, in either order.

    Narrower than `candidates`, for a search that ranks by it; () for a name without both parts.
    """
    known = [part for part in name.given if not part.initial]
    if name.surname is None or not known:
        return ()
    surname = tuple(_term("name", key) for key in part_key_prefixes(name.surname))
    given = tuple(_term("name", key) for key in part_key_prefixes(known[0]))
    initial = tuple(Term("name", key, reason="name") for key in initial_keys(known[0]) if key.startswith("."))
    orders = [(given, surname), (surname, given), (initial, surname), (surname, initial)]
    return tuple(Sequence(order, reason="name") for order in orders if all(order))
