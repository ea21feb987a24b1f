"""The addresses below /api/v1. Parameters are those of the pages; one that means nothing is an error."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterable
from typing import Annotated, Any
from urllib.parse import parse_qsl

from fastapi import Body, FastAPI, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response

from searchkit.display import json_lines, list_tables
from searchkit.errors import QueryError
from searchkit.model import Mention, Occurrence
from searchkit.web import addresses, listing
from searchkit.web.addresses import AskedFor
from searchkit.web.api import reconcile, shapes, streams
from searchkit.web.api.problems import ProblemError
from searchkit.web.pages import people
from searchkit.web.pages import search as search_page
from searchkit.web.replies import Site, base_address

V1 = "/api/v1"
BATCH = 1_000
"""Queries of one batch."""
FILES = ("csv", "xlsx", "ndjson")

Text = Annotated[str, Query()]
Several = Annotated[list[str], Query()]


class JSON(JSONResponse):
    """JSON with letters as they are; what is no whole character is escaped."""

    def render(self, content: Any) -> bytes:
        return json_lines.line(content).encode("utf-8")


def add(app: FastAPI, site: Site) -> None:
    """Add all addresses to the application."""
    holdings = site.holdings

    def asked_for(request: Request, *also: str) -> AskedFor:
        found = addresses.read(request.query_params.multi_items(), also=("ui", *also))
        if found.unknown:
            raise ProblemError(400, "unknown-parameter", ", ".join(found.unknown))
        return found

    @app.get(f"{V1}/search", summary="Documents that answer a query", response_class=JSON)
    def search(
        request: Request,
        q: Text = "",
        match: Text = "meanings",
        lang: Several = [],  # noqa: B006
        date: Text = "",
        type: Several = [],  # noqa: B006
        folder: Text = "",
        sort: Text = "score",
        page: int = 1,
        n: int = 10,
        fields: Text = "",
        after: Text = "",
    ) -> Response:
        """Hits with passages, facets and totals. `fields=text` sends the texts of the documents too. `after` comes from
        `links.next`; when the index has changed since, the answer is 409."""
        del q, match, lang, date, type, folder, sort, page, n
        asked = asked_for(request, "fields", "after")
        if after:
            following = after.partition("-")[0]
            if not following.isdecimal() or after != shapes.cursor(site, int(following)):
                raise ProblemError(409, "index-changed")
            asked = asked.but(page=int(following))
        return _search(asked, fields)

    @app.post(f"{V1}/search", summary="The same, for long queries", response_class=JSON)
    def search_by_body(body: Annotated[dict[str, Any], Body()]) -> Response:
        """The parameters as an object of JSON."""
        fields = str(body.pop("fields", ""))
        return _search(addresses.of_mapping(body), fields)

    def _search(asked: AskedFor, fields: str) -> Response:
        started = time.perf_counter()
        results = search_page.search(site, asked)
        took = round(1000 * (time.perf_counter() - started))
        content = shapes.answer(site, asked, results, took, "text" in fields.split(","))
        following = content["links"]["next"]
        return JSON(content, headers={"link": f'<{following}>; rel="next"'} if following else None)

    @app.get(
        f"{V1}/search.{{form}}", summary="All hits as ndjson, csv, xlsx, ris, bib or atom", response_class=Response
    )
    def search_file(request: Request, form: str) -> Response:
        """Whole, however many; NDJSON ends with a line of totals."""
        asked = asked_for(request)
        if form == "ndjson":
            found = CountedHits(streams.every_hit(site, asked, search_page.PASSAGES))
            entries = (shapes.hit(site, one) for one in found)
            return streams.ndjson(request, entries, lambda: {"documents": found.count, **_searched(site)})
        if form in ("csv", "xlsx"):
            return streams.table(
                request, list_tables.hits(streams.every_hit(site, asked)), streams.file_name(asked), form
            )
        if form in streams.REFERENCES:
            return streams.references(request, site, asked, form, base_address(request))
        if form == "atom":
            return streams.atom(site, asked, base_address(request))
        raise ProblemError(404, "not-found")

    @app.get(f"{V1}/documents", summary="One document", response_class=JSON)
    def document(request: Request, id: str, fields: Text = "") -> Response:
        """What is known of it; `fields=text` sends its text too."""
        found = holdings.index.get(id)
        if found is None:
            raise ProblemError(404, "no-document", id)
        return JSON(shapes.document(site, found, "text" in fields.split(",")))

    @app.get(f"{V1}/documents/text", summary="A stretch of a document's text", response_class=JSON)
    def document_text(
        id: str, start: Annotated[int, Query(alias="from", ge=0)] = 0, to: Annotated[int | None, Query(ge=0)] = None
    ) -> Response:
        """From one code point to another."""
        found = holdings.index.get(id)
        if found is None:
            raise ProblemError(404, "no-document", id)
        text = found.text[start:to]
        content = {"id": id, "start": start, "end": start + len(text), "length": len(found.text), "text": text}
        return JSON(content)

    def places(request: Request, form: str, noun: str) -> Response:
        asked = asked_for(request)
        if not (asked.name if noun == "mentions" else asked.q):
            raise QueryError("There is nothing to search for: write at least one word.")
        if form in ("ndjson", "csv") and listing.streams(asked):
            stream = listing.Stream(holdings, site.notes, asked, listing.stream_places(holdings, asked))
            if form == "csv":
                return streams.table(request, _table(stream, noun), streams.file_name(asked), form)
            entries = (shapes.place(line.place, line.key[0], line.verdict) for line in stream)
            return streams.ndjson(
                request, entries, lambda: {noun: stream.places, "documents": stream.documents, **_searched(site)}
            )
        found = listing.lines(holdings, site.notes, asked, everything=True)
        if form in ("csv", "xlsx"):
            return streams.table(request, _table(found.shown, noun), streams.file_name(asked), form)
        if form not in ("ndjson", "json"):
            raise ProblemError(404, "not-found")
        shown = [shapes.place(line.place, line.key[0], line.verdict) for line in found.shown]
        end = {noun: found.places, "documents": found.documents, **_searched(site)}
        return JSON({noun: shown, "end": end}) if form == "json" else streams.ndjson(request, shown, lambda: end)

    @app.get(f"{V1}/mentions", summary="Every place that names a person, one a line", response_class=Response)
    def mentions(request: Request, name: str) -> Response:
        """NDJSON; the last line has the totals."""
        del name
        return places(request, "ndjson", "mentions")

    @app.get(f"{V1}/mentions.{{form}}", summary="The same as ndjson, json, csv or xlsx", response_class=Response)
    def mentions_file(request: Request, form: str, name: str) -> Response:
        """Whole, with the readers' judgements."""
        del name
        return places(request, form, "mentions")

    @app.get(f"{V1}/concordance", summary="Every place of a query, one a line", response_class=Response)
    def concordance(request: Request, q: str) -> Response:
        """NDJSON; the last line has the totals."""
        del q
        return places(request, "ndjson", "places")

    @app.get(f"{V1}/concordance.{{form}}", summary="The same as ndjson, json, csv or xlsx", response_class=Response)
    def concordance_file(request: Request, form: str, q: str) -> Response:
        """Whole."""
        del q
        return places(request, form, "places")

    @app.get(f"{V1}/people", summary="Persons, most mentioned first", response_class=JSON)
    def all_people(request: Request, q: Text = "", n: int = 50, page: int = 1) -> Response:
        """Those whose name holds `q`, or sounds like it."""
        del q, page
        asked = asked_for(request) if "n" in request.query_params else asked_for(request).but(n=n)
        found = people.found(people.those(site, asked), asked)
        return JSON({"total": len(found), "people": [shapes.person(one) for one in found[asked.first :][: asked.n]]})

    @app.get(f"{V1}/people.{{form}}", summary="All persons as ndjson, csv or xlsx", response_class=Response)
    def people_file(request: Request, form: str) -> Response:
        """Whole."""
        asked = asked_for(request)
        found = people.found(people.those(site, asked), asked)
        if form == "ndjson":
            return streams.ndjson(request, map(shapes.person, found), lambda: {"people": len(found), **_searched(site)})
        if form in FILES:
            return streams.table(request, list_tables.people(found), "people", form)
        raise ProblemError(404, "not-found")

    @app.get(f"{V1}/people/reconcile", summary="Reconciliation API 0.2", response_class=JSON)
    def reconcile_manifest(request: Request, queries: Text = "") -> Response:
        """For OpenRefine: the description of the service, or an answer to `queries`."""
        return JSON(reconcile.answer(site, queries) if queries else reconcile.manifest(site, base_address(request)))

    @app.post(f"{V1}/people/reconcile", summary="Reconciliation API 0.2, a batch", response_class=JSON)
    async def reconcile_batch(request: Request) -> Response:
        """`queries` as a form field."""
        form = dict(parse_qsl((await request.body()).decode("utf-8", "replace")))
        return JSON(await run_in_threadpool(reconcile.answer, site, form.get("queries", "")))

    @app.get(f"{V1}/facets", summary="All values of a facet", response_class=JSON)
    def facets(request: Request, field: str, q: Text = "", prefix: Text = "") -> Response:
        """`field` is lang, year, type, folder or person."""
        del q
        if field not in (known := ("lang", "year", "type", "folder", "person")):
            raise ProblemError(400, "unknown-parameter", f"field: {', '.join(known)}")
        if field == "person":
            holdings.people()
        found = shapes.facets(site, asked_for(request, "field", "prefix"), most_persons=None)
        return JSON({"field": field, "values": [one for one in found[field] if one["value"].startswith(prefix)]})

    @app.get(f"{V1}/suggest", summary="Persons and a better query for what was typed", response_class=JSON)
    def suggest(q: str) -> Response:
        """The form of OpenSearch suggestions: the query, then a list."""
        better = holdings.index.search(q, limit=0, snippets=0).suggestion if q.strip() else None
        names = (
            [one.name for one in people.found(holdings.people(), AskedFor(q=q))[:8]]
            if holdings.has_people() and q
            else []
        )
        return JSON([q, [*([better] if better else []), *names]])

    @app.post(f"{V1}/batch", summary="Queries, one a line: counts and links", response_class=JSON)
    async def batch(request: Request) -> Response:
        """The body is text, one query a line."""
        body = (await request.body()).decode("utf-8-sig", "replace")
        queries = [line.strip() for line in body.splitlines() if line.strip()]
        if len(queries) > BATCH:
            raise ProblemError(400, "body", f"Send at most {BATCH} queries at once.")
        return JSON({"queries": await run_in_threadpool(counted, site, queries)})

    @app.get(f"{V1}/analyze", summary="What words become in the index", response_class=JSON)
    def analyze(text: str) -> Response:
        """A token a word."""
        from searchkit.analysis.analyse import analyze as analysed

        return JSON([token._asdict() for token in analysed(text[:10_000])])

    @app.get(f"{V1}/explain", summary="What a query looks for, word by word", response_class=JSON)
    def explain(request: Request, q: str) -> Response:
        """Index terms with their weights and where they come from, a line each."""
        asked = asked_for(request)
        return JSON({"q": q, "terms": holdings.index.explain(q, match=asked.match).splitlines()})

    @app.get(f"{V1}/lexicon", summary="The concepts that a word may mean", response_class=JSON)
    def lexicon(word: str) -> Response:
        """With its words in each language."""
        from searchkit.lexicon import user

        return JSON([{"field": one.field, "words": one.words} for one in user.lookup(holdings.index.folder, word)])

    @app.get(f"{V1}/collection", summary="Totals of the collection", response_class=JSON)
    def collection() -> Response:
        """Documents, languages, years, types."""
        counts = holdings.statistics()
        kept = {name: counts[name] for name in ("engine", "documents", "bytes", "languages", "earliest", "latest")}
        return JSON({**kept, "facets": holdings.facets(), "index": shapes.index(site)})

    @app.get(f"{V1}/failures", summary="The files that could not be read", response_class=JSON)
    def failures() -> Response:
        """With the reason of each."""
        return JSON({"failures": [{"path": one.path, "reason": one.reason} for one in holdings.failures()]})

    @app.get(f"{V1}/failures.{{form}}", summary="The same as csv or xlsx", response_class=Response)
    def failures_file(request: Request, form: str) -> Response:
        """A file a row."""
        if form not in ("csv", "xlsx"):
            raise ProblemError(404, "not-found")
        return streams.table(request, list_tables.failures(holdings.failures()), "failures", form)

    @app.get(f"{V1}/duplicates", summary="Documents of the same text", response_class=JSON)
    def duplicates() -> Response:
        """By fingerprint."""
        groups = [{"fingerprint": one.fingerprint, "ids": list(one.ids)} for one in holdings.duplicates()]
        return JSON({"groups": groups})

    @app.get(f"{V1}/duplicates.{{form}}", summary="The same as csv or xlsx", response_class=Response)
    def duplicates_file(request: Request, form: str) -> Response:
        """A document a row."""
        if form not in ("csv", "xlsx"):
            raise ProblemError(404, "not-found")
        return streams.table(request, list_tables.duplicates(holdings.duplicates()), "duplicates", form)

    @app.get(f"{V1}/health", summary="Whether the server answers", response_class=JSON)
    def health() -> Response:
        """With the state of the index."""
        return JSON({"status": "ok", "index": shapes.index(site)})

    @app.get("/opensearch.xml", include_in_schema=False)
    def description(request: Request) -> Response:
        return Response(
            _opensearch(site, base_address(request)), media_type="application/opensearchdescription+xml; charset=utf-8"
        )


