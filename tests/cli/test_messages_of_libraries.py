"""What libraries write to the standard error themselves, past Python, is not for users."""

import os
import random
import subprocess
import sys

import pytest

import searchkit
from searchkit.collection import description


def run(*arguments, **environment):
    return subprocess.run(
        [sys.executable, "-m", "searchkit", *map(str, arguments)],
        capture_output=True,
        text=True,
        env={**os.environ, **environment},
    )


def test_a_damaged_index_shows_no_panics(tmp_path):
    pytest.importorskip("tantivy", reason="the tantivy engine is an extra")
    library = tmp_path / "library"
    library.mkdir()
    for number in range(6):
        (library / f"{number}.txt").write_text(f"The document of number {number} speaks of tulips.")
    index = tmp_path / "index"
    with searchkit.open(index, "tantivy") as opened:
        opened.sync([library])
    chance = random.Random(2)
    for file in (index / description.read(index).folder).iterdir():
        if file.suffix in (".store", ".term", ".idx"):
            content = bytearray(file.read_bytes())
            for place in range(0, len(content), 3):
                content[place] = chance.randrange(256)
            file.write_bytes(content)
    assert "panicked" in run("verify", "--index", index, SEARCHKIT_DEBUG="1").stderr, "this damage shows no panic at all"
    for command in (("verify",), ("search", "tulips"), ("verify", "--repair")):
        done = run(*command, "--index", index)
        assert "panicked" not in done.stderr, command
        assert "RUST_BACKTRACE" not in done.stderr, command
        assert done.stdout + done.stderr, command
    assert "does not fit" in done.stdout + done.stderr
    assert run("search", "tulips", "--index", index).returncode == 0
