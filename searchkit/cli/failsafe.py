"""The last net below every command: whatever goes wrong becomes one sentence and an exit code, never a traceback."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from searchkit.cli import output
from searchkit.errors import SearchkitError


@contextmanager
def errors_in_one_line() -> Iterator[None]:
    """Turn everything that can go wrong into one sentence and exit code 2; a closed pipe is no error."""
    try:
        yield
        output.flush()
    except SearchkitError as error:
        _fail(str(error))
    except BrokenPipeError:
        output.discard()
        sys.exit(0)
    except (KeyboardInterrupt, click.Abort):
        _fail("Interrupted: what was done so far is kept.")
    except click.exceptions.Exit:
        raise
    except click.ClickException as error:
        shown = io.StringIO()
        error.show(file=shown)
        for line in shown.getvalue().splitlines():
            output.echo(line, err=True)
        sys.exit(error.exit_code)
    except OSError as error:
        _fail(f"{error.filename or 'The system'}: {error.strerror or error}.")
    except Exception as error:
        if os.environ.get("SEARCHKIT_DEBUG"):
            raise
        _fail(f"Unexpected {type(error).__name__}: {error}. Set SEARCHKIT_DEBUG=1 to see where, and report it.")


def _fail(sentence: str) -> None:
    output.echo(f"Error: {sentence}", err=True)
    sys.exit(2)
