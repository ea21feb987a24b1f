"""Bringing an index up to date with files: what is read, what is removed, what survives a kill."""

# Tests as well, in searchkit/: collection: batch file_names file_reading file_update ids last_update update_counts update_settings vanished

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
import zipfile

import pypdf
import pytest

import searchkit
from searchkit.collection import file_names, vanished
from searchkit.documents.workers import pool
from searchkit.engines.lock import locked


def old(path, seconds=10):
    """Set a file's time back: one written within the last two seconds is compared by content."""
    then = time.time() - seconds
    os.utime(path, (then, then))


def write(folder, name, text):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    old(path)
    return path


@pytest.fixture
def library(tmp_path):
    folder = tmp_path / "library"
    write(folder, "one.txt", "A memorandum was signed in Astana.")
    write(folder, "two.txt", "Екі кітапхана меморандумға қол қойды.")
    write(folder, "three.md", "# Garden\n\nRoses and tulips grow here.")
    write(folder, "deep/four.txt", "Ikki kutubxona memorandum imzoladi.")
    return folder


@pytest.fixture
def index(tmp_path):
    with searchkit.open(tmp_path / "index", create=True) as opened:
        yield opened


def counts(report):
    return {
        name: getattr(report, name)
        for name in ("added", "updated", "moved", "removed", "unchanged")
        if getattr(report, name)
    }


def found(index, query):
    return {hit.id for hit in index.search(query, limit=1000)}


def test_the_first_run_adds_and_the_second_changes_nothing(library, index):
    assert counts(index.sync([library])) == {"added": 4}
    assert found(index, "memorandum") == {"library/one.txt", "library/two.txt", "library/deep/four.txt"}
    assert counts(index.sync([library])) == {"unchanged": 4}
    assert len(index) == 4


def test_unchanged_files_are_not_read(library, index, monkeypatch):
    index.sync([library])
    monkeypatch.setattr(pool, "read_files", lambda jobs, **_: (pytest.fail(f"reads {job.path}") for job in jobs))
    assert counts(index.sync([library])) == {"unchanged": 4}


def test_an_old_file_copied_in_later_is_new(library, index):
    index.sync([library])
    old(write(library, "archive.txt", "An old memorandum."), seconds=10**8)
    assert counts(index.sync([library])) == {"added": 1, "unchanged": 4}
    assert "library/archive.txt" in found(index, "memorandum")


def test_edit_touch_and_delete(library, index):
    index.sync([library])
    (library / "one.txt").write_text("Now about bridges.")
    os.utime(library / "two.txt")
    assert counts(index.sync([library])) == {"updated": 1, "unchanged": 3}
    assert found(index, "bridges") == {"library/one.txt"}
    (library / "one.txt").unlink()
    assert counts(index.sync([library])) == {"removed": 1, "unchanged": 3}
    assert not found(index, "bridges")


def test_an_edit_that_keeps_size_and_second_is_seen(library, index):
    path = library / "one.txt"
    path.write_text("aaaa bbbb")
    index.sync([library])
    times = os.stat(path)
    path.write_text("aaaa cccc")
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert counts(index.sync([library])) == {"updated": 1, "unchanged": 3}
    assert found(index, "cccc") == {"library/one.txt"}


def test_a_moved_file_is_recognised(library, index):
    index.sync([library])
    (library / "shelf").mkdir()
    (library / "one.txt").rename(library / "shelf" / "first.txt")
    assert counts(index.sync([library])) == {"moved": 1, "unchanged": 3}
    assert found(index, "Astana") == {"library/shelf/first.txt"}
    assert index.get("library/one.txt") is None
    assert index.get("library/shelf/first.txt").source == "library/shelf/first.txt"
    assert counts(index.sync([library])) == {"unchanged": 4}


