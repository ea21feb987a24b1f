"""Many files read at once, in worker processes, each file within limits of time and memory.

Workers are started with `subprocess`, not `multiprocessing`: no fork of a program with threads, and no second run of the
caller's main module. Each has a thread here that feeds it and takes its messages, in bounded queues, so that memory
does not grow with the number of files, nor with a file of many documents, however slowly the results are used.
On Windows and macOS the limit of memory is not enforced.
"""

from __future__ import annotations

import os
import queue
from collections import deque
from collections.abc import Iterable, Iterator
from typing import Any

from searchkit.documents.readers.formats import FORMATS, extension
from searchkit.documents.workers.protocol import FileResult, Job, hash_file
from searchkit.documents.workers.supervisor import POLL, Answer, Attendant, Batch

__all__ = ["FileResult", "Job", "hash_file", "read_files"]

SECONDS = 30.0
MEMORY = 1 << 30  # bytes
LARGEST_BATCH = 32  # files that travel together


def read_files(
    jobs: Iterable[Job],
    *,
    workers: int | None = None,
    transform: str | None = None,
    ordered: bool = False,
    seconds: float = SECONDS,
    memory: int = MEMORY,
) -> Iterator[FileResult]:
    """Read the files of `jobs` in `workers` processes (never more than there are jobs; by default one less than there
    are cores, since what is done with the results keeps one busy).

    Results come as files are done, or with `ordered` in the order of `jobs`; the parts of one file always in order and
    without another file's between them when `ordered`. `jobs` is consumed as needed, in the caller's thread.
    `transform`, "module:function", is called in the worker with each Document and the id of its job; its result travels
    instead, pickled, and a DocumentError that it raises is a Failure of that document.
    A file that takes longer than `seconds` without giving a document, needs more than `memory` bytes, or crashes its
    worker is a Failure, whatever parts of it came before; the others go on. Closing the iterator ends the workers.

    Raises RuntimeError where a worker cannot start, as when the transform cannot be imported.
    """
    settings = {"transform": transform, "seconds": seconds, "memory": memory}
    count = workers or max(1, (os.cpu_count() or 1) - 1)
    pool = _Pool(count, settings, ordered)
    try:
        yield from pool.run(iter(jobs))
    finally:
        pool.close()


class _Pool:
    def __init__(self, count: int, settings: dict[str, Any], ordered: bool) -> None:
        self._count = count
        self._settings = settings
        self._ordered = ordered
        self._inbox: queue.SimpleQueue[Batch | None] = queue.SimpleQueue()
        self._shared: queue.Queue[Answer] = queue.Queue(2 * count)
        self._attendants: list[Attendant] = []

    def run(self, jobs: Iterator[Job]) -> Iterator[FileResult]:
        under_way: deque[Batch] = deque()
        batches = self._batches(jobs)
        exhausted = False
        while True:
            while not exhausted and len(under_way) < 2 * self._count:
                batch = next(batches, None)
                if batch is None:
                    exhausted = True
                else:
                    under_way.append(batch)
                    self._submit(batch, len(under_way))
            if not under_way:
                return
            # In order, only the oldest batch is listened to; the others wait in their own full queues.
            answer = self._next(under_way[0].outbox)
            if answer.error:
                raise RuntimeError(f"a worker process cannot start: {answer.error}")
            if answer.done:
                under_way.popleft()  # out of order, all batches share one queue, and only their number matters
            yield from answer.results

    def close(self) -> None:
        for attendant in self._attendants:
            attendant.stop()
        for _ in self._attendants:
            self._inbox.put(None)
        for attendant in self._attendants:
            attendant.join()

    def _batches(self, jobs: Iterator[Job]) -> Iterator[Batch]:
        """Jobs in batches: of quick files several, ever more as there prove to be many; of others one."""
        made = 0
        jobs_of_batch: list[Job] = []
        for job in jobs:
            jobs_of_batch.append(job)
            form = FORMATS.get(extension(job.path))
            most = min(LARGEST_BATCH, 1 << made // (2 * self._count)) if form is None or form.quick else 1
            if len(jobs_of_batch) >= most:
                made += 1
                yield self._batch(jobs_of_batch)
                jobs_of_batch = []
        if jobs_of_batch:
            yield self._batch(jobs_of_batch)

    def _batch(self, jobs: list[Job]) -> Batch:
        return Batch(jobs, queue.Queue(4) if self._ordered else self._shared)

    def _submit(self, batch: Batch, under_way: int) -> None:
        if len(self._attendants) < min(self._count, under_way):
            attendant = Attendant(self._inbox, self._settings)
            self._attendants.append(attendant)
            attendant.start()
        self._inbox.put(batch)

    def _next(self, outbox: queue.Queue[Answer]) -> Answer:
        """The next answer; while waiting, workers that have been silent for too long are ended."""
        while True:
            try:
                return outbox.get(timeout=POLL)
            except queue.Empty:
                for attendant in self._attendants:
                    attendant.look_at_the_clock()
