"""Several processes at one index: each does the whole of its work or refuses it, and nothing is lost."""

import subprocess
import sys

import pytest

import searchkit
from tests.faults.scenarios import WORD, write

FILES = 12


def started(*arguments):
    """A searchkit of its own."""
    command = [sys.executable, "-m", "searchkit", *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.fixture
def library(tmp_path):
    pytest.importorskip("tantivy", reason="the tantivy engine is an extra")
    for number in range(FILES):
        write(tmp_path / "library" / f"{number}.txt", f"The file {number} speaks of {WORD}.")
    with searchkit.open(tmp_path / "index", "whoosh", create=True) as index:
        index.sync([tmp_path / "library"])
    return tmp_path / "library"


@pytest.mark.parametrize("beside", ["tantivy", "whoosh", "index"])
def test_a_conversion_beside_another_or_an_update(tmp_path, library, beside):
    """Two to the same engine, two to different ones, and one beside an update that finds new files."""
    folder = tmp_path / "index"
    for number in range(4):
        write(library / f"new {number}.txt", f"The new file {number} speaks of {WORD}.")
    second = ["index", library] if beside == "index" else ["convert", "--engine", beside]
    processes = [started("convert", "--engine", "tantivy", "--index", folder), started(*second, "--index", folder)]
    for process in processes:
        _, said = process.communicate(timeout=120)
        assert process.returncode in (0, 2), said
        assert process.returncode == 0 or "being updated by another process" in said, said
        assert "Traceback" not in said
    assert 0 in [process.returncode for process in processes]
    with searchkit.open(folder, create=False) as index:
        assert len(index) in (FILES, FILES + 4)
        report = index.sync([library])
        assert (report.removed, len(report.failed), len(index)) == (0, 0, FILES + 4)
        assert index.search(WORD).total == FILES + 4
        assert index.verify().problems == ()


READER = """
import sys, searchkit
with searchkit.open(sys.argv[1], create=False) as index:
    print("ready", flush=True)
    states = []
    while not states or states[-1] != 40:
        found = [hit.document.text for hit in index.search("tulips", limit=100)]
        turns = {text.split()[-1] for text in found}
        assert len(turns) == 1, turns
        if not states or len(found) != states[-1]:
            states.append(len(found))
    print(states)
"""


@pytest.mark.parametrize("engine", ["whoosh", "tantivy"])
def test_a_reader_sees_whole_states_alone(tmp_path, engine):
    """Every commit replaces all documents by those of its turn, ten more each time."""
    if engine == "tantivy":
        pytest.importorskip("tantivy", reason="the tantivy engine is an extra")

    def add(turn):
        index.add(
            searchkit.Document(str(number), f"About {WORD} in turn {turn}", language="en")
            for number in range(10 * turn)
        )

    with searchkit.open(tmp_path / "index", engine, create=True) as index:
        add(1)
        reader = subprocess.Popen(
            [sys.executable, "-c", READER, tmp_path / "index"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert reader.stdout.readline() == "ready\n"
        for turn in (2, 3, 4):
            add(turn)
        states, said = reader.communicate(timeout=120)
    assert reader.returncode == 0, said
    assert set(states.strip("[]\n").split(", ")) <= {"10", "20", "30", "40"}
