"""One document for one place, however it is named; and what a fault of the machine leaves in the index."""

import errno
import os
import shutil
import sys
import unicodedata

import pytest

import searchkit
from searchkit.collection import roots, sync
from searchkit.collection.update_settings import Settings
from searchkit.documents.workers import pool
from searchkit.documents.workers.pool import FileResult
from searchkit.model import Failure

posix = pytest.mark.skipif(os.name == "nt", reason="needs links")
DECOMPOSED = unicodedata.normalize("NFD", "Отчёт й.txt")


@pytest.fixture
def index(tmp_path):
    with searchkit.open(tmp_path / "index", create=True) as index:
        yield index


@pytest.fixture
def library(tmp_path):
    folder = tmp_path / "library"
    folder.mkdir()
    (folder / "one.txt").write_text("A memorandum on libraries.")
    (folder / DECOMPOSED).write_text("An account of bridges.")
    return folder


def ids(index):
    return sorted(hit.id for hit in [*index.search("memorandum"), *index.search("bridges")])


@posix
def test_a_folder_reached_through_links_has_its_documents_once(tmp_path, library, index):
    (tmp_path / "link").symlink_to("library")
    (tmp_path / "place").symlink_to(tmp_path)
    index.sync([library])
    for way in (tmp_path / "link", tmp_path / "place" / "library", library):
        report = index.sync([way])
        assert (report.unchanged, report.added, report.removed) == (2, 0, 0)
    assert ids(index) == ["library/one.txt", "library/Отчёт й.txt"]


@posix
def test_an_index_reached_through_a_link_names_files_as_ever(tmp_path, library, index):
    index.sync([library])
    index.close()
    (tmp_path / "place").symlink_to(tmp_path)
    with searchkit.open(tmp_path / "place" / "index", create=True) as again:
        assert again.sync([tmp_path / "place" / "library"]).unchanged == 2


@posix
def test_a_link_out_of_the_folder_is_said(tmp_path, library, index):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.txt").write_text("A secret memorandum.")
    (library / "link").symlink_to(outside)
    report = index.sync([library])
    assert [notice.path for notice in report.notices] == ["library/link"]
    assert (report.added, report.failed) == (2, ())
    assert index.sync([library], follow_links=True).added == 1


@pytest.mark.skipif(sys.platform == "darwin", reason="the file system does not tell the two forms apart")
def test_a_copy_of_a_file_with_a_decomposed_name_is_no_move(library, index):
    index.sync([library])
    (library / "copy.txt").write_bytes((library / DECOMPOSED).read_bytes())
    report = index.sync([library])
    assert (report.added, report.moved, report.unchanged, report.removed) == (1, 0, 2, 0)
    (library / DECOMPOSED).rename(library / "plain.txt")
    assert index.sync([library]).moved == 1


@posix
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_renamed_file_that_may_not_be_read_is_one_failure(library, index):
    index.sync([library])
    (library / "one.txt").rename(library / "two.txt")
    (library / "two.txt").chmod(0)
    report = index.sync([library])
    assert [failure.path for failure in report.failed] == ["library/two.txt"]


def test_a_renamed_file_that_breaks_while_it_is_compared_is_one_failure(library, index, monkeypatch):
    index.sync([library])
    (library / "one.txt").rename(library / "two.txt")

    def broken(path):
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(pool, "hash_file", broken)
    assert index.sync([library]).added == 1


def test_a_copy_of_a_file_in_a_folder_that_cannot_be_read_takes_nothing_from_there(library, index, monkeypatch):
    (library / "closed").mkdir()
    (library / "closed" / "three.txt").write_text("A memorandum on closed folders.")
    index.sync([library])
    shutil.copy(library / "closed" / "three.txt", library / "copy.txt")
    scandir = os.scandir

    def refused(folder):
        if os.fspath(folder).endswith("closed"):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return scandir(folder)

    with monkeypatch.context() as patched:
        patched.setattr(os, "scandir", refused)
        report = index.sync([library])
    assert (report.added, report.moved, report.removed) == (1, 0, 0)
    assert {"library/closed/three.txt", "library/copy.txt"} <= set(ids(index))


