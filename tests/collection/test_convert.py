"""Moving an index to another engine without reading its files."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

import searchkit
from searchkit import cli
from searchkit.collection import convert, index

SEEDS = Path(__file__).parent.parent.parent / "seeds"
QUERIES = [
    "memorandum",
    "library",
    '"national library"',
    "Gaziza Nurgaliyeva",
    "lang:kk",
    "date:2026",
    "мура*",
    "kutubxona~1",
]


@pytest.fixture
def seeds(tmp_path):
    shutil.copytree(SEEDS, tmp_path / "seeds")
    with searchkit.open(tmp_path / "index", create=True) as opened:
        opened.sync([tmp_path / "seeds"])
    return tmp_path


def answers(opened):
    found = {query: {hit.id for hit in opened.search(query, limit=100)} for query in QUERIES}
    found["mentions"] = {(mention.document_id, mention.start) for mention in opened.mentions("Gaziza Nurgalieva")}
    return found


def test_the_same_answers_from_the_other_engine_and_back(seeds, monkeypatch):
    pytest.importorskip("tantivy", reason="the tantivy engine is an extra")
    with searchkit.open(seeds / "index", create=True) as opened:
        before = answers(opened)
        assert opened.convert("tantivy") == 15
        assert answers(opened) == before
    shutil.rmtree(seeds / "seeds" / "none", ignore_errors=True)
    with searchkit.open(seeds / "index", create=True) as opened:
        assert answers(opened) == before
        report = opened.sync([seeds / "seeds"])
        assert (report.unchanged, report.added, report.updated) == (15, 0, 0)
        opened.convert("whoosh")
        assert answers(opened) == before
    assert not list((seeds / "index").glob("tantivy*"))


def test_an_interruption_leaves_the_old_engine(seeds, monkeypatch):
    pytest.importorskip("tantivy", reason="the tantivy engine is an extra")

    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(convert.records, "reindexed", interrupted)
    with searchkit.open(seeds / "index", create=True) as opened:
        with pytest.raises(KeyboardInterrupt):
            opened.convert("tantivy")
        assert opened.search("memorandum").total == 6
    assert not list((seeds / "index").glob("tantivy*"))
    with searchkit.open(seeds / "index", create=True) as opened:
        assert opened.statistics()["engine"] == "whoosh"


def test_an_engine_that_is_not_there(seeds):
    with (
        searchkit.open(seeds / "index", create=True) as opened,
        pytest.raises(searchkit.SearchkitError, match="choose one of"),
    ):
        opened.convert("lucene")
    with pytest.raises(searchkit.SearchkitError, match="choose one of"):
        searchkit.open(seeds / "other", engine="lucene", create=True)
    assert not (seeds / "other").exists()


def test_the_faster_engine_is_suggested_once(seeds, monkeypatch):
    monkeypatch.setattr(index, "MANY_DOCUMENTS", 10)
    arguments = ["index", str(seeds / "seeds"), "--index", str(seeds / "index")]
    assert "convert --engine tantivy" in CliRunner().invoke(cli.main, arguments).stderr
    assert "convert --engine tantivy" not in CliRunner().invoke(cli.main, arguments).stderr
