"""What is particular to the Whoosh engine: its files, the damage it notices, its merging, what it loads."""

# Tests as well, in searchkit/: engines/whoosh/writing: merge whoosh_codec

from __future__ import annotations

import pickle
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from searchkit.engines import durable
from searchkit.engines.whoosh.engine import WhooshEngine
from searchkit.engines.whoosh.segment.section_file import Sections
from searchkit.engines.whoosh.writing import batch as batches
from searchkit.engines.whoosh.writing import merge
from searchkit.errors import BrokenIndexError
from searchkit.terms import query_tree

from .conformance import found, group, record, word


def filled(folder: Path, documents: int = 30) -> WhooshEngine:
    engine = WhooshEngine.open(folder)
    for part in range(2):
        with engine.write() as batch:
            for number in range(part, documents, 2):
                text = " ".join(f"word t{number % 5} u{number * position}" for position in range(40))
                batch.add(
                    record(f"{number:03}", text, title="title", languages=("kk",), date="2025", path=f"p/{number}")
                )
    return engine


def everything(engine: WhooshEngine) -> None:
    """Ask for all that is in the files."""
    ids = [id for id, *_ in engine.ids()]
    assert engine.fetch(ids) == {id: id.encode() for id in ids}
    fields = ("word", "stem", "name", "title_word", "title_stem", "title_name")
    sequence = query_tree.Sequence(((query_tree.Prefix("word", ""),), (query_tree.Prefix("stem", ""),)))
    for query in (
        group(*(query_tree.Prefix(field, "") for field in fields), sequence),
        query_tree.InLanguage("kk"),
        query_tree.DateRange("2025", "2025"),
        query_tree.InPath("p/"),
    ):
        assert found(engine, query) == ids
    assert engine.suggest("word", "wort") == [("word", len(ids))]


def segments(folder: Path) -> list[Path]:
    return sorted(folder.glob("MAIN_*"))


# ------------------------------------------------------------------ damage


def flipped(content: bytes, place: int) -> bytes:
    return content[:place] + bytes([content[place] ^ 16]) + content[place + 1 :]