def test_a_folder_whose_name_a_file_took_that_is_not_read_keeps_nothing(library, index):
    (library / "letters").mkdir()
    (library / "letters" / "three.txt").write_text("A memorandum on letters.")
    index.sync([library])
    shutil.rmtree(library / "letters")
    (library / "letters").write_text("no format tells what this is")
    report = index.sync([library])
    assert (report.removed, sum(number for _, number in report.skipped)) == (1, 1)


@posix
@pytest.mark.parametrize("make", ["folder", "pipe", "endless"])
@pytest.mark.parametrize("folder", [".", "library", "library/letters"])
def test_a_folder_whose_exclusions_cannot_be_read_keeps_its_documents(library, index, make, folder):
    (library / "letters").mkdir()
    (library / "letters" / "three.txt").write_text("A memorandum on letters.")
    base, given = library.parent, library.parent if folder == "." else library
    index.sync([given])
    ignored = base / folder / ".searchkitignore"
    if make == "folder":
        ignored.mkdir()
    elif make == "pipe":
        os.mkfifo(ignored)
    else:
        ignored.symlink_to("/dev/zero")
    report = index.sync([given])
    assert (report.removed, len(report.failed)) == (0, 1)
    assert "is not a file" in report.failed[0].reason
    ignored.rename(base / "away")
    (base / "away").rmdir() if make == "folder" else (base / "away").unlink()
    assert index.sync([given]).unchanged == 3


def test_an_update_of_a_part_does_not_tell_what_failed_elsewhere_when_that_was_lost(tmp_path, library, index):
    (library / DECOMPOSED).unlink()
    (library / "empty.txt").touch()
    index.sync([library])
    (tmp_path / "index" / "manifest.sqlite").unlink()
    with index._storage.writing() as engine:
        part = Settings(within={os.path.realpath(library / "one.txt")})
        sync.sync_roots(index.folder, engine, roots.read(index.folder), None, part)
    assert index.failures() is None
    index.sync()
    assert [failure.path for failure in index.failures()] == ["library/empty.txt"]


def test_formats_that_are_not_read_are_counted_and_fail_nothing(library, index):
    for name in ("a.exe", "b.exe", "c.pages"):
        (library / name).write_text("x")
    report = index.sync([library])
    assert report.failed == ()
    assert [(reason.split(",")[0], number) for reason, number in report.skipped] == [("is .exe", 2), ("is .pages", 1)]
    assert index.failures() == []


def failing(fault):
    """Every file fails, by its own fault or by the machine's."""

    def read(jobs, **options):
        for job in jobs:
            failures = (Failure(job.path, "fails"),)
            yield FileResult(job.path, job.id, "hash", failures=failures, complete=False, machine_fault=fault)

    return read


@pytest.mark.parametrize("machine_fault", [True, False])
def test_who_is_to_blame_decides_whether_a_file_is_tried_again(library, index, monkeypatch, machine_fault):
    index.sync([library])
    for file in library.iterdir():
        file.write_bytes(file.read_bytes() + b" More.")
        os.utime(file, (1, 1))
    with monkeypatch.context() as patch:
        patch.setattr(pool, "read_files", failing(machine_fault))
        report = index.sync([library])
        assert len(report.failed) == 2
        assert (len(index), report.removed) == (2, 0)  # what is known of the files stays
    report = index.sync([library])
    assert (report.updated, len(report.failed)) == ((2, 0) if machine_fault else (0, 2))
    assert len(index) == 2


def test_a_file_that_failed_and_still_does_where_it_was_moved_keeps_its_documents(library, index, monkeypatch):
    """A disk that reads badly: what the file gave when it could be read stays until it can be read again."""
    index.sync([library])
    with monkeypatch.context() as patch:
        patch.setattr(pool, "read_files", failing(True))
        os.utime(library / "one.txt", (1, 1))
        assert "library/one.txt" in [failure.path for failure in index.sync([library]).failed]
        (library / "shelf").mkdir()
        (library / "one.txt").rename(library / "shelf" / "one.txt")
        for _ in range(2):
            report = index.sync([library])
            assert (report.removed, len(index)) == (0, 2)
            assert "library/shelf/one.txt" in [failure.path for failure in report.failed]
    report = index.sync([library])
    assert (report.failed, len(index)) == ((), 2)
    assert index.get("library/shelf/one.txt")
    assert index.get("library/one.txt") is None
