"""Where something else stands in the place of a file of the index, the next update makes way and loses nothing."""

import os
import shutil

import pytest

import searchkit
from searchkit.collection import description
from searchkit.documents.workers import pool
from searchkit.documents.workers.protocol import FileResult, hash_file
from searchkit.model import Failure
from tests.faults.scenarios import read_here, write


def read_but_broken(jobs, **settings):
    """As `read_here`; what is called broken is."""
    for job in jobs:
        if "broken" in job.path:
            yield FileResult(job.path, job.id, hash_file(job.path), (), (Failure(job.path, "is broken"),))
        else:
            yield from read_here([job])


@pytest.fixture
def library(tmp_path, monkeypatch):
    monkeypatch.setattr(pool, "read_files", read_but_broken)
    for name in ("one", "two", "broken"):
        write(tmp_path / "library" / f"{name}.txt", f"The file {name} speaks of tulips.")
    with searchkit.open(tmp_path / "index", create=True) as index:
        index.sync([tmp_path / "library"])
        assert [failure.path for failure in index.failures()] == ["library/broken.txt"]
    return tmp_path / "library"


def full_folder(path):
    path.mkdir()
    (path / "somebody's letter.txt").write_text("Keep me.")


def circle(path):
    path.symlink_to(path.name)


def link_to_nothing(path):
    path.symlink_to(path.parent / "nothing" / "nowhere")


NAMES = [
    "manifest.sqlite",
    "manifest.sqlite-journal",
    "manifest.sqlite-wal",
    "manifest.sqlite.crc32",
    "manifest.sqlite.new",
    "manifest.sqlite.new-journal",
    "searchkit.json",
    "searchkit.json.new",
    "roots.json",
    "write.lock",
]
THINGS = [os.mkdir, full_folder, circle, link_to_nothing, *([os.mkfifo] if hasattr(os, "mkfifo") else [])]


@pytest.mark.parametrize("thing", THINGS)
@pytest.mark.parametrize("name", NAMES)
def test_something_else_in_the_place_of_a_file(library, tmp_path, name, thing):
    path = tmp_path / "index" / name
    path.unlink(missing_ok=True)
    thing(path)
    with searchkit.open(tmp_path / "index") as index:
        assert index.search("tulips").total == 2
        assert index.failures() is None or [failure.path for failure in index.failures()] == ["library/broken.txt"]
        index.statistics()
        report = index.sync([library])
        assert (report.unchanged, report.removed, len(report.failed)) == (2, 0, 1)
        assert [failure.path for failure in index.failures()] == ["library/broken.txt"]
        assert index.verify().problems == ()
    if thing is full_folder:
        kept = [found.read_text() for found in (tmp_path / "index").rglob("somebody's letter.txt")]
        assert kept == ["Keep me."]
    with searchkit.open(tmp_path / "index") as index:
        assert index.sync([library]).unchanged == 2


@pytest.mark.parametrize("thing", THINGS)
@pytest.mark.parametrize("name", ["manifest.sqlite", "searchkit.json"])
def test_verify_says_and_mends_it(library, tmp_path, name, thing):
    path = tmp_path / "index" / name
    path.unlink()
    thing(path)
    with searchkit.open(tmp_path / "index") as index:
        assert index.verify().problems
        assert index.verify(repair=True).remaining == ()
        assert index.verify().problems == ()
    with searchkit.open(tmp_path / "index") as index:
        assert index.sync([library]).unchanged == 2


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
@pytest.mark.parametrize("name", ["manifest.sqlite", "searchkit.json"])
def test_a_file_that_may_not_be_read_is_left_as_it_is(library, tmp_path, name):
    """It may be another user's, and say what cannot be found out again: which disks there were."""
    path = tmp_path / "index" / name
    path.chmod(0)
    with pytest.raises(PermissionError, match=name), searchkit.open(tmp_path / "index") as index:
        index.sync([library])
    path.chmod(0o600)
    with searchkit.open(tmp_path / "index") as index:
        assert index.sync([library]).unchanged == 2


# What is done to the list of files, after which what failed cannot be told without another update.
LOSSES = {
    "deleted": lambda file: file.unlink(),
    "emptied": lambda file: file.write_bytes(b""),
    "nonsense": lambda file: file.write_bytes(b"not a database" * 100),
}


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("made_anew", [False, True])
def test_what_failed_is_not_known_until_the_next_update(library, tmp_path, loss, made_anew):
    LOSSES[loss](tmp_path / "index" / description.MANIFEST)
    with searchkit.open(tmp_path / "index") as index:
        if made_anew:
            index.verify()
        assert index.failures() is None
        assert (index.statistics()["failed"], index.statistics()["scans"]) == (None, None)
        index.sync([library])
        assert [failure.path for failure in index.failures()] == ["library/broken.txt"]
        assert [entry["path"] for entry in index.statistics()["failed"]] == ["library/broken.txt"]


def test_what_failed_is_not_known_after_a_first_update_that_was_cut_short(tmp_path, monkeypatch):
    def cut_short(jobs, **settings):
        yield from read_here([next(jobs)])
        raise KeyboardInterrupt

    monkeypatch.setattr(pool, "read_files", cut_short)
    for name in ("one", "two", "broken"):
        write(tmp_path / "library" / f"{name}.txt", f"The file {name} speaks of tulips.")
    with searchkit.open(tmp_path / "index", create=True) as index:
        with pytest.raises(KeyboardInterrupt):
            index.sync([tmp_path / "library"])
        assert index.failures() is None


def test_an_index_without_files_has_no_failures(tmp_path):
    with searchkit.open(tmp_path / "index", create=True) as index:
        assert index.failures() == []
        index.add([searchkit.Document("card", "A card about tulips.")])
        assert index.failures() == []
        assert index.statistics()["failed"] == []


def test_a_folder_in_the_place_of_a_file_is_kept_beside_it(tmp_path):
    from searchkit.engines import durable

    full_folder(tmp_path / "commit.json")
    durable.replace(tmp_path / "commit.json", b"new")
    assert (tmp_path / "commit.json").read_bytes() == b"new"
    assert [path.parent.name.startswith("commit.json.aside-") for path in tmp_path.rglob("*.txt")] == [True]


def test_a_link_is_never_written_through(tmp_path):
    from searchkit.engines import durable

    (tmp_path / "letter").write_bytes(b"Keep me.")
    (tmp_path / "commit.json.new").symlink_to(tmp_path / "letter")
    durable.replace(tmp_path / "commit.json", b"new")
    assert (tmp_path / "letter").read_bytes() == b"Keep me."
    assert not (tmp_path / "commit.json").is_symlink()


def test_the_damage_of_a_copied_index_is_not_carried_on(library, tmp_path):
    """A copy that follows links leaves a folder where the list was a link to one."""
    (tmp_path / "index" / description.MANIFEST).unlink()
    shutil.copytree(tmp_path / "library", tmp_path / "index" / description.MANIFEST)
    with searchkit.open(tmp_path / "index") as index:
        assert index.sync([library]).unchanged == 2
