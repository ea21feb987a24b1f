"""Which documents may name a person: the query over the `name` terms that loses none of them.

The other alphabets and habits of writing are foreseen here, so that the index holds one key a word: й may stand as j
(Jeralijew), х as ch (Achmetow), к as c (Oscar), кс as x, х as h after s, t, k, z (Ishak).
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from searchkit.people.names.parser import Name, Part
from searchkit.people.spelling.alignment import cost
from searchkit.people.spelling.phonemes import VOWELS, readings
from searchkit.people.spelling.phonetic_key import LENGTH, squeeze
from searchkit.people.spelling.tables import rows
from searchkit.terms.query_tree import And, Group, Node, Or, Prefix, Sequence, Term

FIELDS = ("name", "title_name")

_CLASS_OF_SOUND = str.maketrans(
    {
        **dict.fromkeys("aäeiıoöuüyv", "a"),
        **dict.fromkeys("bpf", "P"),
        **dict.fromkeys("td", "T"),
        **dict.fromkeys("kqgğh", "K"),
        **dict.fromkeys("žǰzscšč", "S"),
        **dict.fromkeys("mnŋ", "M"),
        "r": "R",
        "l": "L",
    }
)
_VOWEL = "[" + "".join(sorted(VOWELS)) + "]"
_GLIDE_PLACES = re.compile(rf"^(?=e)|(?<={_VOWEL})(?=e)|(?<=[iı])(?={_VOWEL})")
_GLIDE_I = re.compile(rf"^i(?={_VOWEL})|(?<=[aäeoöuü])[iı](?!{_VOWEL})")
"""Where an i is й: Aidos, Iakov."""
_SOFT_E = re.compile(r"(?<=[bvgdžzklmnprstfh])(?=e)")
"""Where Slavic spellings have a j after a soft consonant: Gjadvilas for Gedvilas."""


def _spellings(sounds: str) -> set[str]:
    """The classes of the letters that may write the sounds, one string for each habit of writing."""
    glides = re.sub("y+", "y", _GLIDE_PLACES.sub("y", _GLIDE_I.sub("y", sounds)))
    first_j = re.sub("^y", "S", glides)
    all_j = glides.replace("y", "S")
    found = {
        sounds,
        first_j,
        glides[:1] + all_j[1:],
        all_j,
        sounds.replace("h", "S"),
        all_j.replace("h", "S"),
        sounds[:1] + sounds[1:].replace("h", "S"),
        re.sub("k(?=[aou])", "S", sounds),
        sounds.replace("ks", "K"),
        re.sub("(?<=[stkzg])h|(?<=la)h$", "", sounds),
        _SOFT_E.sub("S", sounds),
        _SOFT_E.sub("S", sounds, count=1),
    }
    return {spelling.translate(_CLASS_OF_SOUND) for spelling in found}


@lru_cache(maxsize=1 << 12)
def skeletons(sounds: tuple[str, ...]) -> tuple[str, ...]:
    """The beginnings of the keys under which the index may have a word of these sounds, whatever its ending."""
    keys = {squeeze(spelling)[:LENGTH] for reading in sounds for spelling in _spellings(reading)} - {""}
    shortest: list[str] = []
    for key in sorted(keys):
        if not key.startswith(tuple(shortest)):
            shortest.append(key)
    return tuple(shortest)


def part_skeletons(part: Part) -> tuple[str, ...]:
    """`skeletons` of a part without the ending of a surname or patronymic, which documents may leave out."""
    return skeletons(part.bases if part.suffix in ("strong", "patronymic") else part.sounds)


def initial_keys(part: Part) -> tuple[str, ...]:
    """The keys of the initials that may stand for the part: ".K" for one letter, "S" for two or three (Zh, Дж)."""
    classes = {squeeze(spelling)[:1] for plain in part.plain for spelling in _spellings(plain)}
    if any(plain.startswith("ǰ") for plain in part.plain):
        classes.add("T")  # D for Dzh
    return tuple(sorted({f".{each}" for each in classes if each} | {each for each in classes if each}))


# ------------------------------------------------------------------ the query


def _term(field: str, key: str) -> Term | Prefix:
    if len(key) < LENGTH:
        return Prefix(field, key, reason="name")
    return Term(field, key, reason="name")


def _group(part: Part) -> Group:
    alternatives: list[Term | Prefix | Sequence] = []
    found = part_skeletons(part)
    if len(part.pieces) > 1:
        found = skeletons(tuple(reading.sounds for reading in readings(part.pieces[0])))
    for field in FIELDS:
        alternatives += [_term(field, key) for key in found]
        alternatives += [
            Sequence(
                (
                    tuple(Term(field, key, reason="name") for key in skeletons((first,))),
                    tuple(_term(field, key) for key in skeletons((second,))),
                ),
                reason="name",
            )
            for first, second in _halves(part)
        ]
    return Group(tuple(dict.fromkeys(alternatives)), part.text)


@cache
def name_elements() -> tuple[str, ...]:
    """The sounds of the words of which Turkic given names are made."""
    return tuple(dict.fromkeys(readings(word)[0].sounds for _, words in rows("elements.tsv") for word in words.split()))


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
    surname = _group(name.surname)
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
    surname = tuple(_term("name", key) for key in part_skeletons(name.surname))
    given = tuple(_term("name", key) for key in part_skeletons(known[0]))
    initial = tuple(Term("name", key, reason="name") for key in initial_keys(known[0]) if key.startswith("."))
    orders = [(given, surname), (surname, given), (initial, surname), (surname, initial)]
    return tuple(Sequence(order, reason="name") for order in orders if all(order))
