"""The terms of a document as two strings."""

# Tests as well, in searchkit/: terms: column_terms fields

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.terms.fields import FIELDS, TEXT_FIELDS, TITLE_FIELDS
from searchkit.terms.wire import TermStreams, escaped, piece, terms_of, unescaped

rows = st.lists(st.tuples(*[st.text(st.characters(), max_size=4)] * 3), max_size=5)


def fields(text: list[tuple[str, ...]], title: list[tuple[str, ...]]) -> dict[str, list[str]]:
    return {
        field: [row[place] for row in kind]
        for names, kind in ((TEXT_FIELDS, text), (TITLE_FIELDS, title))
        for place, field in enumerate(names)
    }


def test_a_stream_is_as_documented() -> None:
    made = TermStreams.of(fields([("кітапхана", "kitaphana", ""), ("gaziza", "gaziza", "kzz")], []))
    assert made.text == "wкітапхана skitaphana n wgaziza sgaziza nkzz"
    assert made.title == ""


@given(rows, rows)
def test_what_goes_in_comes_out(text: list[tuple[str, ...]], title: list[tuple[str, ...]]) -> None:
    given_fields = fields(text, title)
    made = TermStreams.of(given_fields)
    assert {field: made[field] for field in FIELDS} == given_fields
    assert dict(made) == given_fields
    assert TermStreams.of(made) is made
    assert dict(pickle.loads(pickle.dumps(made))) == given_fields


def test_a_field_that_there_is_not() -> None:
    assert TermStreams("", "").get("author") is None
    assert list(TermStreams("", "")) == list(FIELDS)


@given(st.text(st.characters()), st.text(st.characters()))
def test_escaping(first: str, second: str) -> None:
    assert unescaped(escaped(first)) == first
    assert escaped(first + second) == escaped(first) + escaped(second), "beginnings stay beginnings"
    escaped(first).encode("utf-8")
    assert not any(letter.isspace() for letter in escaped(first))


@pytest.mark.parametrize("letter", [" ", "\t", "\n", "\x85", "\u2028", "\u3000", "\ud7ff", "\ud800"])
def test_what_is_escaped(letter: str) -> None:
    assert escaped(letter) != letter
    assert unescaped(escaped(letter)) == letter


@given(st.tuples(*[st.text(st.characters(), max_size=4)] * 3))
def test_the_terms_of_a_piece(terms: tuple[str, str, str]) -> None:
    assert terms_of(piece(*terms)) == terms_of(f" {piece(*terms)}") == terms
