"""`author:Сейфуллин`: words that are to stand in one column of a table, or one field of what a document says of itself.

Which columns there are, the index knows: a name that no document has as a column, but that is known as one of a title, date,
language or path, stands for that field; with any other name before its colon a word is a word like others (mailto:somebody).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from searchkit.documents.readers.columns import canonical, roles
from searchkit.errors import QueryError
from searchkit.query import filtering
from searchkit.query.query_word import Options
from searchkit.terms.column_terms import FILE_DATE, in_column
from searchkit.terms.query_tree import And, Group, Node, Not, Or, Phrase, Term, Word

FIELD = ":"
"""Begins `Word.field` and `Phrase.field` where it is the name of a column."""


def is_column(field: str) -> bool:
    """Whether a field is a column, and not the text or the title."""
    return field.startswith(FIELD)


def is_file_date(field: str) -> bool:
    """Whether a field is the day on which a file was made."""
    return is_column(field) and canonical(field) == FILE_DATE


def resolved(node: Node, options: Options) -> Node:
    """The parsed tree with each column under the name that the index has it by, and without those that are none."""
    if isinstance(node, (And, Or)):
        children = tuple(resolved(child, options) for child in node.children)
        return node if children == node.children else replace(node, children=children)
    if isinstance(node, Not):
        return Not(resolved(node.child, options))
    if isinstance(node, (Word, Phrase)) and is_column(node.field):
        return _resolved(node, options)
    return node


def _resolved(node: Word | Phrase, options: Options) -> Node:
    name = node.field.removeprefix(FIELD)
    column = canonical(name)
    if options.engine is None or options.engine.frequency("word", in_column(column, "")):
        if isinstance(node, Word) and node.text == "*":
            return Group((Term("word", in_column(column, "")),), f"{name}:*", boost=0.0)
        return _with_field(node, FIELD + column)
    return _of_role(node, next(iter(roles([name])), "")) or _as_words(node, name)


def _of_role(node: Word | Phrase, role: str) -> Node | None:
    value = node.text if isinstance(node, Word) else " ".join(word.text for word in node.words)
    try:
        if role == "title":
            return _with_field(node, "title")
        if role == "text":
            return _with_field(node, "")
        if role == "date":
            return filtering.date_range(value)
        if role == "language":
            return filtering.in_language(value)
        return filtering.in_path(value) if role == "source" else None
    except QueryError:
        return None


def _as_words(node: Word | Phrase, name: str) -> Node:
    if isinstance(node, Word):
        return replace(node, text=f"{name}:{node.text}", field="")
    return And((Word(name), _with_field(node, "")))


def _with_field(node: Word | Phrase, field: str) -> Word | Phrase:
    if isinstance(node, Word):
        return replace(node, field=field)
    return Phrase(tuple(replace(word, field=field) for word in node.words), field)


def resolved_all(nodes: Iterable[Node], options: Options) -> frozenset[Node]:
    """`resolved` for each of some clauses."""
    return frozenset(resolved(node, options) for node in nodes)
