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
from dataclasses import replace
from typing import Any, BinaryIO

from searchkit.documents.readers.formats import FORMATS, extension, open_file, read_open
from searchkit.documents.reasons import brief
from searchkit.documents.workers.protocol import FileResult, Job, Message, hash_open, receive, send
from searchkit.errors import DocumentError
from searchkit.model import Document, Failure

CHUNK = 1 << 20  # code points of text after which results are sent
INTERVAL = 0.25  # seconds after which results are sent, and signs of life
GRACE = 5.0  # seconds that the worker's own alarm waits longer than the pool
GARBAGE = 50_000  # new objects after which garbage is looked for
OUTGROWN = 512 << 20  # bytes by which a worker may have grown before it is replaced


def main() -> None:
    """Answer the jobs that come by standard input; the first message sets limits and the transform."""
    jobs, results = _take_streams()
    settings = receive(jobs)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends its workers
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    try:
        worker = Worker(results, settings["transform"], settings["seconds"], settings["memory"])
    except Exception as error:
        send(results, Message(error=brief(error)))
        return
    gc.freeze()
    gc.set_threshold(GARBAGE)  # analysis makes many objects that stay; looking through them takes a tenth of its time
    send(results, Message(done=True))
    for batch in _batches(jobs):
        worker.answer(batch)


class Worker:
    """Reads the files of jobs and sends what is in them."""

    def __init__(self, stream: BinaryIO, transform: str | None, seconds: float, memory: int) -> None:
        self._stream = stream
        self._transform = _load(transform) if transform else None
        self._seconds = seconds
        self._memory = memory
        self._born = _address_space()
        self._results: list[bytes] = []
        self._size = 0
        self._sent = time.monotonic()
        self._exhausted = False

    def answer(self, batch: list[Job]) -> None:
        """Send the results of all jobs, several small files together."""
        self._sent = time.monotonic()
        for job in batch:
            with _alarm(self._seconds + GRACE), _memory_limit(self._memory):
                self._answer(job)
        grown = self._exhausted or _address_space() - self._born > OUTGROWN
        self._send(done=True, retire=grown)

    def _answer(self, job: Job) -> None:
        self._keep_alive()
        form = FORMATS.get(extension(job.path))
        streams = form is not None and form.streams
        digest: str | None = None
        documents: list[Any] = []
        failures: list[Failure] = []
        complete = False
        try:
            with open_file(job.path) as file:
                digest = hash_open(file, self._keep_alive)
                file.seek(0)
                if digest == job.known_hash:
                    self._add(FileResult(job.path, job.id, digest, same=True))
                    return
                for item in self._read(file, job):
                    if isinstance(item, Failure):
                        failures.append(item)
                    else:
                        documents.append(item)
                    if streams and self._is_due():
                        self._add(FileResult(job.path, job.id, digest, tuple(documents), tuple(failures), last=False))
                        documents, failures = [], []
                        self._send()
                complete = True
        except DocumentError as error:
            failures.append(Failure(job.path, str(error)))
        except MemoryError:
            documents, self._exhausted = [], True
            gc.collect()
            reason = f"needs more than {_size(self._memory)} of memory to read: split it into smaller files"
            failures.append(Failure(job.path, reason))
        except OSError as error:
            failures.append(Failure(job.path, f"cannot be read: {error.strerror or error}"))
        except Exception as error:
            # A mistake in a reader or in the transform must cost one file, and be reported with its kind.
            failures.append(Failure(job.path, f"cannot be read ({brief(error)}): please report it"))
        self._add(FileResult(job.path, job.id, digest, tuple(documents), tuple(failures), complete=complete))

    def _read(self, file: BinaryIO, job: Job) -> Iterator[Any]:
        for item in read_open(file, job.path, job.id):
            if isinstance(item, Document):
                self._size += len(item.text)
                yield self._transformed(item, job) if self._transform else item
            else:
                yield item

    def _transformed(self, document: Document, job: Job) -> Any:
        """What the transform makes of a document, or a Failure: the other documents of the file go on."""
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
            return Failure(job.path, f"cannot be indexed ({brief(error)}): please report it")

    def _is_due(self) -> bool:
        return self._size >= CHUNK or time.monotonic() - self._sent > INTERVAL

    def _add(self, result: FileResult) -> None:
        try:
            data = pickle.dumps(result, pickle.HIGHEST_PROTOCOL)
        except Exception as error:  # what the transform made cannot be pickled
            failure = Failure(result.path, f"cannot be sent ({brief(error)}): please report it")
            result = replace(result, documents=(), failures=(*result.failures, failure))
            data = pickle.dumps(result, pickle.HIGHEST_PROTOCOL)
        self._results.append(data)

    def _keep_alive(self) -> None:
        """Send what there is, if only a sign of life, when the last message is some time ago."""
        if self._is_due():
            self._send()

    def _send(self, done: bool = False, retire: bool = False) -> None:
        with _no_alarm(self._seconds + GRACE):  # the reader of the stream may take its time
            send(self._stream, Message(tuple(self._results), done, retire))
        self._results = []
        self._size = 0
        self._sent = time.monotonic()


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


@contextlib.contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    """Have the system end the process after so many seconds: the last resort when nobody is left to end it."""
    if not hasattr(signal, "setitimer"):
        yield
        return
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


@contextlib.contextmanager
def _no_alarm(seconds: float) -> Iterator[None]:
    """Stop the alarm within the block and set it anew after it."""
    if not hasattr(signal, "setitimer"):
        yield
        return
    was_set = signal.setitimer(signal.ITIMER_REAL, 0)[0] > 0
    yield
    if was_set:
        signal.setitimer(signal.ITIMER_REAL, seconds)


@contextlib.contextmanager
def _memory_limit(size: int) -> Iterator[None]:
    """Let the process grow by at most `size` bytes within the block, where the system can see to that (not Windows)."""
    try:
        import resource

        soft, hard = resource.getrlimit(resource.RLIMIT_AS)
        limit = _address_space() + size
        if hard != resource.RLIM_INFINITY:
            limit = min(limit, hard)
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
    except (ImportError, ValueError, OSError):
        yield
        return
    try:
        yield
    finally:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _address_space() -> int:
    """Bytes of address space in use; 0 where the system does not tell."""
    try:
        with open("/proc/self/statm", "rb") as file:
            return int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        return 0


def _size(size: int) -> str:
    return f"{size / (1 << 30):g} GB" if size >= 1 << 30 else f"{size / (1 << 20):g} MB"
