"""Who may ask what, before anything is read: an ASGI layer around the application.

1. Host must be one of those that the server was started for, to the letter, else 421: a page elsewhere whose name is made to
   lead to this machine (DNS rebinding) learns nothing.
2. Addresses of more than 8 kB are 414, bodies of more than 64 kB 413.
3. What changes anything (POST) must come from our own pages: Sec-Fetch-Site says so, or Origin equals Host; no tokens in forms.
4. A token or a password, where the server asks for one (HTTP Basic, RFC 7617, or a bearer token, RFC 6750).
5. Security headers on every answer; text of documents cannot load or run anything.
"""

from __future__ import annotations

import base64
import hmac
import os
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from searchkit.web.settings import ServerSettings

LONGEST_ADDRESS = 8 * 1024
LARGEST_BODY = 64 * 1024
SECURITY = (
    (
        b"content-security-policy",
        b"default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
        b"form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
)

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[MutableMapping[str, Any], Receive, Send], Awaitable[None]]


class Guard:
    """The layer around `inner`."""

    def __init__(self, inner: Application, settings: ServerSettings) -> None:
        self._inner = inner
        self._settings = settings

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._inner(scope, receive, send)
            return
        headers = dict(scope["headers"])
        guarded = _with_security(send)
        refused = self._refusal(scope, headers)
        if refused is not None:
            await _refuse(guarded, *refused)
            return
        if scope["method"] == "POST":
            body = await _body(receive)
            if body is None:
                await _refuse(guarded, 413, "too-large", "The body is too large: send at most 64 kB.")
                return
            receive = _again(body, receive)
        try:
            await self._inner(scope, receive, guarded)
        except Exception:
            # It was answered with status 500; whoever looks for the fault sets SEARCHKIT_DEBUG.
            if os.environ.get("SEARCHKIT_DEBUG"):
                raise

    def _refusal(self, scope: MutableMapping[str, Any], headers: dict[bytes, bytes]) -> tuple[int, str, str] | None:
        """(status, code, sentence) of what is refused."""
        host = headers.get(b"host", b"").decode("latin-1")
        if not host:
            return 400, "host", "The request has no Host header."
        if self._settings.hosts and host.lower() not in self._settings.hosts:
            return (
                421,
                "host",
                "This server does not answer to that name: use the address that it printed when it started.",
            )
        if len(scope.get("raw_path") or b"") + len(scope.get("query_string", b"")) > LONGEST_ADDRESS:
            return 414, "too-long", "The address is too long: send a long query to /api/v1/search by POST."
        length = headers.get(b"content-length", b"0")
        if length.isdigit() and int(length) > LARGEST_BODY:
            return 413, "too-large", "The body is too large: send at most 64 kB."
        if scope["method"] not in ("GET", "HEAD", "POST"):
            return 405, "method", "Only GET, HEAD and POST are answered."
        if scope["method"] == "POST" and not _is_own(headers, host):
            return 403, "origin", "A form of another site was refused."
        if not self._is_known(headers):
            return 401, "login", "This collection asks for a password."
        return None

    def _is_known(self, headers: dict[bytes, bytes]) -> bool:
        token, password = self._settings.token, self._settings.password
        if not (token or password):
            return True
        kind, _, given = headers.get(b"authorization", b"").partition(b" ")
        if kind.lower() == b"bearer" and token:
            return hmac.compare_digest(given.strip(), token.encode())
        if kind.lower() == b"basic":
            try:
                said = base64.b64decode(given, validate=True).partition(b":")[2]
            except ValueError:
                return False
            return hmac.compare_digest(said, (password or token).encode())
        return False


def _is_own(headers: dict[bytes, bytes], host: str) -> bool:
    """Whether a form comes from a page of this server, or from a program that is no browser."""
    site = headers.get(b"sec-fetch-site")
    if site is not None:
        return site in (b"same-origin", b"none")
    origin = headers.get(b"origin")
    return origin is None or origin.decode("latin-1").partition("://")[2].lower() == host.lower()


async def _body(receive: Receive) -> bytes | None:
    """The body of a request; None for one that is too large."""
    parts, size = [], 0
    while True:
        message = await receive()
        part = message.get("body", b"")
        size += len(part)
        if size > LARGEST_BODY:
            return None
        parts.append(part)
        if not message.get("more_body"):
            return b"".join(parts)


def _again(body: bytes, receive: Receive) -> Receive:
    """Gives a body that was read already, then what comes after it."""
    given = False

    async def replayed() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replayed


def _with_security(send: Send) -> Send:
    async def guarded(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = list(message["headers"])
            given = {name.lower() for name, _ in headers}
            headers += [(name, value) for name, value in SECURITY if name not in given]
            message = {**message, "headers": headers}
        await send(message)

    return guarded


async def _refuse(send: Send, status: int, code: str, sentence: str) -> None:
    import json

    body = json.dumps({"type": f"/problems/{code}", "title": sentence, "status": status, "code": code}).encode()
    headers = [(b"content-type", b"application/problem+json"), (b"content-length", str(len(body)).encode())]
    if status == 401:
        headers.append((b"www-authenticate", b'Basic realm="searchkit", charset="UTF-8"'))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
