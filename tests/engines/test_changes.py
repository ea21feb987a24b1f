"""Batches: what they change, that they change all or nothing, and who may write."""

# Tests as well, in searchkit/: engines/whoosh: engine; engines/whoosh/segment: writer; engines/whoosh/writing: batch
#   buffer; engines/tantivy: batch engine

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from searchkit import engines
from searchkit.errors import LockedIndexError
from searchkit.terms import query_tree

from .conformance import found, record, word


def add(engine: Any, *records: Any) -> None:
    with engine.write() as batch:
        for one in records:
            batch.add(one)


def remove(engine: Any, *ids: str) -> int:
    with engine.write() as batch:
        removed: int = batch.remove(ids)
        return removed


def fail(engine: Any, error: type[BaseException], *records: Any, removed: str = "") -> None:
    """A batch that ends in an exception."""
    with engine.write() as batch:
        for one in records:
            batch.add(one)
        batch.remove([removed])
        raise error


def contents(folder: Path) -> dict[str, bytes]:
    """All files but the lock, whose being there means nothing."""
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file() and "lock" not in path.name}


def test_a_new_index_is_empty(engine: Any) -> None:
    assert len(engine) == 0
    assert list(engine.ids()) == []
    assert engine.search(query_tree.Everything()).total == 0
    assert engine.fetch(["a"]) == {}
    assert engine.frequency("word", "a") == 0
    assert engine.suggest("word", "a") == []
    assert engine.statistics()["documents"] == 0


def test_added_documents_are_there_when_the_block_ends(engine: Any) -> None:
    add(engine, record("b", "two"), record("a", "one"))
    assert len(engine) == 2
    assert list(engine.ids()) == [("a", "hash of a", ""), ("b", "hash of b", "")]
    assert found(engine, word("one")) == ["a"]


def test_nothing_is_seen_before_the_block_ends(engine: Any, engine_name: str, tmp_path: Path) -> None:
    add(engine, record("a", "old"))
    other = engines.open(engine_name, tmp_path)
    with engine.write() as batch:
        batch.add(record("a", "new"))
        batch.add(record("b", "new"))
        for reader in (engine, other):
            assert found(reader, word("old")) == ["a"]
            assert found(reader, word("new")) == []
    for reader in (engine, other):
        assert found(reader, word("old")) == []
        assert found(reader, word("new")) == ["a", "b"]
    other.close()


def test_the_same_id_again_replaces_the_document(engine: Any) -> None:
    add(engine, record("a", "old", hash="1", title="old", languages=("kk",), date="2020", path="old"))
    add(engine, record("a", "new", hash="2", stored=b"new"))
    assert len(engine) == 1
    assert list(engine.ids()) == [("a", "2", "")]
    assert engine.fetch(["a"]) == {"a": b"new"}
    for gone in (word("old"), query_tree.InLanguage("kk"), query_tree.DateRange("2020"), query_tree.InPath("old")):
        assert found(engine, gone) == []
    assert engine.frequency("word", "old") == 0
    assert engine.frequency("title_word", "old") == 0


def test_of_the_same_id_twice_in_a_batch_the_last_wins(engine: Any) -> None:
    add(engine, record("a", "first"), record("b", "other"), record("a", "second"), record("a", "third"))
    assert [id for id, *_ in engine.ids()] == ["a", "b"]
    assert found(engine, query_tree.Or((word("first"), word("second")))) == []
    assert found(engine, word("third")) == ["a"]


def test_remove_says_how_many_were_there(engine: Any) -> None:
    add(engine, record("a", "one"), record("b", "two"), record("c", "three"))
    assert remove(engine, "a", "a", "absent", "", "c") == 2
    assert [id for id, *_ in engine.ids()] == ["b"]
    assert remove(engine, "a") == remove(engine) == 0
    with engine.write() as batch:
        batch.add(record("new", "new"))
        assert batch.remove(id for id in ("new", "b", "new")) == 2
        assert batch.remove(["b", "new"]) == 0
    assert len(engine) == 0


