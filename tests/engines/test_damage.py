"""Damaged files, disks that refuse, and folders that can only be read: what is noticed, and what is said."""

# Tests as well, in searchkit/: engines: faults; engines/whoosh/segment: section_file segment; engines/whoosh/writing:
#   commits; engines/tantivy: commits store

from __future__ import annotations

import errno
import json
import os
import random
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from searchkit import engines
from searchkit.engines import durable, faults
from searchkit.errors import BrokenIndexError, OutdatedIndexError, SearchkitError, StorageError
from searchkit.terms import query_tree

from .conformance import found, group, record, word

FLIPS = 300


def fill(engine: Any) -> None:
    """Several segments, with deleted documents."""
    for part in range(3):
        with engine.write() as batch:
            for number in range(part, 60, 3):
                text = " ".join(f"word t{number % 5} u{number * place}" for place in range(30))
                batch.add(
                    record(
                        f"{number:03}",
                        text,
                        title="title",
                        languages=("kk",),
                        date="2025",
                        path=f"p/{number}",
                        file=f"p/{number}",
                        stored=bytes(range(100)),
                    )
                )
    with engine.write() as batch:
        for number in range(0, 60, 7):
            batch.remove([f"{number:03}"])


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.stat().st_size)


def problems(engine_name: str, folder: Path) -> list[str]:
    """What opening and verifying say."""
    try:
        engine = engines.open(engine_name, folder)
    except SearchkitError as error:
        return [str(error)]
    try:
        return list(engine.verify())
    finally:
        engine.close()


# ------------------------------------------------------------------ damage


def test_nothing_is_wrong_with_a_whole_index(engine: Any) -> None:
    assert list(engine.verify()) == []
    fill(engine)
    assert list(engine.verify()) == []


@pytest.mark.in_files
def test_no_flipped_bit_goes_unnoticed(engine_name: str, tmp_path: Path, engine: Any) -> None:
    fill(engine)
    engine.close()
    chance = random.Random(3)
    paths = files(tmp_path)
    for turn in range(FLIPS):
        path = paths[turn % len(paths)]
        content = path.read_bytes()
        place, bit = chance.randrange(len(content)), chance.randrange(8)
        path.write_bytes(content[:place] + bytes([content[place] ^ 1 << bit]) + content[place + 1 :])
        said = problems(engine_name, tmp_path)
        assert said, f"bit {bit} of byte {place} of {path.name}"
        assert all(sentence.endswith(".") and "\n" not in sentence for sentence in said), said
        path.write_bytes(content)
    assert problems(engine_name, tmp_path) == []


