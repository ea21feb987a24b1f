"""/: the box, what the collection holds, and where one may begin. /help, /settings, /api: what a reader should know."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from searchkit.errors import QueryError
from searchkit.locale import LANGUAGES
from searchkit.web import facet_lists
from searchkit.web.addresses import EVERYTHING, SIZES, AskedFor
from searchkit.web.replies import SIZE_COOKIE, Site

NEWEST, NAMED, EXAMPLES = 10, 20, 3
SHORTEST = 6
"""Letters of an example query."""


def page(site: Site, request: Request) -> Response:
    """The first page; for an index that holds nothing, the command that fills it."""
    said = site.speech(request)
    index = site.holdings.index
    if not len(index):
        return site.page(request, "empty.html", said.say("The collection is empty"), folder=str(index.folder))
    facets = site.holdings.facets()
    years = sorted(year for year in facets["year"] if year)
    newest = site.holdings.once(
        "newest", lambda: index.search(EVERYTHING, limit=NEWEST, order="newest", snippets=0).hits
    )
    return site.page(
        request,
        "home.html",
        site.settings.name or said.say("Search the collection"),
        total=len(index),
        language_counts=facet_lists.languages_of(facets["language"], said),
        first_year=years[0] if years else "",
        last_year=years[-1] if years else "",
        newest=newest,
        doc_url=lambda id: AskedFor(id=id).url("/document"),
        people=site.holdings.people()[:NAMED] if site.holdings.has_people() else None,
        mentions_url=lambda person: AskedFor(name=person.name).url("/mentions"),
        examples=[
            (word, AskedFor(q=word).url("/search")) for word in site.holdings.once("examples", lambda: examples(site))
        ],
    )


def examples(site: Site) -> list[str]:
    """Queries that find something here: long words of the newest titles that stand in several documents."""
    index = site.holdings.index
    words: dict[str, int] = {}
    for hit in index.search(EVERYTHING, limit=40, order="newest", snippets=0).hits:
        for word in hit.document.title.split():
            bare = word.strip("«»“”\"'.,:;!?()—–-")
            if len(bare) >= SHORTEST and bare.isalpha() and bare not in words and len(words) < 40:
                try:
                    words[bare] = index.search(bare, limit=0, snippets=0, match="forms").total
                except QueryError:
                    continue
    ranked = sorted(words, key=lambda word: (-min(words[word], 20), word))
    return [word.lower() for word in ranked[:EXAMPLES]]


def help_page(site: Site, request: Request) -> Response:
    """How to ask, in one page."""
    said = site.speech(request)
    return site.page(request, "help.html", said.say("Help"))


def api_page(site: Site, request: Request) -> Response:
    """The API, from its own description."""
    said = site.speech(request)
    description: dict[str, Any] = request.app.openapi()
    paths = [
        (method.upper(), path, entry.get("summary", ""), entry.get("description", ""), entry.get("parameters", []))
        for path, methods in description["paths"].items()
        for method, entry in methods.items()
    ]
    return site.page(request, "api.html", said.say("For programs"), paths=paths)


def settings(site: Site, request: Request) -> Response:
    """The reader's own choices, kept in a cookie."""
    said = site.speech(request)
    for name, values in (("keys", ("on", "off")), (SIZE_COOKIE, tuple(map(str, SIZES)))):
        if request.query_params.get(name) in values:
            response = RedirectResponse("/settings", 303)
            response.set_cookie(name, request.query_params[name], max_age=31_536_000, samesite="lax")
            return response
    return site.page(
        request,
        "settings.html",
        said.say("Settings"),
        keys=request.cookies.get("keys") != "off",
        sizes=SIZES,
        size=site.page_size(request),
        codes=LANGUAGES,
    )
