"""What a cluster's refusals are told as; a server that gives one answer to everything stands for the cluster."""

from __future__ import annotations

import json
import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from searchkit.engines.opensearch import connection
from searchkit.engines.opensearch.cluster_address import Address
from searchkit.errors import BrokenIndexError, EngineError, NotReachableError, SearchkitError, StorageError

pytest.importorskip("opensearchpy", reason="the library opensearch-py is not installed")

Serve = Callable[..., connection.Connection]


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Iterator[Serve]:
    """Starts a server that answers everything by a status and a body, and connects to it."""
    monkeypatch.setattr(connection, "_WAITS", (0.0, 0.0))
    servers = []

    def start(status: int, body: Any, certificate: Path | None = None) -> connection.Connection:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                content = body.encode() if isinstance(body, str) else json.dumps(body).encode()
                self.send_response(status)
                self.send_header("Content-Type", "text/plain" if isinstance(body, str) else "application/json")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def do_POST(self) -> None:
                self.rfile.read(int(self.headers.get("Content-Length", 0)))
                self.do_GET()

            do_PUT = do_POST

            def log_message(self, *_: Any) -> None:
                pass

        server = HTTPServer(("127.0.0.1", 0), Handler)
        servers.append(server)
        scheme = "http"
        if certificate:
            scheme, context = "https", ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        return connection.connect(Address(f"{scheme}://127.0.0.1:{server.server_port}", "name"))

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def error(kind: str, reason: str) -> dict[str, Any]:
    row = {"type": kind, "reason": reason}
    return {"error": {"root_cause": [row], **row}}


@pytest.mark.parametrize(
    ("status", "body", "raised", "said"),
    [
        (401, "Unauthorized", SearchkitError, "does not allow this user.*SEARCHKIT_OPENSEARCH_USER"),
        (403, error("security_exception", "no permissions for [x]"), SearchkitError, "does not allow this user"),
        (
            429,
            error(
                "cluster_block_exception",
                "index [x] blocked by: [TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage watermark, index has"
                " read-only-allow-delete block];",
            ),
            StorageError,
            "disks of .* are almost full.*unharmed",
        ),
        (429, error("circuit_breaking_exception", "[parent] Data too large"), NotReachableError, "too much to do"),
        (503, error("no_shard_available_action_exception", "none"), NotReachableError, "try again later"),
        (404, error("index_not_found_exception", "no such index [x]"), BrokenIndexError, "no index name at"),
        (400, error("too_many_clauses", "maxClauseCount is set to 1024"), SearchkitError, "longer beginning"),
        (400, error("parsing_exception", "unknown query"), EngineError, "parsing_exception unknown query"),
    ],
)
def test_an_error_is_a_sentence(serve: Serve, status: int, body: Any, raised: type[Exception], said: str) -> None:
    connected = serve(status, body)
    with pytest.raises(raised, match=said) as found:
        connected.ask(lambda client: client.info())
    assert str(found.value).endswith(".")
    assert "\n" not in str(found.value)


def test_a_server_that_is_not_there() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    connected = connection.connect(Address(f"http://127.0.0.1:{port}", "name"))
    with pytest.raises(NotReachableError, match=f"127.0.0.1:{port} cannot be reached"):
        connected.ask(lambda client: client.info())


@pytest.mark.parametrize(
    ("version", "said"),
    [
        ({"number": "8.11.0"}, "runs elasticsearch 8.11.0"),
        ({"number": "1.3.2", "distribution": "opensearch"}, "runs opensearch 1.3.2.*2.4 or newer"),
    ],
)
def test_another_server_is_refused(serve: Serve, version: dict[str, str], said: str) -> None:
    with pytest.raises(SearchkitError, match=said):
        serve(200, {"version": version}).check_version()


def test_a_server_that_will_do(serve: Serve) -> None:
    serve(200, {"version": {"number": "2.19.6", "distribution": "opensearch"}}).check_version()
    serve(200, {"version": {"number": "3.1.0-SNAPSHOT", "distribution": "opensearch"}}).check_version()


@pytest.mark.skipif(not shutil.which("openssl"), reason="openssl makes the certificate")
def test_a_certificate_is_checked(serve: Serve, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "certificate.pem"
    command = (
        "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1"
    )
    subprocess.run([*command.split(), "-keyout", file, "-out", tmp_path / "own.pem"], check=True, capture_output=True)
    file.write_text(file.read_text() + (tmp_path / "own.pem").read_text())
    body = {"version": {"number": "2.19.6", "distribution": "opensearch"}}
    with pytest.raises(NotReachableError, match="certificate .* SEARCHKIT_OPENSEARCH_CA"):
        serve(200, body, file).check_version()
    monkeypatch.setenv("SEARCHKIT_OPENSEARCH_CA", str(tmp_path / "own.pem"))
    serve(200, body, file).check_version()


def test_an_answer_without_some_shards_is_none(serve: Serve) -> None:
    some = serve(200, {"count": 1, "_shards": {"total": 3, "successful": 2, "failed": 1}})
    with pytest.raises(NotReachableError):
        some.ask(lambda client: client.count())
    lost = {"_id": "a", "error": {"type": "no_shard_available_action_exception", "reason": "No shard available"}}
    with pytest.raises(NotReachableError):
        serve(200, {"docs": [lost]}).ask(lambda client: client.mget(body={"ids": ["a"]}))
    changed = serve(201, {"result": "created", "_shards": {"total": 2, "successful": 1, "failed": 1}})
    changed.ask(lambda client: client.index(index="a", body={}))  # its replica is made anew


@pytest.mark.parametrize("status", [429, 503])
def test_changes_that_a_busy_cluster_refuses_are_sent_again(serve: Serve, status: int) -> None:
    row = {"_id": "a", "status": status, "error": {"type": "unavailable_shards_exception", "reason": "busy"}}
    with pytest.raises(NotReachableError):
        serve(200, {"errors": True, "items": [{"index": row}]}).bulk(b"{}\n")


def test_changes_that_come_too_late_are_told(serve: Serve) -> None:
    row = {"_id": "a", "status": 409, "error": {"type": "version_conflict_engine_exception", "reason": "later"}}
    good = {"_id": "b", "status": 200, "result": "deleted"}
    assert serve(200, {"errors": True, "items": [{"index": row}, {"delete": good}]}).bulk(b"{}\n") == [row]
    assert serve(200, {"errors": False, "items": [{"delete": good}]}).bulk(b"{}\n") == []
