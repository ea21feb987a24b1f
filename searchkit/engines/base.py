"""The protocol of engines: terms in, ids out.

Engines get terms ready made and know nothing of languages. Every engine passes one conformance suite
(`tests/engines/conformance.py`) unchanged.

Scores are BM25F, alike in every engine. For a `Group` and a document, with the group's alternatives a:

    tf    = sum over a of  weight(a) * FIELD_BOOSTS[field(a)] * count(a) / (1 - B + B * length(field) / mean length(field))
    idf   = ln(1 + (N - df + 0.5) / (df + 0.5)),   df = max over a of  min(1, weight(a)) * df(a)
    score = boost * idf * tf * (K1 + 1) / (tf + K1)

`N` and `df` count live documents. The df of a `Prefix`, `Fuzzy` or slot is the largest of its terms', that of a
`Sequence` the smallest of its slots'. Lengths count the terms of the field. And/Or add the scores of their
children; filters, Not and Everything add nothing.

The sum is multiplied by the share of the query that the document covers: the sum of boost * idf over the groups that add to
its score, of that over all groups of the tree but those under a Not. A document that holds one rare word of three as often as
may be thus stays behind one that holds all three. (This is the coordination factor of Salton and of early Lucene, with words
weighed by what they tell. Tried on questions, sentences and keywords within and across four languages, the mean
reciprocal rank changed by -0.002 to +0.1; the root of the share lost more on some of them, and neither another K1 or B nor a
translation's weight taken out of the saturation gained steadily. Nor did pairs of the query's words that stand near one another
(Büttcher, Clarke and Lushman, Term proximity scoring, 2006): within 5 or 10 words they gained 0.003 on questions asked across
languages and lost as much on Kazakh ones.)
Ties are ordered by id.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Literal, NamedTuple, Protocol

from searchkit.model import Value, value
from searchkit.terms.query_tree import Node

K1 = 1.2
B = 0.75
FIELD_BOOSTS: Mapping[str, float] = {
    "word": 0.5,
    "stem": 1.0,
    "name": 1.0,
    "title_word": 1.0,
    "title_stem": 2.0,
    "title_name": 2.0,
}

Order = Literal["score", "newest", "oldest"]
Facet = Literal["language", "year", "type", "folder"]
FACETS: tuple[Facet, ...] = ("language", "year", "type", "folder")


@value
class Record(Value):
    """A document as an engine sees it.

    `fields` maps each of `terms.fields.FIELDS` to the terms of its positions, "" where a position has none; the three text
    fields are of one length, and so are the three title fields. Best is a `terms.wire.TermStreams`. `hash` is the content's; `languages`, `date`
    (ISO 8601 prefix or "") and `path` are for the filters; `stored` comes back from `fetch` byte for byte; `file` names
    the file that the document comes from, "" for none.
    """

    id: str
    hash: str
    fields: Mapping[str, Sequence[str]]
    stored: bytes
    languages: tuple[str, ...] = ()
    date: str = ""
    path: str = ""
    file: str = ""


class Page(NamedTuple):
    """One page of matches, best first, and how many there are in all."""

    total: int
    matches: tuple[tuple[str, float], ...]


class Written(Protocol):
    """What an update asks of an engine; see `Engine`."""

    @property
    def generation(self) -> str: ...

    def write(self) -> AbstractContextManager[Batch]: ...

    def fetch(self, ids: Iterable[str]) -> dict[str, bytes]: ...

    def ids(self) -> Iterator[tuple[str, str, str]]: ...


class Batch(Protocol):
    """Changes that become visible and durable together."""

    def add(self, record: Record) -> None:
        """Insert the record, or replace the one of the same id, in the index or earlier in the batch."""

    def remove(self, ids: Iterable[str]) -> int:
        """Remove documents; returns how many of the ids were there. An engine may look many up at once, so they are best given together."""


class Engine(Protocol):
    """An index of records. Readers see the last committed state and are never disturbed by the writer."""

    name: str

    @property
    def generation(self) -> str:
        """Names the committed state: another after each commit. A part is random, so that it is another, too, where a
        backup was put back and written to since. Of an index just opened it may change once without a commit, where the last
        writer was killed."""

    @property
    def outdated(self) -> bool:
        """Whether the files are of an earlier format: everything can be asked as ever (`ids` gives "" for each file), but
        `write` raises OutdatedIndexError."""

    @classmethod
    def open(cls, folder: Path) -> Engine:
        """Open the engine's files in `folder` (existing and writable where new), creating them where it is empty.

        Opening what is there writes nothing: a folder that can only be read will do. Raises BrokenIndexError, with what to
        do, for files that are damaged or not this engine's, StorageError where the system does not let them be read.
        """

    def write(self) -> AbstractContextManager[Batch]:
        """Leaving the block makes the batch durable (on disk, synced); an exception leaves the previous state.

        Where an engine keeps documents on other machines, one of which is lost meanwhile, a part of the batch may be seen until the
        next writer has completed it; what was acknowledged stays (docs/engines.md has what each engine promises).

        Raises LockedIndexError where another process or thread is writing, OutdatedIndexError where the index is `outdated`,
        StorageError where the system does not let it be written, NotReachableError (as any method may) where the cluster of the
        engine does not answer.
        """

    def search(self, query: Node, limit: int = 10, offset: int = 0, order: Order = "score") -> Page:
        """Run an expanded tree. "newest"/"oldest" order by date, undated documents last, then by score."""

    def select(self, query: Node) -> Iterator[str]:
        """The ids of all matches, in order of id, without scores; streams."""

    def fetch(self, ids: Iterable[str]) -> dict[str, bytes]:
        """`Record.stored` of each id that is there."""

    def ids(self) -> Iterator[tuple[str, str, str]]:
        """All (id, hash, file), in order of id; streams."""

    def frequency(self, field: str, term: str) -> int:
        """In how many live documents the term stands."""

    def terms(self, field: str, beginning: str) -> Iterator[str]:
        """The index terms that begin with these letters, in no order; some may stand in no live document."""

    def suggest(self, field: str, text: str, distance: int = 2, limit: int = 5) -> list[tuple[str, int]]:
        """Index terms within `distance` edits of `text`, nearest first, then most frequent: (term, frequency)."""

    def facets(self, query: Node, names: Iterable[Facet] = FACETS) -> dict[Facet, dict[str, int]]:
        """How many of all matches have each value of each facet, in one pass; "" counts those without one.

        "language": ISO 639-1 codes, of which a document may have several; "year": of its date, four digits; "type" and "folder":
        of `Record.file`, its ending in small letters without the dot, and what stands before its last "/". An `outdated`
        index has no types and folders.
        """

    def statistics(self) -> Mapping[str, int]:
        """At least "documents" and "bytes" (on disk)."""

    def verify(self) -> Iterator[str]:
        """Read every byte of the files of the committed state, and yield a sentence for each that is damaged.

        Together with what is found on opening and answering, no change of any byte goes unnoticed; the files of an `outdated`
        index have fewer checksums.
        """

    def __len__(self) -> int:
        """The number of documents."""

    def close(self) -> None:
        """Free files and memory; the engine is not used afterwards."""
