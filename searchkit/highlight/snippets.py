"""The passages of a document to show for a query, with the words that match.

A passage is a window of whole sentences around matches; a sentence too long for it is cut between words. Of all windows
the one that answers most of the query is shown first: each distinct word of the query counts by its rarity, its
repetitions a little, and earlier windows win over equal ones. The next window counts again what the first has not shown.
Where only the title matched, the title and the beginning of the text are shown.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from heapq import nlargest
from typing import NamedTuple

from searchkit.highlight.matches import Match, Matcher, groups_of, phrases
from searchkit.highlight.windows import LENGTH, Sentences, Span, Window, fit
from searchkit.model import Document, Highlight, Snippet
from searchkit.terms.query_tree import Group, Node

_REPEATED = 0.1  # what a further occurrence of a word is worth beside its first
_MAX_REPEATED = 3
_SHOWN = 0.3  # what a word is worth that an earlier passage has shown
_MAX_MATCHES = 2_000  # of one group, that windows are tried at
_CUT = 0.8  # what a passage cut inside a sentence is worth beside whole sentences
_FITTED = 8  # windows that are fitted to sentences before the best is taken

Passage = tuple[int, int, str]
"""Start, end, language."""


class Excerpts(NamedTuple):
    """The passages to show of a document; how many of its places answer, and on which pages they stand (see `model.Hit`);
    `labels` are those of the groups that its text answers."""

    snippets: tuple[Snippet, ...] = ()
    places: int = 0
    pages: tuple[int, ...] = ()
    labels: frozenset[str] = frozenset()


def best(
    document: Document,
    passages: Iterable[Passage],
    title_passages: Iterable[Passage],
    tree: Node,
    count: int = 2,
    rarity: Mapping[str, float] | None = None,
) -> tuple[Snippet, ...]:
    """At most `count` snippets of a document for an engine tree, best first: `answer` without the counts.

    `passages` and `title_passages` are (start, end, language) of text and title, as `analysis` found them. `rarity` is
    the worth of each group's label, such as its inverse document frequency; without it the rarity in the text counts.
    """
    return answer(document, tuple(passages), tuple(title_passages), tree, count, rarity).snippets


def answer(
    document: Document,
    passages: Sequence[Passage],
    title_passages: Sequence[Passage],
    tree: Node,
    count: int = 2,
    rarity: Mapping[str, float] | None = None,
) -> Excerpts:
    """How a document answers; the arguments are those of `best`."""
    if count < 1:
        return Excerpts()
    matcher = _recent.matcher(tree)
    matches = matcher.find(document.text, passages)
    if matches:
        weights = _weights(matcher, matches, rarity)
        begins = [match.start for match in matches]
        spans = _choose(document.text, matches, weights, count)
        shown = tuple(_snippet(document, span, _inside(matches, begins, *span), passages) for span in spans)
        starts = [start for start, _, _ in phrases(document.text, matches)]
        return Excerpts(shown, len(starts), _pages(document, starts), _labels(matcher, matches))
    found: list[Snippet] = []
    title_matches = _recent.matcher(tree, title=True).find(document.title, title_passages)
    if title_matches:
        highlights = _highlights(title_matches, 0, len(document.title))
        language = _language(title_passages, title_matches[0].start)
        found.append(Snippet(document.title, 0, len(document.title), highlights, field="title", language=language))
    beginning = fit(Sentences(document.text), 0, 0)[:2]
    if beginning[0] < beginning[1]:
        found.append(_snippet(document, beginning, [], passages))
    return Excerpts(tuple(found[:count]))


def title_labels(document: Document, title_passages: Sequence[Passage], tree: Node) -> frozenset[str]:
    """The labels of the groups that a document's title answers."""
    matcher = _recent.matcher(tree, title=True)
    return _labels(matcher, matcher.find(document.title, title_passages))


def _labels(matcher: Matcher, matches: Sequence[Match]) -> frozenset[str]:
    return frozenset(matcher.groups[group].label for group in {group for match in matches for group in match.groups})


