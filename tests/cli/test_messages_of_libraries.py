"""What libraries write to the standard error themselves, past Python, is not for users."""

import os
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
    with searchkit.open(index, "tantivy", create=True) as opened:
        opened.sync([library])
    for file in (index / description.read(index).folder).glob("*.idx"):
        content = file.read_bytes()
        file.write_bytes(bytes(byte ^ 0x55 for byte in content[:-150]) + content[-150:])
    assert "panicked" in run("verify", "--index", index, SEARCHKIT_DEBUG="1").stderr, "no panic to be hidden"
    for command in (("verify",), ("search", "tulips"), ("verify", "--repair")):
        done = run(*command, "--index", index)
        assert "panicked" not in done.stderr, command
        assert "RUST_BACKTRACE" not in done.stderr, command
        assert "--repair" in done.stderr or "Everything was mended" in done.stdout, command
    assert done.returncode == 0
