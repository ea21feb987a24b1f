"""A batch is sent in one request, or stands in a log first: a stand-in of the cluster counts the requests."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from searchkit.engines.opensearch import batch, change_log
from searchkit.engines.opensearch.cluster_address import Address
from searchkit.engines.opensearch.connection import Connection
from searchkit.engines.opensearch.shared_state import SharedState
from searchkit.errors import NotReachableError

FENCE = 1_800_000_000_000


@pytest.mark.parametrize(("documents", "logged"), [(40, False), (48, False), (60, True), (400, True)])
def test_what_is_sent_without_a_log_is_one_request(
    documents: int, logged: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[bytes] = []
    noted: list[bool] = []
    monkeypatch.setattr(batch, "WHOLE", 6_000)
    monkeypatch.setattr(batch, "send", lambda connection, request: sent.append(request))
    monkeypatch.setattr(change_log, "write", lambda connection, requests, replicas: noted.append(True))
    monkeypatch.setattr(batch, "finish", lambda connection, state, logged: None)
    state: Any = SimpleNamespace(commit=lambda **options: None)
    lease: Any = SimpleNamespace(check=lambda: None, fence=FENCE)
    connection: Any = SimpleNamespace(address=SimpleNamespace(name="name"), ask=_answer)
    changes = batch.OpenSearchBatch(connection, state)
    assert changes.remove(map(str, range(documents))) == documents
    changes.commit(lease)
    changes.close()
    assert (len(noted), len(sent)) == ((1, 0) if logged else (0, 1))
    assert all(request.count(b"external_gte") == documents for request in sent)


def _answer(request: Any) -> Any:
    """All documents that are asked for are there."""

    def mget(index: str, body: dict[str, Any], params: dict[str, str]) -> dict[str, Any]:
        del index, params
        return {"docs": [{"_id": key, "found": True} for key in body["ids"]]}

    settings = {"name": {"settings": {"index": {"number_of_replicas": "0"}}}}
    indices = SimpleNamespace(get_settings=lambda index: settings)
    return request(SimpleNamespace(mget=mget, indices=indices))


@pytest.mark.parametrize(("acknowledged", "status"), [(True, "green"), (False, "yellow"), (False, "red")])
def test_a_log_has_all_its_copies_before_anything_is_put_there(acknowledged: bool, status: str) -> None:
    """Of a log that stood on one machine alone when that was lost, the next writer could neither do nor forget it."""
    made: list[str] = []

    def create(index: str, body: dict[str, Any], params: dict[str, Any]) -> dict[str, Any]:
        assert body["settings"]["number_of_replicas"] == 2
        assert params["wait_for_active_shards"] == "all"
        made.append(index)
        return {"shards_acknowledged": acknowledged}

    indices = SimpleNamespace(create=create, delete=lambda index: made.remove(index))
    client: Any = SimpleNamespace(indices=indices, cluster=SimpleNamespace(health=lambda index: {"status": status}))
    log = SharedState(Connection(Address("http://host:9200", "name"), client), "name-log")
    if status == "red":
        with pytest.raises(NotReachableError, match="too much to do"):
            log.make(replicas=2)
    else:
        log.make(replicas=2)
    assert made == ([] if status == "red" else ["name-log"]), "one that nobody can read is not left behind"
