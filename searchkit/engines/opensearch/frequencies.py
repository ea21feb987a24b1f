"""In how many documents terms stand, how many documents there are and how long they are: what scores are made of.

They are asked for once for each committed state.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from searchkit.engines.opensearch.connection import Connection
from searchkit.engines.opensearch.mapping import KIND_OF, term
from searchkit.engines.opensearch.term_list import TermList
from searchkit.terms.fields import FIELDS
from searchkit.terms.query_tree import Fuzzy, Prefix, Sequence, Term

Single = Term | Prefix | Fuzzy
Key = tuple[str, str]
"""A field of the cluster, and a term as it stands there."""
_AT_ONCE = 1_000
"""Terms of one request."""


class Frequencies:
    """Those of one committed state. Threads may share it: the worst is that something is asked twice."""

    def __init__(self, connection: Connection, token: str) -> None:
        self._connection = connection
        self.token = token
        self._term_list = TermList(connection)
        self._expanded: dict[Single, list[str]] = {}
        self._known: dict[Key, int] = {}
        self._totals: tuple[int, dict[str, float]] | None = None

    @property
    def documents(self) -> int:
        """How many documents there are."""
        return self._all()[0]

    @property
    def means(self) -> dict[str, float]:
        """The mean length of each field."""
        return self._all()[1]

    def _all(self) -> tuple[int, dict[str, float]]:
        if self._totals is None:
            sums = {field: {"sum": {"field": f"length_{field}"}} for field in FIELDS}
            answer = self._ask(sums, total=True)
            count = int(answer["hits"]["total"]["value"])
            found = answer["aggregations"]
            self._totals = count, {field: found[field]["value"] / (count or 1) for field in FIELDS}
        return self._totals

    def terms(self, one: Single) -> list[str]:
        """The terms of the cluster that one of a tree stands for."""
        if isinstance(one, Term):
            return [term(one.field, one.text)] if one.text else []
        known = self._expanded.get(one)
        if known is None:
            listed = self._term_list.of_prefix(one) if isinstance(one, Prefix) else self._term_list.of_fuzzy(one)
            known = self._expanded[one] = listed
        return known

    def learn(self, singles: Iterable[Single]) -> None:
        """Ask for all that is not known yet of these, in few requests."""
        keys = ((KIND_OF[one.field], text) for one in singles for text in self.terms(one))
        wanted = [key for key in dict.fromkeys(keys) if key not in self._known]
        for start in range(0, len(wanted), _AT_ONCE):
            some = wanted[start : start + _AT_ONCE]
            filters = {str(place): {"term": {kind: text}} for place, (kind, text) in enumerate(some)}
            answer = self._ask({"terms": {"filters": {"filters": filters}}})
            buckets = answer["aggregations"]["terms"]["buckets"]
            self._known.update((key, int(buckets[str(place)]["doc_count"])) for place, key in enumerate(some))

    def of(self, one: Single | Sequence) -> int:
        """The df of the formula."""
        if isinstance(one, Sequence):
            return min((max(map(self.of, slot)) for slot in one.slots if slot), default=0)
        self.learn((one,))
        return max((self._known[KIND_OF[one.field], text] for text in self.terms(one)), default=0)

    def of_term(self, key: Key) -> int:
        """In how many documents a term stands that was in an answer before."""
        return self._known[key]

    def held(self, one: Single) -> list[str]:
        """The terms that stand in a document."""
        self.learn((one,))
        return [text for text in self.terms(one) if self._known[KIND_OF[one.field], text]]

    def _ask(self, aggregations: dict[str, Any], total: bool = False) -> dict[str, Any]:
        body = {"size": 0, "track_total_hits": total, "aggs": aggregations}
        return self._connection.search(body, self._connection.address.name)
