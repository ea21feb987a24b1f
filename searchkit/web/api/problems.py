"""Errors for programs: application/problem+json (RFC 9457), with a code of ours and a sentence in the reader's language."""

from __future__ import annotations

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from searchkit.errors import BrokenIndexError, QueryError, SearchkitError, StorageError
from searchkit.locale.messages import code as message_code
from searchkit.locale.messages import translated
from searchkit.web.listing import BusyError
from searchkit.web.replies import Site

TITLES = {
    "query-syntax": "The query cannot be understood",
    "unknown-parameter": "A parameter means nothing here",
    "no-document": "There is no such document",
    "text-changed": "No document has this text any more",
    "index-changed": "The index has changed since the first page",
    "busy": "Too many lists are being made",
    "index-damaged": "The index is damaged",
    "not-found": "There is nothing at this address",
    "body": "The body cannot be understood",
    "failed": "This cannot be answered",
    "read-only": "Nothing can be changed here",
}


class ProblemError(Exception):
    """An error with a status of HTTP and a code of `TITLES`."""

    def __init__(self, status: int, code: str, detail: str = "") -> None:
        super().__init__(detail or TITLES[code])
        self.status, self.code, self.detail = status, code, detail


def answer(status: int, code: str, detail: str, more: dict[str, object] | None = None) -> Response:
    """A problem as an answer."""
    content = {"type": f"/problems/{code}", "title": TITLES[code], "status": status, "code": code, **(more or {})}
    if detail:
        content["detail"] = detail
    headers = {"retry-after": "5"} if status == 503 else None
    return JSONResponse(content, status, headers, media_type="application/problem+json")


def add(app: FastAPI, site: Site) -> None:
    """Have all errors answered so; a page that is not there gets a page."""

    def of_library(request: Request, error: Exception) -> Response:
        detail = translated(str(error), site.speech(request))
        known = message_code(str(error))
        more: dict[str, object] = {"message": known} if known else {}
        if isinstance(error, QueryError):
            return answer(400, "query-syntax", detail, more)
        if isinstance(error, BrokenIndexError):
            return answer(
                500, "index-damaged", site.speech(request).say("Ask whoever looks after it to run searchkit verify.")
            )
        if isinstance(error, StorageError):
            return answer(500, "failed", "")
        return answer(500, "failed", detail, more)

    def of_list(request: Request, error: Exception) -> Response:
        said = site.speech(request)
        return answer(503, "busy", said.say("Other long lists are being made just now: try again in a few seconds."))

    def of_problem(request: Request, error: Exception) -> Response:
        assert isinstance(error, ProblemError)
        return answer(error.status, error.code, error.detail)

    def of_address(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 404
        if request.url.path.startswith("/api/"):
            return answer(status, "not-found", "")
        said = site.speech(request)
        sentence = said.say("There is no page at this address.")
        return site.page(request, "error.html", said.say("Not found"), status, sentence=sentence)

    def of_values(request: Request, error: Exception) -> Response:
        places = (
            [".".join(map(str, one["loc"])) for one in error.errors()]
            if isinstance(error, RequestValidationError)
            else []
        )
        return answer(400, "unknown-parameter", ", ".join(places))

    def of_fault(request: Request, error: Exception) -> Response:
        if request.url.path.startswith("/api/"):
            return answer(500, "failed", "")
        said = site.speech(request)
        sentence = said.say("Something went wrong here, and nothing in your question is to blame. Try again.")
        return site.page(request, "error.html", said.say("This cannot be answered"), 500, sentence=sentence)

    app.add_exception_handler(SearchkitError, of_library)
    app.add_exception_handler(BusyError, of_list)
    app.add_exception_handler(ProblemError, of_problem)
    app.add_exception_handler(HTTPException, of_address)
    app.add_exception_handler(RequestValidationError, of_values)
    app.add_exception_handler(Exception, of_fault)
