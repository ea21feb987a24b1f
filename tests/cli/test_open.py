"""searchkit open: the original of a document and nothing else."""

import click
import pytest

import searchkit


@pytest.fixture
def launched(monkeypatch):
    opened = []
    monkeypatch.setattr(click, "launch", lambda path: opened.append(path) or 0)
    return opened


def test_the_original_is_opened(indexed, tmp_path, launched):
    assert indexed("open", "one").exit_code == 0
    assert launched == [str(tmp_path / "papers" / "one.txt")]


def test_a_record_opens_the_file_that_holds_it(run, tmp_path, launched):
    (tmp_path / "papers" / "news.jsonl").write_text('{"id": "bus", "text": "A bus.", "source": "/bin/sh"}\n')
    run("index", "papers")
    assert run("open", "papers/news.jsonl#bus").exit_code == 0
    assert launched == [str(tmp_path / "papers" / "news.jsonl")]


def test_where_it_is(indexed, tmp_path, launched):
    assert indexed("open", "one", "--where").stdout == f"{tmp_path / 'papers' / 'one.txt'}\n"
    assert launched == []


def test_what_a_document_says_of_its_source_is_not_opened(indexed, launched):
    with searchkit.open("index", create=True) as index:
        index.add([searchkit.Document("planted", "text", source="/bin/sh")])
    result = indexed("open", "planted")
    assert (result.exit_code, launched) == (2, [])
    assert "was added without a file: read it with searchkit show" in result.stderr


def test_an_original_that_is_gone(indexed, tmp_path, launched):
    (tmp_path / "papers" / "one.txt").unlink()
    result = indexed("open", "one")
    assert (result.exit_code, launched) == (2, [])
    assert "is not there any more: bring the index up to date" in result.stderr


def test_a_computer_without_a_program_for_it(indexed, monkeypatch):
    monkeypatch.setattr(click, "launch", lambda path: 1)
    assert "no program that opens" in indexed("open", "one").stderr
