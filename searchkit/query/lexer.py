"""Query text to tokens. Never fails: whatever is no operator is text.

Operators are seen where nothing else can be meant: AND, OR and NOT in upper case standing alone, - + ! directly
before a word and not inside one, = directly before what must match exactly, a name before a colon: that of a field with or
without a space behind, that of a column (":name") where the value follows at once.

What documents have as one word in spite of its blanks (2 450 000, П Р И К А З) is one token.

A phrase ends at the next quote of its kind (one kind are " “ ” „ ‟ ＂, the other « »), an unclosed one at the end of
the text. Control characters and lone surrogates read as spaces.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from searchkit import lazy
from searchkit.text.words import end_of_blanks, has_blanks_inside

Kind = Literal["word", "phrase", "slop", "open", "close", "and", "or", "not", "plus", "exact", "field"]


class QueryToken(NamedTuple):
    """A piece of the query: `text` is the word, the inside of the phrase, or the field's name."""

    kind: Kind
    text: str


_FIELDS = {"lang": "lang", "language": "lang", "title": "title", "date": "date", "path": "path"}
_WORD_OPERATORS: dict[str, Kind] = {"AND": "and", "OR": "or", "NOT": "not"}
_MARK_OPERATORS: dict[str, Kind] = {"(": "open", ")": "close", "&&": "and", "||": "or"}
_SIGNS: dict[str, Kind] = {"-": "not", "!": "not", "+": "plus", "=": "exact"}

_UNREADABLE = lazy.regex("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")
_SPACE = lazy.regex(r"\s+")
_MARK = lazy.regex(r"\(|\)|&&|\|\|")
_QUOTES = {quote: lazy.regex(f"[{kind}]") for kind in ('"“”„‟＂', "«»") for quote in kind}
_SLOP = lazy.regex(r"~[0-9]*")
_SIGN = lazy.regex(r"[-+!]?=?(?=[^\s)&|+!=-])")
_STRAY_SIGNS = lazy.regex(r"[-+!=]+")
_FIELD = lazy.regex(r"(lang|language|title|date|path):", re.IGNORECASE | re.ASCII)
_COLUMN = lazy.regex(r"([^\W\d_][\w’'ʻʼ№-]*[\w№]):(?=[\w\"“”„‟＂«»(*=]|(?:\.\.|[<>≥≤]=?)\d)")
_WORD = lazy.regex(r'(?:(?!&&|\|\|)[^\s()"“”„‟＂«»])+')
_NEXT = lazy.regex(r"\s*(?=\S)")
_TO_BLANK = lazy.regex(r"\S*")
_PATH = lazy.regex(r'(?=[^("“”„‟＂«»])\S+')


def tokens(text: str) -> Iterator[QueryToken]:
    """The tokens of a query, in time linear in its length."""
    text = _UNREADABLE.sub(" ", text)
    at = 0
    apart = True  # the last character was no part of a word, so an operator may begin here
    bound = False  # a sign or a field name stands directly before, so AND is a word here
    blanks = has_blanks_inside(text, 0, len(text))
    while at < len(text):
        if space := _SPACE.match(text, at):
            at, apart, bound = space.end(), True, False
            continue
        if mark := _MARK.match(text, at):
            yield QueryToken(_MARK_OPERATORS[mark[0]], mark[0])
            at, apart, bound = mark.end(), True, False
            continue
        if text[at] in _QUOTES:
            closing = _QUOTES[text[at]].search(text, at + 1)
            yield QueryToken("phrase", text[at + 1 : closing.start() if closing else len(text)])
            at, apart, bound = closing.end() if closing else len(text), False, False
            if slop := _SLOP.match(text, at):
                yield QueryToken("slop", slop[0])
                at = slop.end()
            continue
        if apart and text[at] in _SIGNS:
            if sign := _SIGN.match(text, at):
                yield from (QueryToken(_SIGNS[mark], mark) for mark in sign[0])
                at, bound = sign.end(), True
            else:
                at = _STRAY_SIGNS.match(text, at).end()  # type: ignore[union-attr]
            continue
        if apart and (field := _FIELD.match(text, at)):
            name = _FIELDS[field[1].lower()]
            yield QueryToken("field", name)
            at, bound = field.end(), True
            if name == "path" and (path := _PATH.match(text, at)):
                value = _without_closing_brackets(path[0])
                yield QueryToken("word", value)
                at += len(value)
            continue
        if apart and (column := _COLUMN.match(text, at)):
            yield QueryToken("field", f":{column[1]}")
            at, bound = column.end(), True
            continue
        whole = end_of_blanks(text, at) if blanks and (apart or bound) else at
        word = _WORD.match(text, whole)
        value = text[at : word.end() if word else max(whole, at + 1)]
        yield QueryToken("word" if bound else _WORD_OPERATORS.get(value, "word"), value)
        at, apart, bound = at + len(value), False, False


def words_of_phrase(text: str) -> list[str]:
    """The inside of a phrase cut at its blanks, but not at those inside a word."""
    if not has_blanks_inside(text, 0, len(text)):
        return text.split()
    found: list[str] = []
    at = 0
    while space := _NEXT.match(text, at):
        at = space.end()
        end = _TO_BLANK.match(text, end_of_blanks(text, at)).end()  # type: ignore[union-attr]
        found.append(text[at:end])
        at = end
    return found


def _without_closing_brackets(path: str) -> str:
    """In (path:reports) the bracket closes the group; in path:report(1) it belongs to the path."""
    surplus = path.count(")") - path.count("(")
    while surplus > 0 and path.endswith(")"):
        path, surplus = path[:-1], surplus - 1
    return path
