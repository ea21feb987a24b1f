"""/mentions and /concordance: every place that names a person or answers a query, a line each; /judge: what a reader thinks."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from searchkit.documents import scans
from searchkit.errors import QueryError, SearchkitError
from searchkit.locale import N_, Speech
from searchkit.locale.messages import translated
from searchkit.web import charts, facet_lists, listing
from searchkit.web.addresses import LINE_ORDERS, WIDTHS, AskedFor, read_list
from searchkit.web.notes import VERDICTS
from searchkit.web.pages import search
from searchkit.web.replies import Site

A_PAGE = 50
ORDER_NAMES = {
    "document": N_("by document"),
    "date": N_("by date"),
    "left": N_("by the words before"),
    "keyword": N_("by the word itself"),
    "right": N_("by the words after"),
}
GROUP_NAMES = {
    "": N_("not grouped"),
    "document": N_("a document"),
    "spelling": N_("a spelling"),
    "year": N_("a year"),
    "person": N_("a person of the name"),
}
VERDICT_NAMES = {"right": N_("right"), "wrong": N_("wrong"), "unsure": N_("unsure"), "none": N_("not judged")}


def page(site: Site, request: Request) -> Response:
    """The list, or the form that asks for a name or words."""
    said = site.speech(request)
    path = request.url.path
    asked = read_list(request.query_params.multi_items(), A_PAGE)
    is_mentions = path == "/mentions"
    if not (asked.name if is_mentions else asked.q):
        title = said.say("Mentions of a person") if is_mentions else said.say("Every place of a word")
        return site.page(request, "lines.html", title, asked=asked, heading=title, is_mentions=is_mentions, found=None)
    try:
        found = listing.lines(site.holdings, site.notes, asked)
    except QueryError as error:
        return site.not_understood(request, error, asked)
    except listing.BusyError:
        return busy(site, request, said)
    total = (
        said.count("%(num)s mention", "%(num)s mentions", found.places)
        if is_mentions
        else said.count("%(num)s place", "%(num)s places", found.places)
    )
    return site.page(
        request,
        "lines.html",
        f"{asked.name or asked.q} – {total}",
        asked=asked,
        heading=total,
        is_mentions=is_mentions,
        found=found,
        groups=listing.groups(found.shown, asked),
        people=_namesakes(site, asked) if is_mentions and asked.group == "person" else [],
        closing=closing(site, found, said, total),
        pages=search.pages(asked, found.places, path),
        facets=[facet_lists.kinds(asked, path, found.kinds, said)] if is_mentions else [],
        chart=charts.years(asked, path, found.years, said),
        orders=LINE_ORDERS,
        order_names=ORDER_NAMES,
        group_names={name: text for name, text in GROUP_NAMES.items() if is_mentions or name != "person"},
        widths=WIDTHS,
        reasons=search.REASONS,
        kinds=facet_lists.KINDS,
        verdicts=VERDICTS,
        verdict_names=VERDICT_NAMES,
        may_judge=is_mentions and not site.settings.read_only,
        line_url=lambda place: (
            AskedFor(id=place.document_id, at=(f"{place.start}-{place.end}",)).url("/document") + "#m1"
        ),
        language_name=lambda code: facet_lists.language_name(code, said),
    )


def _namesakes(site: Site, asked: AskedFor) -> list[Any]:
    filters = tuple(asked.filters.items())
    return site.holdings.once(
        ("namesakes", asked.name, filters), lambda: site.holdings.index.namesakes(asked.name, **asked.filters)
    )


def closing(site: Site, found: listing.Lines, said: Speech, places: str) -> str:
    """How many there are, which `places` says in words, and how far to trust that number."""
    parts = [
        said.say(
            "%(places)s in %(documents)s; %(searched)s documents were searched.",
            places=places,
            documents=said.count("%(num)s document", "%(num)s documents", found.documents),
            searched=said.number(len(site.holdings.index)),
        )
    ]
    failed, scanned = scans.divided(site.holdings.failures())
    if failed:
        parts.append(said.count("%(num)s file could not be read.", "%(num)s files could not be read.", len(failed)))
    if scanned:
        parts.append(
            said.count(
                "%(num)s file has scanned pages, in which nothing was looked for.",
                "%(num)s files have scanned pages, in which nothing was looked for.",
                len(scanned),
            )
        )
    if site.holdings.is_updating():
        parts.append(said.say("The index is being updated, or its last update was interrupted: there may be more."))
    return " ".join(parts)


def busy(site: Site, request: Request, said: Speech) -> Response:
    """Two lists are being made already."""
    sentence = said.say("Other long lists are being made just now: try again in a few seconds.")
    response = site.page(request, "error.html", said.say("Please wait"), 503, sentence=sentence)
    response.headers["retry-after"] = "5"
    return response


async def judge(site: Site, request: Request) -> Response:
    """POST /judge: note a judgement; back to the list, or for the script an empty answer."""
    said = site.speech(request)
    if site.settings.read_only:
        title = said.say("Nothing can be judged here: this collection is only for reading.")
        return site.page(request, "error.html", title, 403, sentence=title)
    form = dict(parse_qsl((await request.body()).decode("utf-8", "replace"), keep_blank_values=True))
    try:
        key = form["fingerprint"][:64], int(form["start"]), int(form["end"])
        verdict = form["verdict"]
        if verdict not in (*VERDICTS, ""):
            raise ValueError
        name, text = form["name"][:1000], form.get("text", "")[:1000]
        await run_in_threadpool(site.notes.judge, name, key, text, verdict)
    except (KeyError, ValueError, OverflowError):
        title = said.say("The judgement cannot be understood.")
        return site.page(request, "error.html", title, 400, sentence=title)
    except SearchkitError as error:
        title = translated(str(error), said)
        return site.page(request, "error.html", title, 500, sentence=title)
    if request.headers.get("accept", "").startswith("application/json"):
        return JSONResponse({"verdict": verdict})
    back = form.get("back", "/")
    return RedirectResponse(back if back.startswith("/mentions?") else "/", 303)
