"""Any file of an index may be cut short, empty, or something that runs code when it is unpickled."""

import os
import pickle
import shutil

import pytest

import searchkit
from tests.faults.scenarios import WORD, library, settle

HOLDS_NOTHING = (".lock", ".managed.json", "last_update.json")
"""Ends of the names of locks, of a list that Tantivy's next writer makes anew, and of what the next update says of itself anew."""


class Trap:
    """Makes a folder when it is unpickled."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return os.mkdir, (str(self.path),)


def planted(content, trap):
    return pickle.dumps(Trap(trap))


def planted_in_the_same_size(content, trap):
    return pickle.dumps(Trap(trap)).ljust(len(content), b"\0")[: max(len(content), 1)]


DAMAGE = {
    "planted": planted,
    "planted in the same size": planted_in_the_same_size,
    "half": lambda content, trap: content[: len(content) // 2],
    "one byte short": lambda content, trap: content[:-1],
    "empty": lambda content, trap: b"",
}


def answer(folder):
    """The ids of all documents, None where there is an error, and what this said."""
    try:
        with searchkit.open(folder, create=True) as index:
            return sorted(hit.id for hit in index.search(WORD, limit=100)), ""
    except searchkit.BrokenIndexError as error:
        return None, str(error)


@pytest.mark.parametrize("engine", ["whoosh", "tantivy"])
def test_it_is_said_or_does_no_harm_and_is_mended(base, monkeypatch, engine):
    if engine == "tantivy":
        pytest.importorskip("tantivy", reason="the tantivy engine is an extra")
    settle(monkeypatch.setattr)
    library(base / "library")
    with searchkit.open(base / "sound", engine, create=True) as index:
        index.sync([base / "library"])
    expected, _ = answer(base / "sound")
    folder, trap = base / "index", base / "unpickled"
    files = [file.relative_to(base / "sound") for file in sorted((base / "sound").rglob("*")) if file.is_file()]
    assert len(files) > 5
    for number, name in enumerate(files):
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(base / "sound", folder)
        content = (folder / name).read_bytes()
        (folder / name).write_bytes(pickle.dumps(Trap(trap)))
        answer(folder)
        (folder / name).write_bytes(content)
        kind = list(DAMAGE)[number % len(DAMAGE)]
        (folder / name).write_bytes(DAMAGE[kind](content, trap))
        found, said = answer(folder)
        assert found == expected or (found is None and "delete" not in said), (name, kind)
        verified = searchkit.Index(folder).verify(repair=True)
        assert verified.remaining == (), (name, kind)
        whole = (
            name.name.endswith(HOLDS_NOTHING) or (folder / name).exists() and (folder / name).read_bytes() == content
        )
        assert verified.problems or whole, (name, kind)
        with searchkit.open(folder, create=True) as index:
            index.sync([base / "library"])
        assert answer(folder) == (expected, ""), (name, kind)
        assert not trap.exists(), (name, kind)
