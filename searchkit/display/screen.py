"""Lines for a terminal: what stands out in them, and what must not steer the terminal.

Text from outside (documents, names of files, metadata, reasons) may hold escape sequences that rewrite the screen, or
signs that turn the direction of writing, so that a line reads as what it is not. A line is made of such text and of
signs of our own for bold, dim and marked; `rendered` makes everything else in it visible instead of effective. Our signs
are noncharacters of Unicode (section 23.7 of the standard), which no text is meant to hold; where one does, it does no
more than make letters bold.
"""

from __future__ import annotations

import re

from searchkit import lazy
from searchkit.locale import spoken

_BOLD, _DIM, _MARK, _END = "\ufdd0", "\ufdd1", "\ufdd2", "\ufdd3"
_MARK_END = "\ufdd4"
_PLAIN = str.maketrans({_BOLD: "", _DIM: "", _MARK: "**", _MARK_END: "**", _END: ""})
_STYLED = str.maketrans(
    {_BOLD: "\x1b[1m", _DIM: "\x1b[2m", _MARK: "\x1b[33m\x1b[1m", _MARK_END: "\x1b[0m", _END: "\x1b[0m"}
)

_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # the property Bidi_Control (Unicode Standard Annex 9)
UNSAFE = lazy.regex(f"[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff{_BIDI}]")
"""Control characters except the tab, ends of lines, signs of direction, halves of characters and what XML cannot hold."""


def rendered(line: str, styled: bool) -> str:
    """A line as it is printed: with colours, or with marked words between double asterisks."""
    shown = safe(line)
    return shown.translate(_STYLED if styled else _PLAIN)


def safe(text: str) -> str:
    """The text with signs in place of what would steer a terminal: ␛ for escape, \\u202e for an override."""
    return text if text.isascii() and text.isprintable() else UNSAFE.sub(_sign, text)


def _sign(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else f"\\u{code:04x}"


def one_line(text: str) -> str:
    """Runs of white space as one space."""
    return " ".join(text.split())


def bold(text: str) -> str:
    """Text that stands out, as a title does."""
    return f"{_BOLD}{text}{_END}" if text else text


def dim(text: str) -> str:
    """Text that stands back."""
    return f"{_DIM}{text}{_END}" if text else text


def mark(text: str) -> str:
    """A word that answers the query."""
    return f"{_MARK}{text}{_MARK_END}"


NOUNS = {
    "document": lambda number: spoken.count("%(num)s document", "%(num)s documents", number),
    "place": lambda number: spoken.count("%(num)s place", "%(num)s places", number),
    "mention": lambda number: spoken.count("%(num)s mention", "%(num)s mentions", number),
    "file": lambda number: spoken.count("%(num)s file", "%(num)s files", number),
    "page": lambda number: spoken.count("%(num)s page", "%(num)s pages", number),
    "text": lambda number: spoken.count("%(num)s text", "%(num)s texts", number),
    "concept": lambda number: spoken.count("%(num)s concept", "%(num)s concepts", number),
    "problem": lambda number: spoken.count("%(num)s problem", "%(num)s problems", number),
    "row": lambda number: spoken.count("%(num)s row", "%(num)s rows", number),
}
"""The nouns that are counted, in the forms that each language has after numbers."""


def count(number: int, noun: str) -> str:
    """ "1 document", "1,200 documents"."""
    return NOUNS[noun](number)
