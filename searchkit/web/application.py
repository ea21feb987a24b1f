"""The application: the pages, the API and the static files behind one guard."""

from __future__ import annotations

import functools
from collections.abc import Callable
from urllib.parse import quote

from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

import searchkit
from searchkit.collection.index import Index
from searchkit.errors import BrokenIndexError, QueryError, SearchkitError
from searchkit.locale.messages import translated
from searchkit.web import originals
from searchkit.web.api import problems, routes
from searchkit.web.guard import Application, Guard
from searchkit.web.holdings import Holdings
from searchkit.web.notes import Notes
from searchkit.web.pages import collection, full_text, home, lines, people, search, values
from searchkit.web.replies import Site, static_files
from searchkit.web.settings import ServerSettings

PAGES: dict[str, Callable[[Site, Request], Response]] = {
    "/": home.page,
    "/search": search.page,
    "/document": full_text.page,
    "/document/text": full_text.text,
    "/cite": full_text.cite,
    "/p/{fingerprint:str}": full_text.by_permalink,
    "/mentions": lines.page,
    "/concordance": lines.page,
    "/people": people.page,
    "/values": values.page,
    "/collection": collection.page,
    "/collection/failures": collection.failures,
    "/collection/duplicates": collection.duplicates,
    "/help": home.help_page,
    "/api": home.api_page,
    "/settings": home.settings,
    "/pages": originals.page,
    "/problems/{code:str}": problems.page,
}
UNCACHED = {"/settings", "/collection"}
"""Pages of what changes without the index."""
FILES = {"/original": originals.original, "/page-image": originals.picture}
IMMUTABLE = "public, max-age=31536000, immutable"


def app(index: Index, settings: ServerSettings | None = None) -> Application:
    """An ASGI application that answers from an open index, which it does not close."""
    settings = settings or ServerSettings()
    notes = Notes(settings.notes or index.folder.with_name(f"{index.folder.name}-notes.sqlite"))
    site = Site(Holdings(index), settings, notes)
    site.holdings.warm()
    made = FastAPI(
        title="searchkit",
        version=searchkit.__version__,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/v1/openapi.json",
        description="Full-text search in English, Kazakh, Uzbek and Russian. All offsets count code points.",
    )
    made.state.site = site
    for path, answer in PAGES.items():
        made.router.routes.append(Route(path, _answering(site, answer, cached=path not in UNCACHED), methods=["GET"]))
    for path, answer in FILES.items():
        made.router.routes.append(Route(path, functools.partial(answer, site), methods=["GET"]))
    made.router.routes.append(Route("/judge", functools.partial(lines.judge, site), methods=["POST"]))
    made.router.routes.append(Route("/update", functools.partial(collection.update, site), methods=["POST"]))
    made.router.routes.append(Route("/static/{name:str}", _static, methods=["GET"]))
    made.router.routes.append(Route("/favicon.ico", _no_icon, methods=["GET"]))
    for path in PAGES:
        if "{" not in path and path != "/":
            made.router.routes.append(Route(f"{path}.json", _to_api, methods=["GET"]))
    routes.add(made, site)
    problems.add(made, site)
    return Guard(GZipMiddleware(made, minimum_size=1024, compresslevel=5), settings)


def _answering(site: Site, answer: Callable[[Site, Request], Response], cached: bool) -> Callable[[Request], Response]:
    """A page with what may go wrong on the way, as a page."""

    def reply(request: Request) -> Response:
        said = site.speech(request)
        try:
            unchanged = site.unchanged(request) if cached else None
            return unchanged or answer(site, request)
        except QueryError as error:
            return site.not_understood(request, error)
        except BrokenIndexError:
            title, status = said.say("The index is damaged"), 500
            sentence = said.say("Ask whoever looks after it to run searchkit verify.")
        except SearchkitError as error:
            title, status, sentence = said.say("This cannot be answered"), 500, str(error)
        return site.page(request, "error.html", title, status, sentence=translated(sentence, said))

    return reply


def _static(request: Request) -> Response:
    found = static_files().get(request.path_params["name"])
    if found is None:
        return Response(status_code=404)
    content, kind = found
    return Response(content, 200, {"cache-control": IMMUTABLE}, kind)


def _no_icon(request: Request) -> Response:
    del request
    return Response(status_code=204)


def _to_api(request: Request) -> Response:
    """Any page with .json after it is that of the API."""
    names = {"document": "documents", "collection/failures": "failures", "collection/duplicates": "duplicates"}
    path = request.url.path.strip("/").removesuffix(".json")
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"/api/v1/{quote(names.get(path, path))}{query}", 308)