class CountedHits:
    """Goes over hits and counts them."""

    def __init__(self, found: Any) -> None:
        self._found, self.count = found, 0

    def __iter__(self) -> Any:
        for one in self._found:
            self.count += 1
            yield one


def counted(site: Site, queries: list[str]) -> list[dict[str, Any]]:
    """How many documents each query finds; one that cannot be understood costs the others nothing."""
    found = []
    for query in queries:
        try:
            asked = AskedFor(q=query)
            found.append({"q": query, "total": search_page.total(site, asked), "html": asked.url("/search")})
        except QueryError as error:
            found.append({"q": query, "total": None, "error": str(error)})
    return found


def _table(found: Iterable[listing.Line], noun: str) -> list_tables.DataTable:
    """Lines as a table; mentions with their judgements."""
    if noun == "places":
        return list_tables.occurrences(line.place for line in found if isinstance(line.place, Occurrence))
    lines, judged = itertools.tee(found)
    made = list_tables.mentions(line.place for line in lines if isinstance(line.place, Mention))
    rows = ((*row, line.verdict) for row, line in zip(made.rows, judged, strict=True))
    return list_tables.DataTable((*made.columns, "judgement"), rows)


def _searched(site: Site) -> dict[str, Any]:
    about = shapes.index(site)
    return {"searched": about["documents"], "failed": about["failed"]}


def _opensearch(site: Site, base: str) -> str:
    """The description by which a browser takes the collection into its list of search engines (OpenSearch 1.1)."""
    from xml.sax.saxutils import escape

    name = escape((site.settings.name or "searchkit")[:16])
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">'
        f"<ShortName>{name}</ShortName><Description>{escape(site.settings.name or 'searchkit')}</Description>"
        "<InputEncoding>UTF-8</InputEncoding>"
        f'<Url type="text/html" template="{escape(base)}/search?q={{searchTerms}}&amp;page={{startPage?}}"/>'
        f'<Url type="application/atom+xml" template="{escape(base)}/api/v1/search.atom?q={{searchTerms}}"/>'
        f'<Url type="application/x-suggestions+json" template="{escape(base)}/api/v1/suggest?q={{searchTerms}}"/>'
        "</OpenSearchDescription>\n"
    )
