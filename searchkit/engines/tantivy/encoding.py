"""How ids and terms are written in Tantivy.

It takes UTF-8 without surrogates, and drops, without a word, a term of more than 65,530 bytes.
"""

from __future__ import annotations

import re
from hashlib import blake2b

from searchkit.terms import wire
from searchkit.terms.wire import MARKS

LONGEST = 12_000
"""Code points of a term or id; what is longer is cut (see `cut`)."""
_CUT = "\ue000cut\ue000"
_ESCAPE = "\ud7ff"
"""Not assigned, and the last before the surrogates, which are no UTF-8: so the order of code points stays."""
_ESCAPED = re.compile("[\ud7ff-\udfff]")
_UNESCAPED = re.compile(_ESCAPE + "(.)", re.DOTALL)
_END = "\0\0"
BUCKETS = [chr(code) for code in range(ord("0"), ord("0") + 64)]
"""The buckets that entries begin with, by the hash of their id: so that they can be listed a part at a time (see `Snapshot.entries`)."""


def term(field: str, text: str) -> str:
    """The term of a field in Tantivy's field of its kind."""
    return MARKS[field] + cut(wire.escaped(text))


def text_of(term: str) -> str:
    """The reverse of `term`; of a very long one, the beginning."""
    return wire.unescaped(term[1:].partition(_CUT)[0])


def bucket_of(id: str) -> str:
    return BUCKETS[int(key_of(id)[:2], 16) % len(BUCKETS)]


def entry(id: str, hash: str, file: str) -> str:
    """Sorts as ids do, where it `is_short`; two NULs end a part, so a NUL in one becomes NUL and 1."""
    return _END.join(cut(escaped(part).replace("\0", "\0\1")) for part in (id, hash, file))


def of_entry(written: str) -> tuple[str, str, str]:
    """The id, hash and file of an entry that is short; entries of format 2 have no file."""
    id, hash, *file = (unescaped(part.replace("\0\1", "\0")) for part in written.split(_END))
    return id, hash, "".join(file)


def is_short(*parts: str) -> bool:
    """Whether the parts can be had from the entry."""
    return all(len(part) < LONGEST // 4 for part in parts)


def key_of(id: str) -> str:
    return blake2b(to_bytes(id), digest_size=16).hexdigest()


def to_bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def to_text(content: bytes) -> str:
    return content.decode("utf-8", "surrogatepass")


def escaped(text: str) -> str:
    """Without surrogates, in the same order, with the same beginnings."""
    if text.isascii():
        return text
    return _ESCAPED.sub(lambda match: _ESCAPE + chr(ord(match[0]) - 0xD700), text)


def unescaped(text: str) -> str:
    if text.isascii():
        return text
    return _UNESCAPED.sub(lambda match: chr(ord(match[1]) + 0xD700), text)


def cut(text: str) -> str:
    """A text longer than LONGEST by its beginning and its hash."""
    if len(text) <= LONGEST:
        return text
    return text[:LONGEST] + _CUT + key_of(text)
