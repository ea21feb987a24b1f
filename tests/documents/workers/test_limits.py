"""Limits of time and memory where the system has none: by a thread that looks at the clock."""

import subprocess
import sys

import pytest

from searchkit.documents.workers import limits

PROGRAM = """
import signal, sys, time
sys.path[:] = {path!r}
from searchkit.documents.workers import limits
limits._has_timers = limits._limits_memory = lambda: False
limits.address_space = lambda: 10**8 + len(eaten)
eaten = bytearray()
with limits.Limits(0.3, 100, 1 << 20).hold():
    {work}
with limits.Limits(0.3, 100, 1 << 20).hold():
    time.sleep(0.5)  # the clock does not count
print("done")
"""
SPIN = "while True: pass"
EAT = "while True: eaten += bytes(1000); time.sleep(0.0001)"

# What a process does within its limits, and how it ends.
ENDS = [
    ("pass", 0),
    (SPIN, limits.OVER_TIME),
    (EAT, limits.OVER_MEMORY),
]


@pytest.mark.parametrize(("work", "code"), ENDS)
def test_a_process_is_ended_that_breaks_a_limit(work, code):
    program = PROGRAM.format(path=sys.path, work=work)
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    assert done.returncode == code, done.stderr
    assert done.stdout == ("done\n" if not code else "")


def test_memory_by_system(monkeypatch):
    assert limits.memory_in_use() > 1 << 20
    monkeypatch.setattr(limits.sys, "platform", "win32")
    monkeypatch.setattr(limits, "_windows_memory", lambda: 5)
    assert limits.memory_in_use() == 5


def test_whose_memory_is_short():
    """A limit of the system's below ours is not the file's fault."""
    resource = pytest.importorskip("resource")
    if not sys.platform.startswith("linux"):
        pytest.skip("needs a system that holds to limits of memory")
    ours = limits.Limits(10, 10, 1 << 30)
    with ours.hold():
        assert ours.exit_code() == limits.OVER_MEMORY
    program = (
        f"import resource, sys; sys.path[:] = {sys.path!r}\n"
        "from searchkit.documents.workers.limits import *\n"
        f"resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))\n"
        "with (limits := Limits(10, 10, 1 << 30)).hold(): print(limits.exit_code())\n"
    )
    assert resource.RLIMIT_AS is not None
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    assert done.stdout == f"{limits.OUT_OF_MEMORY}\n", done.stderr
