"""Lists as files: NDJSON with a closing line, CSV, XLSX, references (RIS, BibTeX), a feed (Atom, RFC 4287).

All of them are whole, however long. NDJSON and CSV go out as they are made, and stop being made when their reader goes away; a
workbook is made in a temporary file first.
"""

from __future__ import annotations

import itertools
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from searchkit.display import citations, json_lines, list_tables, xlsx
from searchkit.display.list_tables import DataTable
from searchkit.display.screen import one_line, safe
from searchkit.errors import SearchkitError
from searchkit.model import Hit
from searchkit.web.addresses import AskedFor, permalink
from searchkit.web.pages import full_text, search
from searchkit.web.replies import Site, disposition, sent

AT_ONCE = 200
"""Hits that are taken from the index at once."""
FED = 50
"""Entries of a feed."""
T = TypeVar("T")
REFERENCES = {"ris": "ris", "bib": "bibtex"}
"""The styles of references by the endings of their files."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def every_hit(site: Site, asked: AskedFor, passages: int = 1) -> Iterator[Hit]:
    """All hits of an answer, not those of one page."""
    for number in itertools.count(1):
        results = search.search(site, asked.but(n=AT_ONCE, page=number), passages)
        yield from results.hits
        if number * AT_ONCE >= results.total:
            return


def ndjson(request: Request, entries: Iterable[dict[str, Any]], end: Callable[[], dict[str, Any]]) -> Response:
    """One object a line; the last says what there was, and a list without it is cut off."""
    entries = _started(iter(entries))

    def lines() -> Iterator[str]:
        failed = None
        try:
            for entry in entries:
                yield json_lines.line(entry) + "\n"
        except SearchkitError as error:
            failed = str(error)
        yield json_lines.line({"error": failed} if failed else {"end": end()}) + "\n"

    return sent(request, lines(), "application/x-ndjson; charset=utf-8")


def table(request: Request, made: DataTable, name: str, form: str) -> Response:
    """A table as CSV or XLSX, for downloading."""
    headers = disposition(f"{name}.{form}")
    if form == "csv":
        return sent(request, _started(list_tables.csv_lines(made), 2), "text/csv; charset=utf-8", headers)
    handle, path = tempfile.mkstemp(".xlsx", "searchkit-")
    os.close(handle)
    try:
        xlsx.write(Path(path), made)
    except BaseException:
        with suppress(OSError):
            os.unlink(path)
        raise
    return FileResponse(path, headers=headers, media_type=XLSX, background=BackgroundTask(os.unlink, path))


def _started(lines: Iterator[T], number: int = 1) -> Iterator[T]:
    """The same lines or entries, the first `number` found already, so that what cannot be understood is an error and no cut list."""
    return itertools.chain(list(itertools.islice(lines, number)), lines)


def references(request: Request, site: Site, asked: AskedFor, form: str, base: str) -> Response:
    """All hits for a reference manager; `form` is of `REFERENCES`."""
    style = REFERENCES[form]

    def lines() -> Iterator[str]:
        for hit in every_hit(site, asked, passages=0):
            found = full_text.reference(site, hit.document, base)
            yield "\n".join(map(safe, citations.STYLES[style](found))) + "\n\n"

    headers = disposition(f"{file_name(asked)}.{form}")
    kind = full_text.REFERENCE_KINDS[style]
    return sent(request, _started(lines()), f"{kind}; charset=utf-8", headers)


def atom(site: Site, asked: AskedFor, base: str) -> Response:
    """The newest documents of an answer as a feed."""
    from xml.sax.saxutils import escape, quoteattr

    updated = site.holdings.updated()
    when = updated.isoformat(timespec="seconds") if updated else "1970-01-01T00:00:00Z"
    results = search.search(site, asked.but(n=FED, sort="newest"), passages=1)

    def clean(text: str) -> str:
        return escape(safe(one_line(text)))

    parts = ['<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">']
    parts.append(f"<title>{clean(asked.q or site.settings.name or 'searchkit')}</title><updated>{when}</updated>")
    parts.append(f"<id>{escape(base + asked.url('/search'))}</id><link href={quoteattr(base + asked.url('/search'))}/>")
    for hit in results.hits:
        link = base + permalink(hit.document)
        summary = next((snippet.text for snippet in hit.snippets if snippet.field == "text"), "")
        parts.append(
            f"<entry><title>{clean(hit.document.title or hit.id)}</title><id>{escape(link)}</id><link href={quoteattr(link)}/>"
            f"<updated>{when}</updated><author><name>{clean(site.settings.name or 'searchkit')}</name></author>"
            f"<summary>{clean(summary)}</summary></entry>"
        )
    body = "".join([*parts, "</feed>\n"]).encode("utf-8", "replace")
    return Response(body, media_type="application/atom+xml; charset=utf-8")


def file_name(asked: AskedFor) -> str:
    """What a file is called: after what was asked for."""
    import re

    return re.sub(r"[^\w-]+", "-", asked.name or asked.q).strip("-")[:60] or "searchkit"
