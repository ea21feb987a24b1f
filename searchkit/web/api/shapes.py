"""Values as JSON for programs. Offsets count code points; there is no HTML in any text, and no document's text unless asked for."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from searchkit.collection.results import Results
from searchkit.engines import filter_meaning
from searchkit.model import Document, Highlight, Hit, Mention, Occurrence, Person, Snippet
from searchkit.web.addresses import AskedFor, permalink
from searchkit.web.facet_lists import folder_totals
from searchkit.web.pages import search
from searchkit.web.replies import Site

SEARCH = "/api/v1/search"
MENTIONS = "/api/v1/mentions"
MOST_PERSONS = 100
"""Persons in the answer to a search; /api/v1/facets?field=person has all."""


def index(site: Site) -> dict[str, Any]:
    """What every answer says of the index."""
    from searchkit.documents import scans

    failed, scanned = scans.divided(site.holdings.failures())
    updated = site.holdings.updated()
    return {
        "documents": len(site.holdings.index),
        "failed": len(failed),
        "scanned": len(scanned),
        "generation": site.holdings.generation,
        "updated": updated.isoformat(timespec="seconds") if updated else None,
        "updating": site.holdings.is_updating(),
    }


def document(site: Site, shown: Document, with_text: bool = False) -> dict[str, Any]:
    """A document, without its text unless asked for."""
    passages = site.holdings.index.passages(shown.id)
    found = {
        "id": shown.id,
        "fingerprint": shown.fingerprint,
        "url": permalink(shown),
        "title": shown.title,
        "language": shown.language,
        "languages": list(dict.fromkeys(code for _, _, code in passages)),
        "date": shown.date,
        "source": shown.source,
        "metadata": dict(shown.metadata),
        "length": len(shown.text),
        "same_text": list(site.holdings.copies(shown.id)),
    }
    return {**found, "text": shown.text} if with_text else found


def hit(site: Site, found: Hit, with_text: bool = False) -> dict[str, Any]:
    """A hit of a search."""
    shown = found.document
    answer: dict[str, Any] = {
        "id": found.id,
        "fingerprint": shown.fingerprint,
        "url": permalink(shown),
        "title": shown.title,
        "language": shown.language,
        "date": shown.date,
        "source": shown.source,
        "type": filter_meaning.type_of(found.id.partition("#")[0]),
        "score": round(found.score, 6),
        "places": found.places,
        "pages": list(found.pages),
        "same_text": found.same_text,
        "missing": list(found.missing),
        "passages": [passage(one) for one in found.snippets],
    }
    return {**answer, "text": shown.text} if with_text else answer


def passage(one: Snippet) -> dict[str, Any]:
    """A passage with its highlights, whose offsets are within the passage."""
    return {
        "text": one.text,
        "start": one.start,
        "end": one.end,
        "page": one.page,
        "field": one.field,
        "language": one.language,
        "highlights": [highlight(mark) for mark in one.highlights],
    }


def highlight(mark: Highlight) -> dict[str, Any]:
    """A marked word and why it is marked."""
    return {"start": mark.start, "end": mark.end, "reason": mark.reason, "query": mark.query}


def answer(site: Site, asked: AskedFor, results: Results, took: int, with_text: bool) -> dict[str, Any]:
    """The answer to a search."""
    has_more = asked.page * asked.n < results.total and asked.n > 0
    return {
        "total": results.total,
        "exact": True,
        "complete": results.complete,
        "relaxed": results.relaxed,
        "suggestion": results.suggestion,
        "time_ms": took,
        "query": {"q": asked.q, "match": asked.match, "words": words(site, asked)},
        "hits": [hit(site, one, with_text) for one in results.hits],
        "facets": facets(site, asked),
        "links": {
            "self": asked.url(SEARCH),
            "next": _following(site, asked) if has_more else None,
            "html": asked.url("/search"),
            "xlsx": asked.url("/api/v1/search.xlsx"),
            "csv": asked.url("/api/v1/search.csv"),
            "ndjson": asked.url("/api/v1/search.ndjson"),
        },
        "index": index(site),
    }


def words(site: Site, asked: AskedFor) -> list[dict[str, Any]]:
    """The words of the query, each with what it is looked for as in other languages."""
    return [
        {
            "word": word,
            "forms": [{"text": text, "language": code, "reason": "translation"} for text, code in others.items()],
        }
        for word, others in search.concepts(site, asked)
    ]


def cursor(site: Site, page: int) -> str:
    """A page of the index as it is now; under another state it means nothing."""
    return f"{page}-{site.holdings.generation}"


def _following(site: Site, asked: AskedFor) -> str:
    address = asked.url(SEARCH, page=1)
    return f"{address}{'&' if '?' in address else '?'}after={quote(cursor(site, asked.page + 1))}"


def facets(site: Site, asked: AskedFor, most_persons: int | None = MOST_PERSONS) -> dict[str, Any]:
    """How many documents each choice would give, the facet's own filter left out; None: all persons."""
    counted = site.holdings.facets_of(asked)

    def listed(values: dict[str, int], parameter: str, chosen: tuple[str, ...]) -> list[dict[str, Any]]:
        several = parameter in ("lang", "type")
        return [
            {
                "value": value,
                "count": count,
                "selected": value in chosen,
                "url": asked.but(**{parameter: (value,) if several else value}).url(SEARCH),
            }
            for value, count in values.items()
            if value
        ]

    folders = dict(sorted(folder_totals(counted["folder"]).items(), key=lambda item: (-item[1], item[0])))
    return {
        "lang": listed(counted["language"], "lang", asked.lang),
        "year": listed(counted["year"], "date", (asked.date,)),
        "type": listed(counted["type"], "type", asked.type),
        "folder": listed(folders, "folder", (asked.folder,)),
        "undated": counted["year"].get("", 0),
        "person": [
            {"value": name, "count": count, "selected": False, "url": asked.mentions_of(name).url(MENTIONS)}
            for name, count in list(counted.get("person", {}).items())[:most_persons]
        ],
    }


def place(one: Mention | Occurrence, fingerprint: str, verdict: str = "") -> dict[str, Any]:
    """A mention of a person, or a place of a query."""
    shown = {
        "document": one.document_id,
        "fingerprint": fingerprint,
        "url": f"/p/{fingerprint}?at={one.start}-{one.end}" if one.field == "text" else f"/p/{fingerprint}",
        "title": one.document_title,
        "date": one.document_date,
        "page": one.page,
        "field": one.field,
        "start": one.start,
        "end": one.end,
        "text": one.text,
        "context": {"text": one.context, "start": one.context_start, "end": one.context_end},
        "reason": one.reason,
    }
    if isinstance(one, Mention):
        more = {"kind": one.kind, "form": one.form, "named_after": one.named_after, "score": round(one.score, 4)}
        return {**shown, **more, "judgement": verdict or None}
    return {**shown, "query": one.query, "language": one.language}


def person(one: Person) -> dict[str, Any]:
    """A person of the collection."""
    forms = [{"text": text, "count": count} for text, count in one.forms]
    return {"name": one.name, "mentions": one.mentions, "documents": one.documents, "forms": forms}
