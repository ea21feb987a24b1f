"""How text leaves the program on each system. Windows is tried by streams like its own: a code page, a console."""

# Tests as well, in searchkit/: display: screen

import errno
import io
import os
import subprocess
import sys

import pytest

from searchkit.cli import output

TEXT = "Қазақ — o‘zbek \U0001f4da"


class Stream(io.TextIOWrapper):
    """An output with a code page and the line ends of Windows, a console or not."""

    def __init__(self, encoding, console):
        super().__init__(io.BytesIO(), encoding=encoding, errors="strict", newline="\r\n")
        self.console = console

    def isatty(self):
        return self.console

    def written(self):
        self.flush()
        return self.buffer.getvalue()


@pytest.fixture
def stream(monkeypatch):
    def make(encoding, console=False, name="stdout"):
        made = Stream(encoding, console)
        monkeypatch.setattr(sys, name, made)
        output.prepare_streams()
        return made

    return make


@pytest.mark.parametrize("encoding", ["cp1252", "cp1251", "cp866", "ascii", "utf-16", "utf-8"])
@pytest.mark.parametrize("name", ["stdout", "stderr"])
def test_files_and_pipes_get_utf_8_and_plain_line_ends(stream, encoding, name):
    made = stream(encoding, name=name)
    output.echo(TEXT, err=name == "stderr")
    assert made.written() == f"{TEXT}\n".encode()


@pytest.mark.parametrize("encoding", ["cp1252", "cp437", "latin-1"])
def test_a_console_shows_what_it_can(stream, encoding, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    made = stream(encoding, console=True)
    output.echo(f"{TEXT} end")
    assert made.written().startswith(b"?")
    assert b" end" in made.written()


def test_a_table_is_utf_8_with_a_mark_and_its_own_line_ends(stream):
    from searchkit.display import list_tables

    made = stream("cp1251")
    output.echo_table(list_tables.csv_lines(list_tables.DataTable(("қол", "a"), [(1, None)])))
    assert made.written() == "\ufeffқол,a\r\n1,\r\n".encode()


def test_halves_of_characters_never_raise(stream):
    made = stream("cp1252")
    output.echo("a\udcffb")
    output.echo_json("a\ud800b")
    assert made.written() == b'a\\udcffb\n"a\\ud800b"\n'


def test_a_program_without_output_says_nothing(monkeypatch):
    """As under pythonw, and where the shell has closed it."""
    monkeypatch.setattr(sys, "stdout", None)
    output.prepare_streams()
    output.echo(TEXT)
    output.flush()
    output.discard()


@pytest.mark.parametrize(
    ("platform", "error", "closed"),
    [
        ("linux", OSError(errno.EPIPE, "Broken pipe"), True),
        ("win32", OSError(errno.EPIPE, "Broken pipe"), True),
        ("win32", OSError(errno.EINVAL, "Invalid argument"), True),  # what Windows says of a closed pipe
        ("win32", OSError(errno.EINVAL, "Invalid argument", "a?.txt"), False),
        ("linux", OSError(errno.EINVAL, "Invalid argument"), False),
        ("linux", OSError(errno.ENOSPC, "No space left on device"), False),
    ],
)
def test_a_closed_pipe_is_known_on_each_system(monkeypatch, platform, error, closed):
    monkeypatch.setattr(sys, "platform", platform)
    assert output.is_closed_pipe(error) is closed


def test_colours_stand_on_a_terminal_alone(stream, monkeypatch):
    from searchkit.display import screen

    monkeypatch.delenv("NO_COLOR", raising=False)
    made = stream("utf-8", console=True)
    output.echo(screen.bold("title") + screen.mark("word"))
    assert made.written() == b"\x1b[1mtitle\x1b[0m\x1b[33m\x1b[1mword\x1b[0m\r\n"
    monkeypatch.setenv("NO_COLOR", "1")
    assert not output.styled()
    made = stream("utf-8")
    output.echo(screen.bold("title") + screen.mark("word"))
    assert made.written() == b"title**word**\n"


def environment(**more):
    return {**os.environ, **more}


def test_no_color_and_pipes_are_plain(indexed, tmp_path):
    command = [sys.executable, "-m", "searchkit", "search", "memorandum"]
    done = subprocess.run(command, capture_output=True, cwd=tmp_path, env=environment(NO_COLOR="1"), check=True)
    assert b"\x1b" not in done.stdout
