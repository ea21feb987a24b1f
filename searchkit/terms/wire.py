"""The terms of a document as a few strings: quick to make, to send to another process and to take apart.

One string for the text and one for the title: the three terms of each word in a row, in the order of the fields, with
single blanks between. Each term is led by the mark of its field; the bare mark stands where a word has no term in a field:

    wкітапхана skitaphana n wgaziza sgaziza nkzz

Code points that would tear a term or cannot be written as UTF-8 are escaped (`escaped`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from searchkit import lazy
from searchkit.terms.fields import FIELDS, TEXT_FIELDS, TITLE_FIELDS

MARKS: Mapping[str, str] = {
    **dict(zip(TEXT_FIELDS, "wsn", strict=True)),
    **dict(zip(TITLE_FIELDS, "wsn", strict=True)),
}
"""The mark that a term of a field begins with."""

_PLACES = {field: place for kind in (TEXT_FIELDS, TITLE_FIELDS) for place, field in enumerate(kind)}
"""The place of a field among those of its kind."""

_ESCAPE = "\ud7ff"
"""Not assigned, and the last before the surrogates, which are no UTF-8: so the order of those stays."""
_ESCAPED = lazy.regex(r"[\s\ud7ff-\udfff]")
_UNESCAPED = lazy.regex(_ESCAPE + "(.)", re.DOTALL)
_BLANKS = "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680"
_BLANKS += "\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
"""All white space of Unicode."""
_FIRST_BLANK = 0x100
_SURROGATES = 0xD000
"""The character after the escape: of white space, its place in the list from here on; of the others, how much is above this."""


class TermStreams(Mapping[str, Sequence[str]]):
    """The terms of each of `FIELDS`, as `Record.fields` has them, in a string for the text and one for the title."""

    __slots__ = ("text", "title")

    def __init__(self, text: str, title: str) -> None:
        self.text = text
        self.title = title

    def __reduce__(self) -> tuple[type[TermStreams], tuple[str, str]]:
        return type(self), (self.text, self.title)

    def __iter__(self) -> Iterator[str]:
        return iter(FIELDS)

    def __len__(self) -> int:
        return len(FIELDS)

    @classmethod
    def of(cls, fields: Mapping[str, Sequence[str]]) -> TermStreams:
        """Those of any `Record.fields`."""
        if isinstance(fields, cls):
            return fields
        text, title = (
            joined(map(piece, *(fields.get(field, ()) for field in kind))) for kind in (TEXT_FIELDS, TITLE_FIELDS)
        )
        return cls(text, title)

    def __getitem__(self, field: str) -> list[str]:
        stream = self.title if field in TITLE_FIELDS else self.text
        terms = [term[1:] for term in split(stream)[_PLACES[field] :: 3]]
        return [unescaped(term) for term in terms] if _ESCAPE in stream else terms


def piece(word: str, stem: str, name: str) -> str:
    """The terms of one word in a stream."""
    if _ESCAPED.search(word + stem + name):
        word, stem, name = escaped(word), escaped(stem), escaped(name)
    return f"w{word} s{stem} n{name}"


def terms_of(piece: str) -> tuple[str, str, str]:
    """The reverse of `piece`; blanks around it do not matter."""
    word, stem, name = piece.split()
    return unescaped(word[1:]), unescaped(stem[1:]), unescaped(name[1:])


def joined(pieces: Iterable[str]) -> str:
    """A stream of the words' pieces."""
    return " ".join(pieces)


def split(stream: str) -> list[str]:
    """The marked terms of a stream, three a word."""
    return stream.split(" ") if stream else []


def escaped(text: str) -> str:
    """Without white space and surrogates; texts that begin alike still do."""
    return _ESCAPED.sub(_escape, text)


def unescaped(text: str) -> str:
    """The reverse of `escaped`."""
    return _UNESCAPED.sub(_unescape, text)


def _escape(match: re.Match[str]) -> str:
    letter = match[0]
    place = _BLANKS.find(letter)
    return _ESCAPE + chr(ord(letter) - _SURROGATES if place < 0 else _FIRST_BLANK + place)


def _unescape(match: re.Match[str]) -> str:
    code = ord(match[1])
    place = code - _FIRST_BLANK
    return _BLANKS[place] if place < len(_BLANKS) else chr(code + _SURROGATES)
