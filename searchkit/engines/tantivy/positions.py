"""How the terms of the three fields of a kind come to stand together, at the positions of their words.

Tantivy's own tokenizer cuts the terms at their blanks, in the writer's threads, and counts positions. Each field is a
value of its own, and Tantivy counts positions on from one value to the next; a token between two values at the very end
of what positions can be, 2**32, lets the next begin at 0 again (the counter wraps around). Of "wa wb" and "sa sb", the values
are `^ wa wb` at 0, 1, 2, then `<` at 2**32 - 2, then `w sa sb` at 0, 1, 2. That is not promised, so it is tried once in a
process; where it does not hold, every token is given with its position, and Tantivy takes twice as long to add documents.

A bare mark (see `terms.wire`) takes up a position and is dropped. The words stand from position 1 on, START before them: a term that each document
with words has, which tells what Tantivy takes for the number of documents and their mean length (see `Snapshot`).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from searchkit.engines.tantivy.encoding import LONGEST, cut
from searchkit.terms import wire
from searchkit.terms.fields import TEXT_FIELDS
from searchkit.terms.wire import split

if TYPE_CHECKING:
    from tantivy import Document, Index, PreTokenizedString

TOKENIZER = "terms"
START = "^"
MARKS = tuple(wire.MARKS[field] for field in TEXT_FIELDS)
"""Of the three fields of a kind; those of the title are the same."""
_TURN = "<"
"""The term of the token after which positions begin at 0 again."""
_LAST = (1 << 32) - 2
"""Its position."""


def register(index: Index) -> None:
    """Make the tokenizer known to an index that is opened."""
    from tantivy import Filter, TextAnalyzerBuilder, Tokenizer

    builder = TextAnalyzerBuilder(Tokenizer.whitespace()).filter(Filter.custom_stopword([*MARKS]))
    index.register_tokenizer(TOKENIZER, builder.build())


def add(document: Document, field: str, stream: str) -> tuple[int, tuple[int, ...]]:
    """Add the terms of a stream (see `terms.wire`) to one of Tantivy's fields; very long ones are cut.

    Returns what Tantivy takes for the length of the field, and how many terms each of the three fields of the kind has.
    """
    if not stream:
        return 0, (0,) * len(MARKS)
    terms = split(stream)
    if len(stream) > LONGEST:
        terms = [term[0] + cut(term[1:]) for term in terms]
    rows = [terms[place :: len(MARKS)] for place in range(len(MARKS))]
    lengths = tuple(len(row) - row.count(mark) for row, mark in zip(rows, MARKS, strict=True))
    if not begins_again():
        document.add_pre_tokenized_text(field, _tokens(rows))
        return 1 + sum(lengths), lengths
    document.add_text(field, f"{START} {' '.join(rows[0])}")
    turns, end = 0, _end(rows[0])
    for row, length in zip(rows[1:], lengths[1:], strict=True):
        if not length:
            continue
        document.add_pre_tokenized_text(field, _turn(end + 1))
        # A bare mark does for the position of START.
        document.add_text(field, f"{MARKS[0]} {' '.join(row)}")
        turns, end = turns + 1, _end(row)
    return 1 + turns + sum(lengths), lengths


def _end(row: Sequence[str]) -> int:
    """The position after the last term of a row, the first of which is at 1."""
    return next((place for place in range(len(row), 0, -1) if row[place - 1] not in MARKS), 0) + 1


@lru_cache(4096)
def _turn(position: int) -> PreTokenizedString:
    """A value of one token: its position is counted from `position`, where it begins itself."""
    from tantivy import PreTokenizedString, Token

    return PreTokenizedString("", [Token(_TURN, _LAST - position, 0, 0)])


def _tokens(rows: Sequence[Sequence[str]]) -> PreTokenizedString:
    """The same terms with their positions."""
    from tantivy import PreTokenizedString, Token

    tokens = [Token(START, 0, 0, 0)]
    for row in rows:
        tokens += [Token(term, place, 0, 0) for place, term in enumerate(row, 1) if term not in MARKS]
    return PreTokenizedString("", tokens)


@lru_cache(1)
def begins_again() -> bool:
    """Whether positions begin at 0 again, as they did when this was written; 4 ms, once."""
    from tantivy import Document, Index, Query, SchemaBuilder

    builder = SchemaBuilder()
    builder.add_text_field("text", tokenizer_name=TOKENIZER, index_option="position")
    index = Index(builder.build())
    register(index)
    document = Document()
    try:
        document.add_text("text", f"{START} wa w wc")
        document.add_pre_tokenized_text("text", _turn(5))
        document.add_text("text", "w sa sb s")
        document.add_pre_tokenized_text("text", _turn(4))
        document.add_text("text", "w n n nc")
        writer = index.writer(15_000_000, 1)
        writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
    except (ValueError, OSError):
        return False
    phrase: list[str | tuple[int, str]]
    phrase = [(0, START), (1, "wa"), (1, "sa"), (2, "sb"), (3, "wc"), (3, "nc")]
    return bool(index.searcher().search(Query.phrase_query(index.schema, "text", phrase)).count)
