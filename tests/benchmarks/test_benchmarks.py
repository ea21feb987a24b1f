"""Each benchmark still runs: with tiny numbers, which say nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import searchkit

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"

COMMANDS = {
    # what is run: what its output names
    "analysis.py --repeat 1 --documents 2": ["words met before", "words/s"],
    "engine.py --repeat 1 --documents 12": ["indexing", "bytes a document", "a common word", "a phrase"],
    "peers.py indexing --repeat 1 --documents 12 --jobs 1 --only": ["SQLite FTS5", "searchkit on whoosh"],
    "peers.py querying --repeat 1 --documents 12 --jobs 1 --only": ["SQLite FTS5", "searchkit on whoosh"],
    "peers.py mentions --repeat 1 --documents 12 --jobs 1 --only": ["searchkit"],
    "peers.py growth --repeat 1 --documents 12 --jobs 1 --only": ["searchkit on whoosh"],
}
ONLY = ["searchkit on whoosh", "SQLite FTS5"]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_benchmark_runs(command: str, tmp_path: Path) -> None:
    script, *arguments = command.split()
    arguments += ONLY if arguments[-1] == "--only" else []
    done = subprocess.run(
        [sys.executable, str(BENCHMARKS / script), *arguments],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    for name in COMMANDS[command]:
        assert name in done.stdout


def test_the_page_is_measured(tmp_path: Path) -> None:
    pytest.importorskip("uvicorn", reason="the page is an extra")
    (tmp_path / "a.txt").write_text("A national library keeps books. Кітапхана.", encoding="utf-8")
    with searchkit.open(tmp_path / "index", create=True) as index:
        index.sync([tmp_path / "a.txt"])
    done = subprocess.run(
        [sys.executable, str(BENCHMARKS / "web.py"), str(tmp_path / "index")],
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    assert "first byte, new query" in done.stdout


def test_a_corpus_is_made_of_so_many_documents(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(BENCHMARKS / "corpus.py"), str(tmp_path / "made"), "--documents", "3"],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    (file,) = (tmp_path / "made").glob("*.jsonl")
    assert len(file.read_text(encoding="utf-8").splitlines()) == 3


def test_each_benchmark_is_run_here() -> None:
    assert {path.name for path in BENCHMARKS.glob("*.py")} == {command.split()[0] for command in COMMANDS} | {
        "corpus.py",
        "web.py",
    }
