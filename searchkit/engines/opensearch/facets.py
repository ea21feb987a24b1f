"""How many documents have each value of a facet: composite aggregations, read a page of values at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from searchkit.engines import filter_meaning
from searchkit.engines.base import Facet
from searchkit.engines.opensearch import mapping

_PAGE = 10_000
"""Values of one request."""


def count(names: Iterable[Facet], ask: Callable[[dict[str, Any]], dict[str, Any]]) -> dict[Facet, dict[str, int]]:
    """The values of each facet; `ask` takes aggregations and gives their answers. "" counts documents without a value."""
    found: dict[Facet, dict[str, int]] = {name: {} for name in names}
    waiting: dict[str, dict[str, Any]] = {name: _aggregation(name, None) for name in found}
    while waiting:
        answer = ask(waiting)
        waiting = {}
        for name, values in found.items():
            if name not in answer:
                continue
            for bucket in answer[name]["buckets"]:
                value = _value(name, bucket["key"]["value"])
                values[value] = values.get(value, 0) + int(bucket["doc_count"])
            after = answer[name].get("after_key")
            if after and len(answer[name]["buckets"]) == _PAGE:
                waiting[name] = _aggregation(name, after)
    return found


def _aggregation(name: Facet, after: dict[str, Any] | None) -> dict[str, Any]:
    source: dict[str, Any] = {"terms": {"field": name, "missing_bucket": True}}
    if name == "year":
        source = {"histogram": {"field": "first_day", "interval": 10_000, "missing_bucket": True}}
    composite: dict[str, Any] = {"size": _PAGE, "sources": [{"value": source}]}
    return {"composite": composite | ({"after": after} if after else {})}


def _value(name: Facet, value: Any) -> str:
    if value is None:
        return ""
    return (
        filter_meaning.year(int(value)) if name == "year" else mapping.unescaped(str(value).partition(mapping.CUT)[0])
    )
