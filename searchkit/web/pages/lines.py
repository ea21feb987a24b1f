"""/mentions and /concordance: every place that names a person or answers a query, a line each; /judge: what a reader thinks."""

from __future__ import annotations

import functools
import itertools
import time
from collections.abc import Iterable, Iterator
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
PATIENCE = 0.15
"""Seconds after which a list goes out line by line."""
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
        stream = _stream(site, asked) if listing.streams(asked) and asked.page == 1 else None
        found = None if stream else listing.lines(site.holdings, site.notes, asked)
    except QueryError as error:
        return site.not_understood(request, error, asked)
    except listing.BusyError:
        return busy(site, request, said)
    values: dict[str, Any] = {
        "asked": asked,
        "is_mentions": is_mentions,
        "people": _namesakes(site, asked) if is_mentions and asked.group == "person" else [],
        "orders": LINE_ORDERS,
        "order_names": ORDER_NAMES,
        "group_names": {name: text for name, text in GROUP_NAMES.items() if is_mentions or name != "person"},
        "widths": WIDTHS,
        "reasons": search.REASONS,
        "kinds": facet_lists.KINDS,
        "verdicts": VERDICTS,
        "verdict_names": VERDICT_NAMES,
        "may_judge": is_mentions and not site.settings.read_only,
        "line_url": lambda place: (
            AskedFor(id=place.document_id, at=(f"{place.start}-{place.end}",)).url("/document") + "#m1"
        ),
        "filter_name": lambda facet, value: facet_lists.filter_name(facet, value, said),
    }
    if stream is not None:
        heading = said.say("Mentions of a person") if is_mentions else said.say("Every place of a word")
        lines, places = stream
        summary = ListSummary(site, asked, path, said, rest=places)
        groups = [("", itertools.islice(lines, asked.n))]
        title = f"{asked.name or asked.q} – {heading}"
        return site.streamed(
            request, "lines.html", title, **values, heading=heading, groups=groups, is_streamed=True, found=summary
        )
    assert found is not None
    summary = ListSummary(site, asked, path, said, found)
    return site.page(
        request,
        "lines.html",
        f"{asked.name or asked.q} – {summary.total}",
        **values,
        heading=summary.total,
        groups=listing.groups(found.shown, asked),
        is_streamed=False,
        found=summary,
    )


def _stream(site: Site, asked: AskedFor) -> tuple[Iterator[listing.Line], Iterator[listing.Place]] | None:
    """The lines as they are found, and the places that they are made of, where finding them all takes longer than readers wait
    for a page; None where all are found. Raises QueryError, BusyError."""
    if listing.is_known(site.holdings, asked):
        return None
    places = listing.stream_places(site.holdings, asked)
    taken: list[listing.Place] = []
    due = time.monotonic() + PATIENCE
    for place in places:
        taken.append(place)
        if time.monotonic() > due:
            found = itertools.chain(taken, places)
            return iter(listing.Stream(site.holdings, site.notes, asked, found)), found
    return None


class ListSummary:
    """What a list says of itself when all of its places are found: worked out when it is asked for, which of a page that goes
    out line by line is at its end."""

    def __init__(
        self,
        site: Site,
        asked: AskedFor,
        path: str,
        said: Speech,
        found: listing.Lines | None = None,
        rest: Iterable[listing.Place] = (),
    ) -> None:
        """`rest` are the places that are still to be found before all of them are kept."""
        self._site, self._asked, self._path, self._said, self._rest = site, asked, path, said, rest
        if found is not None:
            self.lines = found

    @functools.cached_property
    def lines(self) -> listing.Lines:
        """The list."""
        for _ in self._rest:
            pass
        return listing.lines(self._site.holdings, self._site.notes, self._asked)

    @property
    def total(self) -> str:
        """How many places there are, in words."""
        if self._asked.name:
            return self._said.count("%(num)s mention", "%(num)s mentions", self.lines.places)
        return self._said.count("%(num)s place", "%(num)s places", self.lines.places)

    @property
    def closing(self) -> str:
        """The closing line."""
        return closing(self._site, self.lines, self._said, self.total)

    @property
    def pages(self) -> list[search.Numbered]:
        """The pages of the list."""
        return search.pages(self._asked, self.lines.places, self._path)

    @property
    def facets(self) -> list[facet_lists.FacetList]:
        """The kinds of mentions."""
        if not self._asked.name:
            return []
        return [facet_lists.kinds(self._asked, self._path, self.lines.kinds, self._said)]

    @property
    def chart(self) -> charts.Chart:
        """The years."""
        return charts.years(self._asked, self._path, self.lines.years, self._said)


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
