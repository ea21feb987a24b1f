"""Whatever cuts a change of the index short, one more run leads to the state of an undisturbed one, and says the truth.

Needs Linux and a C compiler: faults come from below Python, so that they also meet SQLite and Tantivy. Here a few places are
tried of each kind; all of them, which takes an hour, with

    SEARCHKIT_FAULTS=all python -m pytest tests/faults/test_interruptions.py
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SAMPLES = "0" if os.environ.get("SEARCHKIT_FAULTS") == "all" else None
ENGINES = ("whoosh", "tantivy")

CASES = [
    # scenario, fault, how many places are tried of each engine
    ("update", "kill", 8),
    ("update", "half", 4),
    ("update", "interrupt", 4),
    ("update", "terminate", 2),
    ("update", "EIO", 6),
    ("update", "broken", 4),
    ("update", "full", 5),
    ("update", "power", 12),
    ("create", "kill", 6),
    ("create", "full", 3),
    ("create", "power", 9),
    ("convert", "kill", 4),
    ("convert", "EIO", 3),
    ("convert", "power", 6),
    ("upgrade", "kill", 4),
    ("upgrade", "full", 2),
    ("add", "kill", 4),
    ("add", "EIO", 3),
    ("add", "power", 6),
]


@pytest.fixture(scope="module")
def shim(tmp_path_factory):
    compiler = shutil.which("cc") or shutil.which("gcc")
    if sys.platform != "linux" or compiler is None:
        pytest.skip("needs Linux and a C compiler")
    library = tmp_path_factory.mktemp("shim") / "shim.so"
    source = Path(__file__).with_name("shim.c")
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", library, source, "-ldl"], check=True)
    return library


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("scenario", "fault", "samples"), CASES)
def test_one_more_run_repairs_it(shim, tmp_path, scenario, fault, samples, engine):
    if engine == "tantivy" or scenario == "convert":
        pytest.importorskip("tantivy", reason="the tantivy engine is an extra")
    command = [
        sys.executable,
        "-m",
        "tests.faults.driver",
        shim,
        tmp_path,
        scenario,
        engine,
        fault,
        SAMPLES or str(samples),
    ]
    done = subprocess.run(
        command,
        cwd=Path(__file__).parents[2],
        env={**os.environ, "LD_PRELOAD": str(shim)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout.splitlines()[-1])
    assert result["tried"] >= min(samples, 2)
    assert not result["failures"], "\n".join(result["failures"])
