"""An answer without a socket: for scripts and for tests."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import Any

from searchkit.collection.index import Index
from searchkit.web.application import app
from searchkit.web.guard import Application
from searchkit.web.settings import ServerSettings


def get(index: Index, settings: ServerSettings, address: str) -> tuple[int, bytes]:
    """(status, body) of the answer to an address such as /api/v1/search?q=x."""
    status, _, body = request(app(index, settings), address)
    return status, body


def request(
    application: Application,
    address: str,
    headers: Iterable[tuple[str, str]] = (("host", "127.0.0.1"),),
    method: str = "GET",
    body: bytes = b"",
) -> tuple[int, dict[str, str], bytes]:
    """(status, headers, body) of the answer of an application."""
    path, _, query = address.partition("?")
    from urllib.parse import unquote

    scope: dict[str, Any] = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": unquote(path),
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "headers": [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers],
        "server": ("127.0.0.1", 80),
        "client": ("127.0.0.1", 0),
    }
    return asyncio.run(_exchange(application, scope, body))


async def _exchange(application: Application, scope: dict[str, Any], body: bytes) -> tuple[int, dict[str, str], bytes]:
    status, headers, parts = 0, {}, []
    done = asyncio.Event()
    sent = False

    async def receive() -> dict[str, Any]:
        nonlocal sent
        if sent:
            await done.wait()
            return {"type": "http.disconnect"}
        sent = True
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Any) -> None:
        nonlocal status
        if message["type"] == "http.response.start":
            status = message["status"]
            headers.update({name.decode("latin-1"): value.decode("latin-1") for name, value in message["headers"]})
        elif message["type"] == "http.response.body":
            parts.append(message.get("body", b""))
            if not message.get("more_body"):
                done.set()

    await application(scope, receive, send)
    return status, headers, b"".join(parts)
