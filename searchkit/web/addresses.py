"""What an address asks for, and the address of what is asked: all state of the pages is in the address.

Parameters stand in one order and defaults are left out, so that one answer has one address.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any, get_args
from urllib.parse import quote, urlencode

from searchkit.collection.index_queries import Match
from searchkit.collection.results import Order
from searchkit.errors import QueryError
from searchkit.model import Document

MATCHES = ("exact", "forms", "scripts", "meanings")
ORDERS = ("score", "newest", "oldest", "added")
LINE_ORDERS = ("document", "date", "left", "keyword", "right")
GROUPS = ("", "document", "spelling", "year", "person")
WIDTHS = ("3", "5", "10", "20", "passage")
SIZES = (10, 20, 50, 100)
MOST = 1_000
"""Hits of one page for programs."""
EVERYTHING = "path:*"
"""The query that finds every document."""

_SEVERAL = ("less", "lang", "type", "kind", "at")
_LEAST = {"page": 1, "n": 0, "sample": 0, "seed": 1, "hit": 0, "part": 0}
"""Parameters that are numbers, with the least that each may be."""
_CHOICES = {"match": MATCHES, "group": GROUPS, "context": WIDTHS, "judged": ("", "right", "wrong", "unsure", "none")}


@dataclass(frozen=True)
class AskedFor:
    """The parameters, in the order in which they stand in an address. `unknown` are names that mean nothing here.

    `less` are words of other languages that words of the query are not translated to, `part` of a text is 0 for all of it, `find` is in
    the values of a facet that are listed."""

    q: str = ""
    name: str = ""
    match: Match = "meanings"
    less: tuple[str, ...] = ()
    lang: tuple[str, ...] = ()
    date: str = ""
    type: tuple[str, ...] = ()
    folder: str = ""
    kind: tuple[str, ...] = ()
    form: str = ""
    judged: str = ""
    sort: str = ""
    group: str = ""
    context: str = "10"
    sample: int = 0
    seed: int = 1
    page: int = 1
    n: int = 10
    id: str = ""
    at: tuple[str, ...] = ()
    hit: int = 0
    part: int = 1
    letter: str = ""
    all: str = ""
    find: str = ""
    of: str = ""
    unknown: tuple[str, ...] = field(default=(), compare=False)

    @property
    def query(self) -> str:
        """The query; where there is none, that for every document."""
        return self.q.strip() or EVERYTHING

    @property
    def order(self) -> Order:
        """The order of hits. Raises QueryError."""
        for known in get_args(Order):
            if known == (self.sort or "score"):
                found: Order = known
                return found
        raise QueryError(f"There is no order “{self.sort}”: choose one of {', '.join(get_args(Order))}.")

    @property
    def first(self) -> int:
        """How many entries stand before this page."""
        return (self.page - 1) * self.n

    @property
    def filters(self) -> dict[str, Any]:
        """The filters, as the index takes them."""
        return {
            "language": ",".join(self.lang) or None,
            "date": self.date or None,
            "type": ",".join(self.type) or None,
            "folder": self.folder or None,
        }

    @property
    def filter_count(self) -> int:
        """How many filters are set."""
        return len(self.less) + len(self.lang) + bool(self.date) + len(self.type) + bool(self.folder) + len(self.kind)

    def but(self, **changes: Any) -> AskedFor:
        """The same with changes, on its first page."""
        changes.setdefault("page", 1)
        return replace(self, **changes)

    def mentions_of(self, person: str) -> AskedFor:
        """Every place that names a person, under the same filters."""
        return self.but(q="", name=person, sort="", n=10)

    def url(self, path: str, **changes: Any) -> str:
        """The address of this, on a page of the site."""
        asked = replace(self, **changes) if changes else self
        pairs = asked._given()
        return f"{path}?{urlencode(pairs, quote_via=quote)}" if pairs else path

    def pairs(self, *without: str) -> list[tuple[str, str]]:
        """What a form keeps in hidden fields, without those that it has fields of its own for."""
        return [(name, value) for name, value in self._given() if name not in (*without, "page")]

    def _given(self) -> list[tuple[str, str]]:
        """The parameters that are not as they are by default, a value a pair."""
        found: list[tuple[str, str]] = []
        for name, default in _DEFAULTS.items():
            value = getattr(self, name)
            if value != default:
                found += [(name, str(each)) for each in (value if isinstance(value, tuple) else (value,))]
        return found


_DEFAULTS = {one.name: one.default for one in fields(AskedFor) if one.name != "unknown"}
"""The parameters in order, with what each is where an address has none."""


def read(pairs: Iterable[tuple[str, str]], *, also: Iterable[str] = ("ui",)) -> AskedFor:
    """What the parameters of an address ask for. Raises QueryError for one with a value that it cannot have."""
    found: dict[str, Any] = {}
    unknown = []
    for name, value in pairs:
        value = value.replace("\r\n", "\n").strip()
        if name not in _DEFAULTS:
            if name not in also:
                unknown.append(name)
        elif not value:
            continue
        elif name in _SEVERAL:
            found[name] = (
                *found.get(name, ()),
                *(part for part in value.split(",") if part not in found.get(name, ())),
            )
        elif name in _LEAST:
            found[name] = _number(name, value)
        elif name in _CHOICES and value not in _CHOICES[name]:
            raise QueryError(f"There is no {name} “{value}”: choose one of {', '.join(filter(None, _CHOICES[name]))}.")
        else:
            found[name] = value
    return AskedFor(**found, unknown=tuple(unknown))


def read_list(pairs: Sequence[tuple[str, str]], n: int) -> AskedFor:
    """As `read`, of a list that has `n` entries a page where the address does not say how many."""
    return read(pairs if any(name == "n" for name, _ in pairs) else [*pairs, ("n", str(n))])


def _number(name: str, value: str) -> int:
    least = _LEAST[name]
    if not (value.isdecimal() and value.isascii() and len(value) <= 9 and int(value) >= least):
        raise QueryError(f"“{value}” is no number for {name}: write {least} or more.")
    return min(int(value), MOST) if name == "n" else int(value)


def without(asked: AskedFor) -> list[tuple[str, str, AskedFor]]:
    """Each active filter: (facet, value, the same question without it)."""
    found = [("less", word, asked.but(less=_less(asked.less, word))) for word in asked.less]
    found += [("lang", code, asked.but(lang=_less(asked.lang, code))) for code in asked.lang]
    if asked.date:
        found.append(("date", asked.date, asked.but(date="")))
    found += [("type", one, asked.but(type=_less(asked.type, one))) for one in asked.type]
    if asked.folder:
        found.append(("folder", asked.folder, asked.but(folder="")))
    found += [("kind", one, asked.but(kind=_less(asked.kind, one))) for one in asked.kind]
    return found


def _less(values: tuple[str, ...], value: str) -> tuple[str, ...]:
    return tuple(one for one in values if one != value)


def toggled(values: tuple[str, ...], value: str) -> tuple[str, ...]:
    """The values without one of them, or with it."""
    return _less(values, value) if value in values else (*values, value)


def of_mapping(values: Mapping[str, Any]) -> AskedFor:
    """What a JSON body asks for."""
    pairs: list[tuple[str, str]] = []
    for name, value in values.items():
        pairs += [(name, str(one)) for one in (value if isinstance(value, list) else [value])]
    return read(pairs)


def permalink(document: Document, at: Sequence[str] = ()) -> str:
    """The address that survives moving and renaming; its places are offsets into the text."""
    places = "&".join(f"at={quote(place)}" for place in at)
    return f"/p/{document.fingerprint}" + (f"?{places}" if places else "")
