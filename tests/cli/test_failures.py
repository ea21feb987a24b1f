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


def test_what_was_mended_is_named_by_stats_and_listed(run, tmp_path):
    garbled = "Қазақстан тарихы, кітапхана мен мұрағат".encode().decode("cp1251", "replace")
    for number in range(22):
        (tmp_path / "papers" / f"{number:02}.txt").write_text(f"{garbled} {number}", encoding="utf-8")
    run("index", "papers")
    lines = run("stats").output.splitlines()
    at = lines.index("documents in which garbled letters were mended: they had been read in a wrong encoding: 22")
    assert lines[at + 1] == "  papers/00.txt"
    assert lines[at + 21] == "  and 2 more, all of them: searchkit failures --repaired"
    listed = run("failures", "--repaired")
    assert listed.exit_code == 0
    assert listed.output.count("papers/") == 22
    assert run("failures", "--repaired", "--csv").output.count("papers/") == 22


def test_where_nothing_was_mended(indexed):
    result = indexed("failures", "--repaired")
    assert (result.exit_code, result.output) == (1, "No document had to be mended.\n")


def test_stats_count_many_failures_by_reason(run, tmp_path):
    for number in range(21):
        (tmp_path / "papers" / f"{number:02}.txt").touch()
    (tmp_path / "papers" / "a.pdf").write_text("text", encoding="utf-8")
    run("index", "papers")
    lines = run("stats").output.splitlines()
    at = lines.index("files that could not be read: 22")
    assert lines[at + 1] == "  21 files, such as papers/00.txt: is empty"
    assert lines[at + 2].startswith("  1 file, such as papers/a.pdf: is not a PDF")
