"""The passages of a document to show for a query, with the words that match.

A passage is a window of whole sentences around matches; a sentence too long for it is cut between words. Of all windows
the one that answers most of the query is shown first: each distinct word of the query counts by its rarity, its
repetitions a little, and earlier windows win over equal ones. The next window counts again what the first has not shown.
Where only the title matched, the title and the beginning of the text are shown.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from heapq import nlargest
from typing import NamedTuple

from searchkit.highlight.matches import Match, Matcher
from searchkit.model import Document, Highlight, Snippet
from searchkit.terms.query_tree import Node
from searchkit.text import sentences

LENGTH = 220
"""Code points that a passage should have."""
LONGEST = 300
"""Code points up to which sentences are not cut."""
_LOOK_AROUND = LONGEST + 100
"""Code points on either side of a place in which sentences are looked for: one that begins or ends farther away is cut, and
a line that is not seen from its beginning is not taken for a short one."""
_REPEATED = 0.1  # what a further occurrence of a word is worth beside its first
_MAX_REPEATED = 3
_SHOWN = 0.3  # what a word is worth that an earlier passage has shown
_MAX_MATCHES = 2_000  # of one group, that windows are tried at
_CUT = 0.8  # what a passage cut inside a sentence is worth beside whole sentences
_FITTED = 8  # windows that are fitted to sentences before the best is taken

Passages = Iterable[tuple[int, int, str]]
Span = tuple[int, int]


class _Window(NamedTuple):
    """A passage `text[start:end]`; `whole` where it is cut inside no sentence."""

    start: int
    end: int
    whole: bool


def best(
    document: Document,
    passages: Passages,
    title_passages: Passages,
    tree: Node,
    count: int = 2,
    rarity: Mapping[str, float] | None = None,
) -> tuple[Snippet, ...]:
    """At most `count` snippets of a document for an engine tree, best first.

    `passages` and `title_passages` are (start, end, language) of text and title, as `analysis` found them. `rarity` is
    the worth of each group's label, such as its inverse document frequency; without it the rarity in the text counts.
    """
    if count < 1:
        return ()
    matcher = _recent.matcher(tree)
    matches = matcher.find(document.text, passages)
    if matches:
        weights = _weights(matcher, matches, rarity)
        begins = [match.start for match in matches]
        spans = _choose(document.text, matches, weights, count)
        return tuple(_snippet(document, span, _inside(matches, begins, *span)) for span in spans)
    found: list[Snippet] = []
    title_matches = _recent.matcher(tree, title=True).find(document.title, title_passages)
    if title_matches:
        highlights = _highlights(title_matches, 0, len(document.title))
        found.append(Snippet(document.title, 0, len(document.title), highlights, field="title"))
    beginning = _fit(_Sentences(document.text), 0, 0)[:2]
    if beginning[0] < beginning[1]:
        found.append(_snippet(document, beginning, []))
    return tuple(found[:count])


def whole(document: Document, passages: Passages, tree: Node) -> Snippet:
    """The whole text as one snippet."""
    matches = _recent.matcher(tree).find(document.text, passages)
    return _snippet(document, (0, len(document.text)), matches)


def context(text: str, start: int, end: int) -> Span:
    """The passage to show around `text[start:end]`, as (start, end); it holds that place whole."""
    low, high, _ = _fit(_Sentences(text), start, end)
    return min(low, start), max(high, end)


class _Recent:
    """The matchers of the last tree: the hits of one page have it in common, and what matched in one, matches in all."""

    def __init__(self) -> None:
        self._kept: dict[bool, tuple[Node, Matcher]] = {}

    def matcher(self, tree: Node, title: bool = False) -> Matcher:
        kept = self._kept.get(title)
        if kept is None or kept[0] is not tree:
            kept = self._kept[title] = (tree, Matcher(tree, title))
        return kept[1]


_recent = _Recent()


def _weights(matcher: Matcher, matches: Sequence[Match], rarity: Mapping[str, float] | None) -> list[float]:
    """The worth of each group of the matcher."""
    if rarity is not None:
        return [group.boost * rarity.get(group.label, 1.0) for group in matcher.groups]
    counts = [0] * len(matcher.groups)
    for match in matches:
        for group in match.groups:
            counts[group] += 1
    return [group.boost * (1 + 1 / max(1, count)) for group, count in zip(matcher.groups, counts, strict=True)]


# ------------------------------------------------------------------ choosing windows


def _choose(text: str, matches: Sequence[Match], weights: list[float], count: int) -> list[Span]:
    """At most `count` windows that do not overlap, nor say the same, best first."""
    left = _thinned(matches, len(weights))
    worth = list(weights)
    around = _Sentences(text)
    chosen: list[Span] = []
    said: set[str] = set()
    while left and len(chosen) < count:
        # Whole sentences around the first match may serve as well as a cut that holds them all.
        places = {(start, end) for start, *ends in _windows(left, worth) for end in ends}
        around.find(places)
        fitted = {_fit(around, start, end, chosen) for start, end in places}
        begins = [match.start for match in left]
        ranked = ((_score(left, begins, window, worth), -window.start, window.end) for window in fitted)
        _, start, high = max(ranked)
        low = -start
        if text[low:high] not in said:
            chosen.append((low, high))
            said.add(text[low:high])
        for match in _inside(left, begins, low, high):
            for group in match.groups:
                worth[group] = weights[group] * _SHOWN
        rest = [match for match in left if match.end <= low or match.start >= high]
        if len(rest) == len(left):
            break
        left = rest
    return chosen


def _thinned(matches: Sequence[Match], groups: int) -> list[Match]:
    """Of a word that stands everywhere, only the first occurrences are tried."""
    if len(matches) <= _MAX_MATCHES:
        return list(matches)
    left = [_MAX_MATCHES] * groups
    kept = []
    for match in matches:
        if any(left[group] > 0 for group in match.groups):
            kept.append(match)
            for group in match.groups:
                left[group] -= 1
    return kept


def _windows(matches: Sequence[Match], worth: list[float]) -> list[tuple[int, int, int]]:
    """The stretches worth most, from one match to the last that fits a passage: start, end of the first, of the last."""
    counts = [0] * len(worth)
    value, last, total = 0.0, 0, len(matches)
    found: list[tuple[float, int, int, int]] = []
    for first, match in enumerate(matches):
        start = match.start
        while last < total and (last == first or matches[last].end - start <= LENGTH):
            for group in matches[last].groups:
                counts[group] += 1
                value += worth[group] * _step(counts[group])
            last += 1
        found.append((round(value, 6), -start, match.end, matches[last - 1].end))
        for group in match.groups:
            value -= worth[group] * _step(counts[group])
            counts[group] -= 1
    if total > _FITTED:
        found = nlargest(_FITTED, found)
    return [(-start, first_end, end) for _, start, first_end, end in found]


def _step(count: int) -> float:
    """What the nth occurrence of a word adds."""
    if count == 1:
        return 1.0
    return _REPEATED if count <= 1 + _MAX_REPEATED else 0.0


def _score(matches: Sequence[Match], begins: list[int], window: _Window, worth: list[float]) -> float:
    counts: dict[int, int] = {}
    for match in _inside(matches, begins, window.start, window.end):
        for group in match.groups:
            counts[group] = counts.get(group, 0) + 1
    score = sum(worth[group] * (1 + _REPEATED * min(count - 1, _MAX_REPEATED)) for group, count in counts.items())
    return round(score if window.whole else score * _CUT, 6)


def _inside(matches: Sequence[Match], begins: list[int], start: int, end: int) -> Sequence[Match]:
    """The matches that begin in `text[start:end]`; `begins` says where each does."""
    return matches[bisect_left(begins, start) : bisect_left(begins, end)]


# ------------------------------------------------------------------ fitting to sentences


class _Sentences:
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


def _fit(around: _Sentences, first: int, last: int, taken: Sequence[Span] = ()) -> _Window:
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
        return _Window(first, last, False)
    start, end = begins[at], ends[until]
    if end - start > LONGEST:
        return _Window(*_cut(text, first, last, start, end), False)
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
            return _Window(start, _word_end(text, start + LENGTH, end), False)
        end = following
    return _Window(start, end, True)


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


# ------------------------------------------------------------------ making snippets


def _snippet(document: Document, span: Span, matches: Sequence[Match]) -> Snippet:
    """The snippet of a span of the text, with the matches in it."""
    start, end = span
    highlights = _highlights(matches, start, end)
    page = document.page_at(start + highlights[0].start if highlights else start)
    return Snippet(document.text[start:end], start, end, highlights, page)


def _highlights(matches: Sequence[Match], start: int, end: int) -> tuple[Highlight, ...]:
    return tuple(
        Highlight(match.start - start, min(match.end, end) - start, match.reason, match.query) for match in matches
    )
