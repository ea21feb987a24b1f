"""The write lock: one holder among threads and processes, and who may let go of it."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from searchkit.engines.lock import WriteLock


def test_only_the_holder_lets_go(tmp_path: Path) -> None:
    holder, other = WriteLock(tmp_path), WriteLock(tmp_path)
    assert holder.acquire()
    assert not other.acquire()
    other.release()
    assert not other.acquire(patience=0.02)
    holder.release()
    holder.release()
    assert other.acquire()
    assert not holder.acquire()
    other.release()


def test_a_folder_by_another_name_has_the_same_lock(tmp_path: Path) -> None:
    (tmp_path / "index").mkdir()
    holder = WriteLock(tmp_path / "index")
    assert holder.acquire()
    assert not WriteLock(tmp_path / "index" / ".." / "index").acquire()
    holder.release()


def test_of_many_threads_one_gets_it(tmp_path: Path) -> None:
    got = []

    def run() -> None:
        lock = WriteLock(tmp_path)
        if lock.acquire():
            got.append(lock)

    threads = [threading.Thread(target=run) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(got) == 1
    got[0].release()


def test_waiting_gets_it_when_the_holder_lets_go(tmp_path: Path) -> None:
    holder, other = WriteLock(tmp_path), WriteLock(tmp_path)
    assert holder.acquire()
    threading.Timer(0.05, holder.release).start()
    assert other.acquire(patience=30)
    other.release()


FORKED = """
import os, sys, time
from pathlib import Path
from searchkit.engines.lock import WriteLock
lock = WriteLock(Path(sys.argv[1]))
assert lock.acquire()
if os.fork() == 0:
    assert not WriteLock(Path(sys.argv[1])).acquire(), "a child takes the lock from its parent"
    lock.release()
    assert not WriteLock(Path(sys.argv[1])).acquire(), "a child lets go of its parent's lock"
    os.write(1, b"child\\n")
    time.sleep(30)
os.write(1, b"parent\\n")
sys.stdin.readline()
os.kill(os.getpid(), 9)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_a_forked_child_neither_has_nor_keeps_the_lock(tmp_path: Path) -> None:
    command = [sys.executable, "-W", "ignore", "-c", FORKED, str(tmp_path)]
    parent = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True)
    try:
        assert parent.stdin
        assert parent.stdout
        assert {parent.stdout.readline(), parent.stdout.readline()} == {b"child\n", b"parent\n"}
        lock = WriteLock(tmp_path)
        assert not lock.acquire()
        parent.stdin.write(b"\n")
        parent.stdin.flush()
        parent.wait(30)
        assert lock.acquire(patience=10), "the child, which lives on, keeps the lock of its parent"
        lock.release()
    finally:
        os.killpg(parent.pid, 9)
