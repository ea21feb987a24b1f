"""A page in a reader's language, as HTML with an ETag."""

from __future__ import annotations

import datetime
import hashlib
import re
import time
import zlib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from searchkit.display.metadata import value_of
from searchkit.display.screen import one_line
from searchkit.errors import QueryError
from searchkit.locale import LANGUAGES, Speech, preferred, speech
from searchkit.locale.messages import translated
from searchkit.model import Document, Mention, Occurrence
from searchkit.web import addresses
from searchkit.web.addresses import AskedFor
from searchkit.web.updates import Updates

if TYPE_CHECKING:
    from searchkit.web.holdings import Holdings
    from searchkit.web.notes import Notes
    from searchkit.web.settings import ServerSettings

HERE = Path(__file__).parent
_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]")
COOKIE = "ui"
SIZE_COOKIE = "n"
CHUNK = 16_000
"""Characters of a stream that go out together."""
FLUSH = Markup("\x00")
"""A part of a stream that is not sent: what was made before it goes out now."""
WAIT = 0.1
"""Seconds that what is made waits at most for more, as long as more is made."""


def shown(text: object) -> Markup:
    """Text from outside as HTML: escaped, and what would turn the direction of writing, or cannot be shown, as signs."""
    return escape(_harmless(str(text)))


def _harmless(value: object) -> object:
    """A text with signs for what would turn the direction of writing or cannot be shown; anything else as it is."""
    if isinstance(value, str) and not isinstance(value, Markup) and not (value.isascii() and value.isprintable()):
        return _STEERING.sub(_sign, value.encode("utf-8", "replace").decode("utf-8"))
    return value


def _sign(match: re.Match[str]) -> str:
    code = ord(match[0])
    return chr(0x2400 + code) if code < 0x20 else f"[U+{code:04X}]"


def marked(text: str, spans: Iterable[tuple[int, int, str]], ids: Iterable[str] = ()) -> Markup:
    """A text with spans of it (start, end, class) in <mark>, by offsets into the text itself; overlapping ones are cut."""
    parts: list[str] = []
    last = 0
    names = iter(ids)
    for start, end, kind in spans:
        name = next(names, "")
        start, end = max(start, last), min(end, len(text))
        if start >= end:
            continue
        id = f' id="{escape(name)}"' if name else ""
        parts += shown(text[last:start]), f'<mark{id} class="m-{escape(kind)}">', shown(text[start:end]), "</mark>"
        last = end
    parts.append(shown(text[last:]))
    # Each part is escaped by now; joined as plain strings, a page of hits is made in a third less time.
    return Markup("".join(map(str, parts)))


def named(document: Document | Mention | Occurrence) -> str:
    """What a document, or the document of a place, is called: by its title, else by its file."""
    if isinstance(document, Document):
        id, title = document.id, document.title
    else:
        id, title = document.document_id, document.document_title
    return one_line(title) or id.rpartition("/")[2] or id


def disposition(name: str, place: str = "attachment") -> dict[str, str]:
    """The header that gives a file its name, in any letters (RFC 6266)."""
    return {"content-disposition": f"{place}; filename*=UTF-8''{quote(name, safe='')}"}


def base_address(request: Request) -> str:
    """The address of the server, as the reader wrote it."""
    return f"{request.url.scheme}://{request.url.netloc}"


def sent(
    request: Request, parts: Iterable[str], media_type: str, headers: Mapping[str, str] | None = None
) -> StreamingResponse:
    """An answer that goes out as it is made: its first part at once, what follows every `WAIT` seconds, and at each `FLUSH`.

    Compressed here where the reader takes it, since a compressor that waits for more would hold back the first lines.
    """
    given = dict(headers or {})
    packed = "gzip" in request.headers.get("accept-encoding", "")
    if packed:
        given["content-encoding"] = "gzip"
    return StreamingResponse(_chunks(parts, packed), headers=given, media_type=media_type)


def _chunks(parts: Iterable[str], packed: bool) -> Iterator[bytes]:
    packer = zlib.compressobj(5, zlib.DEFLATED, 31) if packed else None
    waiting: list[str] = []
    size, due = 0, 0.0
    for part in parts:
        if part != FLUSH:
            waiting.append(part)
            size += len(part)
        if size and (part == FLUSH or size >= CHUNK or time.monotonic() >= due):
            body = "".join(waiting).encode("utf-8", "replace")
            yield packer.compress(body) + packer.flush(zlib.Z_SYNC_FLUSH) if packer else body
            waiting.clear()
            size, due = 0, time.monotonic() + WAIT
    body = "".join(waiting).encode("utf-8", "replace")
    yield packer.compress(body) + packer.flush() if packer else body


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        finalize=_harmless,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters["shown"] = shown
    environment.filters["marks"] = lambda mark: (mark.start, mark.end, mark.reason)
    environment.filters["named"] = named
    environment.filters["code"] = _with_code
    environment.filters["value"] = lambda value: shown(value_of(value))
    environment.filters["line"] = lambda text: shown(one_line(str(text)))
    environment.globals |= {"marked": marked, "static": static_address, "languages": LANGUAGES, "flush": FLUSH}
    return environment


def _with_code(text: str) -> Markup:
    """A text in which what stands between backticks is code."""
    parts = [
        Markup("<code>{}</code>").format(part) if place % 2 else escape(part)
        for place, part in enumerate(text.split("`"))
    ]
    return Markup("").join(parts)


@cache
def static_files() -> dict[str, tuple[bytes, str]]:
    """The files that every page uses, by the name they are served under, which has a hash of what is in them."""
    kinds = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
    found = {}
    for file in sorted((HERE / "static").iterdir()):
        if file.suffix in kinds:
            content = file.read_bytes()
            mark = hashlib.sha256(content).hexdigest()[:12]
            found[f"{file.stem}.{mark}{file.suffix}"] = content, f"{kinds[file.suffix]}; charset=utf-8"
    return found


