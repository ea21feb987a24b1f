"""The list of files is only a cache: whatever happens to it, the next update comes to the same end."""

# Tests as well, in searchkit/: collection/manifest: file_states reading seal

import os
import random
import shutil
import sqlite3

import pytest

import searchkit
from searchkit.collection import description, manifest
from searchkit.collection.manifest import file_states
from searchkit.documents.workers import pool
from tests.faults.scenarios import read_here


@pytest.fixture
def library(tmp_path, monkeypatch):
    monkeypatch.setattr(pool, "read_files", read_here)
    folder = tmp_path / "library"
    folder.mkdir()
    for number in range(8):
        path = folder / f"{number}.txt"
        path.write_text(f"The document of number {number}.")
        os.utime(path, (10**9, 10**9))
    (folder / "rows.jsonl").write_text("".join(f'{{"id": "r{n}", "text": "Row {n}."}}\n' for n in range(5)))
    with searchkit.open(tmp_path / "index", create=True) as index:
        index.sync([folder])
    (folder / "0.txt").unlink()
    (folder / "1.txt").write_text("Changed.")
    (folder / "2.txt").rename(folder / "two.txt")
    return folder


def outcome(index_folder, library):
    """What one update leads to, and that a second finds nothing to do."""
    with searchkit.open(index_folder, create=True) as index:
        before = len(index)
        report = index.sync([library])
        assert not report.failed
        assert before + report.added - report.removed == len(index)
        assert index.sync([library]).unchanged == len(index)
        return list(index._engine.ids())


def test_a_flipped_bit_anywhere_changes_nothing(library, tmp_path):
    sound = tmp_path / "sound"
    shutil.copytree(tmp_path / "index", sound)
    expected = outcome(tmp_path / "index", library)
    size = (sound / description.MANIFEST).stat().st_size
    content = (sound / description.MANIFEST).read_bytes()
    chance = random.Random(3)
    # of the pages, most are empty: half of the flips are where something stands
    used = [place for place, byte in enumerate(content) if byte]
    places = (
        [chance.choice(used) for _ in range(35)] + [chance.randrange(size) for _ in range(10)] + [18, 19, 24, 28, 60]
    )
    for place in places:
        shutil.rmtree(tmp_path / "index")
        shutil.copytree(sound, tmp_path / "index")
        damaged = bytearray(content)
        damaged[place] ^= 1 << chance.randrange(8)
        (tmp_path / "index" / description.MANIFEST).write_bytes(damaged)
        assert outcome(tmp_path / "index", library) == expected, place


def test_verify_shows_every_flipped_bit(library, tmp_path):
    """Those in the places where nothing stands too."""
    file = tmp_path / "index" / description.MANIFEST
    outcome(tmp_path / "index", library)
    content = file.read_bytes()
    seal = file.with_name(file.name + ".crc32").read_bytes()
    chance = random.Random(4)
    unnoticed = []
    with searchkit.open(tmp_path / "index", create=True) as index:
        assert index.verify().problems == ()
        for _ in range(90):
            place, bit = chance.randrange(len(content)), chance.randrange(8)
            damaged = bytearray(content)
            damaged[place] ^= 1 << bit
            file.write_bytes(damaged)
            file.with_name(file.name + ".crc32").write_bytes(seal)
            if not any("The list of files could not be used" in problem for problem in index.verify().problems):
                unnoticed.append((place, bit))
    assert unnoticed == []


def test_a_run_that_was_cut_short_is_no_damage(library, tmp_path):
    expected = outcome(tmp_path / "index", library)
    file = tmp_path / "index" / description.MANIFEST
    file.with_name(file.name + ".crc32").unlink()
    with searchkit.open(tmp_path / "index", create=True) as index:
        assert index.verify().problems == ()
    assert file.with_name(file.name + ".crc32").exists()
    assert outcome(tmp_path / "index", library) == expected


DAMAGE = [
    lambda file: file.unlink(),
    lambda file: file.write_bytes(b""),
    lambda file: file.write_bytes(b"not a database" * 100),
    lambda file: file.write_bytes(file.read_bytes()[:5000]),
    lambda file: file.with_name(file.name + "-journal").write_bytes(bytes(1024)),
    lambda file: sqlite3.connect(file, isolation_level=None).execute(
        "DELETE FROM documents WHERE id = 'library/0.txt'"
    ),
    lambda file: sqlite3.connect(file, isolation_level=None).execute("DELETE FROM files WHERE path = 'library/0.txt'"),
    lambda file: sqlite3.connect(file, isolation_level=None).execute("UPDATE files SET hash = '0'"),
    lambda file: sqlite3.connect(file, isolation_level=None).execute("PRAGMA user_version = 99"),
]