def whole(document: Document, passages: Iterable[Passage], tree: Node) -> Snippet:
    """The whole text as one snippet."""
    passages = tuple(passages)
    matches = _recent.matcher(tree).find(document.text, passages)
    return _snippet(document, (0, len(document.text)), matches, passages)


def context(text: str, start: int, end: int) -> Span:
    """The passage to show around `text[start:end]`, as (start, end); it holds that place whole."""
    low, high, _ = fit(Sentences(text), start, end)
    return min(low, start), max(high, end)


class _Recent:
    """The matchers of the last tree: the hits of one page have it in common, and what matched in one, matches in all.

    So have hits of a looser tree that asks for the same words: most queries that find few documents.
    """

    def __init__(self) -> None:
        self._kept: dict[bool, tuple[Node, Matcher]] = {}

    def matcher(self, tree: Node, title: bool = False) -> Matcher:
        kept = self._kept.get(title)
        if kept is None or kept[0] is not tree:
            same = kept is not None and _alike(groups_of(tree), kept[1].groups)
            kept = self._kept[title] = (tree, kept[1] if kept and same else Matcher(tree, title))
        return kept[1]


def _alike(some: Sequence[Group], others: Sequence[Group]) -> bool:
    return len(some) == len(others) and all(one in others for one in some)


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
    around = Sentences(text)
    chosen: list[Span] = []
    said: set[str] = set()
    while left and len(chosen) < count:
        # Whole sentences around the first match may serve as well as a cut that holds them all.
        places = {(start, end) for start, *ends in _windows(left, worth) for end in ends}
        around.find(places)
        fitted = {fit(around, start, end, chosen) for start, end in places}
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
    """The spans worth most, from one match to the last that fits a passage: start, end of the first, of the last."""
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
    """The weight of the nth occurrence of a word."""
    if count == 1:
        return 1.0
    return _REPEATED if count <= 1 + _MAX_REPEATED else 0.0


def _score(matches: Sequence[Match], begins: list[int], window: Window, worth: list[float]) -> float:
    counts: dict[int, int] = {}
    for match in _inside(matches, begins, window.start, window.end):
        for group in match.groups:
            counts[group] = counts.get(group, 0) + 1
    score = sum(worth[group] * (1 + _REPEATED * min(count - 1, _MAX_REPEATED)) for group, count in counts.items())
    return round(score if window.whole else score * _CUT, 6)


def _inside(matches: Sequence[Match], begins: list[int], start: int, end: int) -> Sequence[Match]:
    """The matches that begin in `text[start:end]`; `begins` says where each does."""
    return matches[bisect_left(begins, start) : bisect_left(begins, end)]


# ------------------------------------------------------------------ making snippets


def _snippet(document: Document, span: Span, matches: Sequence[Match], passages: Sequence[Passage]) -> Snippet:
    """The snippet of a span of the text, with the matches in it."""
    start, end = span
    highlights = _highlights(matches, start, end)
    first = start + highlights[0].start if highlights else start
    return Snippet(
        document.text[start:end],
        start,
        end,
        highlights,
        page=document.page_at(first),
        language=_language(passages, first),
    )


def _language(passages: Sequence[Passage], offset: int) -> str | None:
    """The language of the passage in which a code point stands."""
    number = bisect_right(passages, offset, key=lambda passage: passage[0]) - 1
    return passages[max(number, 0)][2] if passages else None


def _pages(document: Document, starts: Iterable[int]) -> tuple[int, ...]:
    """The pages on which places stand, counted on from one to the next: a long document has many of both."""
    if document.page_at(0) is None:
        return ()
    found: dict[int, None] = {}
    page, counted = 1, 0
    for start in starts:
        page, counted = page + document.text.count("\f", counted, start), start
        found[page] = None
    return tuple(found)


def _highlights(matches: Sequence[Match], start: int, end: int) -> tuple[Highlight, ...]:
    return tuple(
        Highlight(match.start - start, min(match.end, end) - start, match.reason, match.query) for match in matches
    )
