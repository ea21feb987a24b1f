"""Letters that a PDF's fonts give in two parts or under wrong code points, mended by the rules that can be told for sure.

`with_accents`: an accent that was printed over a letter, as TeX does, stands beside it: "B¨orsch", "у˘збек".

`mend`:

- Fonts whose tables hold the bytes of UTF-8 as one number: "킛킸톁톂" is D09B D0B8 D181 D182, the UTF-8 of "Лист".
- Fonts numbered by the glyphs of Times New Roman and its like, where Cyrillic stands 470 places too low: "ɍɝɨɥ" is "Угол".

Each of the two changes one code point for one, and a line only where nearly all its letters are of the range: no language writes
with these alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from searchkit.documents.encodings.mojibake import repair
from searchkit.text.scripts import CYRILLIC

HYPHEN_AT_LINE_END = "\ufffe"
"""What pdfium writes for a hyphen and the line end after it."""
SHIFT = 0x0410 - 0x023A
"""From where the glyphs stand to the Cyrillic capitals and small letters, А to я."""

_SHIFTED = re.compile("[\u023a-\u0279]")
_UTF8_PAIR = re.compile("[\ud080-\ud0bf\ud180-\ud1bf]")
_LETTER = re.compile(r"[^\W\d_]")
_LINE = re.compile(r"[^\n\f]+")
_MOSTLY = 0.9  # share of a line's letters beyond ASCII
_SHORTEST = 3  # such letters in a line


def with_accents(text: str) -> str:
    """`text` with the accents that stand beside letters put over them.

    The letter is the next one, in Cyrillic the one before, where Unicode has it with this accent; else the other. Signs
    that stand for apostrophes (oʻ as o` or o´) or homes on the web (˜user) as well are left alone.

    >>> with_accents("na¨ıve B¨orsch, у˘збек, Xˆ = 20˚C")
    'naïve Börsch, ўзбек, Xˆ = 20˚C'
    """
    return _BESIDE.sub(_put_over, text) if _ACCENT.search(text) else text


_ACCENTS = {"¨": "\u0308", "ˆ": "\u0302", "ˇ": "\u030c", "˘": "\u0306", "˚": "\u030a", "˝": "\u030b"}
_ACCENT = re.compile(f"[{''.join(_ACCENTS)}]")
_BESIDE = re.compile(rf"([^\W\d_]?)([{''.join(_ACCENTS)}])([^\W\d_]?)")


def _put_over(match: re.Match[str]) -> str:
    before, accent, after = match.groups()
    under_before = unicodedata.normalize("NFC", before + _ACCENTS[accent])
    under_after = unicodedata.normalize("NFC", after.replace("ı", "i") + _ACCENTS[accent])
    choices = [(under_after, before + under_after), (under_before, under_before + after)]
    if CYRILLIC.match(before):
        choices.reverse()
    # With no letter on that side the accent alone is left, which is one code point as well, but no letter.
    return next((whole for letter, whole in choices if len(letter) == 1 and letter.isalpha()), match[0])


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
