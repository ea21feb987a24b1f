"""Several searches at once: Tantivy lets other threads of Python run while it works."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import TypeVar

Result = TypeVar("Result")


def together(tasks: Sequence[Callable[[], Result]]) -> list[Result]:
    """The results of all tasks, in order, each from a thread of its own. Raises what the first that failed raised."""
    results: dict[int, Result] = {}
    errors: dict[int, BaseException] = {}

    def run(place: int) -> None:
        try:
            results[place] = tasks[place]()
        # Tantivy's panics are no Exception.
        except BaseException as error:
            errors[place] = error

    threads = [threading.Thread(target=run, args=(place,)) for place in range(1, len(tasks))]
    for thread in threads:
        thread.start()
    if tasks:
        run(0)
    for thread in threads:
        thread.join()
    for place in sorted(errors):
        raise errors[place]
    return [results[place] for place in range(len(tasks))]