@cache
def static_address(name: str) -> str:
    """The address of a static file."""
    stem, _, suffix = name.rpartition(".")
    return next(f"/static/{one}" for one in static_files() if one.startswith(f"{stem}.") and one.endswith(f".{suffix}"))


class Site:
    """What all pages need: the holdings, the settings, the judgements."""

    def __init__(self, holdings: Holdings, settings: ServerSettings, notes: Notes) -> None:
        self.holdings, self.settings, self.notes = holdings, settings, notes
        self.updates = Updates(holdings.index.folder)

    def language(self, request: Request) -> str:
        """The reader's: asked for in the address, else by cookie, else as the browser says."""
        for code in (request.query_params.get(COOKIE), request.cookies.get(COOKIE)):
            if code in LANGUAGES:
                return str(code)
        return preferred(request.headers.get("accept-language", ""))

    def speech(self, request: Request) -> Speech:
        return speech(self.language(request))

    def page_size(self, request: Request) -> int:
        """How many hits a page the reader wants of a new search, by cookie; that of an address without one is always the same."""
        given = request.cookies.get(SIZE_COOKIE, "")
        return next((size for size in addresses.SIZES if str(size) == given), addresses.AskedFor.n)

    def etag(self, request: Request) -> str:
        """Names the answer to an address: the state of the index and of the judgements, the address, the language."""
        known: str | None = getattr(request.state, "etag", None)
        if known is None:
            known = request.state.etag = self._etag(request)
        return known

    def _etag(self, request: Request) -> str:
        parts = (self.holdings.generation, self.notes.version, str(self.holdings.has_people()))
        address = f"{request.url.path}?{request.url.query}"
        failed, size = str(self.holdings.updated()), str(self.page_size(request))
        whole = "\n".join((*parts, failed, address, self.language(request), size, *static_files()))
        return f'W/"{hashlib.sha256(whole.encode()).hexdigest()[:20]}"'

    def unchanged(self, request: Request) -> Response | None:
        """The answer to whoever has the page already."""
        given = request.headers.get("if-none-match", "")
        etag = self.etag(request)
        if etag in (one.strip() for one in given.split(",")):
            return Response(status_code=304, headers={"etag": etag})
        return None

    def page(self, request: Request, template: str, title: str, status: int = 200, **values: Any) -> Response:
        """A page made by a template."""
        body = _environment().get_template(template).render(self._context(request, title, values))
        headers = {"cache-control": "private, no-cache", "vary": "Cookie, Accept-Language"}
        if status == 200:
            headers["etag"] = self.etag(request)
        response = Response(body.encode("utf-8", "replace"), status, headers, "text/html; charset=utf-8")
        return self._remembering(request, response)

    def streamed(self, request: Request, template: str, title: str, etag: str | None = None, **values: Any) -> Response:
        """A page that goes out as its template is filled, of values that may take their time. A browser keeps one with an ETag."""
        parts = _environment().get_template(template).generate(self._context(request, title, values))
        headers = {"cache-control": "private, no-cache" if etag else "private, no-store"}
        headers |= {"vary": "Cookie, Accept-Language, Accept-Encoding", **({"etag": etag} if etag else {})}
        return self._remembering(request, sent(request, parts, "text/html; charset=utf-8", headers))

    def _remembering(self, request: Request, response: Response) -> Response:
        """The same answer, which has the browser keep the language that the address asks for."""
        if request.query_params.get(COOKIE) in LANGUAGES:
            code = self.language(request)
            response.set_cookie(COOKIE, code, max_age=31_536_000, samesite="lax", httponly=True)
        return response

    def _context(self, request: Request, title: str, values: dict[str, Any]) -> dict[str, Any]:
        """What every template may use, with the values of this one."""
        said = self.speech(request)
        asked = values.setdefault("asked", AskedFor())
        size = self.page_size(request)
        return {
            "_": said.say,
            "ngettext": said.count,
            "said": said,
            "ui": said.code,
            "title": title,
            "path": request.url.path,
            "site": self.settings,
            "address": f"{base_address(request)}{request.url.path}{'?' + request.url.query if request.url.query else ''}",
            "today": said.date(datetime.date.today().isoformat()),
            "footer": self._footer(said),
            "page_size": size if size != AskedFor.n else 0,
            "here": lambda code: _with_language(request, code),
            "library": lambda sentence: translated(sentence, said),
            "url": AskedFor.url,
            "without": addresses.without,
            "unknown": asked.unknown,
            **values,
        }

    def not_understood(self, request: Request, error: QueryError, asked: AskedFor | None = None) -> Response:
        """The page for a query that cannot be understood, with `asked` in its box."""
        said = self.speech(request)
        title, sentence = said.say("The query cannot be understood"), translated(str(error), said)
        return self.page(request, "error.html", title, 400, asked=asked or AskedFor(), sentence=sentence)

    def _footer(self, said: Speech) -> dict[str, Any]:
        from searchkit.documents import scans

        updated = self.holdings.updated()
        failed, scanned = scans.divided(self.holdings.failures())
        when = f"{said.date(updated.date().isoformat())}, {updated:%H:%M}" if updated else ""
        return {"documents": len(self.holdings.index), "updated": when, "failed": len(failed), "scans": len(scanned)}


def _with_language(request: Request, code: str) -> str:
    pairs = [(name, value) for name, value in request.query_params.multi_items() if name != COOKIE]
    return f"{request.url.path}?{urlencode([*pairs, (COOKIE, code)], quote_via=quote)}"
