"""Mentions of a person and places of a query as lines: found, narrowed, sorted, grouped, sampled.

In the order of the documents lines go out as they are found (`stream`). What a list says of itself (how many, in which spellings, in
which years) and every other order need all places first (`lines`). Once all are found they are kept for the current state of the
index, so that the next page, another order or an export costs nothing.
"""

from __future__ import annotations

import random
import re
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from searchkit.display import context
from searchkit.display.screen import one_line
from searchkit.model import Mention, Occurrence
from searchkit.web.addresses import AskedFor
from searchkit.web.holdings import Holdings
from searchkit.web.notes import Key, Notes

Place = Mention | Occurrence
AT_ONCE = 2
"""Lists that are made at the same time; who asks for a third is told to come again."""
UNSURE = 0.8
"""Mentions of a lower score are worth a look."""
_WORD = re.compile(r"\w+")


class BusyError(Exception):
    """Too many lists are being made."""


class Line(NamedTuple):
    """A place with what stands before and after it on one line, and how it was judged ("" for not)."""

    place: Place
    left: str
    keyword: str
    right: str
    verdict: str
    key: Key


class Lines(NamedTuple):
    """A list: the lines of one page, and what is known of all. `total` are all places under the filters, `places` those after
    the narrowing by kind, spelling and judgement."""

    shown: tuple[Line, ...]
    places: int
    documents: int
    total: int
    kinds: Counter[str]
    spellings: list[tuple[str, int]]
    years: dict[str, int]
    verdicts: Counter[str]


_making = threading.BoundedSemaphore(AT_ONCE)


def places(holdings: Holdings, asked: AskedFor) -> Sequence[Place]:
    """All mentions of a name, or all places of a query, in order of document. Raises QueryError, BusyError."""

    def make() -> list[Place]:
        with _turn():
            return list(_found(holdings, asked))

    return holdings.once(_key(asked), make)


def _key(asked: AskedFor) -> tuple[str, ...]:
    return ("lines", asked.name, asked.q, asked.match, *asked.less, *map(str, asked.filters.items()))


@contextmanager
def _turn() -> Iterator[None]:
    """One of the lists that may be made at the same time. Raises BusyError."""
    if not _making.acquire(blocking=False):
        raise BusyError
    try:
        yield
    finally:
        _making.release()


def streams(asked: AskedFor) -> bool:
    """Whether the lines of a list can go out as they are found."""
    return asked.sort in ("", "document") and not asked.group and not asked.sample


def is_known(holdings: Holdings, asked: AskedFor) -> bool:
    """Whether all places of a list were found already."""
    return holdings.has(_key(asked))


def stream_places(holdings: Holdings, asked: AskedFor) -> Iterator[Place]:
    """As `places`, each when it is found; when all are, they are kept."""
    if (known := holdings.kept(_key(asked))) is not None:
        yield from known
        return
    generation, found = holdings.generation, []
    with _turn():
        for place in _found(holdings, asked):
            found.append(place)
            yield place
    holdings.keep(_key(asked), generation, found)


class Stream:
    """The lines of a list in the order of the documents, each when its place is found. Over it once; then `places` and
    `documents` have how many there were. `found` are the places, as `stream_places` gives them. Raises QueryError, BusyError."""

    def __init__(self, holdings: Holdings, notes: Notes, asked: AskedFor, found: Iterable[Place]) -> None:
        self.places = self.documents = 0
        self._holdings, self._asked, self._found = holdings, asked, found
        self._verdicts = notes.of(asked.name or asked.q)

    def __iter__(self) -> Iterator[Line]:
        last = None
        for place in _wide(self._holdings, self._wanted(), self._asked):
            self.places += 1
            self.documents += place.document_id != last
            last = place.document_id
            key = self._key(place)
            yield _line(place, self._verdicts.get(key, ""), key)

    def _wanted(self) -> Iterator[Place]:
        verdicts = self._verdicts
        for place in self._found:
            if _is_wanted(place, self._asked, verdicts.get(self._key(place), "") if verdicts else ""):
                yield place

    def _key(self, place: Place) -> Key:
        return _fingerprint(self._holdings, place.document_id), place.start, place.end


def _fingerprint(holdings: Holdings, id: str) -> str:
    """That of a document, also as long as those of all are not known."""
    if holdings.has("fingerprints"):
        return holdings.fingerprints().of(id)
    return holdings.once(("fingerprint", id), lambda: getattr(holdings.index.get(id), "fingerprint", ""))


def _found(holdings: Holdings, asked: AskedFor) -> Iterable[Place]:
    if asked.name:
        return holdings.index.mentions(asked.name, **asked.filters)
    return holdings.index.concordance(asked.query, match=asked.match, leave_out=asked.less, **asked.filters)


