"""Follow files as they change: the paths that changed, in batches, as the system tells of them (watchfiles).

A given folder that vanishes, or is replaced by another, as when a disk is taken out and put back, is looked at as a whole
when that is seen; `vanished` sees to it that its documents stay.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence

from searchkit.documents.walk import IGNORE, is_hidden
from searchkit.errors import LockedIndexError, SearchkitError
from searchkit.model import SyncReport

TICK = 1.0
"""Seconds between two looks at whether the given paths are there."""
QUIET = 0.1
"""Seconds without a change after which those before travel together: a program that saves a file changes it several times."""
LONGEST = 1.0
"""Seconds after which changes travel even if more follow."""

Update = Callable[["set[str] | None"], SyncReport]
"""Brings the index up to date with the files at or below these paths; None: with all files."""


def reports(paths: Sequence[str], index: str, update: Update) -> Iterator[SyncReport]:
    """The report of each update: first of all files at or below `paths`, then of those that change. Goes on until it is closed.

    Changes below the folder `index` and of hidden files are passed over. While another process updates the index, changes are
    kept for later. Raises what `update` raises, and SearchkitError where the system cannot watch the files.
    """
    pending: set[str] | None = None
    there: dict[str, tuple[int, int]] | None = None
    changes: Iterator[set[str]] = iter(())
    while True:
        if there != (now := _identities(paths)):
            there, pending = now, None
            changes = _changes(list(now), index)
            next(changes)  # from here on, no change goes unnoticed
        if pending is None or pending:
            try:
                report = update(pending)
            except LockedIndexError:
                time.sleep(TICK)
            else:
                pending = set()
                yield report
        changed = next(changes)
        if pending is not None:
            pending |= changed


def _identities(paths: Sequence[str]) -> dict[str, tuple[int, int]]:
    """The paths that are there, each with the device and inode of what it leads to."""
    found = {}
    for path in paths:
        try:
            status = os.stat(path)
        except OSError:
            continue
        found[path] = status.st_dev, status.st_ino
    return found


def _changes(paths: list[str], index: str) -> Iterator[set[str]]:
    """The paths that have changed since the last batch; an empty batch now and then."""
    while not paths:
        time.sleep(TICK)
        yield set()
    import watchfiles

    def is_wanted(_: object, path: str) -> bool:
        if path == index or path.startswith(index + os.sep):
            return False
        root = max((root for root in paths if path.startswith(root)), key=len, default="")
        parts = path.removeprefix(root).split(os.sep)
        return parts[-1] == IGNORE or not any(map(is_hidden, parts))

    milliseconds = [round(1000 * seconds) for seconds in (LONGEST, QUIET, TICK)]
    try:
        for batch in watchfiles.watch(
            *paths,
            watch_filter=is_wanted,
            debounce=milliseconds[0],
            step=milliseconds[1],
            rust_timeout=milliseconds[2],
            yield_on_timeout=True,
        ):
            # What a list of exclusions says holds for its whole folder.
            yield {os.path.dirname(path) if os.path.basename(path) == IGNORE else path for _, path in batch}
    except FileNotFoundError:
        while True:  # it has just vanished: the next look tells
            yield set()
    except (OSError, RuntimeError) as error:
        raise SearchkitError(
            f"The system cannot watch these files ({error}): raise its limit (on Linux fs.inotify.max_user_watches), or run"
            " searchkit index from time to time."
        ) from error
