"""The last net below every command: whatever goes wrong becomes one sentence and an exit code, never a traceback.

SEARCHKIT_DEBUG=1 shows the traceback before the sentence.
"""

from __future__ import annotations

import contextlib
import errno
import io
import os
import sys
import threading
from collections.abc import Iterator
from typing import Any, NoReturn

import click

from searchkit.cli import output
from searchkit.display.screen import one_line
from searchkit.errors import SearchkitError
from searchkit.locale.spoken import say, sentence

ERROR = 2
_INTERRUPTED = 130
"""The exit code of a program that Ctrl-C ended: 128 and the number of the signal."""
_LONGEST = 2_000
"""Code points of a message; the rest of a longer one says nothing more."""

_ADVICE = {
    errno.ENOSPC: "the disk is full; free some space and run the command again",
    errno.EIO: "the disk reports an error; check it, or copy the files to another one",
    errno.EROFS: "the disk can only be read; choose a folder on another one",
    errno.EACCES: "permission is missing; ask its owner for it, or choose another place",
    errno.EPERM: "permission is missing; ask its owner for it, or choose another place",
    errno.ENOENT: "there is no such file or folder; check the spelling of the path",
    errno.EMFILE: "too many files are open; close other programs, or raise the limit with ulimit -n",
    errno.ENFILE: "too many files are open on this computer; close other programs",
    errno.ENOMEM: "memory ran out; close other programs",
    errno.ENAMETOOLONG: "the name is too long; choose a shorter one",
}


class Terminated(KeyboardInterrupt):
    """The system, or somebody with `kill`, asks the program to end: it ends as on Ctrl-C."""

    def __init__(self, signal_number: int) -> None:
        super().__init__()
        self.signal_number = signal_number


def end_on_signals() -> None:
    """Have SIGTERM, and the end of the terminal, end the program as Ctrl-C does, with everything closed."""
    import signal

    if threading.current_thread() is not threading.main_thread():
        return
    for name in ("SIGTERM", "SIGHUP", "SIGBREAK"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) == signal.SIG_DFL:  # under nohup it is ignored, and stays so
            signal.signal(number, _terminate)


def _terminate(number: int, _: Any) -> None:
    import signal

    signal.signal(number, signal.SIG_IGN)  # a second one must not disturb the closing
    raise Terminated(number)


@contextlib.contextmanager
def errors_in_one_line() -> Iterator[None]:
    """Turn everything that can go wrong into one sentence and exit code 2; a closed pipe is no error."""
    try:
        try:
            yield
        finally:
            output.flush()
    except click.exceptions.Exit:
        raise
    except click.Abort:
        _fail(say("Interrupted: what was done so far is kept."), _INTERRUPTED)
    except click.ClickException as error:
        _usage(error)
    except Terminated as error:
        _fail(say("Ended by the system: what was done so far is kept."), 128 + error.signal_number)
    except KeyboardInterrupt:
        _fail(say("Interrupted: what was done so far is kept."), _INTERRUPTED)
    except SearchkitError as error:
        _fail(sentence(str(error)))
    except OSError as error:
        if output.is_closed_pipe(error):
            output.discard()
            sys.exit(0)
        _fail(_of_system(error))
    except MemoryError:
        _fail(say("Memory ran out: close other programs, or work on fewer documents at a time."))
    except RecursionError:
        _fail(say("Something is nested too deeply: simplify the query, or split the file."))
    except Exception as error:
        _fail(
            say(
                "Unexpected %(kind)s: %(error)s. Set SEARCHKIT_DEBUG=1 to see where, and report it.",
                kind=type(error).__name__,
                error=error,
            )
        )


def _of_system(error: OSError) -> str:
    reason = sentence(_ADVICE.get(error.errno or 0, "")) or error.strerror or str(error)
    place = error.filename or say("The system")
    return f"{place}: {reason}."


def _usage(error: click.ClickException) -> NoReturn:
    """As click says it: how the command is used, and what was wrong."""
    shown = io.StringIO()
    error.show(file=shown)
    with contextlib.suppress(OSError, ValueError):
        output.echo_all(shown.getvalue().splitlines(), err=True)
    sys.exit(error.exit_code)


def _fail(sentence: str, code: int = ERROR) -> NoReturn:
    line = one_line(sentence)
    with contextlib.suppress(OSError, ValueError):  # where even errors cannot be written, the exit code tells
        if os.environ.get("SEARCHKIT_DEBUG"):
            import traceback

            output.echo_all(traceback.format_exc().splitlines(), err=True)
        shown = line if len(line) <= _LONGEST else line[:_LONGEST] + "…"
        output.echo(say("Error: %(sentence)s", sentence=shown), err=True)
    with contextlib.suppress(OSError, ValueError):
        output.flush()
        sys.exit(code)
    output.discard()
    sys.exit(code)