def test_only_files_under_the_given_paths_are_removed(library, index, tmp_path):
    other = tmp_path / "other"
    write(other, "x.txt", "Another memorandum.")
    write(other, "y.txt", "A letter.")
    index.sync([library, other])
    shutil.rmtree(library / "deep")
    (other / "x.txt").unlink()
    assert counts(index.sync([other])) == {"removed": 1, "unchanged": 1}
    assert "library/deep/four.txt" in found(index, "memorandum")
    assert counts(index.sync([library])) == {"removed": 1, "unchanged": 3}


def test_folders_with_a_common_beginning_are_apart(index, tmp_path):
    write(tmp_path / "news", "a.txt", "alpha")
    write(tmp_path / "news-old", "b.txt", "beta")
    index.sync([tmp_path / "news", tmp_path / "news-old"])
    shutil.rmtree(tmp_path / "news-old")
    assert counts(index.sync([tmp_path / "news"])) == {"unchanged": 1}
    assert found(index, "beta") == {"news-old/b.txt"}


ABSENT = [
    # what became of the folder "disk", which holds x.txt and y.txt; how the failure begins
    (lambda disk: disk.rename(disk.parent / "away"), "is gone"),
    (lambda disk: [file.unlink() for file in disk.iterdir()], "is empty"),
    # a mount point may hold what the system puts there
    (lambda disk: [file.rename(file.parent / f".{file.name}") for file in disk.iterdir()], "is empty"),
    (lambda disk: (shutil.rmtree(disk), (disk / "deep").mkdir(parents=True)), "is empty"),
]


@pytest.mark.parametrize(("absent", "reason"), ABSENT)
def test_a_disk_that_is_not_connected_takes_nothing_along(library, index, tmp_path, absent, reason):
    disk = tmp_path / "disk"
    write(disk, "x.txt", "Papers on a disk.")
    write(disk, "y.txt", "More papers on a disk.")
    index.sync([library, disk])
    absent(disk)
    for _ in range(2):
        report = index.sync([library, disk])
        assert counts(report) == {"unchanged": 4}
        assert [failure.path for failure in report.failed] == [str(disk)]
        assert report.failed[0].reason.startswith(f"{reason}, and the index holds documents from it (2)")
        assert found(index, "papers") == {"disk/x.txt", "disk/y.txt"}
    assert counts(index.sync([library, disk], prune=True)) == {"unchanged": 4, "removed": 2}
    assert not found(index, "papers")


def test_a_file_that_is_gone_and_was_given_stays_and_goes_with_its_folder(library, index):
    index.sync([library])
    (library / "one.txt").unlink()
    report = index.sync([library / "one.txt"])
    assert (report.removed, len(report.failed)) == (0, 1)
    assert counts(index.sync([library])) == {"removed": 1, "unchanged": 3}


def test_a_disk_within_a_given_folder_is_known_by_its_device(library, index, monkeypatch):
    folder = str(library / "deep")
    mounted = [folder]
    monkeypatch.setattr(file_names, "device", lambda path: 2 if os.path.realpath(path) in mounted else 1)
    monkeypatch.setattr(vanished, "device", lambda path: 2 if os.path.realpath(path) in mounted else 1)
    index.sync([library])
    mounted.clear()
    (library / "deep" / "four.txt").rename(library.parent / "away.txt")
    report = index.sync([library])
    assert counts(report) == {"unchanged": 3}
    assert [(failure.path, failure.reason.split(",")[0]) for failure in report.failed] == [(folder, "is empty")]
    assert counts(index.sync([library], prune=True)) == {"unchanged": 3, "removed": 1}
    assert counts(index.sync([library])) == {"unchanged": 3}


@pytest.mark.parametrize("given", ["library", "library/disk/letters"])
def test_a_disk_whose_files_all_lie_in_folders_is_known_too(library, index, monkeypatch, given):
    disk = library / "disk"
    write(disk / "letters" / "1921", "letter.txt", "A letter from a disk of its own.")
    mounted = [str(disk)]

    def device(path):
        return 2 if any(os.path.realpath(path).startswith(mount) for mount in mounted) else 1

    monkeypatch.setattr(file_names, "device", device)
    monkeypatch.setattr(vanished, "device", device)
    index.sync([library.parent / given])
    mounted.clear()
    shutil.rmtree(disk)
    disk.mkdir()
    report = index.sync([library])
    assert report.removed == 0
    assert [(failure.path, failure.reason.split(",")[0]) for failure in report.failed] == [(str(disk), "is empty")]


