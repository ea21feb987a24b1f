"""The values searchkit takes and gives: immutable, standard library alone.

All offsets are code points of the original text, `start` included, `end` excluded.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import FrozenInstanceError, dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

if TYPE_CHECKING:
    from typing_extensions import dataclass_transform
else:

    def dataclass_transform(**_):
        return lambda function: function


T = TypeVar("T")


class Token(NamedTuple):
    """One word of a text. A named tuple, not a dataclass: a page makes thousands of them.

    `text[start:end]` of the analysed text is `Token.text`, always. `word`, `stem` and `name` are the
    terms of the index's three text fields; `name` is empty for a word that cannot name a person.
    """

    text: str
    start: int
    end: int
    language: str
    word: str
    stem: str
    name: str


class Value:
    """The base of a `value`: an immutable dataclass that compares by type and fields.

    Its methods are written once: for each class anew, `dataclass` makes them in 280 µs, and in 110 without them.
    """

    def __setattr__(self, name: str, value: Any) -> None:
        """For `__init__` alone, which sets each field once."""
        if name in self.__dict__ or name not in self.__dataclass_fields__:  # type: ignore[attr-defined]
            raise FrozenInstanceError(f"cannot assign to field {name!r}")
        self.__dict__[name] = value

    def __delattr__(self, name: str) -> None:
        raise FrozenInstanceError(f"cannot delete field {name!r}")

    def __eq__(self, other: object) -> bool:
        return vars(self) == vars(other) if type(self) is type(other) else NotImplemented

    def __hash__(self) -> int:
        return hash((type(self), *vars(self).values()))

    def __repr__(self) -> str:
        fields = ", ".join(f"{name}={value!r}" for name, value in vars(self).items())
        return f"{type(self).__qualname__}({fields})"


@dataclass_transform(frozen_default=True, eq_default=False)
def value(cls: type[T]) -> type[T]:
    """A class of values out of one that is derived from `Value`."""
    return dataclass(eq=False, repr=False)(cls)


@value
class Document(Value):
    """One document. `id` is unique in an index; adding it again replaces it.

    `date` is ISO 8601, as exact as known: "2025", "2025-06" or "2025-06-25". `language` is the ISO 639-1
    code of the main language; None has it found. `source` is where it came from (a path or an address).
    A form feed in `text` begins a new page.
    """

    id: str
    text: str
    title: str = ""
    language: str | None = None
    date: str | None = None
    source: str | None = None
    metadata: Mapping[str, Any] = field(default_factory=dict)

    @property
    def fingerprint(self) -> str:
        """Identifies the text wherever it stands: the first 16 hex digits of its SHA-256."""
        import hashlib

        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()[:16]

    def page_at(self, offset: int) -> int | None:
        """The page, counted from 1, of a code point of `text`; None for a document without pages."""
        if "\f" not in self.text and "pages" not in self.metadata:
            return None
        return self.text.count("\f", 0, offset) + 1


@value
class Highlight(Value):
    """A matching word of a snippet: offsets within `Snippet.text`, and why it matched.

    `reason` is one of "exact", "stem", "transliteration", "spelling", "name", "translation", "prefix", "fuzzy";
    `query` is the word of the query that it answers.
    """

    start: int
    end: int
    reason: str
    query: str


@value
class Snippet(Value):
    """A passage of a document as it was written: `text` is `document.text[start:end]`.

    `field` is "text", or "title" where only the title matched (then the offsets are of the title). `language` is the ISO
    639-1 code of the passage where the first match stands, or the first word.
    """

    text: str
    start: int
    end: int
    highlights: tuple[Highlight, ...] = ()
    page: int | None = None
    field: str = "text"
    language: str | None = None


@value
class Hit(Value):
    """A document that answers a query; the higher the `score`, the better.

    `places` counts the places of the text that answer, the words of a phrase as one; `pages` are the pages where they
    stand, in order, () for a document without pages. Where no passages were asked for, both stay empty. `same_text` is the
    number of other documents with the same text, be it in another format or encoding. `missing` are the words of a query
    without operators that the document lacks, where others hold them all.
    """

    id: str
    score: float
    document: Document
    snippets: tuple[Snippet, ...] = ()
    places: int = 0
    pages: tuple[int, ...] = ()
    same_text: int = 0
    missing: tuple[str, ...] = ()


@value
class Mention(Value):
    """A place that names the person: `text` is `document.text[start:end]`.

    `context` is the passage around it, `document.text[context_start:context_end]`. `field` is "text", or "title" for a
    title that does not stand in the text; then all offsets are the title's. `score` lies between 0 and 1. `kind` is
    "full name", "initials", "surname alone", "given name alone" or "one name" (the query is a single word); `form` is
    the name as spelled there, without case endings; `named_after` marks a street, a prize, an institution named after
    the person; `reason` says all that in words.
    """

    document_id: str
    start: int
    end: int
    text: str
    score: float
    context: str
    context_start: int
    context_end: int
    kind: str
    form: str
    named_after: bool
    reason: str
    field: str = "text"
    page: int | None = None
    document_title: str = ""
    document_date: str | None = None


@value
class Occurrence(Value):
    """A place that answers a query: `text` is `document.text[start:end]`, the words of a phrase together.

    `reason` and `query` are those of `Highlight`, `context` and `field` as in `Mention`; `language` is the ISO 639-1 code
    of the passage.
    """

    document_id: str
    start: int
    end: int
    text: str
    reason: str
    query: str
    context: str
    context_start: int
    context_end: int
    language: str | None = None
    field: str = "text"
    page: int | None = None
    document_title: str = ""
    document_date: str | None = None


@value
class Namesake(Value):
    """One of the people who bear a name, as far as patronymics and context tell.

    `name` is the fullest of the frequent spellings. `offices` are the words beside the name that say what the person is
    (director, министрі), `context` the other persons whom the same documents name; each with the number of documents,
    most first. `mentions` are in order of document id.
    """

    name: str
    offices: tuple[tuple[str, int], ...]
    context: tuple[tuple[str, int], ...]
    mentions: tuple[Mention, ...]


@value
class Person(Value):
    """A person of the collection. `name` is the full name in its most frequent spelling.

    `mentions` counts the places that give the full name, or initials and surname; `documents` those that hold one.
    `forms` are all spellings of them, without case endings, with their counts, most frequent first.
    """

    name: str
    mentions: int
    documents: int
    forms: tuple[tuple[str, int], ...]


@value
class Failure(Value):
    """A file that could not be indexed, and what to do about it, in one sentence."""

    path: str
    reason: str


@value
class Notice(Value):
    """A remark on a file although nothing failed, in one sentence."""

    path: str
    text: str


@value
class SyncReport(Value):
    """The outcome of `Index.sync`, in documents. `failed` files are tried again the next time, or when they change.

    `scans` are files with pages that are pictures of text, whose words are not found before OCR has read them. `skipped`
    are reasons, each with the number of files passed over for it, since their format is not read.
    """

    added: int = 0
    updated: int = 0
    moved: int = 0
    removed: int = 0
    unchanged: int = 0
    failed: tuple[Failure, ...] = ()
    notices: tuple[Notice, ...] = ()
    scans: tuple[Failure, ...] = ()
    skipped: tuple[tuple[str, int], ...] = ()


Progress = Callable[[int, "int | None", str], None]
"""Called as progress(files done, files in all or None, path) while files are read."""
