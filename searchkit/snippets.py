"""The passages of a document to show for a query, with the words that match.

A passage is a window of whole sentences around matches; a sentence too long for it is cut between words. Of all windows
the one that answers most of the query is shown first: each distinct word of the query counts by its rarity, its
repetitions a little, and earlier windows win over equal ones. The next window counts again what the first has not shown.
Where only the title matched, the title and the beginning of the text are shown.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from heapq import nlargest
from typing import NamedTuple

from searchkit.model import Document, Highlight, Snippet
from searchkit.query.matching import Match, Matcher
from searchkit.query.tree import Node
from searchkit.text import sentences

LENGTH = 220
"""Code points that a passage should have."""
LONGEST = 300
"""Code points up to which sentences are not cut."""
_LOOK_AROUND = 2 * LONGEST
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
        return tuple(_snippet(document, span, matches) for span in _choose(document.text, matches, weights, count))
    found: list[Snippet] = []
    title_matches = _recent.title_matcher(tree).find(document.title, title_passages)
    if title_matches:
        highlights = _highlights(title_matches, 0, len(document.title))
        found.append(Snippet(document.title, 0, len(document.title), highlights, field="title"))
    beginning = _fit(document.text, 0, 0)[:2]
    if beginning[0] < beginning[1]:
        found.append(_snippet(document, beginning, []))
    return tuple(found[:count])


def whole(document: Document, passages: Passages, tree: Node) -> Snippet:
    """The whole text as one snippet."""
    return _snippet(document, (0, len(document.text)), _recent.matcher(tree).find(document.text, passages))


def context(text: str, start: int, end: int) -> Span:
    """The passage to show around `text[start:end]`, as (start, end); it holds that place whole."""
    low, high, _ = _fit(text, start, end)
    return min(low, start), max(high, end)


class _Recent:
    """The matchers of the last tree: the hits of one page have it in common, and what matched in one, matches in all."""

    def __init__(self) -> None:
        self._kept: tuple[Node, Matcher, Matcher] | None = None

    def _matchers(self, tree: Node) -> tuple[Node, Matcher, Matcher]:
        kept = self._kept
        if kept is None or kept[0] is not tree:
            kept = self._kept = (tree, Matcher(tree), Matcher(tree, title=True))
        return kept

    def matcher(self, tree: Node) -> Matcher:
        return self._matchers(tree)[1]

    def title_matcher(self, tree: Node) -> Matcher:
        return self._matchers(tree)[2]


_recent = _Recent()


def _weights(matcher: Matcher, matches: Sequence[Match], rarity: Mapping[str, float] | None) -> list[float]:
    """The worth of each group of the matcher."""
    counts = Counter(group for match in matches for group in match.groups)
    return [
        group.boost * (rarity.get(group.label, 1.0) if rarity is not None else 1 + 1 / max(1, counts[number]))
        for number, group in enumerate(matcher.groups)
    ]


# ------------------------------------------------------------------ choosing windows


def _choose(text: str, matches: Sequence[Match], weights: list[float], count: int) -> list[Span]:
    """At most `count` windows that do not overlap, nor say the same, best first."""
    left = _thinned(matches, len(weights))
    worth = list(weights)
    chosen: list[Span] = []
    said: set[str] = set()
    while left and len(chosen) < count:
        # Whole sentences around the first match may serve as well as a cut that holds them all.
        around = {(start, end) for start, *ends in _windows(left, worth) for end in ends}
        fitted = [_fit(text, start, end, chosen) for start, end in around]
        ranked = ((_score(left, window, worth), -window.start, window.end) for window in fitted)
        _, start, high = max(ranked)
        low = -start
        if text[low:high] not in said:
            chosen.append((low, high))
            said.add(text[low:high])
        for match in _inside(left, (low, high)):
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
    value, last = 0.0, 0
    found: list[tuple[float, int, int, int]] = []
    for first, match in enumerate(matches):
        while last < len(matches) and (last == first or matches[last].end - match.start <= LENGTH):
            for group in matches[last].groups:
                counts[group] += 1
                value += worth[group] * _step(counts[group])
            last += 1
        found.append((round(value, 6), -match.start, match.end, matches[last - 1].end))
        for group in match.groups:
            value -= worth[group] * _step(counts[group])
            counts[group] -= 1
    return [(-start, first_end, end) for _, start, first_end, end in nlargest(_FITTED, found)]


def _step(count: int) -> float:
    """What the nth occurrence of a word adds."""
    if count == 1:
        return 1.0
    return _REPEATED if count <= 1 + _MAX_REPEATED else 0.0


def _score(matches: Sequence[Match], window: _Window, worth: list[float]) -> float:
    counts = Counter(group for match in _inside(matches, window[:2]) for group in match.groups)
    score = sum(worth[group] * (1 + _REPEATED * min(count - 1, _MAX_REPEATED)) for group, count in counts.items())
    return round(score if window.whole else score * _CUT, 6)


def _inside(matches: Sequence[Match], span: Span) -> Sequence[Match]:
    low = bisect_left(matches, span[0], key=lambda match: match.start)
    high = bisect_left(matches, span[1], key=lambda match: match.start)
    return matches[low:high]


# ------------------------------------------------------------------ fitting to sentences


def _fit(text: str, first: int, last: int, taken: Sequence[Span] = ()) -> _Window:
    """The passage around `text[first:last]`: whole sentences where they are not too long, else cut between words.

    It does not reach into the spans that are `taken`, nor over the end of a page.
    """
    low, high = _room(text, first, last, taken)
    last = max(first, min(last, first + LONGEST, high))
    around = sentences.spans(text, low, high)
    at = next((number for number, (_, end) in enumerate(around) if first < end), None)
    until = next((number for number, (_, end) in enumerate(around) if last <= end), None)
    if at is None or until is None:
        return _Window(first, last, False)
    start, end = around[at][0], around[until][1]
    if end - start > LONGEST:
        return _Window(*_cut(text, first, last, start, end), False)
    while until + 1 < len(around) and around[until + 1][1] - start <= LENGTH:
        until += 1
        end = around[until][1]
    while at > 0 and end - around[at - 1][0] <= LENGTH:
        at -= 1
        start = around[at][0]
    if end - start < LENGTH // 2 and until + 1 < len(around):
        # A headline alone says too little: the long sentence after it is begun.
        following = around[until + 1][1]
        if following - start > LONGEST:
            return _Window(start, _word_end(text, start + LENGTH, end), False)
        end = following
    return _Window(start, end, True)


def _room(text: str, first: int, last: int, taken: Sequence[Span]) -> Span:
    """How far a passage may reach. A sentence that begins or ends farther away is too long to be shown whole."""
    low, high = max(0, first - _LOOK_AROUND), min(len(text), last + _LOOK_AROUND)
    low = max(low, text.rfind("\f", low, first) + 1)
    page_end = text.find("\f", first, high)
    high = page_end if page_end >= 0 else high
    for start, end in taken:
        if end <= first:
            low = max(low, end)
        elif start >= first:
            high = min(high, start)
    return low, high


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
    start, end = span
    highlights = _highlights(_inside(matches, span), start, end)
    page = document.page_at(start + highlights[0].start if highlights else start)
    return Snippet(document.text[start:end], start, end, highlights, page)


def _highlights(matches: Sequence[Match], start: int, end: int) -> tuple[Highlight, ...]:
    return tuple(
        Highlight(match.start - start, min(match.end, end) - start, match.reason, match.query) for match in matches
    )
