"""The engine of engines.base in the plainest form: every document is looked at, every number worked out from scratch."""

from __future__ import annotations

import re
from collections.abc import Callable
from math import log

from searchkit.engines.base import FIELD_BOOSTS, K1, B, Record
from searchkit.terms import query_tree
from searchkit.terms.fields import FIELDS, TITLE_FIELDS


class Reference:
    def __init__(self, records: list[Record]) -> None:
        self.records = {record.id: record for record in records}

    def search(self, query: query_tree.Node, order: str = "score") -> list[tuple[str, float]]:
        """All matches with their scores, best first."""
        rows = [(id, self._score(query, record)) for id, record in self.records.items() if self._matches(query, record)]
        rows.sort()
        rows.sort(key=lambda row: row[1], reverse=True)
        if order != "score":
            dates = {id: self.records[id].date for id, _ in rows}
            rows.sort(key=lambda row: dates[row[0]] if order == "oldest" else _opposite(dates[row[0]]))
            rows.sort(key=lambda row: not dates[row[0]])
        return rows

    # ---------------------------------------------------------------- matching
    def _matches(self, node: query_tree.Node, record: Record) -> bool:
        if isinstance(node, query_tree.And):
            return all(self._matches(child, record) for child in node.children)
        if isinstance(node, query_tree.Or):
            return any(self._matches(child, record) for child in node.children)
        if isinstance(node, query_tree.Not):
            return not self._matches(node.child, record)
        if isinstance(node, query_tree.Everything):
            return True
        if isinstance(node, query_tree.InLanguage):
            return node.code in record.languages
        if isinstance(node, query_tree.DateRange):
            low, high = node.low or "0000", node.high or "9999"
            return bool(record.date) and _last(record.date) >= _first(low) and _first(record.date) <= _last(high)
        if isinstance(node, query_tree.InPath):
            path, pattern = record.path.lower(), node.pattern.lower()
            if "*" not in pattern and "?" not in pattern:
                return pattern in path
            return (
                re.fullmatch(re.escape(pattern).replace(r"\*", ".*").replace(r"\?", "."), path, re.DOTALL) is not None
            )
        assert isinstance(node, query_tree.Group)
        return any(self._count(alternative, record) for alternative in node.alternatives)

    # ---------------------------------------------------------------- scores
    def _score(self, query: query_tree.Node, record: Record) -> float:
        everything = self._worth(query, None)
        total = self._sum(query, record)
        return total * self._worth(query, record) / everything if everything else total

    def _sum(self, node: query_tree.Node, record: Record) -> float:
        if not self._matches(node, record):
            return 0.0
        if isinstance(node, (query_tree.And, query_tree.Or)):
            return sum(self._sum(child, record) for child in node.children)
        if not isinstance(node, query_tree.Group) or not node.alternatives:
            return 0.0
        tf = sum(
            a.weight * FIELD_BOOSTS[_field(a)] * self._count(a, record) / self._norm(_field(a), record)
            for a in node.alternatives
            if self._count(a, record)
        )
        return node.boost * self._idf(node) * tf * (K1 + 1) / (tf + K1)

    def _worth(self, node: query_tree.Node, record: Record | None) -> float:
        """The boost * idf of the groups that add to the score of a record; None is for all that may."""
        if isinstance(node, (query_tree.And, query_tree.Or)) and (record is None or self._matches(node, record)):
            return sum(self._worth(child, record) for child in node.children)
        if isinstance(node, query_tree.Group) and (record is None or self._matches(node, record)):
            return node.boost * self._idf(node)
        return 0.0

    def _idf(self, node: query_tree.Group) -> float:
        frequency = max((min(1, a.weight) * self.frequency(a) for a in node.alternatives), default=0.0)
        return log(1 + (len(self.records) - frequency + 0.5) / (frequency + 0.5))

    def _norm(self, field: str, record: Record) -> float:
        # A sequence may be scored in a field without any terms: its first term is nowhere, another of the slot is.
        mean = sum(map(_length(field), self.records.values())) / len(self.records) or 1
        return 1 - B + B * _length(field)(record) / mean

    def frequency(
        self, alternative: query_tree.Term | query_tree.Prefix | query_tree.Fuzzy | query_tree.Sequence
    ) -> int:
        if isinstance(alternative, query_tree.Sequence):
            return min((max(map(self.frequency, slot)) for slot in alternative.slots if slot), default=0)
        fits = _fits(alternative)
        terms = {term for record in self.records.values() for term in record.fields[alternative.field] if fits(term)}
        return max(
            (sum(term in record.fields[alternative.field] for record in self.records.values()) for term in terms),
            default=0,
        )

    def _count(
        self, alternative: query_tree.Term | query_tree.Prefix | query_tree.Fuzzy | query_tree.Sequence, record: Record
    ) -> int:
        if not isinstance(alternative, query_tree.Sequence):
            return sum(map(_fits(alternative), record.fields[alternative.field]))
        slots = alternative.asked()
        if not slots:
            return 0
        fields = TITLE_FIELDS if _field(alternative) in TITLE_FIELDS else [f for f in FIELDS if f not in TITLE_FIELDS]
        size = max(len(record.fields[field]) for field in fields)
        return sum(
            all(
                not slot or any(_fits(term)(record.fields[term.field][start + place]) for term in slot)
                for place, slot in enumerate(slots)
            )
            for start in range(size - len(slots) + 1)
        )


def _length(field: str) -> Callable[[Record], int]:
    return lambda record: sum(term != "" for term in record.fields[field])


def _field(alternative: query_tree.Term | query_tree.Prefix | query_tree.Fuzzy | query_tree.Sequence) -> str:
    if isinstance(alternative, query_tree.Sequence):
        return next((slot[0].field for slot in alternative.slots if slot), "word")
    return alternative.field


def _fits(node: query_tree.Term | query_tree.Prefix | query_tree.Fuzzy) -> Callable[[str], bool]:
    if isinstance(node, query_tree.Term):
        return lambda term: term != "" and term == node.text
    if isinstance(node, query_tree.Prefix):
        return lambda term: term != "" and term.startswith(node.text)
    limit = min(node.distance, 2)
    return lambda term: term != "" and term[:1] == node.text[:1] and distance(node.text, term) <= limit


def distance(left: str, right: str) -> int:
    """Damerau-Levenshtein, restricted: the whole table."""
    table = [[i + j if not i * j else 0 for j in range(len(right) + 1)] for i in range(len(left) + 1)]
    for i in range(1, len(left) + 1):
        for j in range(1, len(right) + 1):
            table[i][j] = min(
                table[i - 1][j] + 1,
                table[i][j - 1] + 1,
                table[i - 1][j - 1] + (left[i - 1] != right[j - 1]),
            )
            if i > 1 and j > 1 and left[i - 1] == right[j - 2] and left[i - 2] == right[j - 1]:
                table[i][j] = min(table[i][j], table[i - 2][j - 2] + 1)
    return table[-1][-1]


def _first(date: str) -> str:
    return (date + "-00-00")[:10] if len(date) < 10 else date[:10]


def _last(date: str) -> str:
    return (date + "-99-99")[:10] if len(date) < 10 else date[:10]


def _opposite(date: str) -> tuple[int, ...]:
    """Sorts the later date first, and the more exact one of two of which one holds the other."""
    return tuple(-ord(character) for character in date) + (1,)
