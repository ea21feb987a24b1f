"""The parts of a text that are read around the words that may be a name: what stands further away decides nothing."""

from __future__ import annotations

from collections.abc import Iterable

Window = tuple[int, int]
"""Start and end, code points of the text."""

REACH = 100
"""Code points on either side of a word: given name, patronymic and initials beside a surname, and what they hang on."""
LONGEST_RUN = 10
"""Capitalised words that a window has more at most, so that its end stands within no name."""


def windows(text: str, places: Iterable[Window], whole_lines: bool = False) -> list[Window]:
    """The windows around places, given in order; whole words or whole lines, apart from one another."""
    found: list[Window] = []
    for start, end in places:
        if found and end + REACH <= found[-1][1]:
            continue
        low, high = _before(text, start - REACH), _after(text, end + REACH)
        if whole_lines:
            low, line_end = text.rfind("\n", 0, low) + 1, text.find("\n", high)
            high = line_end if line_end >= 0 else len(text)
        if found and low <= found[-1][1]:
            found[-1] = (found[-1][0], high)
        else:
            found.append((low, high))
    return found


def _before(text: str, at: int) -> int:
    """The start of a word before `at` that has no capital, or of the text."""
    low = max(0, at)
    for _ in range(LONGEST_RUN):
        low = text.rfind(" ", 0, low)
        if low < 0:
            return 0
        if not text[low + 1 : low + 2].isupper():
            break
    return low + 1


def _after(text: str, at: int) -> int:
    """The end of a word after `at` before one that has no capital, or of the text."""
    high = at - 1
    for _ in range(LONGEST_RUN):
        high = text.find(" ", high + 1)
        if high < 0:
            return len(text)
        if not text[high + 1 : high + 2].isupper():
            break
    return high
