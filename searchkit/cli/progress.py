"""How far a long command is: a bar on a terminal, nothing elsewhere."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import Any

import click


class ProgressBar:
    """Click's progress bar, made with the first call, when the total is known. A context manager that closes it."""

    def __init__(self) -> None:
        self._bar: Any = None
        self._total: int | None = None

    def __enter__(self) -> ProgressBar:
        return self

    def __call__(self, done: int, total: int | None, path: str) -> None:
        from searchkit.display import update

        if not sys.stderr or not sys.stderr.isatty():
            return
        if self._bar is not None and total != self._total:
            self.__exit__(None, None, None)  # another part of the work has begun
            self._bar = None
        self._total = total
        if self._bar is None:
            self._bar = click.progressbar(
                length=total, show_pos=True, item_show_func=update.progress, file=sys.stderr, update_min_steps=10
            )
            self._bar.__enter__()
        self._bar.update(1, path)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.__exit__(None, None, None)
