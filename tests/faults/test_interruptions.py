"""Whatever cuts a change of the index short, one more run leads to the state of an undisturbed one, and says the truth.

Needs Linux and a C compiler: faults come from below Python, so that they also meet SQLite and Tantivy. Here a few places are
tried of each kind; all of them, which takes an hour or two, with

    SEARCHKIT_FAULTS=all python -m pytest tests/faults/test_interruptions.py
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ALL = os.environ.get("SEARCHKIT_FAULTS") == "all"
ENGINES = ("whoosh", "tantivy")

# How many places are tried of each fault, by what is done to the index. "stopped" are the states that "kill" and "half" leave,
# written by a replay, so that all of them can be tried.
SAMPLES = {
    "update": {
        "stopped": 4,
        "kill": 4,
        "half": 2,
        "interrupt": 2,
        "terminate": 1,
        "EIO": 4,
        "broken": 2,
        "full": 3,
        "power": 9,
    },
    "create": {"stopped": 2, "kill": 2, "full": 2, "power": 6},
    "convert": {"stopped": 2, "kill": 2, "EIO": 2, "power": 4},
    "upgrade": {"stopped": 2, "kill": 2, "full": 1},
    "add": {"stopped": 2, "kill": 2, "EIO": 2, "power": 4},
}


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
@pytest.mark.parametrize("scenario", SAMPLES)
def test_one_more_run_repairs_it(shim, base, scenario, engine):
    if engine == "tantivy" or scenario == "convert":
        pytest.importorskip("tantivy", reason="the tantivy engine is an extra")
    wanted = [
        f"{fault}:{0 if ALL and fault not in ('kill', 'half') else samples}"
        for fault, samples in SAMPLES[scenario].items()
    ]
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.driver", shim, base, scenario, engine, *wanted],
        cwd=Path(__file__).parents[2],
        env={**os.environ, "LD_PRELOAD": str(shim)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout.splitlines()[-1])
    assert all(figure["tried"] and figure["states"] for figure in result["figures"].values()), result["figures"]
    assert not result["failures"], "\n".join(result["failures"])
