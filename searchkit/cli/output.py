"""The one way from a command to the terminal, a pipe or a file: every line passes `display.screen`."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import shutil
import sys
from collections.abc import Iterable
from typing import Any

import click

from searchkit.display import screen


def prepare_streams() -> None:
    """Set how text is written, whatever the code page.

    Files and pipes get UTF-8 with plain line ends, on every system, since what reads them may run elsewhere. A console gets
    its own encoding, and a question mark for each letter that it lacks.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            if stream.isatty():
                stream.reconfigure(errors="replace")
            else:
                stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def hide_messages_of_libraries() -> None:
    """Have the standard error of the process to ourselves, from here to its end.

    Libraries that are not written in Python write there past `sys.stderr`, such as Tantivy, several lines for each place of a
    damaged index. What they say comes as an exception too. Not on Windows, where they write another way.
    """
    stream = sys.stderr
    if os.name == "nt" or stream is not sys.__stderr__ or stream is None:
        return  # somebody has put another stream in its place
    assert stream is not None
    with contextlib.suppress(OSError):
        kept = os.dup(2)
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 2)
        os.close(nowhere)
        sys.stderr = os.fdopen(kept, "w", buffering=1, encoding=stream.encoding, errors=stream.errors)


def styled(err: bool = False) -> bool:
    """Colours only on a terminal, and not under NO_COLOR."""
    stream = sys.stderr if err else sys.stdout
    return not os.environ.get("NO_COLOR") and stream is not None and stream.isatty()


def echo(line: str = "", err: bool = False) -> None:
    """Print one line that may hold text from outside: nothing in it steers the terminal."""
    click.echo(screen.rendered(line, styled(err)), err=err)


def echo_all(lines: Iterable[str], err: bool = False) -> None:
    """Print lines, each as `echo` does."""
    for line in lines:
        echo(line, err)


def page(lines: Iterable[str]) -> None:
    """Print lines; on a terminal that they do not fit, by the user's pager."""
    if not styled() or not sys.stdin or not sys.stdin.isatty():
        echo_all(lines)
        return
    shown = [f"{screen.rendered(line, styled=True)}\n" for line in lines]
    size = shutil.get_terminal_size()
    if sum(1 + len(line) // size.columns for line in shown) < size.lines:
        click.echo("".join(shown), nl=False)
    else:
        click.echo_via_pager(shown, color=True)


def echo_json(value: Any) -> None:
    """Print a value as one line of JSON."""
    from searchkit.display import json_lines

    click.echo(json_lines.line(value))


def echo_table(rows: Iterable[str]) -> None:
    """Print the rows of a table, which bring their own line ends."""
    for row in rows:
        click.echo(row, nl=False)


def echo_raw(text: str) -> None:
    """Write text for a program as it is, half characters of file names too; to a terminal as `echo` does."""
    if sys.stdout is not None and sys.stdout.isatty():
        echo(text)
    else:
        click.echo(text.encode("utf-8", "surrogateescape"), nl=False)


def flush() -> None:
    """Write what is held back, so that an error shows now and not when Python ends."""
    if sys.stdout is not None:
        sys.stdout.flush()


def is_closed_pipe(error: OSError) -> bool:
    """Whether an error says that whoever read the output, as `head` does, has had enough."""
    return error.errno == errno.EPIPE or (
        sys.platform == "win32" and error.errno == errno.EINVAL and not error.filename
    )


def discard() -> None:
    """Nobody reads any more: what is still held back goes nowhere."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
