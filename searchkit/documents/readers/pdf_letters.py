"""Letters that a PDF's fonts give under wrong code points, mended by the two rules that can be told for sure.

- Fonts whose tables hold the bytes of UTF-8 as one number: "킛킸톁톂" is D09B D0B8 D181 D182, the UTF-8 of "Лист".
- Fonts numbered by the glyphs of Times New Roman and its like, where Cyrillic stands 470 places too low: "ɍɝɨɥ" is "Угол".

Each rule changes one code point for one, and a line only where nearly all its letters are of the range: no language writes
with these alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from searchkit.documents.encodings.mojibake import repair

SHIFT = 0x0410 - 0x023A
"""From where the glyphs stand to the Cyrillic capitals and small letters, А to я."""

_SHIFTED = re.compile("[\u023a-\u0279]")
_UTF8_PAIR = re.compile("[\ud080-\ud0bf\ud180-\ud1bf]")
_LETTER = re.compile(r"[^\W\d_]")
_LINE = re.compile(r"[^\n\f]+")
_MOSTLY = 0.9  # share of a line's letters beyond ASCII
_SHORTEST = 3  # such letters in a line


def mend(text: str) -> str:
    """`text` with the lines mended that one of the rules fits; of the same length.

    >>> mend("ɍɝɥɨɜɚɹ A4")
    'Угловая A4'
    """
    if _SHIFTED.search(text):
        text = _LINE.sub(lambda line: _mend_line(line[0], _SHIFTED, lambda letter: chr(ord(letter) + SHIFT)), text)
    if _UTF8_PAIR.search(text):
        text = _LINE.sub(lambda line: _mend_line(line[0], _UTF8_PAIR, _from_utf8), text)
    return text


def mended(text: str) -> str:
    """Text of a PDF with these letters and garbled encodings mended."""
    return repair(mend(text))


def _mend_line(line: str, wrong: re.Pattern[str], right: Callable[[str], str]) -> str:
    count = len(wrong.findall(line))
    beyond_ascii = sum(letter > "\x7f" for letter in _LETTER.findall(line))
    if count < _SHORTEST or count < _MOSTLY * beyond_ascii:
        return line
    return wrong.sub(lambda match: right(match[0]), line)


def _from_utf8(letter: str) -> str:
    return ord(letter).to_bytes(2, "big").decode("utf-8")
