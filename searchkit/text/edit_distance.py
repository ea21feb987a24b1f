"""The edit distance that every engine goes by.

Damerau-Levenshtein in its restricted form (optimal string alignment): letters put in, left out, changed, or two
neighbours exchanged, none of them edited twice. Lucene's and Tantivy's automata count the same way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

MAX_DISTANCE = 2


def distance(left: str, right: str, limit: int = MAX_DISTANCE) -> int | None:
    """The number of edits between two words in code points, None where there are more than `limit`."""
    if abs(len(left) - len(right)) > limit:
        return None
    start = 0
    while start < len(left) and start < len(right) and left[start] == right[start]:
        start += 1
    end = 0
    while end < min(len(left), len(right)) - start and left[-1 - end] == right[-1 - end]:
        end += 1
    left, right = left[start : len(left) - end], right[start : len(right) - end]
    far = limit + 1
    before: list[int] = []
    above = [min(column, far) for column in range(len(right) + 1)]
    for row, letter in enumerate(left, 1):
        first, last = max(1, row - limit), min(len(right), row + limit)
        current = [far] * (len(right) + 1)
        if row <= limit:
            current[0] = row
        for column in range(first, last + 1):
            other = right[column - 1]
            edits = min(above[column] + 1, current[column - 1] + 1, above[column - 1] + (letter != other))
            if row > 1 and column > 1 and letter == right[column - 2] and other == left[row - 2]:
                edits = min(edits, before[column - 2] + 1)
            current[column] = edits
        if min(current) > limit:
            return None
        before, above = above, current
    return above[-1] if above[-1] <= limit else None


def near(word: str, terms: Iterable[str], limit: int) -> Iterator[tuple[str, int]]:
    """The terms within `limit` edits of `word`, with their distance."""
    shortest, longest = len(word) - limit, len(word) + limit
    letters = frozenset(word)
    # One edit changes the set of letters by two at most; asking this first is many times cheaper than the distance.
    most = 2 * limit
    for term in terms:
        if shortest <= len(term) <= longest and len(letters.symmetric_difference(term)) <= most:
            edits = distance(word, term, limit)
            if edits is not None:
                yield term, edits


def suggestions(
    word: str, terms: Iterable[str], limit: int, frequency: Callable[[str], int], most: int
) -> list[tuple[str, int]]:
    """At most so many of the terms within `limit` edits, nearest first, then most frequent, then in their order, each with
    its frequency; those without any are left out."""
    found = ((edits, frequency(term), term) for term, edits in near(word, terms, limit))
    ranked = sorted((edits, -times, term) for edits, times, term in found if times)
    return [(term, -times) for _, times, term in ranked[:most]]