def test_a_disk_that_is_taken_out_while_its_files_are_looked_for(library, index, monkeypatch):
    folder, away = library / "zone", library.parent / "away"
    folder.mkdir()
    for number in range(3):
        (folder / f"{number}.txt").write_text(f"The file {number} of a disk of its own.")
    for path in library.rglob("*.txt"):
        os.utime(path, (10**9, 10**9))  # nothing is read again, so that files are met one by one
    mounted = [str(folder)]
    monkeypatch.setattr(file_names, "device", lambda path: 2 if os.path.realpath(path) in mounted else 1)
    monkeypatch.setattr(vanished, "device", lambda path: 2 if os.path.realpath(path) in mounted else 1)
    assert counts(index.sync([library])) == {"added": 7}

    def take_out(done, total, path):
        assert done > 1 or mounted
        if mounted:
            assert "zone" not in path
            mounted.clear()
            folder.rename(away)
            folder.mkdir()

    report = index.sync([library], take_out)
    assert not mounted
    assert report.removed == 0
    assert [failure.path for failure in report.failed if "is empty" in failure.reason] == [str(folder)]
    assert len(index) == 7
    folder.rmdir()
    away.rename(folder)
    mounted.append(str(folder))
    assert counts(index.sync([library])) == {"unchanged": 7}


def test_a_folder_that_was_renamed_has_moved_and_is_not_missed(library, index, tmp_path):
    index.sync([library])
    library.rename(tmp_path / "renamed")
    report = index.sync([library, tmp_path / "renamed"])
    assert (counts(report), report.failed) == ({"moved": 4}, ())


@pytest.mark.skipif(os.name == "nt", reason="needs symbolic links")
def test_a_folder_reached_by_two_ways_is_one(library, index, tmp_path):
    (tmp_path / "link").symlink_to(library, target_is_directory=True)
    assert counts(index.sync([tmp_path / "link"])) == {"added": 4}
    assert counts(index.sync([library])) == {"unchanged": 4}
    assert counts(index.sync([tmp_path / "link", library])) == {"unchanged": 4}
    assert "library/one.txt" in found(index, "memorandum")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs permissions that count")
def test_a_renamed_file_that_cannot_be_read_costs_nothing(library, index):
    index.sync([library])
    (library / "one.txt").rename(library / "other.txt")
    (library / "other.txt").chmod(0)
    report = index.sync([library])
    assert (report.removed, [failure.path for failure in report.failed]) == (0, ["library/other.txt"])
    (library / "other.txt").chmod(0o644)
    assert counts(index.sync([library])) == {"moved": 1, "unchanged": 3}


def test_the_index_folder_itself_is_not_indexed(tmp_path):
    write(tmp_path, "a.txt", "alpha")
    with searchkit.open(tmp_path / "index", create=True) as index:
        assert counts(index.sync([tmp_path])) == {"added": 1}
        write(tmp_path / "index", "stray.txt", "alpha")
        assert counts(index.sync([tmp_path])) == {"unchanged": 1}


def test_many_documents_in_one_file(index, tmp_path):
    rows = [{"id": f"r{n}", "title": f"Row {n}", "text": f"Text of row number {n}."} for n in range(3)]
    path = write(tmp_path / "data", "rows.jsonl", "\n".join(map(json.dumps, rows)))
    assert counts(index.sync([tmp_path / "data"])) == {"added": 3}
    rows[1]["text"] = "Changed to tulips."
    del rows[2]
    rows.append({"id": "r9", "text": "A row that is new."})
    path.write_text("\n".join(map(json.dumps, rows)))
    assert counts(index.sync([tmp_path / "data"])) == {"added": 1, "updated": 1, "removed": 1, "unchanged": 1}
    assert found(index, "tulips") == {"data/rows.jsonl#r1"}
    assert index.get("data/rows.jsonl#r2") is None
    path.rename(tmp_path / "rows.jsonl")
    write(tmp_path / "data", "new.txt", "Another.")
    assert counts(index.sync([tmp_path / "data"])) == {"added": 1, "removed": 3}


