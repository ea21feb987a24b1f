"""An index named by its address, on two machines: two folders for the user's data stand for them. Needs a node."""

# Tests as well, in searchkit/: collection: cluster_index cluster_sync

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, closing
from pathlib import Path

import pytest

import searchkit
from searchkit.collection import cluster_index, cluster_sources
from searchkit.collection.cluster_index import SharedFiles
from searchkit.collection.index import Index
from searchkit.engines.opensearch import lease
from searchkit.engines.opensearch.engine import OpenSearchEngine
from searchkit.errors import BrokenIndexError, LockedIndexError, NotReachableError, SearchkitError
from searchkit.model import Document

from ..conformance import record
from . import machines

Machine = Callable[[str], None]


@pytest.fixture
def address(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of an index that is not there yet."""
    server = os.environ["SEARCHKIT_OPENSEARCH"].rstrip("/")
    monkeypatch.delenv("SEARCHKIT_OPENSEARCH")  # an address says all that is needed
    return f"{server}/test-{os.urandom(6).hex()}"


@pytest.fixture
def machine(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    """Go over to another machine."""
    return lambda name: monkeypatch.setenv("SEARCHKIT_HOME", str(folder / name))


def test_another_machine_goes_on_with_an_index(address: str, machine: Machine, folder: Path) -> None:
    files = folder / "files"
    files.mkdir()
    for number in range(4):
        (files / f"{number}.txt").write_text(f"The library keeps manuscript {number}.", encoding="utf-8")
    machine("one")
    with searchkit.open(address, create=True) as index:
        assert index.sync([files]).added == 4
        found = [(hit.id, hit.score) for hit in index.search("manuscript")]
        with index._storage.locked():
            (index.folder / "lexicon").mkdir()
            (index.folder / "lexicon" / "own.tsv").write_text("words of mine")
    machine("two")
    with searchkit.open(address) as index:
        assert [(hit.id, hit.score) for hit in index.search("manuscript")] == found
        assert (index.folder / "lexicon" / "own.tsv").read_text() == "words of mine"
        # It knows which folders to read, and that their files are the same.
        report = index.sync()
        assert (report.unchanged, report.added, report.updated) == (4, 0, 0)
        (files / "4.txt").write_text("A manuscript that came later.", encoding="utf-8")
        assert index.sync().added == 1
    machine("one")
    with searchkit.open(address) as index:
        assert index.sync().unchanged == len(index) == 5


def test_one_machine_at_a_time_changes_it(address: str, machine: Machine) -> None:
    machine("one")
    with searchkit.open(address, create=True) as index, index._storage.locked():
        machine("two")
        with searchkit.open(address) as other, pytest.raises(LockedIndexError, match="another process or machine"):
            other.add([Document("a", "text")], wait=0.2)
    with searchkit.open(address) as other:
        assert other.add([Document("a", "text")]) == 1


def source(folder: Path, name: str, count: int) -> Path:
    made = folder / name
    made.mkdir()
    for number in range(count):
        (made / f"{number:03}.txt").write_text(f"The manuscript {name} {number} is in the library.", encoding="utf-8")
    return made


def ids_of(*sources: Path) -> list[str]:
    return sorted(str(file) for source in sources for file in source.iterdir())


def test_machines_update_different_folders_at_once(address: str, machine: Machine, folder: Path) -> None:
    first, second = source(folder, "first", 3), source(folder, "second", 4)
    machine("one")
    with searchkit.open(address, create=True) as index:
        with index._storage.updating(str(first), [], 1.0, None):
            machine("two")
            with searchkit.open(address) as other:
                assert other.sync([second]).added == 4
                with pytest.raises(LockedIndexError), other._storage.updating(str(first / "inner"), [], 0.1, None):
                    pass
                with pytest.raises(LockedIndexError):
                    other.add([Document("a", "text")], wait=0.1)
        machine("one")
        assert index.sync([first]).added == 3
        assert sorted(index.ids()) == ids_of(first, second)
    machine("three")
    with searchkit.open(address) as index:
        report = index.sync()
        assert (report.unchanged, report.added, report.updated) == (7, 0, 0)
        (first / "000.txt").unlink()
        assert index.sync().removed == 1
        assert index.failures() == []
        assert index.verify().problems == ()
        # What came without a file leaves the lists of files as they are.
        index.add([Document("a", "text")])
        assert index.sync().unchanged == 6


def test_a_machine_that_died_is_followed_by_another(
    address: str, machine: Machine, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed between a commit of documents and the list of files that tells of it."""
    files = source(folder, "files", 6)
    machine("one")
    send = cluster_sources.LeasedSource.send_list
    with monkeypatch.context() as patched:
        patched.setattr(cluster_sources.LeasedSource, "send_list", lambda *_: None)
        with searchkit.open(address, create=True) as index:
            assert index.sync([files]).added == 6
    assert send is cluster_sources.LeasedSource.send_list
    (files / "000.txt").unlink()
    (files / "001.txt").write_text("A text that is another one now, of the library.", encoding="utf-8")
    machine("two")
    with searchkit.open(address) as index:
        report = index.sync()
        assert (report.removed, report.updated) == (1, 1)
        assert sorted(index.ids()) == ids_of(files)


def test_a_machine_that_lost_its_lease_is_refused(address: str, machine: Machine, folder: Path) -> None:
    files = source(folder, "files", 2)
    machine("one")

    def lose_it(index: Index) -> None:
        with index._storage.updating(str(files), [], 1.0, None) as (updated, _), updated.write() as batch:
            batch.add(record("stale", "word"))
            SharedFiles(index.folder).state.delete(lease.LEASE)
            machine("two")
            with searchkit.open(address) as other:
                assert other.sync([files]).added == 2

    with searchkit.open(address, create=True) as index:
        with pytest.raises(LockedIndexError, match="took over"):
            lose_it(index)
        assert sorted(index.ids()) == ids_of(files)


def test_a_machine_that_lost_its_lease_while_it_waited_its_turn_writes_nothing(
    address: str, machine: Machine, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = source(folder, "files", 2)
    machine("one")
    turn = OpenSearchEngine._turn

    def late(engine: OpenSearchEngine) -> AbstractContextManager[lease.Lease]:
        monkeypatch.setattr(OpenSearchEngine, "_turn", turn)
        SharedFiles(index.folder).state.delete(lease.LEASE)  # it ran out
        machine("two")
        with searchkit.open(address) as other:
            assert other.sync([files]).added == 2
        return turn(engine)

    def wait(index: Index) -> None:
        with index._storage.updating(str(files), [], 1.0, None) as (updated, _), updated.write() as batch:
            batch.add(record("stale", "word"))
            monkeypatch.setattr(OpenSearchEngine, "_turn", late)

    with searchkit.open(address, create=True) as index:
        with pytest.raises(LockedIndexError, match="took over"):
            wait(index)
        assert sorted(index.ids()) == ids_of(files)
    machine("two")
    with searchkit.open(address) as other:
        assert other.sync().unchanged == 2
        row = SharedFiles(other.folder).state.read(cluster_sources._of(str(files)))
        assert row
        assert row["parts"], "the list of files is that of the other machine, and describes the documents"


def parts_of(address: str) -> set[str]:
    """The names of all parts of files that the cluster has of an index."""
    state = SharedFiles(cluster_index.folder_of(address)).state
    return {name for name in state.names() if name.rpartition("-")[2].isalnum() and len(name) >= 40}


def parts_needed(address: str, *sources: Path) -> set[str]:
    """The names of those that are parts of a file."""
    shared = SharedFiles(cluster_index.folder_of(address))
    head = shared.head()
    assert head
    rows = [shared.state.read(cluster_sources._of(str(one))) or {"parts": []} for one in sources]
    return {part for parts in head["files"].values() for part in parts} | {
        part for row in rows for part in row["parts"]
    }


def test_what_stopped_machines_have_left_of_lists_is_collected(address: str, machine: Machine, folder: Path) -> None:
    first, second = source(folder, "first", 2), source(folder, "second", 2)
    machine("one")
    with searchkit.open(address, create=True) as index:
        assert index.sync([first, second]).added == 4
        shared = SharedFiles(index.folder)
        left = shared.put(b"of a machine that was stopped", set(), cluster_sources._key(str(first)) + "-")
        left += shared.put(b"of one that was stopped while it changed the settings", set())
        of_second = shared.put(b"of one that is at work", set(), cluster_sources._key(str(second)) + "-")
        assert parts_of(address) == parts_needed(address, first, second) | {*left, *of_second}
        (first / "000.txt").unlink()
        assert index.sync([first]).removed == 1
        # The settings may be sent with an update, and then what was left of them is collected as well.
        assert parts_of(address) - {left[1]} == parts_needed(address, first, second) | set(of_second)
        index.add([Document("a", "text")])
        assert parts_of(address) == parts_needed(address, first, second) | set(of_second)


def test_a_part_that_another_machine_has_put_there_again_is_not_collected(
    address: str, machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A machine that lost its lease when it had just looked what may go."""
    machine("one")
    searchkit.open(address, create=True).close()
    shared = SharedFiles(cluster_index.folder_of(address))
    left = shared.put(b"a list", set(), "source-")
    with lease.leased(shared.state, "", names=("/a",)) as own:
        monkeypatch.setattr(own, "check", lambda: shared.put(b"a list", set(), "source-"))
        shared.sweep(own, set(), "source-")
        assert set(left) <= parts_of(address)
        monkeypatch.undo()
        shared.sweep(own, set(), "source-")
        assert not set(left) & parts_of(address)
        shared.put(b"a list", set(), "source-")
        shared.state.delete(lease.LEASE)
        with pytest.raises(LockedIndexError, match="took over"):
            shared.sweep(own, set(), "source-")
        assert set(left) <= parts_of(address)


def test_three_processes_at_once_and_one_of_them_is_killed(address: str, machine: Machine, folder: Path) -> None:
    sources = [source(folder, f"source{number}", 40) for number in range(3)]
    machine("first")
    searchkit.open(address, create=True).close()
    running = [
        machines.start(folder / f"machine{place}", address, one, seconds=3, batch=8)
        for place, one in enumerate(sources)
    ]
    state = SharedFiles(cluster_index.folder_of(address)).state
    deadline = time.monotonic() + 120
    while not (state.read(cluster_sources._of(str(sources[0]))) or {}).get("token"):  # it has committed something
        assert time.monotonic() < deadline
        time.sleep(0.02)
    running[0].kill()
    follower = machines.start(folder / "follower", address, sources[0], seconds=3, batch=8)
    for process in (*running[1:], follower):
        out, error = process.communicate(timeout=240)
        assert process.returncode == 0, error
        assert json.loads(out)["failed"] == []
    running[0].communicate()
    with searchkit.open(address) as index:
        assert sorted(index.ids()) == ids_of(*sources)
        assert index.search("manuscript").total == 120
        assert index.sync().unchanged == 120


def test_a_watched_folder_is_a_source(address: str, machine: Machine, folder: Path) -> None:
    files = source(folder, "files", 2)
    machine("one")
    with searchkit.open(address, create=True) as index, closing(index.watch([files], jobs=1)) as reports:
        assert next(reports).added == 2
        (files / "later.txt").write_text("A manuscript that came later.", encoding="utf-8")
        assert next(reports).added == 1
        assert index.search("manuscript").total == 3


def test_an_address_without_an_index(address: str, machine: Machine) -> None:
    machine("one")
    with pytest.raises(BrokenIndexError, match="There is no index"):
        searchkit.open(address)
    with pytest.raises(SearchkitError, match="kept by its cluster"):
        searchkit.open(address, engine="whoosh", create=True)
    with searchkit.open(address, create=True) as index, pytest.raises(SearchkitError, match="kept by its cluster"):
        index.convert("whoosh")


def test_the_command_line_takes_an_address(address: str, machine: Machine, folder: Path) -> None:
    machine("one")
    file = folder / "a.txt"
    file.write_text("The national library keeps old manuscripts.", encoding="utf-8")

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "searchkit", *arguments, "--index", address]
        return subprocess.run(
            command, capture_output=True, text=True, timeout=120, env={**os.environ, "SEARCHKIT_LANG": "en"}
        )

    assert run("index", str(file)).returncode == 0
    done = run("search", "manuscript")
    assert done.returncode == 0, done.stderr
    assert "a.txt" in done.stdout


def test_a_cluster_that_is_away_is_one_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    pytest.importorskip("opensearchpy", reason="the library opensearch-py is not installed")
    monkeypatch.setenv("SEARCHKIT_HOME", str(tmp_path))
    with pytest.raises(NotReachableError, match="cannot be reached"):
        searchkit.open("http://127.0.0.1:9/archive")


def test_the_folder_of_an_address(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SEARCHKIT_HOME", str(tmp_path))
    made = cluster_index.folder_of("https://host:9200/archive")
    assert made == tmp_path / "searchkit" / "host_9200_archive"
    assert cluster_index.folder_of(Path("https://host:9200/archive")) == made
    assert cluster_index.is_one(made)
    assert not cluster_index.is_one(tmp_path)
