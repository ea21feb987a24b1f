"""The files of documents, the names of committed states, and indexes of earlier formats."""

# Tests as well, in searchkit/: engines/whoosh: generation

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest

from searchkit import engines
from searchkit.engines.tantivy import snapshot
from searchkit.errors import BrokenIndexError, OutdatedIndexError
from searchkit.terms import query_tree

from .conformance import found, group, record, word

OLDER = {"whoosh": ["whoosh-3"], "tantivy": ["tantivy-2"]}
"""Indexes of twelve documents as earlier versions wrote them; see data/older/README.md."""


def add(engine: Any, *records: Any) -> None:
    with engine.write() as batch:
        for one in records:
            batch.add(one)


def fail(engine: Any) -> None:
    with engine.write() as batch:
        batch.add(record("b", "word"))
        raise ZeroDivisionError


# ------------------------------------------------------------------ files


def test_a_document_comes_with_the_name_of_its_file(engine: Any) -> None:
    add(engine, record("b", "two", file="Архив/b.txt"), record("a", "one"), record("c#1", "three", file="c.csv"))
    add(engine, record("c#2", "three", file="c.csv"))
    expected = [("a", "hash of a", ""), ("b", "hash of b", "Архив/b.txt")]
    expected += [(id, f"hash of {id}", "c.csv") for id in ("c#1", "c#2")]
    assert list(engine.ids()) == expected


def test_a_replaced_document_has_its_new_file(engine: Any) -> None:
    add(engine, record("a", "one", file="old.txt"), record("b", "one", file="kept.txt"))
    add(engine, record("a", "one", file="new.txt"))
    assert [(id, file) for id, _, file in engine.ids()] == [("a", "new.txt"), ("b", "kept.txt")]


def test_files_stay_when_segments_are_merged(engine: Any) -> None:
    for number in range(30):
        add(engine, record(f"{number:02}", "word", file=f"{number}.txt"))
    assert [(id, file) for id, _, file in engine.ids()] == [(f"{number:02}", f"{number}.txt") for number in range(30)]


def test_a_list_longer_than_memory_may_hold(engine: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshot, "_MOST_HELD", 50)
    names = sorted(f"{number * 37 % 700}\0\n{'ә' * (number % 3)}" for number in range(700))
    add(engine, *(record(name, "word", hash=name[:2], file=name[::-1]) for name in names))
    assert list(engine.ids()) == [(name, name[:2], name[::-1]) for name in names]
    assert list(engine.select(word("word"))) == names


# ------------------------------------------------------------------ generations


def test_each_commit_makes_another_generation(engine: Any, engine_name: str, tmp_path: Path) -> None:
    other = engines.open(engine_name, tmp_path)
    seen = [engine.generation]
    for number in range(3):
        add(engine, record(f"{number}", "word"))
        assert engine.generation == other.generation
        seen.append(engine.generation)
    with engine.write() as batch:
        batch.remove(["0"])
    seen.append(engine.generation)
    assert len(set(seen)) == len(seen)
    reopened = engines.open(engine_name, tmp_path)
    assert reopened.generation == seen[-1]
    reopened.close()
    other.close()


def test_a_batch_that_changes_nothing_keeps_the_generation(engine: Any) -> None:
    add(engine, record("a", "word"))
    before = engine.generation
    with engine.write():
        pass
    with engine.write() as batch:
        batch.remove(["absent"])
    with pytest.raises(ZeroDivisionError):
        fail(engine)
    assert engine.generation == before


@pytest.mark.in_files
def test_a_restored_backup_is_another_generation_once_it_is_written_to(engine_name: str, tmp_path: Path) -> None:
    live, backup = tmp_path / "live", tmp_path / "backup"
    live.mkdir()
    engine = engines.open(engine_name, live)
    add(engine, record("a", "word"))
    engine.close()
    shutil.copytree(live, backup)
    names = set()
    for folder in (live, backup):
        engine = engines.open(engine_name, folder)
        names.add(engine.generation)
        with engine.write() as batch:
            batch.remove(["a"])
        names.add(engine.generation)
        engine.close()
    assert len(names) == 3, "alike before the change, and two different ones after the same change"


# ------------------------------------------------------------------ earlier formats


@pytest.fixture
def older(engine_name: str, request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    (name,) = OLDER[engine_name]
    with zipfile.ZipFile(Path(__file__).parent / "data" / "older" / f"{name}.zip") as archive:
        archive.extractall(tmp_path)
    return tmp_path


@pytest.mark.in_files
def test_an_older_index_answers(engine_name: str, older: Path) -> None:
    engine = engines.open(engine_name, older)
    assert engine.outdated
    ids = [f"{number:02}" for number in range(12) if number != 3]
    assert list(engine.ids()) == [(id, f"hash {id}", "") for id in ids]
    assert found(engine, query_tree.Everything()) == ids
    assert found(engine, word("кітап")) == ["00", "04", "06", "08", "10"]
    assert [id for id, _ in engine.search(word("кітап"), limit=2).matches] == ["10", "08"]
    phrase = query_tree.Sequence(((query_tree.Term("word", "go"),), (query_tree.Prefix("stem", "ho"),)))
    assert found(engine, group(phrase)) == ids
    assert found(engine, query_tree.InLanguage("ru")) == ["01", "05", "07", "09", "11"]
    assert found(engine, query_tree.InPath("shelf/1?.txt")) == ["10", "11"]
    assert found(engine, query_tree.DateRange("2005", "2007")) == ["05", "06", "07"]
    assert engine.fetch(ids) == {id: f"stored {id}".encode() for id in ids}
    assert engine.frequency("word", "кітап") == 5
    facets = engine.facets(word("кітап"))
    assert facets["language"] == {"kk": 5}
    assert facets["year"] == {f"20{id}": 1 for id in ("00", "04", "06", "08", "10")}
    assert facets["type"] == facets["folder"] == {}
    assert engine.suggest("word", "кітаб") == [("кітап", 5)]
    assert engine.generation == engines.open(engine_name, older).generation
    engine.close()


@pytest.mark.in_files
def test_an_older_index_is_not_written_to(engine_name: str, older: Path) -> None:
    before = {path.name: path.read_bytes() for path in older.iterdir()}
    engine = engines.open(engine_name, older)
    with pytest.raises(OutdatedIndexError, match="searchkit index"), engine.write():
        pytest.fail("written to")
    assert {path.name: path.read_bytes() for path in older.iterdir()} == before
    engine.close()


def test_a_new_index_is_not_outdated(engine: Any) -> None:
    assert not engine.outdated


@pytest.mark.in_files
def test_the_format_of_a_later_version_is_refused(
    engine_name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from searchkit.engines.tantivy import commits as tantivy_commits
    from searchkit.engines.whoosh.writing import commits as whoosh_commits

    commits: Any = {"whoosh": whoosh_commits, "tantivy": tantivy_commits}[engine_name]
    with monkeypatch.context() as patched:
        patched.setattr(commits, "FORMAT", 99)
        engines.open(engine_name, tmp_path).close()
    with pytest.raises(BrokenIndexError, match=r"format 99.*newer searchkit") as raised:
        engines.open(engine_name, tmp_path)
    assert not isinstance(raised.value, OutdatedIndexError)
