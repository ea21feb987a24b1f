"""The columns of a document as terms (see `terms.column_terms`): what stands in its metadata, each under its own name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from searchkit import languages
from searchkit.analysis.vocabulary import vocabulary_in
from searchkit.documents.readers.columns import canonical
from searchkit.terms.column_terms import FILE_DATE, REPAIRS, in_column
from searchkit.terms.wire import TermStreams, piece
from searchkit.text.scripts import script_of

LONGEST = 20_000
"""Code points of a value that are looked for by the name of its column; all of it is found without."""

_OF_READERS = frozenset(("format", "encoding", "line", "record", "pages", "pageswithouttext", "ocrpages"))
"""Metadata that the readers add, for which nobody searches."""


def column_pieces(metadata: Mapping[str, Any], main: str | None) -> list[str]:
    """The pieces of the stream of terms for all columns, in their order; `main` is the language of the document."""
    return [made for name, value in metadata.items() for made in _of_column(canonical(name), value, main)]


def _of_column(column: str, value: Any, main: str | None) -> Iterator[str]:
    if not column or column in _OF_READERS:
        return
    if column == REPAIRS:
        yield from (piece(in_column(column, repair), "", "") for repair in _strings(value))
        return
    text = " \n".join(_strings(value))[:LONGEST]
    if not text.strip():
        return
    yield piece(in_column(column, ""), "", "")
    if column == FILE_DATE:
        yield piece(in_column(column, text), "", "")
        return
    code = _language(text, main)
    if not code:
        return
    made = vocabulary_in(code, text, 0, len(text)).chunks.made(text, 0, len(text))
    terms = TermStreams(made[1:], "")
    for word, stem in zip(terms["word"], terms["stem"], strict=True):
        yield piece(in_column(column, word), in_column(column, stem), "")


def _language(text: str, main: str | None) -> str:
    """The language that a value is taken for: the document's, where it is written in the value's script. To find each one's
    own would take longer than all else, and queries ask in all languages of a script."""
    script = script_of(text) or "Latn"
    return main if main and script in languages.get(main).scripts else languages.usual_for(script)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, Iterable) and not isinstance(value, str):
        for one in value:
            yield from _strings(one)
    elif value is not None:
        yield str(value)
