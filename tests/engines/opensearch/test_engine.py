"""What the engine adds to the conformance suite: several shards, lists of more than a page, writers that are stopped, and the
sentences of a cluster that refuses. Needs a node, as the suite does."""

# Tests as well, in searchkit/: engines/opensearch: change_log facets frequencies lease match_queries score_queries
#   shared_state term_list

from __future__ import annotations

import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from searchkit import engines
from searchkit.engines.base import Record
from searchkit.engines.opensearch import batch as batches
from searchkit.engines.opensearch import change_log, cluster_address, lease, term_list
from searchkit.engines.opensearch import engine as engine_module
from searchkit.engines.opensearch import facets as facets_module
from searchkit.engines.opensearch.connection import connect
from searchkit.engines.opensearch.shared_state import SharedState
from searchkit.errors import BrokenIndexError, LockedIndexError, SearchkitError, StorageError
from searchkit.terms import query_tree

from ..conformance import found, record, word
from ..reference import Reference
from ..test_scores import Generator


def write(engine: Any, records: Iterable[Record]) -> None:
    with engine.write() as batch:
        for one in records:
            batch.add(one)


@pytest.fixture
def engine(folder: Path) -> Any:
    return engines.open("opensearch", folder)


def client_of(folder: Path) -> Any:
    return connect(cluster_address.read(folder)).client


# ------------------------------------------------------------------ shards