@pytest.mark.parametrize("damage", DAMAGE)
def test_damage_and_loss_change_nothing(library, tmp_path, damage):
    shutil.copytree(tmp_path / "index", tmp_path / "other")
    expected = outcome(tmp_path / "other", library)
    damage(tmp_path / "index" / description.MANIFEST)
    assert outcome(tmp_path / "index", library) == expected


def test_an_engine_put_back_from_a_backup_is_noticed(library, tmp_path):
    folder = tmp_path / "index" / description.read(tmp_path / "index").folder
    shutil.copytree(folder, tmp_path / "backup")
    expected = outcome(tmp_path / "index", library)
    shutil.rmtree(folder)
    shutil.copytree(tmp_path / "backup", folder)
    assert outcome(tmp_path / "index", library) == expected


def test_the_first_version_of_the_list_is_taken_over(tmp_path):
    """Files that the earlier list knows, with documents that the engine holds, are not read again."""
    file = tmp_path / description.MANIFEST
    db = sqlite3.connect(file, isolation_level=None)
    db.execute("CREATE TABLE files (path, size, modified, hash, failures, seen)")
    db.execute("CREATE TABLE documents (id, path, hash, seen)")
    db.execute("INSERT INTO files VALUES ('a.txt', 3, 4, 'aa', '[]', 1), ('b.txt', 5, 6, 'bb', '[\"broken\"]', 1)")
    db.execute("INSERT INTO documents VALUES ('a.txt', 'a.txt', '1', 1), ('b.txt', 'b.txt', '2', 1)")
    db.close()
    held = [("a.txt", "1", "a.txt"), ("b.txt", "other", "b.txt"), ("card", "3", "")]
    opened = manifest.Manifest(file, "generation", lambda: held)
    a, b = opened.file("a.txt"), opened.file("b.txt")
    assert a is not None
    assert b is not None
    assert (a.size, a.modified, a.hash, a.documents) == (3, 4, "aa", 1)
    assert b.hash == ""
    assert list(opened.paths()) == ["a.txt", "b.txt"]
    opened.close()
    again = manifest.Manifest(file, "generation", lambda: pytest.fail("asks the engine"))
    assert again.rebuilt == ""
    again.close()


def test_the_second_version_of_the_list_is_taken_over(tmp_path):
    """With what failed, and the disks that were seen; a row that does not fit its checksum is not believed."""
    file = tmp_path / description.MANIFEST

    def checked(*values):
        return *values, file_states.checksum_of(*values)

    db = sqlite3.connect(file, isolation_level=None)
    db.execute("CREATE TABLE meta (generation, documents, digest, checksum)")
    db.execute("CREATE TABLE files (path, size, modified, hash, failures, documents, digest, checksum)")
    db.execute("CREATE TABLE documents (path, id, hash, checksum)")
    db.execute("CREATE TABLE mounts (path, checksum)")
    document = checked("a.txt", "a.txt", "1")
    db.execute("INSERT INTO documents VALUES (?, ?, ?, ?)", document)
    for row in (
        checked("a.txt", 3, 4, "aa", "[]", 1, document[-1]),
        checked("broken.txt", 5, 6, "bb", '["is broken"]', 0, 0),
        (*checked("flipped.txt", 5, 6, "bb", "[]", 0, 0)[:-1], 1),
    ):
        db.execute("INSERT INTO files VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
    db.execute("INSERT INTO mounts VALUES (?, ?)", checked("disk"))
    db.execute("INSERT INTO meta VALUES (?, ?, ?, ?)", checked("generation", 1, document[-1]))
    db.execute("PRAGMA user_version = 2")
    db.close()
    assert manifest.failures(file) == [("broken.txt", "is broken")]
    opened = manifest.Manifest(file, "generation", lambda: [("a.txt", "1", "a.txt")])
    a = opened.file("a.txt")
    assert a is not None
    assert (a.size, a.modified, a.hash, a.documents, a.changed) == (3, 4, "aa", 1, 0)
    assert opened.file("flipped.txt") is None
    assert opened.mounts() == ["disk"]
    opened.close()
    assert manifest.failures(file) == [("broken.txt", "is broken")]
