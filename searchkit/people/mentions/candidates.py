"""Which documents may name a person: the query over the `name` terms that loses none of them."""

from __future__ import annotations

from searchkit.people.names.key_prefixes import initial_keys, key_prefixes, name_elements, part_key_prefixes
from searchkit.people.names.parser import Name, Part, make_part
from searchkit.people.spelling.alignment import cost
from searchkit.people.spelling.phonetic_key import LENGTH
from searchkit.terms.query_tree import And, Group, Node, Or, Prefix, Sequence, Term

FIELDS = ("name", "title_name")


def _term(field: str, key: str) -> Term | Prefix:
    if len(key) < LENGTH:
        return Prefix(field, key, reason="name")
    return Term(field, key, reason="name")


def _group(part: Part, surname: bool = False) -> Group:
    alternatives: list[Term | Prefix | Sequence] = []
    found = part_key_prefixes(part)
    if len(part.pieces) > 1:
        pieces = part.pieces if surname else part.pieces[:1]
        found = tuple(prefix for piece in pieces for prefix in part_key_prefixes(make_part(piece)))
    for field in FIELDS:
        alternatives += [_term(field, key) for key in found]
        alternatives += [
            Sequence(
                (
                    tuple(Term(field, key, reason="name") for key in key_prefixes((first,))),
                    tuple(_term(field, key) for key in key_prefixes((second,))),
                ),
                reason="name",
            )
            for first, second in _halves(part)
        ]
    return Group(tuple(dict.fromkeys(alternatives)), part.text)


def _halves(part: Part) -> list[tuple[str, str]]:
    """Where a given name in one word may be written in two: (sounds, sounds)."""
    if len(part.pieces) > 1 or part.suffix == "patronymic":
        return []
    return [
        (sounds[:cut], sounds[cut:])
        for sounds in part.sounds[:1]
        for cut in range(2, len(sounds) - 1)
        if any(
            abs(len(element) - len(sounds) + cut) <= 1 and cost(element, sounds[cut:]) <= 0.1 * len(element)
            for element in name_elements()
        )
    ]


def _initial_group(part: Part) -> Group:
    return Group(
        tuple(Term(field, key, reason="name") for field in FIELDS for key in initial_keys(part)),
        part.text,
    )


def candidates(name: Name) -> Node:
    """The expanded query tree over `name` and `title_name` whose answers hold all documents that name the person.

    A `Group` without alternatives, which matches nothing, for a name without parts.
    """
    known = [part for part in name.given if not part.initial]
    if name.surname is None:
        if not known:
            return Group((), name.text)
        return _group(known[0])
    surname = _group(name.surname, surname=True)
    if not known:
        return surname
    given = _group(known[0])
    ways: list[Node] = [
        And((surname, Or((given, _initial_group(known[0]))))),
    ]
    if name.patronymic is not None:
        ways.append(And((given, _group(name.patronymic))))
    if not name.certain:
        ways.append(And((given, _initial_group(name.surname))))
    return ways[0] if len(ways) == 1 else Or(tuple(ways))


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
