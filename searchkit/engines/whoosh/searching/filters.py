"""The documents of a segment that answer a filter, living and deleted."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Set

from searchkit.engines import filter_meaning
from searchkit.engines.whoosh.doc_set import DocSet
from searchkit.engines.whoosh.searching import doc_counts
from searchkit.engines.whoosh.segment.segment import LANGUAGE, to_bytes, to_text
from searchkit.engines.whoosh.snapshot import Leaf
from searchkit.terms import query_tree


def in_language(leaf: Leaf, code: str) -> Set[int]:
    """The documents that hold a language."""
    postings = leaf.segment.postings(LANGUAGE, to_bytes(code))
    if postings is None:
        return frozenset()
    found = doc_counts.of_postings([postings], leaf.count)
    if isinstance(found, doc_counts.Sparse):
        return set(found.ids)
    return DocSet(int.from_bytes(found.counts, "little"), leaf.count)


def dated(leaf: Leaf, node: query_tree.DateRange) -> set[int]:
    """The documents whose period meets the range's; one without a date is in none."""
    days = filter_meaning.days(node.low, node.high)
    if days is None:
        return set()
    low, high = days
    periods = zip(leaf.segment.numbers("days.first"), leaf.segment.numbers("days.last"), strict=True)
    return {document for document, (first, last) in enumerate(periods) if last >= low and high >= first > 0}


def on_path(leaf: Leaf, pattern: str) -> set[int]:
    """The documents whose path fits: those that hold the pattern's longest part are looked at one by one."""
    fits = filter_meaning.path_test(pattern)
    paths = leaf.segment.texts("paths")
    content, starts = paths.content.tobytes(), paths.starts
    part = to_bytes(filter_meaning.literals(pattern))
    if not part:
        return {document for document in range(leaf.count) if fits(to_text(paths[document]))}
    found: set[int] = set()
    place = content.find(part)
    while place >= 0:
        document = bisect_right(starts, place) - 1
        if fits(to_text(paths[document])):
            found.add(document)
        place = content.find(part, starts[document + 1])
    return found
