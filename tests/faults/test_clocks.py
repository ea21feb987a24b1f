"""What changed is known by more than the time that a clock showed."""

import os
import time

import pytest

import searchkit
from searchkit.collection import records
from searchkit.documents import walk
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


@pytest.fixture
def without_times_of_change(monkeypatch):
    """As on Windows, which does not say when a file was changed but by the time that anybody can set."""
    monkeypatch.setattr(walk, "changed_ns", lambda status: 0)


def change_content(path):
    status = path.stat()
    path.write_text(path.read_text().replace(WORD, "orchid"))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert path.stat().st_size == status.st_size


def test_content_that_changed_under_the_same_size_and_time(tmp_path, library, without_times_of_change):
    change_content(library / "3.txt")
    with searchkit.open(tmp_path / "index") as index:
        assert counts(index.sync([library])) == (0, 0, 0, 4)
        assert ["3.txt has another content" in problem for problem in index.verify().problems] == [True]
        assert index.sync([library], force=True).updated == 4
        assert index.search("orchid").total == 1
        assert index.verify().problems == ()


@pytest.mark.skipif(os.name == "nt", reason="Windows does not say when a file was changed")
def test_content_that_changed_under_the_same_size_and_time_is_read(tmp_path, library):
    change_content(library / "3.txt")
    with searchkit.open(tmp_path / "index") as index:
        assert index.verify().problems == ()  # it changed after the update
        assert counts(index.sync([library])) == (0, 1, 0, 3)
        assert index.search("orchid").total == 1
        assert counts(index.sync([library])) == (0, 0, 0, 4)


@pytest.mark.skipif(os.name == "nt", reason="Windows does not say when a file was changed")
def test_files_that_took_each_others_names(tmp_path, library):
    stamp = (library / "0.txt").stat().st_mtime_ns
    for name in ("0.txt", "1.txt"):
        os.utime(library / name, ns=(stamp, stamp))
    with searchkit.open(tmp_path / "index") as index:
        index.sync([library])
        assert (library / "0.txt").stat().st_size == (library / "1.txt").stat().st_size
        (library / "0.txt").rename(library / "other.txt")
        (library / "1.txt").rename(library / "0.txt")
        (library / "other.txt").rename(library / "1.txt")
        assert counts(index.sync([library])) == (0, 2, 0, 2)
        assert index.get("library/0.txt").text == (library / "0.txt").read_text()
        assert index.verify().problems == ()


@pytest.mark.skipif(os.name == "nt", reason="Windows does not say when a file was changed")
def test_a_time_of_change_without_a_change_costs_a_comparison(tmp_path, library, monkeypatch):
    """Other rights, another owner, a collection copied to another disk: the content is compared, and not read anew."""
    (library / "2.txt").chmod(0o600)
    read = []
    monkeypatch.setattr(records, "of_file", lambda document, file: read.append(file))
    with searchkit.open(tmp_path / "index") as index:
        assert counts(index.sync([library])) == (0, 0, 0, 4)
    assert read == []


def test_a_list_without_times_of_change_learns_them(tmp_path, library, without_times_of_change, monkeypatch):
    """As earlier versions wrote it: nothing is read or compared, and from the next update on they are known."""
    with searchkit.open(tmp_path / "index") as index:
        index.sync([library])
        monkeypatch.undo()
        settle(monkeypatch.setattr)
        assert counts(index.sync([library])) == (0, 0, 0, 4)
        if os.name != "nt":
            change_content(library / "3.txt")
            assert counts(index.sync([library])) == (0, 1, 0, 3)
