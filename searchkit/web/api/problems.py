"""Errors for programs: application/problem+json (RFC 9457), with a code of ours and a sentence in the reader's language."""

from __future__ import annotations

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from searchkit.errors import BrokenIndexError, QueryError, SearchkitError, StorageError
from searchkit.locale import N_
from searchkit.locale.messages import code as message_code
from searchkit.locale.messages import translated
from searchkit.web.listing import BusyError
from searchkit.web.replies import Site

TITLES = {
    "query-syntax": N_("The query cannot be understood"),
    "unknown-parameter": N_("A parameter means nothing here"),
    "no-document": N_("There is no such document"),
    "text-changed": N_("No document has this text any more"),
    "index-changed": N_("The index has changed since the first page"),
    "busy": N_("Too many lists are being made"),
    "index-damaged": N_("The index is damaged"),
    "not-found": N_("There is nothing at this address"),
    "body": N_("The body cannot be understood"),
    "failed": N_("This cannot be answered"),
    "read-only": N_("Nothing can be changed here"),
}
ADVICE = {
    "query-syntax": N_("Mend the query as the sentence in “detail” says; what a query may hold stands in the help."),
    "unknown-parameter": N_(
        "Leave out the parameter that “detail” names, or give it one of its values: they stand at /api."
    ),
    "no-document": N_("Look for the document by its words: it may have been moved or taken out."),
    "text-changed": N_("Look for the words of the text: it was changed or taken out since the link was made."),
    "index-changed": N_("Begin again with the first page: what came after it may have moved."),
    "busy": N_("Try again after as many seconds as the header Retry-After says."),
    "index-damaged": N_("Ask whoever looks after it to run searchkit verify."),
    "not-found": N_("See which addresses there are at /api."),
    "body": N_("Send the body as it is described at /api."),
    "failed": N_("Try again; if it stays so, tell whoever looks after the server."),
    "read-only": N_("Whoever serves the collection has closed it to changes."),
}
"""What to do about each."""


def page(site: Site, request: Request) -> Response:
    """/problems/…: what an error means and what to do."""
    said = site.speech(request)
    code = request.path_params["code"]
    if code not in TITLES:
        raise HTTPException(404)
    return site.page(request, "error.html", said.say(TITLES[code]), sentence=said.say(ADVICE[code]))


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
