"""The window of a text around a place: whole sentences where they are not too long, else cut between words."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from typing import NamedTuple

from searchkit.text import sentences

LENGTH = 220
"""Code points that a passage should have."""
LONGEST = 300
"""Code points up to which sentences are not cut."""
_LOOK_AROUND = LONGEST + 100
"""Code points on either side of a place in which sentences are looked for: one that begins or ends farther away is cut, and
a line that is not seen from its beginning is not taken for a short one."""

Span = tuple[int, int]


class Window(NamedTuple):
    """A passage `text[start:end]`; `whole` where it is cut inside no sentence."""

    start: int
    end: int
    whole: bool


class Sentences:
    """The sentences of a text around places in it, found once for places near each other."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._has_pages = "\f" in text
        self._parts: list[tuple[int, int, list[int], list[int]]] = []

    def find(self, places: Collection[Span]) -> None:
        """Find those around all the places, at once where they are near each other."""
        if self._has_pages:
            return
        begin = end = min(places)[0]
        for first, last in sorted(places):
            last = min(last, first + LONGEST)
            if first > end + 2 * _LOOK_AROUND:
                self.around(begin, end)
                begin, end = first, last
            elif last > end:
                end = last
        self.around(begin, end)

    def around(self, first: int, last: int) -> tuple[list[int], list[int]]:
        """Where sentences begin and end: all that a passage around a place may reach to, and some before and behind."""
        return self._inside(*self._room(first, last))

    def _room(self, first: int, last: int) -> Span:
        """How far a passage around a place may reach: not over the end of a page."""
        low = first - _LOOK_AROUND if first > _LOOK_AROUND else 0
        high = last + _LOOK_AROUND
        if high > len(self.text):
            high = len(self.text)
        if self._has_pages:
            low = max(low, self.text.rfind("\f", low, first) + 1)
            page_end = self.text.find("\f", first, high)
            high = page_end if page_end >= 0 else high
        return low, high

    def _inside(self, low: int, high: int) -> tuple[list[int], list[int]]:
        for start, end, begins, ends in self._parts:
            if start <= low and high <= end:
                return begins, ends
        found = sentences.spans(self.text, low, high)
        begins, ends = [start for start, _ in found], [end for _, end in found]
        self._parts.append((low, high, begins, ends))
        return begins, ends


def fit(around: Sentences, first: int, last: int, taken: Sequence[Span] = ()) -> Window:
    """The passage around `text[first:last]`: whole sentences where they are not too long, else cut between words.

    It does not reach into the spans that are `taken`, nor over the end of a page.
    """
    text = around.text
    if last > first + LONGEST:
        last = first + LONGEST
    begins, ends = around.around(first, last)
    if taken:
        low, high = 0, len(text)
        for start, end in taken:
            if low < end <= first:
                low = end
            elif first <= start < high:
                high = start
        last = max(first, min(last, high))
        if begins and (begins[0] < low or high < ends[-1]):
            begins, ends = _between(text, begins, ends, low, high)
    at, until = bisect_right(ends, first), bisect_left(ends, last)
    if until == len(ends) or at == len(ends):
        return Window(first, last, False)
    start, end = begins[at], ends[until]
    if end - start > LONGEST:
        return Window(*_cut(text, first, last, start, end), False)
    while until + 1 < len(ends) and ends[until + 1] - start <= LENGTH:
        until += 1
        end = ends[until]
    while at > 0 and end - begins[at - 1] <= LENGTH:
        at -= 1
        start = begins[at]
    if end - start < LENGTH // 2 and until + 1 < len(ends):
        # A headline alone says too little: the long sentence after it is begun.
        following = ends[until + 1]
        if following - start > LONGEST:
            return Window(start, _word_end(text, start + LENGTH, end), False)
        end = following
    return Window(start, end, True)


def _between(text: str, begins: list[int], ends: list[int], low: int, high: int) -> tuple[list[int], list[int]]:
    """Of the sentences that begin and end there what lies in `text[low:high]`."""
    bottom, top = bisect_right(ends, low), bisect_left(begins, high)
    begins, ends = begins[bottom:top], ends[bottom:top]
    if begins and begins[0] < low:
        begins[0] = ends[0] - len(text[low : ends[0]].lstrip())
    if ends and ends[-1] > high:
        ends[-1] = begins[-1] + len(text[begins[-1] : high].rstrip())
    return begins, ends


def _cut(text: str, first: int, last: int, low: int, high: int) -> Span:
    """A part of `text[low:high]`, LENGTH or less, with `text[first:last]` in it: from the front, the end or the middle."""
    if last - low <= LENGTH:
        return low, _word_end(text, min(high, low + LENGTH), last)
    if high - first <= LENGTH:
        return _word_start(text, max(low, high - LENGTH), first), high
    spare = max(0, LENGTH - (last - first))
    start = _word_start(text, max(low, first - spare // 2), first)
    return start, _word_end(text, min(high, start + LENGTH), last)


def _word_end(text: str, limit: int, least: int) -> int:
    """The last end of a word at or before `limit`, but not before `least`; `limit` where there is none."""
    limit = max(limit, least)
    at = limit
    if at < len(text):
        while at > least and not text[at].isspace():
            at -= 1
        if not text[at].isspace():
            return limit
    while at > least and text[at - 1].isspace():
        at -= 1
    return at


def _word_start(text: str, limit: int, most: int) -> int:
    """The first beginning of a word at or after `limit`, but not after `most`; `limit` where there is none."""
    at = limit
    if at > 0:
        while at < most and not text[at - 1].isspace():
            at += 1
        if not text[at - 1].isspace():
            return limit
    while at < most and text[at].isspace():
        at += 1
    return at