@pytest.mark.in_files
def test_an_answer_from_damaged_files_is_an_error_that_says_what_to_do(
    engine_name: str, tmp_path: Path, engine: Any
) -> None:
    """Or it is right: no other exception, and no panic of a library, reaches the caller."""
    fill(engine)
    ids = [id for id, *_ in engine.ids()]
    engine.close()
    chance = random.Random(5)
    said: set[str] = set()
    sequence = query_tree.Sequence(((query_tree.Prefix("word", "t"),), (query_tree.Prefix("stem", "u1"),)))
    for path in files(tmp_path):
        content = path.read_bytes()
        for _ in range(4):
            damage = bytearray(content)
            for _ in range(1 + len(content) // 50):
                damage[chance.randrange(len(content))] = chance.randrange(256)
            path.write_bytes(damage)
            try:
                opened = engines.open(engine_name, tmp_path)
                for query in (word("word"), group(sequence), query_tree.InPath("p/1*"), query_tree.Everything()):
                    opened.search(query, 100)
                opened.fetch(ids)
                list(opened.ids())
            except BrokenIndexError as error:
                said.add(str(error))
        path.write_bytes(content)
    assert said
    assert [one for one in said if "searchkit verify --repair" not in one] == []


@pytest.mark.parametrize("damage", ["missing", "cut", "grown"])
@pytest.mark.in_files
def test_files_that_are_missing_or_of_another_size_are_noticed(
    engine_name: str, tmp_path: Path, engine: Any, damage: str
) -> None:
    fill(engine)
    engine.close()
    for path in files(tmp_path):
        content = path.read_bytes()
        if damage == "missing":
            path.unlink()
        else:
            path.write_bytes(content[: len(content) // 2] if damage == "cut" else content + b"x")
        assert problems(engine_name, tmp_path), path.name
        path.write_bytes(content)


@pytest.mark.in_files
def test_what_only_the_writer_reads_is_mended_by_it(engine_name: str, tmp_path: Path, engine: Any) -> None:
    """Tantivy's own lists of files can be had from the commit file."""
    fill(engine)
    ids = list(engine.ids())
    engine.close()
    for name in ("meta.json", ".managed.json"):
        for damage in (b"", b"{", b"[]", None):
            path = tmp_path / name
            if engine_name != "tantivy":
                return
            if damage is None:
                path.unlink()
            else:
                path.write_bytes(damage)
            assert problems(engine_name, tmp_path)
            opened = engines.open(engine_name, tmp_path)
            assert list(opened.ids()) == ids
            with opened.write() as batch:
                batch.add(record("new", "word"))
                batch.remove(["new"])
            assert list(opened.ids()) == ids
            assert list(opened.verify()) == []
            opened.close()


# ------------------------------------------------------------------ what the system refuses


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (errno.ENOSPC, "is full: free some space and run it again"),
        (errno.EDQUOT, "share of the disk"),
        (errno.EIO, "check the disk"),
        (errno.EROFS, "can only be read"),
        (errno.EACCES, "no permission"),
        (errno.EPERM, "no permission"),
        (errno.EMFILE, "Too many files are open"),
        (errno.ENFILE, "too many files open"),
        (errno.ENOTCONN, "cannot be read or written"),
    ],
)
@pytest.mark.in_files
def test_a_refusal_of_the_system_is_one_sentence_and_no_damage(
    engine: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, told: str
) -> None:
    with engine.write() as batch:
        batch.add(record("old", "word"))
    before = engine.generation

    def refuse(*_: Any) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patched:
        patched.setattr(durable, "sync", refuse)
        with pytest.raises(StorageError) as raised, engine.write() as batch:
            batch.add(record("new", "word"))
    assert told in str(raised.value)
    assert "damaged" not in str(raised.value)
    assert "delete" not in str(raised.value)
    assert raised.value.errno == number
    assert found(engine, word("word")) == ["old"]
    assert engine.generation == before
    with engine.write() as batch:
        batch.add(record("new", "word"))
    assert found(engine, word("word")) == ["new", "old"]


def test_the_numbers_of_windows_are_understood(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(faults.os, "name", "nt")
    assert "is full" in str(faults.storage_error_of("index", 112))
    assert "no permission" in str(faults.storage_error_of("index", 5))


# ------------------------------------------------------------------ reading alone


READER = """
import os, sys, tempfile
from pathlib import Path
sys.path[:0] = [{tests!r}]
from searchkit import engines
from searchkit.errors import StorageError
from tests.engines.conformance import record, word

def ask(folder):
    engine = engines.open({name!r}, folder)
    print(engine.search(word("word")).total, len(list(engine.ids())), list(engine.verify()))
    try:
        with engine.write() as batch:
            batch.add(record("new", "word"))
    except StorageError as error:
        print(error)

# Once as root, which may read this Python: everything is loaded then.
with tempfile.TemporaryDirectory() as scratch:
    ask(Path(scratch))
os.setgid(65534)
os.setuid(65534)
ask(Path({folder!r}))
"""


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may become another user")
@pytest.mark.in_files
def test_another_user_reads_a_folder_that_is_not_theirs(engine_name: str, engine: Any) -> None:
    """Nothing is written for reading: no lock, no file of a library; writing says what is missing."""
    import tempfile

    # Below pytest's own folder nobody else may go.
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "index"
        folder.mkdir()
        os.chmod(name, 0o755)
        opened = engines.open(engine_name, folder)
        fill(opened)
        opened.close()
        for path in folder.iterdir():
            assert path.stat().st_mode & stat.S_IROTH or path.name.startswith("."), path.name
        before = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
        script = READER.format(tests=str(Path(__file__).parents[2]), name=engine_name, folder=str(folder))
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
        assert done.stderr == ""
        first, read, refused = done.stdout.splitlines()
        assert first == "0 0 []"
        assert read == "51 51 []"
        assert "no permission" in refused
        assert {path.name: path.stat().st_mtime_ns for path in folder.iterdir()} == before


def test_opening_and_asking_write_nothing(engine_name: str, tmp_path: Path, engine: Any) -> None:
    fill(engine)
    engine.close()
    for path in tmp_path.iterdir():
        if "lock" in path.name:
            path.unlink()
    before = {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    opened = engines.open(engine_name, tmp_path)
    assert len(found(opened, word("word"))) == 51
    assert list(opened.verify()) == []
    opened.close()
    assert {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == before


# ------------------------------------------------------------------ commits cut short (Tantivy's two steps)


def test_a_commit_that_tantivy_made_and_we_did_not_finish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("tantivy")
    from searchkit.engines.tantivy import commits

    engine = engines.open("tantivy", tmp_path)
    fill(engine)

    def killed(folder: Path) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(commits, "finish", killed)
        with pytest.raises(KeyboardInterrupt), engine.write() as batch:
            batch.add(record("new", "new"))
    assert json.loads((tmp_path / "commit.json").read_bytes().splitlines()[0])["pending"]
    for opened in (engine, engines.open("tantivy", tmp_path)):
        assert found(opened, word("new")) == ["new"]
        (told,) = opened.verify()
        assert "searchkit index" in told
    before = engine.generation
    with engine.write() as batch:
        batch.remove(["absent"])
    assert list(engine.verify()) == []
    assert found(engine, word("new")) == ["new"]
    assert engine.generation == before


def test_an_older_index_that_is_damaged_is_said_to_be_so(tmp_path: Path) -> None:
    pytest.importorskip("tantivy")
    (tmp_path / "format.json").write_text("x")
    with pytest.raises(BrokenIndexError, match="damaged") as raised:
        engines.open("tantivy", tmp_path)
    assert not isinstance(raised.value, OutdatedIndexError)
