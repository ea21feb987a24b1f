"""An index named by its address, on two machines: two folders for the user's data stand for them. Needs a node."""

# Tests as well, in searchkit/: collection: cluster_index

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import searchkit
from searchkit.collection import cluster_index
from searchkit.errors import BrokenIndexError, LockedIndexError, NotReachableError, SearchkitError
from searchkit.model import Document

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
