"""What changed is known by more than the time that a clock showed."""

import os
import time

import pytest

import searchkit
from tests.faults.scenarios import WORD, settle, write


@pytest.fixture
def library(tmp_path, monkeypatch):
    settle(monkeypatch.setattr)
    for number in range(4):
        write(tmp_path / "library" / f"{number}.txt", f"The file {number} speaks of {WORD}.")
    with searchkit.open(tmp_path / "index", create=True) as index:
        index.sync([tmp_path / "library"])
    return tmp_path / "library"


def counts(report):
    return report.added, report.updated, report.removed, report.unchanged


# The clock of the machine, in seconds, while the second update runs: long ago, before 1970, and far in the future.
@pytest.mark.parametrize("now", [10**9, -5.0, 10**10])
def test_a_clock_that_was_set_back(tmp_path, library, monkeypatch, now):
    monkeypatch.setattr(time, "time", lambda: now)
    monkeypatch.setattr(time, "time_ns", lambda: int(now * 10**9))
    for name, stamp in (
        ("1.txt", max(now, 0)),
        ("2.txt", 0),
    ):  # a change, and another, of times before the first update
        (library / name).write_text(f"Changed, and speaks of {WORD} and parks.")
        os.utime(library / name, (stamp, stamp))
    with searchkit.open(tmp_path / "index", create=True) as index:
        assert counts(index.sync([library])) == (0, 2, 0, 2)
        assert index.search("parks").total == 2
        assert counts(index.sync([library])) == (0, 0, 0, 4)


def test_content_that_changed_under_the_same_size_and_time(tmp_path, library):
    path = library / "3.txt"
    status = path.stat()
    path.write_text(path.read_text().replace(WORD, "orchid"))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert path.stat().st_size == status.st_size
    with searchkit.open(tmp_path / "index", create=True) as index:
        assert counts(index.sync([library])) == (0, 0, 0, 4)
        assert ["3.txt has another content" in problem for problem in index.verify().problems] == [True]
        assert index.sync([library], force=True).updated == 4
        assert index.search("orchid").total == 1
        assert index.verify().problems == ()
