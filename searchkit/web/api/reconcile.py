"""The Reconciliation Service API 0.2 (W3C community group), by which OpenRefine matches names in a table with the persons here."""

from __future__ import annotations

import json
from typing import Any

from searchkit.model import Person
from searchkit.web.addresses import AskedFor
from searchkit.web.api.problems import ProblemError
from searchkit.web.pages import people
from searchkit.web.replies import Site

LIMIT = 10
MOST_QUERIES = 50
TYPE = {"id": "person", "name": "Person"}


def manifest(site: Site, base: str) -> dict[str, Any]:
    """What the service is."""
    return {
        "versions": ["0.2"],
        "name": site.settings.name or "searchkit",
        "identifierSpace": f"{base}/people",
        "schemaSpace": f"{base}/people#schema",
        "defaultTypes": [TYPE],
        "view": {"url": f"{base}/mentions?name={{{{id}}}}"},
    }


def answer(site: Site, queries: str) -> dict[str, Any]:
    """The persons that fit each query of a batch. Raises ProblemError."""
    try:
        asked = json.loads(queries)
        batch = {str(key): (str(one["query"]), int(one.get("limit", LIMIT))) for key, one in asked.items()}
    except (ValueError, KeyError, TypeError, AttributeError):
        raise ProblemError(400, "body", 'Send queries={"q0": {"query": "a name"}}.') from None
    if len(batch) > MOST_QUERIES:
        raise ProblemError(400, "body", f"Send at most {MOST_QUERIES} queries at once.")
    return {key: {"result": _candidates(site, name, limit)} for key, (name, limit) in batch.items()}


def _candidates(site: Site, name: str, limit: int) -> list[dict[str, Any]]:
    everybody = site.holdings.people()
    fitting = people.found(everybody, AskedFor(q=name)) if name.strip() else []
    scored = sorted(
        ((_score(person, name), person) for person in fitting), key=lambda item: (-item[0], -item[1].mentions)
    )
    return [
        {
            "id": person.name,
            "name": person.name,
            "type": [TYPE],
            "score": round(100 * score, 1),
            "match": score >= 0.99 and len([other for other, _ in scored if other >= 0.99]) == 1,
        }
        for score, person in scored[: max(1, min(limit, 100))]
    ]


def _score(person: Person, name: str) -> float:
    """How like the name the nearest spelling is, from 0 to 1."""
    from difflib import SequenceMatcher

    asked = " ".join(sorted(name.casefold().split()))
    forms = [" ".join(sorted(form.casefold().split())) for form, _ in person.forms[:20]]
    return max((SequenceMatcher(None, asked, form).ratio() for form in forms), default=0.0)
