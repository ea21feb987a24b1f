"""Writers that are killed at any moment, and readers beside a writer.

Each batch of the writer process replaces every document by one of its generation, and brings one new document: whatever
moment a kill hits, an index must hold exactly one generation.
"""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from searchkit import engines
from searchkit.terms import query_tree

from .conformance import found, record, word

WRITER = """
import sys
from pathlib import Path
from searchkit import engines
from searchkit.engines.base import Record
from searchkit.terms.fields import FIELDS
engine = engines.open(sys.argv[1], Path(sys.argv[2]))
print("ready", flush=True)
generation = len(engine)
while generation < 500:
    generation += 1
    with engine.write() as batch:
        for number in range(generation):
            terms = ["word", f"generation{generation}", f"number{number}"]
            batch.add(Record(f"{number:04}", str(generation), {field: terms for field in FIELDS}, str(number).encode()))
    print(generation, flush=True)
"""


def writer(engine_name: str, folder: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, engine_name, str(folder)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    assert process.stdout.readline() == "ready\n"
    return process


def check(engine: Any) -> int:
    """The generation that an index holds, which must be whole."""
    rows = [(id, hash) for id, hash, _ in engine.ids()]
    generation = len(rows)
    ids = [f"{number:04}" for number in range(generation)]
    assert rows == [(id, str(generation)) for id in ids]
    assert found(engine, word("word")) == ids
    assert found(engine, word(f"generation{generation}")) == (ids if generation else [])
    assert found(engine, word(f"generation{generation - 1}")) == []
    assert engine.fetch(ids) == {id: str(int(id)).encode() for id in ids}
    return generation


def test_a_killed_writer_leaves_the_state_before_or_after(engine_name: str, tmp_path: Path) -> None:
    moments = random.Random(7)
    reached = 0
    for _ in range(8):
        process = writer(engine_name, tmp_path)
        time.sleep(moments.uniform(0.0, 0.25))
        process.kill()
        output, _ = process.communicate(timeout=60)
        acknowledged = max([reached, *map(int, output.split())])
        engine = engines.open(engine_name, tmp_path)
        reached = check(engine)
        assert reached in (acknowledged, acknowledged + 1), "an acknowledged batch is lost, or one counts twice"
        engine.close()
    engine = engines.open(engine_name, tmp_path)
    with engine.write() as batch:
        for number in range(reached + 1):
            batch.remove([f"{number:04}"])
        batch.add(record("after", "word"))
    assert found(engine, query_tree.Everything()) == ["after"]
    engine.close()


@pytest.mark.in_files
def test_leftovers_of_killed_writers_do_not_pile_up(engine_name: str, tmp_path: Path) -> None:
    def files() -> int:
        return sum(path.is_file() for path in tmp_path.rglob("*"))

    engine = engines.open(engine_name, tmp_path)
    with engine.write() as batch:
        batch.add(record("0000", "word", hash="1"))
    most = files() + 20
    for _ in range(4):
        process = writer(engine_name, tmp_path)
        time.sleep(0.15)
        process.kill()
        process.communicate(timeout=60)
    with engine.write() as batch:
        batch.add(record("last", "word"))
    assert files() <= most
    engine.close()


def test_readers_are_not_disturbed_by_a_writer(engine_name: str, tmp_path: Path) -> None:
    engine = engines.open(engine_name, tmp_path)
    process = writer(engine_name, tmp_path)
    seen = set()
    deadline = time.monotonic() + 20
    try:
        while len(seen) < 8 and time.monotonic() < deadline:
            # Each answer is of one generation; two calls after each other may be of two.
            page = engine.search(word("word"), limit=1000)
            assert len(page.matches) == page.total
            ids = [id for id, *_ in engine.ids()]
            assert ids == [f"{number:04}" for number in range(len(ids))]
            hashes = {hash for _, hash, _ in engine.ids()}
            assert len(hashes) <= 1
            seen |= hashes
    finally:
        process.kill()
        process.communicate(timeout=60)
    assert len(seen) >= 2, "the reader saw no commit of the writer"
    engine.close()


def test_an_iteration_goes_on_in_the_state_it_began_in(engine: Any) -> None:
    with engine.write() as batch:
        for number in range(50):
            batch.add(record(f"{number:02}", "word"))
    ids, matches = engine.ids(), engine.select(word("word"))
    assert next(ids)[0] == next(matches) == "00"
    for turn in range(8):
        with engine.write() as batch:
            for number in range(50):
                batch.remove([f"{number:02}"])
                batch.add(record(f"{turn} {number}", "other"))
    rest = [f"{number:02}" for number in range(1, 50)]
    assert [id for id, *_ in ids] == rest
    assert list(matches) == rest
    assert found(engine, word("word")) == []


@pytest.mark.parametrize("turn", range(3))
def test_several_processes_may_create_one_index(engine_name: str, tmp_path: Path, turn: int) -> None:
    script = "import sys; from pathlib import Path; from searchkit import engines\nengines.open(sys.argv[1], Path(sys.argv[2]))"
    command = [sys.executable, "-c", script, engine_name, str(tmp_path)]
    processes = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(4)]
    assert [process.communicate(timeout=60)[1] for process in processes] == [""] * 4
    engine = engines.open(engine_name, tmp_path)
    assert len(engine) == 0
    engine.close()
