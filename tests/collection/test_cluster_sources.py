"""The lists of files of an index in a cluster, for which a dictionary stands here."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest

from searchkit.collection import cluster_sources, manifest, roots
from searchkit.collection.cluster_index import SharedFiles
from searchkit.collection.manifest import Changes, FileState, Manifest
from searchkit.collection.roots import Root, RootOptions


class State(dict[str, Any]):
    """What is in the cluster."""

    read = dict.get
    write = dict.__setitem__

    def exists(self) -> bool:
        return True


def written(file: Path, failed: str) -> bytes:
    """A list in which one file failed, closed."""
    made = Manifest(file, "one", list)
    made.apply(Changes(read={failed: FileState(failed, failures=("is damaged",))}), "one")
    made.set_complete("one")
    made.close()
    return file.read_bytes()


@pytest.fixture
def shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SharedFiles:
    """An index with a list for /a."""
    index = tmp_path / "index"
    index.mkdir()
    found = SharedFiles.__new__(SharedFiles)
    found._index, found.state = index, State()  # type: ignore[assignment]
    monkeypatch.setattr(cluster_sources, "SharedFiles", lambda index: found)
    put(found, "/a", written(tmp_path / "made.sqlite", "/a/one.pdf"))
    return found


def put(shared: SharedFiles, name: str, content: bytes) -> None:
    """Have the list of a source in the cluster."""
    parts = shared.put(content, set(), cluster_sources._key(name) + "-")
    names = (shared.state.read(cluster_sources.NAMES) or {"names": []})["names"]
    shared.state.write(cluster_sources.NAMES, {"names": [*names, name]})
    shared.state.write(cluster_sources._of(name), {"name": name, "token": "t", "parts": parts})


def test_who_asks_for_failures_leaves_the_list_of_an_update_alone(shared: SharedFiles) -> None:
    own = shared._index / cluster_sources._file("/a")
    updating = Manifest(own, "two", list)
    updating.apply(Changes(read={"/a/two.pdf": FileState("/a/two.pdf", failures=("is locked",))}), "two")
    assert cluster_sources.failures(shared._index) == [("/a/one.pdf", "is damaged")]
    updating.set_complete("two")
    updating.close()
    assert manifest.is_sealed(own)
    assert manifest.failures(own) == [("/a/two.pdf", "is locked")]


def test_a_folder_that_another_took_in_has_no_failures_of_its_own(shared: SharedFiles, tmp_path: Path) -> None:
    put(shared, "/a/b", written(tmp_path / "inner.sqlite", "/a/b/old.pdf"))
    roots.remember(shared._index, [Root("/a", RootOptions()), Root("/a/b", RootOptions(("*.tmp",)))])
    assert [path for path, _ in cluster_sources.failures(shared._index)] == ["/a/one.pdf", "/a/b/old.pdf"]
    roots.remember(shared._index, [Root("/a", RootOptions())])
    assert [path for path, _ in cluster_sources.failures(shared._index)] == ["/a/one.pdf"]


def test_threads_that_ask_for_failures_at_once_all_get_them(shared: SharedFiles) -> None:
    found: list[object] = []
    threads = [
        threading.Thread(target=lambda: found.append(cluster_sources.failures(shared._index)), daemon=True)
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert found == [[("/a/one.pdf", "is damaged")]] * 8