@pytest.mark.parametrize("seed", [300, 301])
def test_scores_on_three_shards_are_the_formula_s(folder: Path, monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    monkeypatch.setenv("SEARCHKIT_OPENSEARCH_SHARDS", "3")
    engine = engines.open("opensearch", folder)
    generator = Generator(seed)
    records = {(made := generator.record(number)).id: made for number in range(150)}
    write(engine, records.values())
    gone = sorted(records)[::9]
    with engine.write() as batch:
        for id in gone:
            assert batch.remove([id])
    reference = Reference([made for id, made in records.items() if id not in gone])
    assert engine.statistics()["shards"] == 3
    assert [id for id, *_ in engine.ids()] == sorted(reference.records)
    held = 0
    for turn in range(25):
        query = generator.node()
        expected = reference.search(query)
        page = engine.search(query, 1000)
        assert page.total == len(expected), (seed, turn, query)
        assert dict(page.matches) == pytest.approx(dict(expected), rel=1e-6, abs=1e-9), (seed, turn, query)
        in_order = [score for _, score in page.matches]
        assert in_order == pytest.approx([score for _, score in expected], rel=1e-6, abs=1e-9), (seed, turn, query)
        held += page.total > 0
    assert held > 10, "most queries must find something"


# ------------------------------------------------------------------ pages


def test_lists_longer_than_a_page(engine: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_module, "_PAGE", 7)
    monkeypatch.setattr(facets_module, "_PAGE", 3)
    monkeypatch.setattr(engine_module, "_FETCHED", 5)
    names = [f"{number:02}" for number in range(30)]
    write(engine, (record(name, "word", file=f"{name}/a.txt", path=name) for name in names))
    rows = engine.ids()
    assert next(rows) == ("00", "hash of 00", "00/a.txt")
    write(engine, [record("000", "word")])
    assert [id for id, *_ in rows] == names[1:], "a list goes on in the state it began in"
    assert list(engine.select(word("word"))) == ["00", "000", *names[1:]]
    assert engine.facets(word("word"))["folder"] == {**dict.fromkeys(names, 1), "": 1}
    assert engine.fetch(names) == {name: name.encode() for name in names}
    assert found(engine, query_tree.InPath("*0*?*?*?*")) == []
    assert found(engine, query_tree.InPath("*****2*")) == sorted({n for n in names if "2" in n})


def test_terms_of_more_than_a_page(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEARCHKIT_OPENSEARCH_SHARDS", "2")
    engine = engines.open("opensearch", folder)
    # A cluster gives at least a thousand terms at once, and letters that mean something in an expression are among these.
    texts = sorted({f"a{number:04}{'[.*^~#'[number % 6]}" for number in range(2_500)} | {"a", "b", "ә" * 50})
    write(engine, (record(f"{place}", " ".join(texts[place::40])) for place in range(40)))
    listed = list(engine.terms("word", "a"))
    assert len(listed) == len(set(listed)) == 2_501
    assert sorted(listed) == [text for text in texts if text.startswith("a")]
    assert len(listed) > term_list._PAGE
    # Some shard has no such term, and what it says instead is not taken for one.
    assert list(engine.terms("word", "b")) == ["b"]
    assert list(engine.terms("word", "c")) == []
    write(engine, [record("star", "c*")])
    assert list(engine.terms("word", "c")) == ["c*"]


# ------------------------------------------------------------------ writers that are stopped


class Stopped(BaseException):
    """Stands for the end of a process."""


def stop(*_: Any, **__: Any) -> None:
    raise Stopped


def large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "WHOLE", 2_000)
    monkeypatch.setattr(batches, "BULK", 1_000)


def test_a_batch_of_many_requests(engine: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    large(monkeypatch)
    write(engine, (record(f"{number:02}", "word") for number in range(40)))
    assert found(engine, word("word")) == [f"{number:02}" for number in range(40)]


def test_a_batch_that_was_written_down_is_done_by_the_next_writer(
    engine: Any, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    large(monkeypatch)
    write(engine, [record("old", "word")])
    before = engine.generation
    records = [record(f"{number:02}", "word") for number in range(40)]
    with monkeypatch.context() as patched:
        patched.setattr(change_log, "apply", stop)
        with pytest.raises(Stopped):
            write(engine, records)
    assert found(engine, word("word")) == ["old"]
    with engine.write():
        pass
    assert found(engine, word("word")) == [*(f"{number:02}" for number in range(40)), "old"]
    assert engine.generation != before
    name = f"{cluster_address.read(folder).name}-log"
    assert not client_of(folder).indices.exists(index=name), "what was written down does not stay on the disks"


def test_a_batch_that_was_not_whole_is_forgotten(engine: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    large(monkeypatch)
    write(engine, [record("old", "word")])
    send, sent = SharedState.write, []

    def some(self: SharedState, name: str, *rest: Any, **conditions: Any) -> None:
        sent.append(name)
        if name.startswith("log") and len([one for one in sent if one.startswith("log")]) == 3:
            raise Stopped
        send(self, name, *rest, **conditions)

    records = [record(f"{number:02}", "word") for number in range(40)]
    with monkeypatch.context() as patched:
        patched.setattr(SharedState, "write", some)
        with pytest.raises(Stopped):
            write(engine, records)
    write(engine, [record("new", "word")])
    assert found(engine, word("word")) == ["new", "old"]


def test_what_was_sent_whole_is_seen_once_its_writer_is_gone(
    engine: Any, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(batches, "finish", stop)
        with pytest.raises(Stopped):
            write(engine, [record("a", "word")])
    assert found(engine, word("word")) == []
    state = other_machine(folder, time.time() + 60)
    assert found(engines.open("opensearch", folder), word("word")) == [], "a writer that lives shows it when it is done"
    state.write(lease.LEASE, {"holders": [], "fence": 0})
    assert found(engines.open("opensearch", folder), word("word")) == ["a"]


def other_machine(folder: Path, until: float) -> SharedState:
    """The lease of a writer elsewhere, in the place of any other."""
    state = SharedState(connect(cluster_address.read(folder)))
    holder = {"owner": "other", "names": [""], "until": until, "host": "elsewhere", "process": 1, "started": "1"}
    state.write(lease.LEASE, {"holders": [holder], "fence": time.time_ns() // 1_000_000})
    return state


def test_a_writer_on_another_machine_is_waited_for_until_its_lease_runs_out(
    engine: Any, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_module, "TURN", 0.2)
    other_machine(folder, time.time() + 60)
    with pytest.raises(LockedIndexError, match="another process or machine"):
        write(engine, [record("a", "word")])
    other_machine(folder, time.time() - 1)
    write(engine, [record("a", "word")])
    assert found(engine, word("word")) == ["a"]


def test_a_writer_whose_lease_was_taken_changes_nothing(
    engine: Any, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit = batches.OpenSearchBatch.commit

    def late(self: Any, own: Any) -> None:
        other_machine(folder, time.time() + 60)
        commit(self, own)

    monkeypatch.setattr(batches.OpenSearchBatch, "commit", late)
    with pytest.raises(LockedIndexError, match="took over"):
        write(engine, [record("a", "word")])
    assert found(engine, word("word")) == []
    row = SharedState(connect(cluster_address.read(folder))).read(lease.LEASE)
    assert row is not None
    assert [holder["owner"] for holder in row["holders"]] == ["other"], "nor does it end the other's lease"


@pytest.mark.parametrize("parts", [1, 40], ids=["one request", "a log"])
def test_what_was_changed_under_a_later_lease_stays(
    engine: Any, folder: Path, monkeypatch: pytest.MonkeyPatch, parts: int
) -> None:
    """A writer that is stopped between its last look at the lease and its request, and goes on when another has written."""
    large(monkeypatch)
    send, late = batches.send, []

    def stopped(*arguments: Any) -> None:
        if not late:
            late.append(True)
            SharedState(connect(cluster_address.read(folder))).delete(lease.LEASE)  # it ran out
            write(engines.open("opensearch", folder / "other"), [record("00", "later")])
        send(*arguments)

    (folder / "other").mkdir()
    cluster_address.write(folder / "other", cluster_address.read(folder))
    monkeypatch.setattr(batches, "send", stopped)
    with pytest.raises(LockedIndexError, match="took over"):
        write(engine, (record(f"{number:02}", "stale") for number in range(parts)))
    assert found(engine, word("later")) == ["00"]
    write(engine, [record("99", "last")])
    assert found(engine, word("later")) == ["00"]
    assert found(engine, word("last")) == ["99"]


def test_leases_of_different_names_are_held_at_once(engine: Any, folder: Path) -> None:
    state = SharedState(connect(cluster_address.read(folder)))
    with lease.leased(state, "", names=("/a/b",)) as first, lease.leased(state, "", names=("/a/c", "files")) as second:
        assert first.fence < second.fence
        for taken in ("", "/a", "/a/", "/a/b", "/a/b/", "/a/b/d", "/a/c", "files"):
            with pytest.raises(LockedIndexError), lease.leased(state, "", 0, (taken,)):
                pass
        with lease.leased(state, "", 0, ("/a/bc",)):
            first.check()
    with lease.leased(state, "", 0) as third:
        assert third.fence > second.fence
        with pytest.raises(LockedIndexError, match="took over"):
            first.check()


def test_a_look_at_a_lease_renews_it(engine: Any, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that has run out, and that nobody has taken, is not taken before what comes after the look is done."""
    state = SharedState(connect(cluster_address.read(folder)))
    with monkeypatch.context() as patched:
        patched.setattr(lease, "SECONDS", -1.0)
        own = lease.Lease(state, "", ("/a",))
        assert own.acquire()
    assert not lease.is_held(state)
    own.check()
    assert not lease.Lease(state, "", ("/a",)).acquire()
    own.release()
    with pytest.raises(LockedIndexError, match="took over"):
        own.check()


# ------------------------------------------------------------------ refusals


def test_a_full_disk_is_a_sentence_and_leaves_what_was(engine: Any, folder: Path) -> None:
    write(engine, [record("old", "word")])
    name, client = cluster_address.read(folder).name, client_of(folder)
    setting = "index.blocks.read_only_allow_delete"
    client.indices.put_settings(
        index=name, body={setting: True}
    )  # as the cluster does when a disk passes its watermark
    with pytest.raises(StorageError, match=r"almost full.*unharmed"):
        write(engine, [record("new", "word")])
    assert found(engine, word("word")) == ["old"]
    client.indices.put_settings(index=name, body={setting: None})
    write(engine, [record("new", "word")])
    assert found(engine, word("word")) == ["new", "old"]


def test_an_index_that_is_gone_is_a_sentence(engine: Any, folder: Path) -> None:
    client_of(folder).indices.delete(index=cluster_address.read(folder).name)
    for ask in (lambda: len(engine), lambda: engine.search(word("a")), lambda: engines.open("opensearch", folder)):
        with pytest.raises(BrokenIndexError, match="There is no index"):
            ask()


def test_another_program_s_index_is_not_taken(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = engines.open("opensearch", folder)
    address = cluster_address.read(folder)
    client = client_of(folder)
    client.indices.create(index=f"{address.name}-other")
    try:
        cluster_address.write(folder, address._replace(name=f"{address.name}-other"))
        with pytest.raises(SearchkitError, match="no index of searchkit"):
            engines.open("opensearch", folder)
    finally:
        client.indices.delete(index=f"{address.name}-other")
        cluster_address.write(folder, address)
    first.close()