def test_a_file_that_fails_is_reported_tried_again_and_loses_nothing(library, index):
    index.sync([library])
    (library / "one.txt").write_bytes(b"\x00\x01\x02\xff\xfe\x00" * 50)
    for _ in range(2):
        report = index.sync([library])
        assert [failure.path for failure in report.failed] == ["library/one.txt"]
        assert index.failures() == list(report.failed)
        assert "library/one.txt" in found(index, "Astana")
    (library / "one.txt").write_text("Readable at last.")
    assert counts(index.sync([library])) == {"updated": 1, "unchanged": 3}
    assert index.failures() == []


def test_force_reads_everything_again(library, index):
    index.sync([library])
    assert counts(index.sync([library], force=True)) == {"updated": 4}
    assert len(index) == 4


def test_exclude(library, index):
    assert counts(index.sync([library], exclude=["*.md", "deep"])) == {"added": 2}


def test_progress_counts_every_file(library, index):
    seen = []
    index.sync([library], lambda done, total, path: seen.append((done, total)))
    assert seen == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_a_lost_manifest_is_rebuilt_from_the_engine(library, index, tmp_path):
    index.sync([library])
    (tmp_path / "index" / "manifest.sqlite").unlink()
    (library / "one.txt").unlink()
    report = index.sync([library])
    assert (report.added, report.removed, report.unchanged) == (0, 1, 3)
    assert len(index) == 3


def test_a_lost_engine_is_filled_again(library, tmp_path):
    with searchkit.open(tmp_path / "index", create=True) as index:
        index.sync([library])
    for folder in (tmp_path / "index").glob("whoosh*"):
        shutil.rmtree(folder)
    with pytest.raises(searchkit.BrokenIndexError, match="is gone"):
        searchkit.open(tmp_path / "index", create=False)
    with searchkit.open(tmp_path / "index", create=True) as index:
        with pytest.raises(searchkit.BrokenIndexError, match="is gone"):
            index.search("memorandum")
        assert counts(index.sync([library])) == {"added": 4}


def test_documents_removed_by_hand_come_back_with_their_file(library, index):
    index.sync([library])
    index.remove(["library/one.txt"])
    assert "library/one.txt" not in found(index, "memorandum")
    assert counts(index.sync([library])) == {"added": 1, "unchanged": 3}


def test_changes_while_another_update_runs_are_refused_whole(library, index, tmp_path):
    with locked(tmp_path / "index"):
        for change in (
            lambda: index.sync([library]),
            lambda: index.add([searchkit.Document("1", "A memorandum.")]),
            lambda: index.remove(["library/one.txt"]),
            lambda: index.convert("tantivy"),
        ):
            with pytest.raises(searchkit.LockedIndexError, match="try again"):
                change()
    assert len(index) == 0
    assert counts(index.sync([library])) == {"added": 4}


