"""searchkit index: what it says and how it ends."""

# Tests as well, in searchkit/: display: update

import os
import signal
import subprocess
import sys

import pytest


def test_index_says_what_it_did(run):
    assert run("index", "papers").output == "2 added. The index holds 2 documents.\n"
    assert run("index", "papers").output == "2 unchanged. The index holds 2 documents.\n"


def test_index_reports_failed_files_and_exits_with_2(run, tmp_path):
    (tmp_path / "papers" / "empty.txt").touch()
    result = run("index", "papers")
    assert result.exit_code == 2
    assert "2 added, 1 file failed" in result.output
    assert "Failed: papers/empty.txt: is empty" in result.stderr


def test_a_file_with_several_broken_rows_is_one_file(run, tmp_path):
    (tmp_path / "papers" / "rows.jsonl").write_text('{"text": "whole"}\n[1]\n[2]\n[3]\n')
    assert "3 added, 1 file failed" in run("index", "papers").stdout
    assert "1 file of the collection could not be read: papers/rows.jsonl." in run("mentions", "whole").output


def test_the_index_folder_comes_from_the_environment(run):
    assert run("index", "papers", env={"SEARCHKIT_INDEX": "elsewhere"}).exit_code == 0
    assert run("search", "memorandum").exit_code == 2
    assert run("search", "memorandum", env={"SEARCHKIT_INDEX": "elsewhere"}).exit_code == 0


def test_a_given_path_that_is_not_utf_8_costs_the_others_nothing(run):
    """As `searchkit index papers/*` gives it, whether it is there or not."""
    result = run("index", "papers", "papers/\udcff.txt")
    assert result.exit_code == 2
    assert result.stdout == "2 added, 1 file failed. The index holds 2 documents.\n"
    assert "Failed: papers/\\xff.txt: has a name that is not UTF-8" in result.stderr


def test_without_paths_what_was_indexed_before_is_updated(run, tmp_path):
    assert run("index").exit_code == 2
    assert "There is no index" in run("index").stderr
    run("index", "papers")
    (tmp_path / "papers" / "new.txt").write_text("One more paper.", encoding="utf-8")
    assert run("index").output == "1 added, 2 unchanged. The index holds 3 documents.\n"


def test_options_of_a_folder_need_the_folder(run):
    run("index", "papers")
    result = run("index", "--exclude", "*.txt")
    assert result.exit_code == 2
    assert "Name the PATH as well" in result.stderr


@pytest.mark.skipif(os.name == "nt", reason="Windows sends no interrupt to one process alone")
def test_watching_goes_on_until_it_is_interrupted(tmp_path):
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "one.txt").write_text("A memorandum.", encoding="utf-8")
    command = [sys.executable, "-m", "searchkit", "index", "papers", "--watch"]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, text=True, encoding="utf-8") as process:
        assert process.stdout.readline() == "1 added. The index holds 1 document.\n"
        (tmp_path / "papers" / "two.txt").write_text("Another memorandum.", encoding="utf-8")
        assert process.stdout.readline() == "1 added. The index holds 2 documents.\n"
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 0


def test_watching_takes_no_orders_for_one_update(run):
    result = run("index", "papers", "--watch", "--force")
    assert result.exit_code == 2
    assert "without --watch" in result.stderr
