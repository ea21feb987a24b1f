"""searchkit.json: lost, damaged, half made, of other versions, or with a name in it that would lead elsewhere."""

import json
import multiprocessing
import shutil

import pytest

import searchkit
from searchkit.collection import description

DOCUMENT = searchkit.Document("1", "A memorandum.")


@pytest.fixture
def folder(tmp_path):
    with searchkit.open(tmp_path / "index", create=True) as index:
        index.add([DOCUMENT])
    return tmp_path / "index"


def found(folder):
    with searchkit.open(folder, create=False) as index:
        return [hit.id for hit in index.search("memorandum")]


DAMAGE = [
    lambda file: file.unlink(),
    lambda file: file.write_bytes(b""),
    lambda file: file.write_text("{"),
    lambda file: file.write_text("[]"),
    lambda file: file.write_bytes(bytes(200)),
    lambda file: file.write_text(file.read_text().replace("whoosh", "whoosg")),
    lambda file: file.write_text(json.dumps({"format": 1, "engine": "../../other"})),
    lambda file: file.write_text(json.dumps({"format": 1, "engine": 7})),
    lambda file: file.with_name("searchkit.json.new").write_text("{"),
]


@pytest.mark.parametrize("damage", DAMAGE)
def test_the_documents_do_not_need_it(folder, damage):
    damage(folder / "searchkit.json")
    assert found(folder) == ["1"]
    with searchkit.open(folder, create=True) as index:
        index.add([searchkit.Document("2", "Another memorandum.")])
    assert sorted(found(folder)) == ["1", "2"]


def test_nothing_outside_the_index_is_opened_or_made(tmp_path):
    (tmp_path / "index").mkdir()
    (tmp_path / "index" / "searchkit.json").write_text(json.dumps({"format": 1, "engine": "../elsewhere"}))
    with pytest.raises(searchkit.BrokenIndexError, match="damaged"):
        searchkit.open(tmp_path / "index", create=True)
    assert not (tmp_path / "elsewhere").exists()


HALF_MADE = [
    # what a first run that was ended early can leave
    lambda folder: folder.mkdir(),
    lambda folder: (folder.mkdir(), (folder / "write.lock").touch()),
    lambda folder: (folder.mkdir(), (folder / "searchkit.json.new").write_text("{")),
    lambda folder: (folder.mkdir(), (folder / "whoosh").mkdir(), (folder / "manifest.sqlite").touch()),
    lambda folder: (
        folder.mkdir(),
        description.write(folder, description.Description("whoosh", "whoosh-00000000", 2, new=True)),
    ),
]


@pytest.mark.parametrize("make", HALF_MADE)
def test_a_half_made_index_is_begun_anew(tmp_path, make):
    make(tmp_path / "index")
    with pytest.raises(searchkit.BrokenIndexError, match="make one"):
        searchkit.open(tmp_path / "index", create=False)
    with searchkit.open(tmp_path / "index", create=True) as index:
        index.add([DOCUMENT])
    assert found(tmp_path / "index") == ["1"]


def _add(folder, number):
    with searchkit.open(folder, create=True) as index:
        for _ in range(100):
            try:
                index.add([searchkit.Document(str(number), "A memorandum.")])
                return
            except searchkit.LockedIndexError:
                pass


def test_several_first_runs_at_once_make_one_index(tmp_path):
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=_add, args=(tmp_path / "index", number)) for number in range(4)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0] * 4
    assert sorted(found(tmp_path / "index")) == ["0", "1", "2", "3"]


def test_what_an_interrupted_conversion_left_is_deleted_by_the_next_writer(folder):
    shutil.copytree(folder / description.read(folder).folder, folder / "tantivy-0123abcd")
    (folder / "lexicon").mkdir()
    with searchkit.open(folder, create=True) as index:
        index.add([DOCUMENT])
    assert not (folder / "tantivy-0123abcd").exists()
    assert (folder / "lexicon").exists()


def outdated(folder):
    """Make it an index of the format and the analysis before."""
    described = description.read(folder)
    (folder / described.folder).rename(folder / "whoosh")
    (folder / "searchkit.json").write_text(json.dumps({"format": 1, "engine": "whoosh"}))


def test_an_index_of_an_earlier_analysis_answers_and_is_brought_up_by_the_next_change(folder):
    outdated(folder)
    with searchkit.open(folder, create=False) as index:
        assert index.outdated
        assert [hit.id for hit in index.search("memorandum")] == ["1"]
        index.add([searchkit.Document("2", "Another memorandum.")])
        assert not index.outdated
    assert sorted(found(folder)) == ["1", "2"]
    assert not (folder / "whoosh").exists()


def test_an_update_brings_it_up_without_reading_the_files_again(tmp_path, monkeypatch):
    (tmp_path / "library").mkdir()
    (tmp_path / "library" / "a.txt").write_text("A memorandum.")
    with searchkit.open(tmp_path / "index", create=True) as index:
        index.sync([tmp_path / "library"])
    outdated(tmp_path / "index")
    seen = []
    with searchkit.open(tmp_path / "index", create=True) as index:
        assert index.upgrade(lambda *progress: seen.append(progress)) == 1
        assert seen == [(1, 1, "library/a.txt")]
        assert index.upgrade() == 0
        report = index.sync([tmp_path / "library"])
    assert (report.unchanged, report.added, report.updated) == (1, 0, 0)


def test_an_interrupted_upgrade_leaves_the_old_index(folder, monkeypatch):
    outdated(folder)

    def interrupted(*_, **__):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("searchkit.collection.records.reindexed", interrupted)
        with searchkit.open(folder, create=True) as index, pytest.raises(KeyboardInterrupt):
            index.upgrade()
    assert found(folder) == ["1"]
    with searchkit.open(folder, create=True) as index:
        assert index.upgrade() == 1


def test_an_index_of_a_newer_analysis_is_searched_and_not_changed(folder):
    described = description.read(folder)
    description.write(folder, described._replace(analysis=999))
    assert found(folder) == ["1"]
    with (
        searchkit.open(folder, create=True) as index,
        pytest.raises(searchkit.BrokenIndexError, match="newer searchkit"),
    ):
        index.add([DOCUMENT])


def test_a_reader_follows_the_index_to_another_engine(folder):
    pytest.importorskip("tantivy", reason="the tantivy engine is an extra")
    with searchkit.open(folder, create=True) as reader:
        assert reader.search("memorandum").total == 1
        with searchkit.open(folder, create=True) as writer:
            writer.convert("tantivy")
        assert [hit.id for hit in reader.search("memorandum")] == ["1"]
