"""How many documents have each value of a facet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Set
from typing import TypeVar

from searchkit.engines import filter_meaning
from searchkit.engines.base import Facet
from searchkit.engines.whoosh.doc_set import DocSet
from searchkit.engines.whoosh.searching import filters
from searchkit.engines.whoosh.segment.segment import LANGUAGE, to_text
from searchkit.engines.whoosh.snapshot import Leaf

T = TypeVar("T")


def count(facet: Facet, leaf: Leaf, documents: Set[int]) -> Counter[str]:
    """The values of some documents of a segment; "" is for those without one."""
    if facet == "language":
        return _languages(leaf, documents)
    if facet == "year":
        days = leaf.segment.numbers("days.first")
        found = Counter(map(days.__getitem__, documents))
        return _by_value(filter_meaning.year, found)
    value = filter_meaning.type_of if facet == "type" else filter_meaning.folder_of
    if "files" not in leaf.segment.sections:
        return Counter()
    # Many documents may come from one file: each is looked at once.
    files = Counter(map(leaf.segment.texts("files").__getitem__, documents))
    return _by_value(lambda file: value(to_text(file)), files)


def _languages(leaf: Leaf, documents: Set[int]) -> Counter[str]:
    found: Counter[str] = Counter()
    without: Set[int] = DocSet.of(documents, leaf.count)
    for code in leaf.segment.terms(LANGUAGE).all():
        holding = filters.in_language(leaf, code)
        found[code] = len(holding & documents)
        without = without - holding
    found[""] = len(without)
    return found


def _by_value(value: Callable[[T], str], counts: Counter[T]) -> Counter[str]:
    found: Counter[str] = Counter()
    for each, times in counts.items():
        found[value(each)] += times
    return found
