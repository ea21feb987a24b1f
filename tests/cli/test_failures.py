"""searchkit failures: what could not be read, by reason."""

import json

import pytest

from searchkit.collection.index import Index


@pytest.fixture
def failed(run, tmp_path):
    for name in ("a", "b", "c"):
        (tmp_path / "papers" / f"{name}.txt").touch()
    (tmp_path / "papers" / "broken.pdf").write_bytes(b"%PDF-1.4 broken")
    run("index", "papers")
    return run


def test_files_stand_under_their_reason_the_most_frequent_first(failed):
    result = failed("failures")
    assert result.exit_code == 0
    first, *paths = result.stdout.splitlines()[:4]
    assert first.startswith("3 files: is empty")
    assert paths == ["   papers/a.txt", "   papers/b.txt", "   papers/c.txt"]
    assert "   papers/broken.pdf" in result.stdout


def test_failures_for_programs(failed):
    *entries, end = map(json.loads, failed("failures", "--json").stdout.splitlines())
    assert {entry["path"] for entry in entries} == {
        f"papers/{name}" for name in ("a.txt", "b.txt", "c.txt", "broken.pdf")
    }
    assert end == {"end": {"failed": 4, "reasons": 2}}
    assert failed("failures", "--csv").stdout_bytes.decode("utf-8-sig").startswith("path,reason\r\n")


def test_where_all_could_be_read(indexed):
    assert (indexed("failures").exit_code, indexed("failures").stdout) == (1, "Every file could be read.\n")


def test_while_an_update_runs(indexed, monkeypatch):
    monkeypatch.setattr(Index, "failures", lambda self: None)
    result = indexed("failures")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "until an update has come to its end" in result.stderr
