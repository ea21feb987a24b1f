"""The worker process of `pool`: reads files, one after the other, within limits of memory and time.

It exits when its standard input ends, so that it never outlives the process that started it. Nothing that a library
prints reaches the stream of results.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import logging
import os
import pickle
import queue
import signal
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, BinaryIO, NoReturn

from searchkit.documents import ocr, passwords
from searchkit.documents.readers import columns
from searchkit.documents.readers.formats import FORMATS, extension, open_file, read_open
from searchkit.documents.reasons import error_summary, machine_fault, not_the_files_fault
from searchkit.documents.workers.limits import Limits, resident_memory
from searchkit.documents.workers.protocol import FileResult, Job, Message, hash_open, receive, send
from searchkit.errors import DocumentError, MissingReaderError
from searchkit.model import Document, Failure, Notice

CHUNK = 1 << 20  # code points of text after which results are sent
INTERVAL = 0.25  # seconds after which results are sent, and signs of life
GRACE = 5.0  # seconds that the worker's own alarm waits longer than the pool
MOST_MESSAGES = 100  # failures of one file that are told one by one, and as many notices; the rest are counted
GARBAGE = 50_000  # new objects after which garbage is looked for
OUTGROWN = 200 << 20
"""Bytes of memory from which a worker is replaced: what it has remembered of words grows with every document, and one large
file takes up to 100 MB more. A new worker takes a second of the processor and has read some 500 PDF files by then."""


def main() -> None:
    """Answer the jobs that come by standard input; the first message sets limits and the transform."""
    jobs, results = _take_streams()
    settings = receive(jobs)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends its workers
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    try:
        ocr.use(settings["ocr"])
        passwords.use(settings["passwords"])
        limits = Limits(settings["seconds"], settings["clock"] + GRACE, settings["memory"])
        worker = Worker(results, settings["transform"], limits)
    except Exception as error:
        send(results, Message(error=error_summary(error)))
        return
    gc.freeze()
    gc.set_threshold(GARBAGE)  # analysis makes many objects that stay; looking through them takes a tenth of its time
    send(results, Message(done=True))
    for batch in _batches(jobs):
        worker.answer(batch)


class Worker:
    """Reads the files of jobs and sends what is in them."""

    def __init__(self, stream: BinaryIO, transform: str | None, limits: Limits) -> None:
        self._stream = stream
        self._transform = _load(transform) if transform else None
        self._limits = limits
        self._results: list[bytes] = []
        self._size = 0
        self._sent = time.monotonic()

    def answer(self, batch: list[Job]) -> None:
        """Send the results of all jobs, several small files together."""
        self._sent = time.monotonic()
        for job in batch:
            try:
                with self._limits.hold():
                    self._answer(job)
            except MemoryError:
                self._end_for_want_of_memory()
        self._send(done=True, retire=resident_memory() > OUTGROWN)

    def _answer(self, job: Job) -> None:
        self._keep_alive()
        columns.use(job.columns)
        form = FORMATS.get(extension(job.path))
        streams = form is not None and form.streams
        file = _File(job)
        try:
            with open_file(job.path) as stream:
                file.hash = hash_open(stream, self._keep_alive)
                stream.seek(0)
                if file.hash == job.known_hash:
                    self._add(FileResult(job.path, job.id, file.hash, same=True))
                    return
                for item in self._read(stream, job):
                    if item is None:
                        self._keep_alive()
                        continue
                    file.take(item)
                    if streams and self._is_due():
                        self._add(file.part())
                        self._send()
                file.complete = True
        except DocumentError as error:
            file.fail(error, str(error))
        except MemoryError:
            raise
        except OSError as error:
            file.fail(error, f"cannot be read: {error.strerror or error}")
        except Exception as error:
            # A mistake in a reader or in the transform must cost one file, and be reported with its kind.
            file.fail(error, f"cannot be read ({error_summary(error)}): please report it")
        self._add(file.end())

    def _read(self, stream: BinaryIO, job: Job) -> Iterator[Any]:
        for item in read_open(stream, job.path, job.id):
            if isinstance(item, Document):
                self._size += len(item.text)
                yield self._transformed(item, job) if self._transform else item
            else:
                yield item

    def _transformed(self, document: Document, job: Job) -> Any:
        """The transformed document, or a Failure: the other documents of the file go on."""
        assert self._transform is not None
        if len(document.text) > CHUNK:
            self._send()  # a long text has the full time for its reading, and again for its transform
        try:
            return self._transform(document, job.id)
        except DocumentError as error:
            return Failure(job.path, str(error))
        except MemoryError:
            raise
        except Exception as error:
            if machine_fault(error):
                raise
            return Failure(job.path, f"cannot be indexed ({error_summary(error)}): please report it")

    def _end_for_want_of_memory(self) -> NoReturn:
        """End the process, having sent what is done: after a MemoryError nothing in it is to be trusted."""
        code = self._limits.exit_code()
        with contextlib.suppress(BaseException):
            gc.collect()
            self._send()
        os._exit(code)

    def _is_due(self) -> bool:
        return self._size >= CHUNK or time.monotonic() - self._sent > INTERVAL

    def _add(self, result: FileResult) -> None:
        try:
            data = pickle.dumps(result, pickle.HIGHEST_PROTOCOL)
        except MemoryError:
            raise
        except Exception as error:  # what the transform made cannot be pickled
            failure = Failure(result.path, f"cannot be sent ({error_summary(error)}): please report it")
            result = replace(result, documents=(), failures=(*result.failures, failure))
            data = pickle.dumps(result, pickle.HIGHEST_PROTOCOL)
        self._results.append(data)

    def _keep_alive(self) -> None:
        """Send what there is, if only a sign of life, when the last message is some time ago."""
        if self._is_due():
            self._send()

    def _send(self, done: bool = False, retire: bool = False) -> None:
        with self._limits.waiting():  # the reader of the stream may take its time
            send(self._stream, Message(tuple(self._results), done, retire))
        self._results = []
        self._size = 0
        self._sent = time.monotonic()


@dataclass
class _File:
    """Results of a file that have not been sent yet."""

    job: Job
    hash: str | None = None
    complete: bool = False
    machine_fault: bool = False
    documents: list[Any] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    number: int = 0  # of documents so far
    untold: int = 0

    def take(self, item: Any) -> None:
        if isinstance(item, Failure):
            if len(self.failures) < MOST_MESSAGES:
                self.failures.append(item)
            else:
                self.untold += 1
        elif isinstance(item, Notice):
            if item not in self.notices and len(self.notices) < MOST_MESSAGES:
                self.notices.append(item)
        else:
            self.number += 1
            if self.number > self.job.given or self.hash != self.job.given_hash:
                self.documents.append(item)

    def fail(self, error: Exception, reason: str) -> None:
        """The rest of the file cannot be read."""
        fault = machine_fault(error) if self.hash is not None else ""
        self.machine_fault = bool(fault) or isinstance(error, MissingReaderError)
        self.failures.append(Failure(self.job.path, not_the_files_fault(fault) if fault else reason))

    def part(self) -> FileResult:
        """The documents so far, which are then forgotten."""
        documents, self.documents = tuple(self.documents), []
        return FileResult(self.job.path, self.job.id, self.hash, documents, last=False)

    def end(self) -> FileResult:
        """The last part."""
        if self.untold:
            self.failures.append(Failure(self.job.path, f"{self.untold:,} more of its records cannot be read"))
        return replace(
            self.part(),
            failures=tuple(self.failures),
            notices=tuple(self.notices),
            last=True,
            complete=self.complete,
            machine_fault=self.machine_fault,
        )


def _take_streams() -> tuple[BinaryIO, BinaryIO]:
    """The streams of jobs and results. What anybody else reads or prints goes nowhere."""
    jobs = os.fdopen(os.dup(0), "rb")
    results = os.fdopen(os.dup(1), "wb", buffering=1 << 16)
    nothing = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nothing, descriptor)
    os.close(nothing)
    return jobs, results


def _batches(jobs: BinaryIO) -> Iterator[list[Job]]:
    """The batches that come in. A thread waits for them, so that the end of input ends the process while it is busy."""
    inbox: queue.SimpleQueue[list[Job]] = queue.SimpleQueue()

    def wait() -> None:
        try:
            while True:
                inbox.put(receive(jobs))
        except (EOFError, OSError):
            os._exit(0)

    threading.Thread(target=wait, daemon=True).start()
    while True:
        yield inbox.get()


def _load(transform: str) -> Callable[[Document, str], Any]:
    module, _, name = transform.partition(":")
    function: Callable[[Document, str], Any] = getattr(importlib.import_module(module), name)
    return function