def bomb(path):
    """A document whose main part unpacks to a gigabyte."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("word/document.xml", "w") as part:
            for _ in range(1024):
                part.write(bytes(1 << 20))


@pytest.mark.skipif(os.name == "nt", reason="needs FIFOs and symbolic links")
def test_a_folder_full_of_trouble(index, tmp_path):
    folder = tmp_path / "folder"
    for number in range(1000):
        write(folder, f"good/{number:04}.txt", f"Good document number {number} speaks of tulips.")
    (folder / "cp1251.txt").write_bytes(
        "Решение о строительстве библиотеки принято вчера на заседании совета.".encode("cp1251")
    )
    (folder / "empty.txt").touch()
    (folder / "binary.txt").write_bytes(random.Random(1).randbytes(5000))
    (folder / "picture.jpg").write_bytes(b"\xff\xd8\xff\xe0" + bytes(100))
    writer = pypdf.PdfWriter()
    writer.add_blank_page(100, 100)
    writer.encrypt("secret")
    writer.write(folder / "locked.pdf")
    bomb(folder / "bomb.docx")
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    (folder / "dangling.txt").symlink_to(folder / "nowhere.txt")
    os.mkfifo(folder / "fifo.txt")
    bad_name = os.fsencode(folder) + b"/bad\xff\xfename.txt"
    with open(bad_name, "w") as file:
        file.write("A name in no encoding.")
    unreadable = write(folder, "unreadable.txt", "secret")
    unreadable.chmod(0)
    report = index.sync([folder])
    failed = {failure.path.removeprefix("folder/") for failure in report.failed}
    expected = {"empty.txt", "binary.txt", "locked.pdf", "bomb.docx", "loop", "dangling.txt", "fifo.txt"}
    if os.geteuid() != 0:
        expected.add("unreadable.txt")
    assert failed > expected
    assert any("name.txt" in name for name in failed - expected)
    assert len(failed) == len(expected) + 1
    assert all(len(failure.reason) > 5 for failure in report.failed)
    assert report.added == 1001 + (os.geteuid() == 0)
    assert index.search("tulips").total == 1000
    assert found(index, "библиотеки") == {"folder/cp1251.txt"}
    assert counts(index.sync([folder])) == {"unchanged": report.added}


KILLED = """
import sys, searchkit, searchkit.collection.batch
searchkit.collection.batch.DOCUMENTS = 20
with searchkit.open(sys.argv[1], create=True) as index:
    print("ready", flush=True)
    index.sync([sys.argv[2]], jobs=2)
"""


@pytest.mark.skipif(os.name == "nt", reason="needs SIGKILL")
def test_a_kill_at_any_moment_loses_and_doubles_nothing(tmp_path):
    folder = tmp_path / "folder"
    for number in range(200):
        write(folder, f"{number}.txt", f"Document {number} speaks of tulips.")
    chance = random.Random(7)
    for _ in range(10):
        process = subprocess.Popen(
            [sys.executable, "-c", KILLED, str(tmp_path / "index"), str(folder)], stdout=subprocess.PIPE
        )
        assert process.stdout.readline() == b"ready\n"
        time.sleep(chance.uniform(0.0, 0.8))
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        with searchkit.open(tmp_path / "index", create=True) as index:
            assert index.search("tulips").total == len(index) <= 200
    with searchkit.open(tmp_path / "index", create=True) as index:
        index.sync([folder])
        assert len(index) == index.search("tulips").total == 200
        assert counts(index.sync([folder])) == {"unchanged": 200}


def test_a_changed_document_is_found_by_its_earlier_text(tmp_path):
    file = tmp_path / "papers" / "a.txt"
    file.parent.mkdir()
    seen = []
    with searchkit.open(tmp_path / "index", create=True) as index:
        for text in ("The first text.", "The second text.", "The third text."):
            file.write_text(text)
            index.sync([file.parent], jobs=1)
            (id,) = index.ids()
            seen.append(index[id].fingerprint)
        assert [index.changed_since(one) for one in seen] == [[id], [id], []]
        file.rename(file.with_name("b.txt"))
        index.sync([file.parent], jobs=1)
        (id,) = index.ids()
        assert index.changed_since(seen[0]) == [id]
        assert index.search("second").total == 0


def test_what_the_last_update_did_is_kept(tmp_path):
    from searchkit.collection import last_update

    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "a.txt").write_text("A memorandum.")
    with searchkit.open(tmp_path / "index", create=True) as index:
        assert last_update.read(index.folder) is None
        index.sync([folder], jobs=1)
        assert last_update.read(index.folder) == {"added": 1, "updated": 0, "moved": 0, "removed": 0, "unchanged": 0}
        index.sync(jobs=1)
        assert last_update.read(index.folder)["unchanged"] == 1
