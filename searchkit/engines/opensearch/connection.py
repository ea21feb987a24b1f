"""Requests to a cluster: with patience where it is busy, and with errors that say what to do."""

from __future__ import annotations

import logging
import os
import re
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from searchkit.engines.opensearch.cluster_address import VARIABLE, Address, credentials
from searchkit.errors import BrokenIndexError, EngineError, NotReachableError, SearchkitError, StorageError

if TYPE_CHECKING:
    from opensearchpy import OpenSearch

T = TypeVar("T")
TIMEOUT = 120
"""Seconds for one request."""
_WAITS = (0.2, 0.5, 1.0, 2.0, 4.0, 8.0)
"""Seconds before a request is made again that met a busy cluster, or one that has just lost a node."""
_BUSY = (429, 503)
_OLDEST = (2, 4)
_BLOCK = re.compile("read.only.allow.delete|flood-stage")
"""In the error of an index whose disks are almost full."""


def connect(address: Address) -> Connection:
    """Raises SearchkitError where the library is not installed."""
    try:
        from opensearchpy import OpenSearch
    except ImportError as error:
        raise SearchkitError(
            "The engine opensearch needs its library: run pip install 'searchkit[opensearch]'."
        ) from error
    logging.getLogger("opensearch").setLevel(logging.CRITICAL)  # what is wrong is said by an exception
    client = OpenSearch(
        address.server,
        timeout=TIMEOUT,
        max_retries=0,
        http_auth=credentials(address),
        verify_certs=True,
        ssl_show_warn=False,
        ca_certs=os.environ.get(f"{VARIABLE}_CA"),
    )
    return Connection(address, client)


class Connection:
    """A cluster that is asked. Threads may share it."""

    def __init__(self, address: Address, client: OpenSearch) -> None:
        self.address = address
        self.client = client

    def check_version(self) -> None:
        """Raises SearchkitError for a server that this engine cannot work with."""
        version = self.ask(lambda client: client.info())["version"]
        number = str(version.get("number", ""))
        if version.get("distribution") != "opensearch" or _numbers(number) < _OLDEST:
            known = f"{version.get('distribution', 'elasticsearch')} {number}"
            raise SearchkitError(
                f"{self.address.server} runs {known}, and searchkit needs OpenSearch {'.'.join(map(str, _OLDEST))} or newer:"
                " have it updated."
            )

    def ask(self, request: Callable[[OpenSearch], T]) -> T:
        """The answer to a request, which may be made several times, of all shards. Raises SearchkitError, with what to do, and
        opensearchpy's NotFoundError and ConflictError, which mean something to the one who asks."""
        from opensearchpy import exceptions

        for wait in (*_WAITS, None):
            try:
                answer = request(self.client)
                _check_whole(answer)
                return answer
            except (exceptions.NotFoundError, exceptions.ConflictError) as error:
                if "index_not_found" in str(error.error):
                    raise self.gone() from error
                raise
            except exceptions.SSLError as error:
                raise NotReachableError(
                    f"The certificate of {self.address.server} is not one that this machine trusts: set {VARIABLE}_CA to the"
                    " file of the authority that signed it."
                ) from error
            except exceptions.ConnectionError as error:
                if wait is None or _is_refused(error):
                    raise self._unreachable(error) from error
            except exceptions.TransportError as error:
                if wait is None or error.status_code not in _BUSY or _is_block(error):
                    raise self.explained(error.status_code, error.error, error.info) from error
            time.sleep(wait)
        raise AssertionError

    def search(self, body: dict[str, Any], index: str | None = None) -> dict[str, Any]:
        """The answer to a search, of all shards: without one of them there is none. As `ask`."""
        params = {"allow_partial_search_results": "false"}
        answer: dict[str, Any] = self.ask(lambda client: client.search(index=index, body=body, params=params))
        return answer

    def bulk(self, changes: bytes) -> list[dict[str, Any]]:
        """Have changes done; returns the rows of those that failed for another reason than that the cluster is busy, or has just lost
        a node: then all are sent again. As `ask`."""
        index = self.address.name

        def request(client: OpenSearch) -> list[dict[str, Any]]:
            from opensearchpy.exceptions import TransportError

            answer = client.bulk(body=changes, index=index)
            rows = [row for item in answer["items"] for row in item.values()] if answer["errors"] else []
            failed = [row for row in rows if "error" in row]
            for row in failed:
                if row["status"] in _BUSY:
                    raise TransportError(row["status"], row["error"].get("type"), row["error"])
            return failed

        return self.ask(request)

    def explained(self, status: Any, kind: Any, info: Any = None) -> SearchkitError:
        """An error of the cluster as a sentence."""
        text = f"{kind} {info}"
        server, index = self.address
        if status in (401, 403) and "cluster_block_exception" not in text:
            return SearchkitError(
                f"{server} does not allow this user to use the index {index}: set {VARIABLE}_USER and {VARIABLE}_PASSWORD, or have"
                " the right given to you."
            )
        if _BLOCK.search(text):
            return StorageError(
                f"The disks of {server} are almost full, so that nothing can be written there: free some space and run it again;"
                " what was saved before is unharmed."
            )
        if "too_many_clauses" in text or "maxClauseCount" in text or "max_clause_count" in text:
            return SearchkitError(
                f"The query looks for more words at once than {server} allows: ask for a longer beginning of the word, or"
                " have indices.query.bool.max_clause_count raised there."
            )
        if status in _BUSY:
            return NotReachableError(f"{server} has too much to do: try again later, or give it more memory.")
        return EngineError(f"{server} answered with an error ({status} {_reason(kind, info)}): report it.")

    def _unreachable(self, error: Exception) -> NotReachableError:
        return NotReachableError(
            f"{self.address.server} cannot be reached: see that it runs, that the address is right and that the network"
            " lets you there."
        )

    def gone(self) -> BrokenIndexError:
        """The error for an index that is not there."""
        return BrokenIndexError(
            f"There is no index {self.address.name} at {self.address.server}: restore it from a snapshot, or make it anew with"
            " searchkit index PATH."
        )


def _check_whole(answer: Any) -> None:
    """Raises the error of a busy cluster for an answer in which shards or documents are missing that could not be asked."""
    from opensearchpy.exceptions import TransportError

    if not isinstance(answer, dict) or "result" in answer:  # of a change, which its primary shard has done
        return
    shards = answer.get("_shards")
    if isinstance(shards, dict) and shards.get("failed"):
        raise TransportError(503, "shards", shards)
    for row in answer.get("docs", ()):
        if isinstance(row.get("error"), dict) and "no_shard_available" in str(row["error"].get("type")):
            raise TransportError(503, row["error"]["type"], row["error"])


def _is_block(error: Any) -> bool:
    """Whether the cluster has closed the index to writers, which waiting does not change."""
    return _BLOCK.search(f"{error.error} {error.info}") is not None


def _is_refused(error: Exception) -> bool:
    """Whether there is nobody to answer, which waiting does not change."""
    text = str(error)
    return "refused" in text or "Name or service" in text or "resolve" in text


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("-")[0].split(".") if part.isdecimal())


def _reason(kind: Any, info: Any) -> str:
    causes = (
        info.get("error", {}).get("root_cause", [])
        if isinstance(info, dict) and isinstance(info.get("error"), dict)
        else []
    )
    return f"{kind} {causes[0].get('reason', '') if causes else ''}".strip()[:300]