def lines(holdings: Holdings, notes: Notes, asked: AskedFor, everything: bool = False) -> Lines:
    """The lines of a page, or all of them."""
    found = places(holdings, asked)
    known = holdings.fingerprints()
    verdicts = notes.of(asked.name or asked.q)

    def key(place: Place) -> Key:
        return known.of(place.document_id), place.start, place.end

    judged = [verdicts.get(key(place), "") for place in found]
    kept = [place for place, verdict in zip(found, judged, strict=True) if _is_wanted(place, asked, verdict)]
    if asked.sample and asked.sample < len(kept):
        chosen = random.Random(asked.seed).sample(range(len(kept)), asked.sample)
        kept = [kept[number] for number in sorted(chosen)]
    by_context = asked.sort in ("left", "right")
    ordered = _ordered(list(_wide(holdings, kept, asked)) if by_context else kept, asked)
    page = ordered if everything else ordered[asked.first : asked.first + asked.n]
    wide = page if by_context else _wide(holdings, page, asked)
    return Lines(
        tuple(_line(place, verdicts.get(key(place), ""), key(place)) for place in wide),
        len(kept),
        len({place.document_id for place in kept}),
        len(found),
        Counter(kind for place in found for kind in kinds(place)),
        Counter(map(spelling, found)).most_common(),
        dict(sorted(Counter((place.document_date or "")[:4] for place in _one_a_document(kept)).items())),
        Counter(verdict or "none" for verdict in judged),
    )


def kinds(place: Place) -> tuple[str, ...]:
    """The kinds of a mention, as the facet has them; () for a word of a query."""
    if not isinstance(place, Mention):
        return ()
    more = (*(("named after",) if place.named_after else ()), *(("unsure",) if place.score < UNSURE else ()))
    return (place.kind, *more)


def spelling(place: Place) -> str:
    """The spelling that a place is counted under."""
    return place.form if isinstance(place, Mention) else one_line(place.text).casefold()


def _is_wanted(place: Place, asked: AskedFor, verdict: str) -> bool:
    of_kind = kinds(place)
    wanted = [kind for kind in asked.kind if not kind.startswith("-")]
    return (
        (not wanted or any(kind in of_kind for kind in wanted))
        and not any(kind[1:] in of_kind for kind in asked.kind if kind.startswith("-"))
        and (not asked.form or spelling(place) == asked.form)
        and (not asked.judged or (verdict or "none") == asked.judged)
    )


def _one_a_document(found: Iterable[Place]) -> Iterable[Place]:
    seen = set()
    for place in found:
        if place.document_id not in seen:
            seen.add(place.document_id)
            yield place


def _ordered(found: list[Place], asked: AskedFor) -> list[Place]:
    if asked.sort == "date":
        return sorted(found, key=lambda place: (not place.document_date, place.document_date or ""))
    if asked.sort == "left":  # from the keyword outward: by the last word before it, then the one before that
        return sorted(found, key=lambda place: _words(_left(place))[::-1])
    if asked.sort == "right":
        return sorted(found, key=lambda place: _words(_right(place)))
    if asked.sort == "keyword":
        return sorted(found, key=lambda place: one_line(place.text).casefold())
    if asked.group == "spelling":
        return sorted(found, key=lambda place: spelling(place).casefold())
    if asked.group == "year":
        return sorted(found, key=lambda place: (place.document_date or "9999")[:4])
    return found


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]


def _wide(holdings: Holdings, found: Iterable[Place], asked: AskedFor) -> Iterator[Place]:
    """The places with as many words on each side as were asked for."""
    words = None if asked.context == "passage" else int(asked.context)
    return context.of_places(holdings.index, found, words)


def _line(place: Place, verdict: str, key: Key) -> Line:
    return Line(place, one_line(_left(place)), one_line(place.text), one_line(_right(place)), verdict, key)


def _left(place: Place) -> str:
    return place.context[: place.start - place.context_start]


def _right(place: Place) -> str:
    return place.context[place.end - place.context_start :]


def groups(found: Sequence[Line], asked: AskedFor) -> list[tuple[str, list[Line]]]:
    """The lines of a page under the headings of their groups; one group without a heading where none is asked for."""
    naming: Mapping[str, Callable[[Line], str]] = {
        "document": lambda line: one_line(line.place.document_title) or line.place.document_id.rpartition("/")[2],
        "spelling": lambda line: spelling(line.place),
        "year": lambda line: (line.place.document_date or "")[:4],
    }
    name = naming.get(asked.group)
    if name is None:
        return [("", list(found))]
    made: dict[str, list[Line]] = {}
    for line in found:
        made.setdefault(name(line), []).append(line)
    return list(made.items())
