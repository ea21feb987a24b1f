"""Many files read at once, in worker processes, each file within limits of time and memory.

Workers are started with `subprocess`, not `multiprocessing`: no fork of a program with threads, and no second run of the
caller's main module. Each has a thread here that feeds it and takes its messages, in bounded queues, so that memory
does not grow with the number of files, nor with a file of many documents, however slowly the results are used.
"""

from __future__ import annotations

import os
import queue
from collections.abc import Iterable, Iterator

from searchkit.documents.ocr import Ocr
from searchkit.documents.readers.formats import FORMATS, extension
from searchkit.documents.workers.protocol import FileResult, Job, hash_file
from searchkit.documents.workers.supervisor import POLL, Answer, JobBatch, Supervisor
from searchkit.errors import WorkerError

__all__ = ["FileResult", "Job", "WorkerPool", "hash_file", "read_files"]

SECONDS = 30.0  # of processor time
CLOCK = 10  # times as many by the clock
MEMORY = 1 << 30  # bytes
LARGEST_BATCH = 32  # files that travel together


def read_files(
    jobs: Iterable[Job],
    *,
    workers: int | None = None,
    transform: str | None = None,
    seconds: float = SECONDS,
    clock: float | None = None,
    memory: int = MEMORY,
    ocr: Ocr | None = None,
    passwords: tuple[str, ...] = (),
    pool: WorkerPool | None = None,
) -> Iterator[FileResult]:
    """Read the files of `jobs` in `workers` processes (never more than there are jobs; by default as many as there
    are cores, since what is done with the results takes a fifth of the time).

    Results come as files are done, the parts of one file in order. `jobs` is consumed as needed, in the caller's thread.
    `transform`, "module:function", is called in the worker with each Document and the id of its job; its result travels
    instead, pickled, and a DocumentError that it raises is a Failure of that document. `ocr`: how scanned pages are read.
    `passwords`: what encrypted files may open with.
    A file that takes longer than `seconds` of processor time, or `clock` seconds by the clock (by default ten times as
    many), without giving a document, needs more than `memory` bytes, or crashes its worker, is tried once more when the
    others are done; if that fails as well it is a Failure, whatever parts of it came before. Closing the iterator ends
    the workers, unless they are those of a `pool`, whose own settings hold, and which goes on where all jobs were done.

    Raises WorkerError where a worker cannot start, as when the machine has no memory left.
    """
    if pool is not None:
        yield from pool.run(iter(jobs))
        return
    with WorkerPool(workers, transform, seconds, clock, memory, ocr, passwords) as own:
        yield from own.run(iter(jobs))


class WorkerPool:
    """Worker processes, which start with their first files; a context manager that ends them. See `read_files`."""

    def __init__(
        self,
        workers: int | None = None,
        transform: str | None = None,
        seconds: float = SECONDS,
        clock: float | None = None,
        memory: int = MEMORY,
        ocr: Ocr | None = None,
        passwords: tuple[str, ...] = (),
    ) -> None:
        self._count = workers or os.cpu_count() or 1
        clock = CLOCK * seconds if clock is None else clock
        self._settings = {
            "transform": transform,
            "seconds": seconds,
            "clock": clock,
            "memory": memory,
            "ocr": ocr,
            "passwords": passwords,
        }
        self._inbox: queue.SimpleQueue[JobBatch | None] = queue.SimpleQueue()
        self._outbox: queue.Queue[Answer] = queue.Queue(2 * self._count)
        self._supervisors: list[Supervisor] = []

    def __enter__(self) -> WorkerPool:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def run(self, jobs: Iterator[Job]) -> Iterator[FileResult]:
        """The results of `jobs`. Where it is not consumed to its end, the pool can only be closed."""
        again: list[Job] = []
        yield from self._round(self._batches(jobs), again)
        yield from self._round((JobBatch([job], last_try=True) for job in again), again)

    def _round(self, batches: Iterator[JobBatch], again: list[Job]) -> Iterator[FileResult]:
        """The results of `batches`; files to be tried once more are added to `again`."""
        under_way = 0
        exhausted = False
        while True:
            while not exhausted and under_way < 2 * self._count:
                batch = next(batches, None)
                if batch is None:
                    exhausted = True
                else:
                    under_way += 1
                    self._submit(batch, under_way)
            if not under_way:
                return
            answer = self._next()
            if answer.error:
                raise _cannot_start(answer.error)
            under_way -= answer.done
            again += answer.again
            yield from answer.results

    def close(self) -> None:
        for supervisor in self._supervisors:
            supervisor.stop()
        for _ in self._supervisors:
            self._inbox.put(None)
        for supervisor in self._supervisors:
            supervisor.join()

    def _batches(self, jobs: Iterator[Job]) -> Iterator[JobBatch]:
        """Jobs in batches: of quick files several, ever more as there prove to be many; of others one."""
        made = 0
        jobs_of_batch: list[Job] = []
        for job in jobs:
            jobs_of_batch.append(job)
            form = FORMATS.get(extension(job.path))
            most = min(LARGEST_BATCH, 1 << made // (2 * self._count)) if form is None or form.quick else 1
            if len(jobs_of_batch) >= most:
                made += 1
                yield JobBatch(jobs_of_batch)
                jobs_of_batch = []
        if jobs_of_batch:
            yield JobBatch(jobs_of_batch)

    def _submit(self, batch: JobBatch, under_way: int) -> None:
        if len(self._supervisors) < min(self._count, under_way):
            supervisor = Supervisor(self._inbox, self._outbox, self._settings)
            try:
                supervisor.start()
            except RuntimeError as error:  # no more threads
                raise _cannot_start(str(error)) from error
            self._supervisors.append(supervisor)
        self._inbox.put(batch)

    def _next(self) -> Answer:
        """The next answer; while waiting, workers that have been silent for too long are ended."""
        while True:
            try:
                return self._outbox.get(timeout=POLL)
            except queue.Empty:
                for supervisor in self._supervisors:
                    supervisor.watchdog()


def _cannot_start(reason: str) -> WorkerError:
    return WorkerError(
        f"A process that reads files cannot start ({reason}): close other programs, or check the installation, and try"
        " again."
    )
