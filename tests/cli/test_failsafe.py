"""Whatever goes wrong inside a command: one sentence, an exit code, no traceback."""

# Tests as well, in searchkit/: errors

import errno
import os
import signal
import subprocess
import sys
import textwrap

import pytest

from searchkit.collection.index import Index
from searchkit.errors import BrokenIndexError, SearchkitError

CASES = [
    (SearchkitError("Do this."), 2, "Error: Do this.\n"),
    (BrokenIndexError("two\nlines"), 2, "Error: two lines\n"),
    (KeyboardInterrupt(), 130, "Error: Interrupted: what was done so far is kept.\n"),
    (MemoryError(), 2, "Error: Memory ran out"),
    (RecursionError("maximum recursion depth exceeded"), 2, "Error: Something is nested too deeply"),
    (OSError(errno.ENOSPC, "No space left on device", "index/x"), 2, "Error: index/x: the disk is full; free"),
    (OSError(errno.EIO, "Input/output error"), 2, "Error: The system: the disk reports an error"),
    (PermissionError(errno.EACCES, "Permission denied", "index"), 2, "Error: index: permission is missing; ask"),
    (OSError(errno.EXDEV, "Invalid cross-device link", "a"), 2, "Error: a: Invalid cross-device link."),
    (OSError("no number"), 2, "Error: The system: no number."),
    (ValueError("odd \x1b[31m value"), 2, "Error: Unexpected ValueError: odd ␛[31m value. Set SEARCHKIT_DEBUG=1"),
    (KeyError("x" * 100_000), 2, "Error: Unexpected KeyError: 'xxx"),
    (AssertionError(), 2, "Error: Unexpected AssertionError"),
    (UnicodeEncodeError("utf-8", "\ud800", 0, 1, "surrogates not allowed"), 2, "Error: Unexpected UnicodeEncodeError"),
]


@pytest.mark.parametrize(("error", "code", "sentence"), CASES, ids=lambda value: type(value).__name__)
def test_one_sentence_and_an_exit_code(indexed, monkeypatch, error, code, sentence):
    def fail(*_, **__):
        raise error

    monkeypatch.setattr(Index, "search", fail)
    monkeypatch.delenv("SEARCHKIT_DEBUG", raising=False)
    result = indexed("search", "memorandum")
    assert (result.exit_code, result.stdout) == (code, "")
    assert result.stderr.startswith(sentence)
    assert result.stderr.count("\n") == 1
    assert len(result.stderr) < 3_000


def test_the_traceback_shows_where_it_is_asked_for(indexed, monkeypatch):
    def fail(*_, **__):
        raise ValueError("\x1b[31m")

    monkeypatch.setattr(Index, "search", fail)
    result = indexed("search", "memorandum", env={"SEARCHKIT_DEBUG": "1"})
    assert result.exit_code == 2
    assert result.stderr.startswith("Traceback")
    assert "\x1b" not in result.stderr
    assert result.stderr.splitlines()[-1].startswith("Error: Unexpected ValueError")


def test_wrong_usage_says_how_it_is_used(indexed):
    result = indexed("search")
    assert result.exit_code == 2
    assert result.stderr.startswith("Usage: ")
    assert "Give QUERY or --from FILE" in result.stderr
    assert indexed("serch", "x").exit_code == 2


def searchkit(*arguments, before="", **settings):
    """The command in a process of its own, after some code."""
    code = f"{textwrap.dedent(before)}\nfrom searchkit.cli import main\nmain(prog_name='searchkit')"
    return subprocess.Popen([sys.executable, "-c", code, *arguments], stderr=subprocess.PIPE, text=True, **settings)


STOPS = """
    import signal, sys
    from searchkit.collection.index import Index
    def sync(self, *_, **__):
        print("ready", flush=True)
        signal.pause()
    Index.sync = sync
"""


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="these signals are those of POSIX")
@pytest.mark.parametrize(
    ("number", "code", "sentence"),
    [
        (signal.SIGINT, 130, "Error: Interrupted: what was done so far is kept.\n"),
        (signal.SIGTERM, 143, "Error: Ended by the system: what was done so far is kept.\n"),
        (getattr(signal, "SIGHUP", 1), 129, "Error: Ended by the system: what was done so far is kept.\n"),
    ],
)
def test_signals_end_an_update_in_one_line_and_the_index_answers(indexed, tmp_path, number, code, sentence):
    process = searchkit("index", "papers", before=STOPS, stdout=subprocess.PIPE, cwd=tmp_path)
    assert process.stdout.readline() == "ready\n"
    process.send_signal(number)
    _, said = process.communicate(timeout=60)
    assert (process.returncode, said) == (code, sentence)
    assert indexed("search", "memorandum").exit_code == 0
    assert indexed("index", "papers").exit_code == 0  # the lock is free


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="nohup is of POSIX")
def test_under_nohup_the_end_of_the_terminal_ends_nothing(indexed, tmp_path):
    before = "import signal\nsignal.signal(signal.SIGHUP, signal.SIG_IGN)\nimport os\n" + (
        "from searchkit.collection.index import Index\nmentions = Index.mentions\n"
        "Index.mentions = lambda *a, **k: (os.kill(os.getpid(), signal.SIGHUP), mentions(*a, **k))[1]"
    )
    process = searchkit("mentions", "Nurgalieva", before=before, stdout=subprocess.PIPE, cwd=tmp_path)
    shown, said = process.communicate(timeout=60)
    assert (process.returncode, said) == (0, "")
    assert shown.endswith("2 mentions in 2 of 2 documents.\n")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no device that is always full")
@pytest.mark.parametrize(
    "command", [["search", "memorandum"], ["stats", "--json"], ["mentions", "Nurgalieva", "--csv"]]
)
def test_an_output_that_is_full_is_said(indexed, tmp_path, command):
    with open("/dev/full", "w") as full:
        process = searchkit(*command, stdout=full, cwd=tmp_path)
        _, said = process.communicate(timeout=60)
    assert process.returncode == 2
    assert said == "Error: The system: the disk is full; free some space and run the command again.\n"


@pytest.mark.skipif(os.name == "nt", reason="the shell is of POSIX")
@pytest.mark.parametrize("command", ["search memorandum", "search zebra", "mentions Nurgalieva --csv", "stats --json"])
def test_a_reader_who_has_had_enough_is_no_error(indexed, tmp_path, command):
    done = subprocess.run(
        ["sh", "-c", f"{sys.executable} -m searchkit {command} | true"], capture_output=True, cwd=tmp_path, check=False
    )
    assert done.stderr == b""
