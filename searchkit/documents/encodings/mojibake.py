"""Cyrillic that was taken for Western European: "Ðåñïóáëèêà" for "Республика".

Old PDF fonts give Windows-1251 or KZ-1048 codes without saying so, and readers take them for Latin-1. The repair is one
code point for one, so that offsets hold.
"""

from __future__ import annotations

import re

from searchkit.documents.encodings.detect import detect

_LINE = re.compile(r"[^\n\f]+")
_WORD = re.compile(r"[^\W\d_]+")
_SHORTEST = 6  # letters in a line; less proves nothing


def repair(text: str) -> str:
    """`text` with the lines mended whose words are Latin-1 letters beyond ASCII almost alone.

    >>> repair("Ðåñïóáëèêà Êàçàõñòàí")
    'Республика Казахстан'
    """
    if not re.search("[\xc0-\xff]{4}", text):
        return text
    return _LINE.sub(lambda match: _repair_line(match[0]), text)


def _repair_line(line: str) -> str:
    words = _WORD.findall(line)
    wrong = sum(len(word) for word in words if _is_wrong(word))
    if wrong < _SHORTEST or wrong < 0.6 * sum(map(len, words)):
        return line
    data = b"".join(_byte(character) for character in line)
    encoding = detect(data)
    if encoding not in ("cp1251", "kz1048"):
        return line
    mended = data.decode(encoding, "replace")
    return "".join(old if ord(old) < 0x80 or _byte(old) == b"?" else new for old, new in zip(line, mended, strict=True))


def _is_wrong(word: str) -> bool:
    """No word of a Latin alphabet is of letters with accents alone, or nearly."""
    return len(word) > 1 and sum("\xc0" <= letter <= "\xff" for letter in word) >= 0.7 * len(word)


def _byte(character: str) -> bytes:
    """The byte that was read as `character`: cp1252, or Latin-1 where that has none."""
    for encoding in ("cp1252", "latin-1"):
        try:
            return character.encode(encoding)
        except UnicodeEncodeError:
            continue
    return b"?"
