"""An engine's folder that has lost what says which of its files count: nothing of it may be deleted, or taken for mended."""

import shutil
from pathlib import Path

import pytest

import searchkit
from searchkit import BrokenIndexError, Document
from searchkit.collection import description


@pytest.fixture
def sources(tmp_path):
    folder = tmp_path / "docs"
    folder.mkdir()
    for number in range(3):
        (folder / f"f{number}.txt").write_text(f"apple {number}")
    return folder


@pytest.fixture(params=["whoosh", "tantivy"])
def index(request, tmp_path, sources):
    if request.param == "tantivy":
        pytest.importorskip("tantivy")
    with searchkit.open(tmp_path / "index", engine=request.param, create=True) as opened:
        opened.sync([sources])
    return tmp_path / "index"


def engine_folder(index: Path) -> Path:
    described = description.read(index)
    assert described is not None
    return index / described.folder


@pytest.mark.parametrize("described", [True, False])
def test_an_update_deletes_nothing(index, sources, described):
    folder = engine_folder(index)
    (folder / "commit.json").unlink()
    if not described:
        (index / description.FILE_NAME).unlink()
    before = sorted(path.name for path in folder.iterdir())
    with pytest.raises(BrokenIndexError, match="verify --repair"), searchkit.open(index, create=True) as opened:
        opened.sync([sources])
    assert sorted(path.name for path in folder.iterdir()) == before


@pytest.mark.parametrize("change", [lambda file: file.unlink(), lambda file: file.write_bytes(b"")])
def test_mending_what_cannot_be_read_keeps_it_aside_and_says_so(index, sources, change):
    folder = engine_folder(index)
    change(folder / "commit.json")
    (index / description.MANIFEST).unlink()
    with searchkit.Index(index) as opened:
        found = opened.verify(repair=True)
    assert any("index the folders of your documents again" in problem for problem in found.remaining)
    (kept,) = description.kept_aside(index)
    assert kept.name.startswith(folder.name)
    with searchkit.open(index, create=True) as opened:
        opened.sync([sources])
        assert len(opened) == 3
        assert any(str(kept) in problem for problem in opened.verify().problems)
    shutil.rmtree(kept)
    with searchkit.open(index, create=True) as opened:
        assert opened.verify().problems == ()


def test_documents_without_a_file_are_not_lost_without_a_word(index):
    with searchkit.open(index, create=True) as opened:
        opened.add([Document("own", "quince")])
    (engine_folder(index) / "commit.json").write_bytes(b"{")
    with searchkit.Index(index) as opened:
        found = opened.verify(repair=True)
    assert any("those without a file" in problem for problem in found.remaining)


def test_a_description_nested_too_deep_is_recognised_as_damaged(index):
    (index / description.FILE_NAME).write_text("[" * 100_000)
    assert not description.is_sound(index)
    with searchkit.open(index, create=True) as opened:
        assert len(opened) == 3
