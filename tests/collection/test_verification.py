"""What verify finds, and mends: damage of every kind of file, and sources that say something else."""

import os
import random
import shutil

import pytest
from click.testing import CliRunner

import searchkit
from searchkit import cli
from searchkit.collection import description
from searchkit.documents import walk

ENGINES = ("whoosh", "tantivy")


@pytest.fixture(params=ENGINES)
def engine(request):
    if request.param == "tantivy":
        pytest.importorskip("tantivy", reason="the tantivy engine is an extra")
    return request.param


@pytest.fixture
def library(tmp_path):
    folder = tmp_path / "library"
    folder.mkdir()
    for number in range(6):
        path = folder / f"{number}.txt"
        path.write_text(f"The document of number {number} speaks of tulips.")
        os.utime(path, (10**9, 10**9))
    return folder


@pytest.fixture
def folder(tmp_path, library, engine):
    with searchkit.open(tmp_path / "index", engine, create=True) as index:
        index.sync([library])
        index.add([searchkit.Document("card", "A card about tulips.")])
    return tmp_path / "index"


def texts(folder):
    with searchkit.open(folder, create=False) as index:
        return {hit.id: hit.document.text for hit in index.search("tulips", limit=100)}


def verify(folder, repair=False):
    return searchkit.Index(folder).verify(repair)


def flip(file, place, bit=0):
    content = bytearray(file.read_bytes())
    content[place] ^= 1 << bit
    file.write_bytes(content)


def test_a_sound_index_has_no_problems(folder):
    found = verify(folder)
    assert (found.problems, found.remaining, found.documents, found.files) == ((), (), 7, 6)


def test_content_changed_under_the_same_time_and_size_is_found_and_mended(folder, library, monkeypatch):
    """Where the system does not tell when a file was changed, or a disk gives other bytes than were written."""
    monkeypatch.setattr(walk, "changed_ns", lambda status: 0)
    path = library / "3.txt"
    path.write_text(path.read_text().replace("tulips", "orchid"))
    os.utime(path, (10**9, 10**9))
    before = texts(folder)
    with searchkit.open(folder, create=True) as index:
        assert index.sync([library]).unchanged == 6
    assert ["3.txt has another content" in problem for problem in verify(folder).problems] == [True]
    assert texts(folder) == before
    assert verify(folder, repair=True).remaining == ()
    assert set(before) - set(texts(folder)) == {"library/3.txt"}
    assert verify(folder).problems == ()


def test_changes_that_the_next_update_sees_are_no_problem(folder, library):
    (library / "1.txt").write_text("Another text about tulips, and longer than before.")
    (library / "2.txt").unlink()
    assert verify(folder).problems == ()


def engine_files(folder):
    described = description.read(folder)
    return [
        path
        for path in sorted((folder / described.folder).iterdir())
        if path.stat().st_size and path.name != "write.lock"
    ]


def test_a_flipped_bit_anywhere_in_the_engine_is_found_and_mended_from_the_sources(folder, tmp_path):
    before = texts(folder)
    sound = tmp_path / "sound"
    shutil.copytree(folder, sound)
    chance = random.Random(5)
    for file in engine_files(folder):
        flip(file, chance.randrange(file.stat().st_size), chance.randrange(8))
        assert verify(folder).problems, file.name
        found = verify(folder, repair=True)
        said = ("card", "those without a file", ".damaged")
        assert all(any(words in problem for words in said) for problem in found.remaining), (file.name, found)
        after = texts(folder)
        assert {**before, **after} == before
        assert set(before) - set(after) <= {"card"}, file.name
        assert all(".damaged" in problem for problem in verify(folder).problems)
        shutil.rmtree(folder)
        shutil.copytree(sound, folder)


def test_engine_files_that_are_gone_are_made_again(folder):
    before = texts(folder)
    shutil.rmtree(folder / description.read(folder).folder)
    assert ["is gone" in problem for problem in verify(folder).problems] == [True]
    verify(folder, repair=True)
    assert set(before) - set(texts(folder)) == {"card"}


def test_a_damaged_description_is_found_and_written_again(folder):
    before = texts(folder)
    flip(folder / "searchkit.json", 30)
    assert ["searchkit.json is damaged" in problem for problem in verify(folder).problems] == [True]
    assert texts(folder) == before
    assert verify(folder, repair=True).remaining == ()
    assert verify(folder).problems == ()


def test_the_command_says_what_is_wrong_and_mends_it(folder, library):
    def run(*arguments):
        return CliRunner().invoke(cli.main, ["verify", "--index", str(folder), *arguments])

    done = run()
    assert (done.exit_code, done.stdout) == (0, "Nothing is wrong: 7 documents and 6 files were compared.\n")
    flip(folder / "searchkit.json", 30)
    done = run()
    assert done.exit_code == 2
    assert "--repair" in done.stderr
    done = run("--repair")
    assert done.exit_code == 0
    assert done.stdout.endswith("Everything was mended.\n")
