"""External merge sort: sorted runs, of which memory holds one at a time, become one (Knuth, TAOCP 3, section 5.4)."""

from __future__ import annotations

import marshal
import tempfile
from collections.abc import Iterable, Iterator
from heapq import merge
from itertools import islice
from typing import IO

_BLOCK = 512
"""Texts of a run that are read at once."""
_SIZE = 4
"""Bytes of the size of a block."""


def merged(runs: Iterable[Iterable[str]]) -> Iterator[str]:
    """The texts of all runs, each of which is in order, in order; they go through a temporary file."""
    with tempfile.TemporaryFile(prefix="searchkit-") as file:
        spans = [_written(file, run) for run in runs]
        yield from merge(*(_read(file, start, end) for start, end in spans))


def _written(file: IO[bytes], run: Iterable[str]) -> tuple[int, int]:
    start, texts = file.tell(), iter(run)
    while block := list(islice(texts, _BLOCK)):
        content = marshal.dumps(block)
        file.write(len(content).to_bytes(_SIZE, "little") + content)
    return start, file.tell()


def _read(file: IO[bytes], start: int, end: int) -> Iterator[str]:
    while start < end:
        file.seek(start)
        size = int.from_bytes(file.read(_SIZE), "little")
        block: list[str] = marshal.loads(file.read(size))
        yield from block
        start += _SIZE + size
