"""/document: a whole text, its marks linked to each other, what is known of it, and what is near it. /p/…: permalinks."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from searchkit.display import citations
from searchkit.display.context import around
from searchkit.display.screen import safe
from searchkit.errors import QueryError
from searchkit.locale import N_, Speech
from searchkit.model import Document, Highlight
from searchkit.web import facet_lists
from searchkit.web.addresses import AskedFor, permalink, read
from searchkit.web.replies import Site, base_address, disposition, marked, named, shown

PART = 50_000
"""Code points that are shown at once; a part ends at the end of a page, a paragraph or a word."""
LISTED = 500
"""Places that are listed beside the text."""
METADATA_NAMES = {
    "format": N_("Format"),
    "encoding": N_("Encoding"),
    "author": N_("Author"),
    "subject": N_("Subject"),
    "file_date": N_("Date of the file"),
    "pages": N_("Pages"),
    "ocr_pages": N_("Scanned pages that were read"),
    "row": N_("Row"),
    "line": N_("Line"),
}
REFERENCE_KINDS = {
    "ris": "application/x-research-info-systems",
    "bibtex": "application/x-bibtex",
    "csl-json": "application/json",
}
"""The media types of the styles of references; any other is plain text."""
_PLACE = re.compile(r"(\d{1,12})-(\d{1,12})")


class PlaceLink(NamedTuple):
    """A place in the list beside the text: its number, address, page, and the text around it with the place marked."""

    number: int
    url: str
    page: int | None
    text: Markup
    reason: str


class Section(NamedTuple):
    """A page of the text, or all of a text without pages: its number, and its text as HTML."""

    page: int | None
    text: Markup


def page(site: Site, request: Request) -> Response:
    """A document with the words that answer a query, or the places in `at`, marked."""
    said = site.speech(request)
    asked = read(request.query_params.multi_items())
    index = site.holdings.index
    document = index.get(asked.id)
    if document is None:
        return missing(site, request, said)
    places = marks(site, asked, document)
    bounds = parts(document.text)
    number = min(asked.part, len(bounds))
    start, end = bounds[number - 1] if number else (0, len(document.text))
    passages = index.passages(document.id)
    title, kind = named(document), said.say("document")
    original = _original(site, document)
    return site.page(
        request,
        "document.html",
        f"{title} – {kind}",
        asked=asked,
        document=document,
        metadata_names=METADATA_NAMES,
        heading=title,
        language_name=lambda code: facet_lists.language_name(code, said),
        sections=_sections(document, places, passages, start, end),
        part=number,
        part_urls=[asked.url("/document", part=one) for one in range(1, len(bounds) + 1)],
        whole_url=asked.url("/document", part=0),
        places=_places(asked, document, places, bounds),
        place_count=len(places),
        shares=_shares(passages),
        persons=index.named(document.id)[:20],
        copies=site.holdings.copies(document.id),
        permalink=permalink(document, asked.at),
        original=AskedFor(id=document.id).url("/original") if original else "",
        has_images=original is not None and original.suffix.lower() == ".pdf",
        first_page=next((document.page_at(mark.start) for mark in places), 1),
        around=_neighbours(site, asked),
        styles=list(citations.STYLES),
        cited=" ".join(citations.plain(reference(site, document, base_address(request)), said)),
        doc_url=lambda id: AskedFor(id=id).url("/document"),
    )


def marks(site: Site, asked: AskedFor, document: Document) -> list[Highlight]:
    """The places to mark: of the permalink, or of the query. A query that cannot be understood marks nothing."""
    found = []
    for value in asked.at:
        if match := _PLACE.fullmatch(value):
            start, end = int(match[1]), int(match[2])
            if start < end <= len(document.text):
                found.append(Highlight(start, end, "exact", ""))
    if found or not asked.q.strip():
        return sorted(found, key=lambda mark: mark.start)
    try:
        whole = site.holdings.index.show(document.id, asked.q)
    except QueryError:
        return []
    return [mark for snippet in (whole.snippets if whole else ()) for mark in snippet.highlights]


def parts(text: str) -> list[tuple[int, int]]:
    """The spans of a text that are shown at once."""
    found, start = [], 0
    while len(text) - start > PART * 1.2:
        limit = start + PART
        end = next(
            (
                place + len(sign)
                for sign in ("\f", "\n\n", "\n", " ")
                if (place := text.rfind(sign, start + PART // 2, limit)) > 0
            ),
            limit,
        )
        found.append((start, end))
        start = end
    return [*found, (start, len(text))]


def _sections(
    document: Document,
    marks: Sequence[Highlight],
    passages: Sequence[tuple[int, int, str]],
    start: int,
    end: int,
) -> list[Section]:
    """The pages of a part, their passages in the language that each is in."""
    found = []
    number = document.page_at(start)
    while start <= end:
        stop = document.text.find("\f", start, end)
        stop = end if stop < 0 else stop
        found.append(Section(number, in_languages(document.text, marks, passages, start, stop)))
        start, number = stop + 1, number + 1 if number else None
        if stop == end:
            break
    return found


def in_languages(
    text: str, marks: Sequence[Highlight], passages: Sequence[tuple[int, int, str]], start: int, end: int
) -> Markup:
    """A stretch of the text as HTML: a span a language, the marks in it by number."""
    pieces: list[tuple[int, int, str]] = []
    for first, last, code in passages:
        first, last = max(first, start), min(last, end)
        if first >= last:
            continue
        if pieces and pieces[-1][2] == code:
            pieces[-1] = (pieces[-1][0], last, code)
        else:
            pieces.append((first, last, code))
    if not pieces:
        pieces = [(start, end, "")]
    pieces[0] = (start, *pieces[0][1:])
    parts = []
    begins = [mark.start for mark in marks]
    for number, (first, last, code) in enumerate(pieces):
        last = pieces[number + 1][0] if number + 1 < len(pieces) else end
        low, high = bisect_left(begins, first), bisect_left(begins, last)
        spans = [(mark.start - first, mark.end - first, mark.reason) for mark in marks[low:high]]
        piece = _linked(text[first:last], spans, low, len(marks))
        parts.append(Markup('<span lang="{}">{}</span>').format(code, piece) if code else piece)
    return Markup("").join(parts)


def _linked(text: str, spans: Sequence[tuple[int, int, str]], before: int, total: int) -> Markup:
    """A text with its marks, each followed by links to the one before and the one after."""
    parts, last = [], 0
    for number, (start, end, reason) in enumerate(spans, before + 1):
        start = max(start, last)
        parts.append(shown(text[last:start]))
        parts.append(marked(text[start:end], [(0, end - start, reason)], [f"m{number}"]))
        links = ""
        if number > 1:
            links += f'<a href="#m{number - 1}" aria-label="{number - 1} / {total}">‹</a>'
        if number < total:
            links += f'<a href="#m{number + 1}" aria-label="{number + 1} / {total}">›</a>'
        if links:
            parts.append(Markup('<span class="step">' + links + "</span>"))
        last = max(end, start)
    parts.append(shown(text[last:]))
    return Markup("").join(parts)


def _places(
    asked: AskedFor, document: Document, marks: Sequence[Highlight], bounds: Sequence[tuple[int, int]]
) -> list[PlaceLink]:
    found = []
    for number, mark in enumerate(marks[:LISTED], 1):
        part = next(place for place, (_, end) in enumerate(bounds, 1) if mark.start < end or place == len(bounds))
        url = asked.url("/document", part=part if asked.part else 0) + f"#m{number}"
        first, last = around(document.text, mark.start, mark.end, 4)
        text = marked(document.text[first:last], [(mark.start - first, mark.end - first, mark.reason)])
        found.append(PlaceLink(number, url, document.page_at(mark.start), text, mark.reason))
    return found


def _shares(passages: Sequence[tuple[int, int, str]]) -> list[tuple[str, int]]:
    """The languages of a text with their share of its letters, in per cent, largest first."""
    lengths: Counter[str] = Counter()
    for start, end, code in passages:
        lengths[code] += end - start
    total = lengths.total() or 1
    return [(code, round(100 * length / total)) for code, length in lengths.most_common() if length * 100 >= total]


def _neighbours(site: Site, asked: AskedFor) -> dict[str, str]:
    """The addresses of the hit before and the one after, of the answer, and of the files before and after in the index."""
    index = site.holdings.index
    found: dict[str, str] = {}
    if asked.q and asked.hit:
        answer = AskedFor(q=asked.q, match=asked.match, page=-(-asked.hit // 10))
        found["results"] = answer.url("/search") + f"#h{asked.hit}"
        first = max(0, asked.hit - 2)
        try:
            hits = index.search(asked.query, limit=3, offset=first, match=asked.match, snippets=0).hits
        except QueryError:
            hits = ()
        for name, place in (("previous", asked.hit - 2), ("next", asked.hit)):
            if first <= place < first + len(hits):
                found[name] = asked.but(id=hits[place - first].id, hit=place + 1, part=1).url("/document") + "#m1"
    ids = site.holdings.once("ids", lambda: list(index.ids()))
    place = bisect_left(ids, asked.id)
    if place > 0:
        found["before"] = AskedFor(id=ids[place - 1]).url("/document")
    if place + 1 < len(ids):
        found["after"] = AskedFor(id=ids[place + 1]).url("/document")
    return found


def _original(site: Site, document: Document) -> Path | None:
    """The file, None where it is not to be had."""
    file = site.holdings.index.original(document.id) if site.settings.originals else None
    return file if file is not None and file.is_file() else None


def missing(site: Site, request: Request, said: Speech) -> Response:
    """The page for a document that is not there."""
    sentence = said.say("There is no such document in this collection. It may have been moved: look for its words.")
    return site.page(request, "error.html", said.say("Not found"), 404, sentence=sentence)


def by_permalink(site: Site, request: Request) -> Response:
    """/p/FINGERPRINT: to the document; where several files have the text, all are named."""
    said = site.speech(request)
    asked = read(request.query_params.multi_items())
    ids = site.holdings.fingerprints().ids(request.path_params["fingerprint"])
    if len(ids) == 1:
        return RedirectResponse(AskedFor(id=ids[0], at=asked.at).url("/document") + ("#m1" if asked.at else ""), 303)
    if ids:
        links = [(id, AskedFor(id=id, at=asked.at).url("/document")) for id in ids]
        return site.page(request, "copies.html", said.say("Several files have this text"), links=links, sentence="")
    if changed := site.holdings.index.changed_since(request.path_params["fingerprint"]):
        sentence = said.say("The text has changed since the link was made. This is the document now:")
        links = [(id, AskedFor(id=id).url("/document")) for id in changed]
        title = said.say("No document has this text any more")
        return site.page(request, "copies.html", title, 404, links=links, sentence=sentence)
    sentence = said.say("No document has this text any more: it was changed or taken out. Look for its words.")
    return site.page(request, "error.html", said.say("Not found"), 404, sentence=sentence)


def reference(site: Site, document: Document, base: str) -> citations.Reference:
    """The reference of a document; one that comes from no page on the web is at its permalink on this server, `base`."""
    found = citations.reference(document, site.settings.name or None)
    return found if found.is_web else found._replace(location=base + permalink(document))


def cite(site: Site, request: Request) -> Response:
    """A reference to a document, in the style that is asked for."""
    said = site.speech(request)
    document = site.holdings.index.get(request.query_params.get("id", ""))
    style = citations.STYLES.get(request.query_params.get("as", "plain"))
    if document is None or style is None:
        return missing(site, request, said)
    kind = REFERENCE_KINDS.get(request.query_params.get("as", ""), "text/plain")
    found = reference(site, document, base_address(request))
    said_lines = citations.plain(found, said) if style is citations.plain else style(found)
    lines = "\n".join(map(safe, said_lines)) + "\n"
    return PlainTextResponse(lines, media_type=f"{kind}; charset=utf-8")


def text(site: Site, request: Request) -> Response:
    """The text alone, to be kept."""
    document = site.holdings.index.get(request.query_params.get("id", ""))
    if document is None:
        return missing(site, request, site.speech(request))
    content = document.text.encode("utf-8", "replace")
    return Response(content, 200, disposition(f"{_file_name(document)}.txt"), "text/plain; charset=utf-8")


def _file_name(document: Document) -> str:
    name = re.sub(r"[^\w.-]+", "_", document.id.rpartition("/")[2])
    return name.strip("._") or "document"