def test_many_documents_are_removed_at_once(engine: Any) -> None:
    ids = [f"{number:04}" for number in range(2_500)]
    add(engine, *(record(id, "word") for id in ids))
    assert remove(engine, *ids[::2], "absent") == 1_250
    assert found(engine, word("word")) == ids[1::2]


def test_add_and_remove_in_one_batch_go_in_order(engine: Any) -> None:
    add(engine, record("kept", "kept"), record("gone", "gone"))
    with engine.write() as batch:
        batch.add(record("new", "new"))
        assert batch.remove(["new"]) == 1
        assert batch.remove(["new"]) == 0
        assert batch.remove(["kept"]) == 1
        batch.add(record("kept", "again"))
        batch.add(record("gone", "again"))
        assert batch.remove(["gone"])
    assert [id for id, *_ in engine.ids()] == ["kept"]
    assert found(engine, word("again")) == ["kept"]


def test_removed_documents_stay_away(engine: Any, engine_name: str, tmp_path: Path) -> None:
    add(engine, *(record(f"{number:02}", "word") for number in range(20)))
    remove(engine, *(f"{number:02}" for number in range(0, 20, 2)))
    for number in range(3):
        add(engine, record(f"later {number}", "later"))
        assert engine.search(word("word")).total == 10
    reopened = engines.open(engine_name, tmp_path)
    assert found(reopened, word("word")) == [f"{number:02}" for number in range(1, 20, 2)]
    assert reopened.frequency("word", "word") == 10
    reopened.close()


def test_all_documents_can_be_removed(engine: Any) -> None:
    add(engine, record("a", "one"), record("b", "two"))
    assert remove(engine, "a", "b") == 2
    assert len(engine) == 0
    assert found(engine, query_tree.Everything()) == []
    add(engine, record("a", "again"))
    assert found(engine, word("again")) == ["a"]


def test_an_exception_leaves_the_previous_state(engine: Any, engine_name: str, tmp_path: Path) -> None:
    add(engine, record("a", "old"), record("b", "old"))
    with pytest.raises(ZeroDivisionError):
        fail(engine, ZeroDivisionError, record("a", "new"), record("c", "new"), removed="b")
    for reader in (engine, engines.open(engine_name, tmp_path)):
        assert found(reader, word("old")) == ["a", "b"]
        assert found(reader, word("new")) == []


def test_an_exception_frees_the_lock(engine: Any) -> None:
    for error in (ValueError, KeyboardInterrupt):
        with pytest.raises(error):
            fail(engine, error, record("a", "new"))
    add(engine, record("a", "one"))
    assert len(engine) == 1


def test_a_batch_without_changes_writes_nothing(engine: Any, tmp_path: Path) -> None:
    add(engine, record("a", "one"))
    before = contents(tmp_path)
    with engine.write():
        pass
    assert remove(engine, "absent") == 0
    assert contents(tmp_path) == before


def test_what_was_written_is_there_after_opening_again(engine_name: str, tmp_path: Path) -> None:
    for turn in range(12):
        engine = engines.open(engine_name, tmp_path)
        assert len(engine) == turn
        add(engine, record(f"{turn:02}", f"word t{turn}"))
        engine.close()
    engine = engines.open(engine_name, tmp_path)
    assert found(engine, word("word")) == [f"{turn:02}" for turn in range(12)]
    assert [found(engine, word(f"t{turn}")) for turn in range(12)] == [[f"{turn:02}"] for turn in range(12)]
    engine.close()


def test_handles_see_each_others_commits(engine_name: str, tmp_path: Path) -> None:
    one, two = (engines.open(engine_name, tmp_path) for _ in range(2))
    for turn in range(10):
        writer, reader = (one, two) if turn % 2 else (two, one)
        add(writer, record(f"{turn}", "word"))
        assert len(reader) == turn + 1
        assert reader.search(word("word")).total == turn + 1
        assert reader.fetch([f"{turn}"]) == {f"{turn}": b"%d" % turn}
    for handle in (one, two):
        handle.close()


