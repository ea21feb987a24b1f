"""/values: all values of a facet of an answer, with a box that filters them and their first letters, to tick and apply."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from searchkit.errors import QueryError
from searchkit.web import facet_lists
from searchkit.web.addresses import read
from searchkit.web.replies import Site

LISTED = 1_000
"""Values that are shown at once; of more the box finds the others."""


def page(site: Site, request: Request) -> Response:
    """The values of the facet that `all` names, those that hold `find` and begin with `letter`."""
    said = site.speech(request)
    asked = read(request.query_params.multi_items())
    try:
        whole = facet_lists.of_field(asked, "/search", site.holdings.facets_of(asked), said)
    except QueryError as error:
        return site.not_understood(request, error, asked)
    if whole is None:
        return site.page(
            request, "error.html", said.say("Not found"), 404, sentence=said.say("There is no page at this address.")
        )
    fitting = [
        one
        for one in whole.values
        if asked.find.casefold() in one.label.casefold() and asked.letter in ("", _letter(one.label))
    ]
    if asked.letter:
        fitting.sort(key=lambda one: one.label.casefold())
    shown = fitting[:LISTED]
    more = len(fitting) - len(shown)
    number = said.count("%(num)s value", "%(num)s values", len(fitting))
    title = f"{whole.heading} – {number}"
    return site.page(
        request,
        "values.html",
        f"{asked.q} – {title}" if asked.q else title,
        asked=asked,
        heading=title,
        facet=whole._replace(values=tuple(shown), more=0, all_url=""),
        kept=[one.value for one in whole.values if one.selected and one not in shown],
        more=more,
        letters=sorted({_letter(one.label) for one in whole.values} - {""}),
    )


def _letter(label: str) -> str:
    """The letter under which a value stands; "" for one that begins with a sign."""
    first = label[:1].upper()
    return first if first.isalnum() else ""
