"""/collection: what is here, what could not be read, and what is here twice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from searchkit.collection import last_update
from searchkit.display.update import DONE
from searchkit.documents import scans
from searchkit.locale import Speech
from searchkit.locale.messages import translated
from searchkit.model import Failure
from searchkit.web import charts, facet_lists
from searchkit.web.addresses import AskedFor, read_list
from searchkit.web.pages import search
from searchkit.web.replies import Site

FILES_OF_A_REASON = 100
GROUPS = 50
FOLDERS = 200


class Reason(NamedTuple):
    """Files that could not be read for one reason."""

    reason: str
    number: int
    paths: tuple[str, ...]
    more: int


def page(site: Site, request: Request) -> Response:
    """Totals, languages, years, kinds of files, folders, and the last update."""
    said = site.speech(request)
    counts = site.holdings.statistics()
    facets = site.holdings.facets()
    asked = AskedFor()
    failed, scanned = scans.divided(site.holdings.failures())
    totals = facet_lists.folder_totals(facets["folder"])
    shown = facet_lists.below_common(totals)
    return site.page(
        request,
        "collection.html",
        said.say("The collection"),
        counts=counts,
        language_counts=facet_lists.languages_of(facets["language"], said),
        unknown_language=facets["language"].get("", 0),
        types=[
            (ending or said.say("without one"), count, asked.but(type=(ending,)).url("/search") if ending else "")
            for ending, count in facets["type"].items()
        ],
        folders=[(folder, totals[folder], asked.but(folder=folder).url("/search")) for folder in shown[:FOLDERS]],
        more_folders=max(0, len(shown) - FOLDERS),
        chart=charts.years(asked, "/search", facets["year"], said),
        failed=len(failed),
        scanned=len(scanned),
        scanned_pages=sum(scans.pages(one.reason) for one in scanned),
        updating=site.holdings.is_updating(),
        last_update=_last_update(site, said),
        progress=_progress(site, said),
        outcome=_outcome(site, said),
        may_update=site.settings.allow_update and not site.updates.is_running(),
    )


def _progress(site: Site, said: Speech) -> str:
    """How far the update by this server is; "" for none."""
    progress = site.updates.progress
    if progress is None:
        return ""
    if progress.total is None:
        return said.say("The index is being updated.")
    done, total = said.number(progress.done), said.number(progress.total)
    return said.say("The index is being updated: %(done)s of %(total)s files.", done=done, total=total)


def _outcome(site: Site, said: Speech) -> str:
    """What the last update by this server did; "" for none."""
    if site.updates.error:
        return translated(site.updates.error, said)
    report = site.updates.report
    if report is None:
        return ""
    done = _done({name: getattr(report, name) for name in DONE}, said)
    return said.say("The update is done: %(what)s.", what=done)


def _last_update(site: Site, said: Speech) -> str:
    """What the last update changed, whoever ran it; "" where that is not known."""
    counts = last_update.read(site.holdings.index.folder) or {}
    return _done({name: count for name, count in counts.items() if name != "unchanged"}, said)


def _done(counts: Mapping[str, int], said: Speech) -> str:
    """What an update did with documents, in words; "" where that is not known."""
    parts = [said.say(text, num=said.number(counts[name])) for name, text in DONE.items() if counts.get(name)]
    return ", ".join(parts) or (said.say("nothing has changed") if counts else "")


def update(site: Site, request: Request) -> Response:
    """POST /update: begin to bring the index up to date, and back to the page of the collection."""
    said = site.speech(request)
    if not site.settings.allow_update:
        title = said.say("The index is not updated from here.")
        return site.page(request, "error.html", title, 403, sentence=title)
    site.updates.start()
    return RedirectResponse("/collection", 303)


def failures(site: Site, request: Request) -> Response:
    """The files that could not be read, by reason, and those with scanned pages."""
    said = site.speech(request)
    failed, scanned = scans.divided(site.holdings.failures())
    return site.page(
        request,
        "failures.html",
        said.say("Files that could not be read"),
        reasons=[one._replace(reason=translated(one.reason, said)) for one in by_reason(failed)],
        total=len(failed),
        scanned=[(one.path, scans.pages(one.reason)) for one in scanned[: FILES_OF_A_REASON * 5]],
        scanned_total=len(scanned),
        updating=site.holdings.is_updating(),
    )


def by_reason(failed: list[Failure]) -> list[Reason]:
    """The failures grouped, the most frequent reason first."""
    paths: dict[str, list[str]] = {}
    for one in failed:
        paths.setdefault(one.reason, []).append(one.path)
    return [
        Reason(reason, len(those), tuple(those[:FILES_OF_A_REASON]), max(0, len(those) - FILES_OF_A_REASON))
        for reason, those in sorted(paths.items(), key=lambda item: (-len(item[1]), item[0]))
    ]


def duplicates(site: Site, request: Request) -> Response:
    """Groups of documents that have the same text."""
    said = site.speech(request)
    asked = read_list(request.query_params.multi_items(), GROUPS)
    groups = site.holdings.duplicates()
    return site.page(
        request,
        "duplicates.html",
        said.say("Documents of the same text"),
        asked=asked,
        groups=groups[asked.first : asked.first + asked.n],
        total=len(groups),
        documents=sum(len(group.ids) for group in groups),
        doc_url=lambda id: AskedFor(id=id).url("/document"),
        pages=search.pages(asked, len(groups), "/collection/duplicates"),
    )