@pytest.mark.parametrize("kind", ["commit.json", "*.toc", "*.seg1"])
def test_a_changed_byte_is_found_before_it_is_used(tmp_path: Path, kind: str) -> None:
    """No damage ends in a wrong answer, or in anything but the error for it."""
    everything(filled(tmp_path))
    (file, *_) = sorted(tmp_path.glob(kind))
    content = file.read_bytes()
    places = range(0, len(content), max(1, len(content) // 200))
    unused = 0
    messages = set()
    for place in places:
        file.write_bytes(flipped(content, place))
        try:
            everything(WhooshEngine.open(tmp_path))
            unused += 1
        except BrokenIndexError as error:
            messages.add(str(error))
    assert unused < len(places) / 20, "only the few sections that these searches do not read may go unnoticed"
    advice = re.compile(
        r"The index file .* is damaged \(.*\): `searchkit verify --repair` mends it from the files that it was made of\."
    )
    assert [message for message in messages if not advice.fullmatch(message)] == []
    file.write_bytes(content)
    everything(WhooshEngine.open(tmp_path))


@pytest.mark.parametrize("kind", ["commit.json", "*.toc", "*.seg1"])
@pytest.mark.parametrize("size", [0, 1, 100, -1])
def test_a_cut_or_grown_file_is_found_on_opening(tmp_path: Path, kind: str, size: int) -> None:
    filled(tmp_path)
    (file, *_) = sorted(tmp_path.glob(kind))
    content = file.read_bytes()
    file.write_bytes(content[:size] if size >= 0 else content + b"x")
    with pytest.raises(BrokenIndexError, match="damaged"):
        WhooshEngine.open(tmp_path)


@pytest.mark.parametrize("kind", ["commit.json", "*.toc", "*.seg1"])
def test_a_missing_file_is_found_on_opening(tmp_path: Path, kind: str) -> None:
    filled(tmp_path)
    for file in tmp_path.glob(kind):
        file.unlink()
    with pytest.raises(BrokenIndexError, match="missing"):
        WhooshEngine.open(tmp_path)


class Trap:
    """Says so when it is unpickled."""

    sprung: list[str] = []

    def __reduce__(self) -> tuple[Callable[[str], None], tuple[str]]:
        return Trap.sprung.append, ("unpickled",)


def test_a_strange_table_of_contents_is_not_unpickled(tmp_path: Path) -> None:
    filled(tmp_path)
    (toc,) = tmp_path.glob("*.toc")
    size = toc.stat().st_size
    trap = pickle.dumps(Trap())
    toc.write_bytes(trap + b"\0" * (size - len(trap)))
    with pytest.raises(BrokenIndexError):
        WhooshEngine.open(tmp_path)
    assert Trap.sprung == []


def test_a_whoosh_index_of_someone_else_is_refused(tmp_path: Path) -> None:
    from whoosh import fields, index

    index.create_in(tmp_path, fields.Schema(word=fields.TEXT))
    with pytest.raises(BrokenIndexError):
        WhooshEngine.open(tmp_path)


def test_an_index_that_is_deleted_while_open_says_so(tmp_path: Path) -> None:
    engine = filled(tmp_path)
    for file in tmp_path.iterdir():
        file.unlink()
    with pytest.raises(BrokenIndexError, match="is gone"):
        len(engine)


# ------------------------------------------------------------------ durability


@pytest.mark.parametrize("step", ["sync", "sync_folder", "rename", "replace"])
def test_a_failing_disk_at_any_step_leaves_a_whole_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    engine = filled(tmp_path)
    real: Any = getattr(durable, step)
    outcomes = set()
    for calls in range(6):
        left = [calls]

        def failing(*arguments: Any) -> Any:
            left[0] -= 1  # noqa: B023
            if left[0] < 0:  # noqa: B023
                raise OSError(28, "No space left on device")
            return real(*arguments)

        monkeypatch.setattr(durable, step, failing)
        before = len(engine)
        try:
            with engine.write() as batch:
                batch.add(record(f"new {calls}", "word"))
        except OSError:
            outcomes.add("failed")
        else:
            outcomes.add("written")
        monkeypatch.setattr(durable, step, real)
        for handle in (engine, WhooshEngine.open(tmp_path)):
            assert len(handle) in (before, before + 1)
            everything_but_stored = [id for id, *_ in handle.ids()]
            assert found(handle, word("word")) == everything_but_stored
    assert "failed" in outcomes


def test_leftovers_are_deleted_by_the_next_writer_and_other_files_kept(tmp_path: Path) -> None:
    engine = filled(tmp_path)
    kept = tmp_path / "notes.txt"
    leftovers = [tmp_path / name for name in ("MAIN_0123.seg1", "_MAIN_99.toc", "_MAIN_3.toc.17.5", "commit.json.new")]
    for file in (kept, *leftovers):
        file.write_bytes(b"x")
    assert len(WhooshEngine.open(tmp_path)) == 30
    with engine.write() as batch:
        batch.add(record("new", "word"))
    assert kept.exists()
    assert not any(file.exists() for file in leftovers)
    named = {file.name for file in tmp_path.iterdir()}
    assert len(named) == len({*segments(tmp_path)}) + 4, named


# ------------------------------------------------------------------ segments


def test_many_small_batches_make_few_segments(tmp_path: Path) -> None:
    engine = WhooshEngine.open(tmp_path)
    for number in range(80):
        with engine.write() as batch:
            batch.add(record(f"{number:02}", "word"))
        assert engine.statistics()["segments"] <= 2 * merge.FAN
    assert len(segments(tmp_path)) == engine.statistics()["segments"]
    assert len(engine) == 80


def test_merging_is_logarithmic() -> None:
    """Batches of one size: no document is written more often than there are sizes, and few segments remain."""
    segments: list[tuple[int, int]] = []
    most = 0
    for _ in range(3000):
        segments.append((merge.SMALLEST, 1))
        while places := merge.choose([merge.SegmentShape(size, 10, 0, 100) for size, _ in segments]):
            chosen = [segments[place] for place in places]
            segments = [row for place, row in enumerate(segments) if place not in places]
            segments.append((sum(size for size, _ in chosen), max(writes for _, writes in chosen) + 1))
            most = max(most, segments[-1][1])
    assert len(segments) <= 5 * (merge.FAN - 1)
    assert most <= 6


def test_a_segment_of_mostly_deleted_documents_is_written_anew(tmp_path: Path) -> None:
    engine = filled(tmp_path, 200)
    before = engine.statistics()["bytes"]
    with engine.write() as batch:
        for number in range(180):
            batch.remove([f"{number:03}"])
    assert engine.statistics()["bytes"] < before / 3
    assert found(engine, word("word")) == [f"{number:03}" for number in range(180, 200)]


def test_segments_with_too_many_positions_stay_apart() -> None:
    shape = merge.SegmentShape(1000, 10, 0, 2**32 // merge.FAN + 1)
    assert merge.choose([shape] * merge.FAN) == []
    assert merge.choose([shape._replace(positions=10)] * merge.FAN) == list(range(merge.FAN))


def test_merging_lets_the_memory_go_of_what_it_has_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    released = []
    real = Sections.release
    monkeypatch.setattr(Sections, "release", lambda self: released.append(self.path) or real(self))
    monkeypatch.setattr(merge, "_RELEASE", 1000)
    engine = WhooshEngine.open(tmp_path)
    for part in range(merge.FAN):
        with engine.write() as batch:
            for number in range(50):
                batch.add(record(f"{number:02}{part}", f"word w{number} w{part}", stored=bytes(100)))
    assert len(segments(tmp_path)) == 1
    assert len(set(released)) == merge.FAN
    assert len(released) > 5 * merge.FAN
    assert len(found(engine, word("w3"))) == merge.FAN + 49


def test_a_batch_beyond_memory_is_written_in_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "MEMORY", 30_000)
    engine = WhooshEngine.open(tmp_path)
    with engine.write() as batch:
        for number in range(300):
            batch.add(record(f"{number % 250:03}", f"word w{number} w{number // 2}", hash=str(number)))
            if number % 3 == 0:
                assert batch.remove([f"{number % 250:03}"])
        assert len(segments(tmp_path)) > 1
        assert len(engine) == 0
    kept = {f"{number % 250:03}": str(number) for number in range(300)}
    for number in range(0, 300, 3):
        if kept[f"{number % 250:03}"] == str(number):
            del kept[f"{number % 250:03}"]
    assert {id: hash for id, hash, _ in engine.ids()} == kept
    assert found(engine, word("word")) == sorted(kept)


def test_an_exception_after_parts_were_written_deletes_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = filled(tmp_path)
    before = segments(tmp_path)
    monkeypatch.setattr(batches, "MEMORY", 30_000)

    def fail() -> None:
        with engine.write() as batch:
            for number in range(300):
                batch.add(record(f"{number:03}", f"word w{number}"))
            assert len(segments(tmp_path)) > len(before)
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert segments(tmp_path) == before
    everything(engine)


# ------------------------------------------------------------------ Whoosh


def test_whoosh_itself_reads_the_index(tmp_path: Path) -> None:
    """The files are a Whoosh index with a codec of ours: Whoosh's searcher finds the same documents."""
    from whoosh import index, query

    engine = filled(tmp_path)
    with engine.write() as batch:
        batch.remove(["005"])
    opened = index.open_dir(tmp_path)
    with opened.searcher() as searcher:
        assert searcher.doc_count() == 29
        assert searcher.doc_frequency("word", "t3") == 6
        for theirs, ours in (
            (query.Term("word", "t3"), word("t3")),
            (query.And([query.Term("word", "t3"), query.Term("title_stem", "title")]), word("t3")),
            (query.Prefix("stem", "u1"), group(query_tree.Prefix("stem", "u1"))),
            (query.Not(query.Term("word", "t1")), query_tree.Not(word("t1"))),
            (query.Term("language", "kk"), query_tree.InLanguage("kk")),
        ):
            hits = searcher.search(theirs, limit=None)
            assert sorted(hit["id"] for hit in hits) == found(engine, ours)
        assert searcher.stored_fields(0)["content"] == searcher.stored_fields(0)["id"].encode()


def test_what_a_search_loads(tmp_path: Path) -> None:
    filled(tmp_path)
    script = f"""
import sys
from pathlib import Path
from searchkit import engines
from searchkit.terms import query_tree as tree
engine = engines.open("whoosh", Path({str(tmp_path)!r}))
assert engine.search(tree.Group((tree.Term("word", "t1"),))).total == 6
loaded = set(sys.modules)
heavy = {{"whoosh", "numpy", "multiprocessing", "sqlite3", "pickle"}}
print(*loaded & heavy, *(name for name in loaded if name.endswith((".batch", ".buffer", ".merge", ".segment.writer", ".writing.batch"))))
"""
    output = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert output.split() == []


def test_ids_that_share_a_digest_are_told_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from searchkit.engines.whoosh import snapshot
    from searchkit.engines.whoosh.segment import writer

    for module in (batches, writer, snapshot):
        monkeypatch.setattr(module, "key_of", lambda id: 7)
    engine = filled(tmp_path)
    with engine.write() as batch:
        assert batch.remove(["003"])
        assert not batch.remove(["absent"])
        batch.add(record("004", "new"))
    everything_but = [f"{number:03}" for number in range(30) if number != 3]
    assert engine.fetch(["003", "004", "005", "absent"]) == {"004": b"004", "005": b"005"}
    assert [id for id, *_ in engine.ids()] == everything_but
    assert found(engine, word("new")) == ["004"]