def test_many_small_batches_stay_searchable(engine: Any) -> None:
    for turn in range(60):
        add(engine, record(f"{turn:02}", f"word t{turn % 7}"))
        if turn % 5 == 4:
            assert remove(engine, f"{turn - 2:02}") == 1
    expected = [f"{turn:02}" for turn in range(60) if turn % 5 != 2]
    assert found(engine, word("word")) == expected
    assert [id for id, *_ in engine.ids()] == expected
    assert found(engine, word("t3")) == [id for id in expected if int(id) % 7 == 3]


def test_a_record_may_have_nothing_in_it(engine: Any) -> None:
    add(engine, record(""), record("a"))
    assert found(engine, query_tree.Everything()) == ["", "a"]
    assert engine.fetch([""]) == {"": b""}
    assert remove(engine, "") == 1


# ------------------------------------------------------------------ one writer at a time


def test_a_second_writer_in_the_process_is_refused(engine: Any, engine_name: str, tmp_path: Path) -> None:
    other = engines.open(engine_name, tmp_path)
    with engine.write() as batch:
        batch.add(record("a", "one"))
        for handle in (engine, other):
            with pytest.raises(LockedIndexError), handle.write():
                pytest.fail("two writers at once")
    assert len(other) == 1
    add(other, record("b", "two"))
    assert len(engine) == 2
    other.close()


def test_a_second_writer_in_another_thread_is_refused(engine: Any) -> None:
    errors = []

    def write() -> None:
        try:
            add(engine, record("b", "two"))
        except LockedIndexError as error:
            errors.append(str(error))

    with engine.write() as batch:
        thread = threading.Thread(target=write)
        thread.start()
        thread.join()
        batch.add(record("a", "one"))
    assert len(errors) == 1
    assert "another process" in errors[0]
    assert [id for id, *_ in engine.ids()] == ["a"]


WRITER = """
import sys
from pathlib import Path
from searchkit import engines
from searchkit.engines.base import Record
from searchkit.terms.fields import FIELDS
from searchkit.errors import LockedIndexError
engine = engines.open(sys.argv[1], Path(sys.argv[2]))
try:
    with engine.write() as batch:
        batch.add(Record("theirs", "", {field: ["word"] for field in FIELDS}, b""))
        print("writing", flush=True)
        sys.stdin.readline()
    print("written", flush=True)
except LockedIndexError:
    print("locked", flush=True)
"""


def other_process(engine_name: str, folder: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITER, engine_name, str(folder)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def test_another_process_is_refused_while_this_one_writes(engine: Any, engine_name: str, tmp_path: Path) -> None:
    with engine.write() as batch:
        batch.add(record("ours", "word"))
        output, _ = other_process(engine_name, tmp_path).communicate("\n", timeout=60)
        assert output.split() == ["locked"]
    output, _ = other_process(engine_name, tmp_path).communicate("\n", timeout=60)
    assert output.split() == ["writing", "written"]
    assert found(engine, word("word")) == ["ours", "theirs"]


def test_this_process_is_refused_while_another_writes(engine: Any, engine_name: str, tmp_path: Path) -> None:
    with other_process(engine_name, tmp_path) as other:
        assert other.stdout
        assert other.stdout.readline() == "writing\n"
        with pytest.raises(LockedIndexError):
            add(engine, record("ours", "word"))
        other.communicate("\n", timeout=60)
    add(engine, record("ours", "word"))
    assert found(engine, word("word")) == ["ours", "theirs"]


def test_the_lock_dies_with_its_process(engine: Any, engine_name: str, tmp_path: Path) -> None:
    with other_process(engine_name, tmp_path) as other:
        assert other.stdout
        assert other.stdout.readline() == "writing\n"
        other.kill()
        other.wait(60)
    add(engine, record("ours", "word"))
    assert found(engine, word("word")) == ["ours"]
