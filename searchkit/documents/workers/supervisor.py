"""One worker process and the thread that supervises it: jobs out, results in, and its end if it is late or dies.

A file over which a worker dies is tried once more, when all others are done: the machine may have been at fault.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import queue
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from dataclasses import dataclass, field
from typing import Any, BinaryIO, cast

from searchkit.documents.reasons import error_summary, machine_fault, not_the_files_fault, size_in_words
from searchkit.documents.workers.limits import OUT_OF_MEMORY, OVER_MEMORY, OVER_TIME
from searchkit.documents.workers.protocol import FileResult, Job, Message, hash_file, receive, send
from searchkit.model import Failure

POLL = 0.25  # seconds between two looks at the clock, or at whether all is to stop
_PIPE = 1 << 20  # bytes; the most that Linux gives to anybody who asks
_START = 120.0  # seconds in which a worker must start, its transform loaded

# Numbers of signals, which not every system has names for.
_SIGKILL, _SIGALRM = 9, 14
_SIGPROF = getattr(signal, "SIGPROF", 27)
_ENDED_FROM_OUTSIDE = (-1, -2, -15)  # by SIGHUP, SIGINT or SIGTERM

# `-c` and not `-m`: the current folder must not come before the standard library, since it may hold a csv.py.
_PROGRAM = (
    "import sys; sys.path[:] = sys.argv[1].split('\\n'); from searchkit.documents.workers.worker import main; main()"
)


@dataclass(eq=False)
class JobBatch:
    """Files that travel together. `last_try`: whoever fails now has failed before."""

    jobs: list[Job]
    last_try: bool = False


@dataclass(frozen=True)
class Answer:
    """Results of a batch; `again` are files to try once more when all others are done. `error`: no worker can start."""

    results: tuple[FileResult, ...] = ()
    again: tuple[Job, ...] = ()
    done: bool = False
    error: str = ""


@dataclass(frozen=True)
class Fault:
    """Why a worker ended. `machine`: the file that it read is not to blame, however often it happens."""

    reason: str
    machine: bool = False


@dataclass
class Supervisor:
    """The thread that keeps one worker process busy."""

    inbox: queue.SimpleQueue[JobBatch | None]
    outbox: queue.Queue[Answer]
    settings: dict[str, Any]
    _thread: threading.Thread = field(init=False)
    _process: subprocess.Popen[bytes] | None = None
    _deadline: float | None = None  # by the monotonic clock; None while not waiting for a message
    _late: bool = False
    _stopped: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def start(self) -> None:
        self._thread = threading.Thread(target=self._run, name="searchkit worker", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the process at once; the thread ends when it finds out."""
        with self._lock:
            self._stopped = True
            if self._process:
                self._process.kill()

    def join(self) -> None:
        self._thread.join()

    def watchdog(self) -> None:
        """End the process if it has been silent for too long."""
        with self._lock:
            if self._process and self._deadline is not None and time.monotonic() > self._deadline:
                self._late = True
                self._process.kill()

    def _run(self) -> None:
        try:
            while (batch := self.inbox.get()) is not None and not self._stopped:
                self._serve(batch)
        except Exception as error:  # without an answer the pool would wait for ever
            self._put(Answer(error=error_summary(error)))
        finally:
            self._end_process()

    def _serve(self, batch: JobBatch) -> None:
        """Have a batch read, and answer for every job of it, whatever becomes of the worker."""
        waiting = deque(batch.jobs)
        alone = False
        while waiting and not self._stopped:
            error = self._start_process()
            if error:
                self._put(Answer(error=error))
                return
            # When a worker dies over several files, nobody knows which was to blame: each is tried alone.
            tried = [waiting[0]] if alone else list(waiting)
            unanswered = len(waiting)
            fault = self._exchange(tried, waiting)
            if fault:
                if len(tried) == 1 and len(waiting) == unanswered:
                    job = waiting.popleft()
                    if batch.last_try:
                        self._put(Answer((_failed(job, fault),)))
                    else:
                        self._put(Answer(again=(job,)))
                alone = True
        self._put(Answer(done=True))

    def _exchange(self, jobs: list[Job], waiting: deque[Job]) -> Fault | None:
        """Send `jobs` and pass on their results, taking from `waiting` what is answered; why it failed, if it did."""
        process = cast("subprocess.Popen[bytes]", self._process)
        try:
            send(cast(BinaryIO, process.stdin), jobs)
            while True:
                message = self._receive(self.settings["clock"])
                results: tuple[FileResult, ...] = tuple(map(pickle.loads, message.results))
                for result in results:
                    if result.last:
                        waiting.popleft()
                    else:
                        given = waiting[0].given + len(result.documents)
                        waiting[0] = waiting[0]._replace(given=given, given_hash=result.hash)
                if results:
                    self._put(Answer(results))
                if message.retire:
                    self._end_process()
                if message.done:
                    return None
        except (EOFError, OSError):
            return self._cause_of_death()

    def _receive(self, seconds: float) -> Message:
        process = cast("subprocess.Popen[bytes]", self._process)
        with self._lock:
            self._deadline = time.monotonic() + seconds
        try:
            return cast(Message, receive(cast(BinaryIO, process.stdout)))
        finally:
            with self._lock:
                self._deadline = None

    def _cause_of_death(self) -> Fault:
        late = self._late
        code = self._end_process()
        seconds, clock = self.settings["seconds"], self.settings["clock"]
        if late or code == -_SIGALRM:
            return Fault(not_the_files_fault(f"no answer for {clock:g} seconds"), machine=True)
        if code in (OVER_TIME, -_SIGPROF):
            return Fault(f"took longer than {seconds:g} seconds of processor time to read: split it or save it anew")
        if code == OVER_MEMORY:
            size = size_in_words(self.settings["memory"])
            return Fault(f"needs more than {size} of memory to read: split it into smaller files")
        if code == OUT_OF_MEMORY:
            return Fault(not_the_files_fault("out of memory"), machine=True)
        if code in _ENDED_FROM_OUTSIDE:
            return Fault(not_the_files_fault("its reader was ended by another program"), machine=True)
        if code == -_SIGKILL:  # by the system when memory is short
            return Fault("ended its reader for want of memory: split it into smaller files")
        return Fault(f"crashed its reader (exit code {code}): open it in its program and save it anew")

    def _start_process(self) -> str:
        """Start a worker where there is none; why that is impossible, or ""."""
        if self._process:
            return ""
        if not sys.executable:
            return "the path of the Python interpreter is not known"
        # One thread a worker: the workers share the cores already.
        environment = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
        path = "\n".join(entry or os.getcwd() for entry in sys.path)
        with self._lock:
            if self._stopped:
                return "the pool is closed"
            self._late = False
            try:
                self._process = subprocess.Popen(
                    [sys.executable, "-W", "ignore", "-c", _PROGRAM, path],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    env=environment,
                    creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
                )
            except (OSError, MemoryError, subprocess.SubprocessError) as error:
                return machine_fault(error) or error_summary(error)
        _widen(cast(BinaryIO, self._process.stdout))
        try:
            send(cast(BinaryIO, self._process.stdin), self.settings)
            reason = self._receive(_START).error
        except (EOFError, OSError):
            late, code = self._late, self._end_process()
            reason = "it did not answer" if late else f"it ended with exit code {code}"
        if reason:
            self._end_process()
        return reason

    def _end_process(self) -> int | None:
        """End the worker, if any, and free what it holds; its exit code."""
        with self._lock:
            process, self._process = self._process, None
        if process is None:
            return None
        if self._late or self._stopped:
            process.kill()
        with contextlib.suppress(OSError):
            cast(BinaryIO, process.stdin).close()  # on which an idle worker exits
        try:
            process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        with contextlib.suppress(OSError):
            cast(BinaryIO, process.stdout).close()
        return process.returncode

    def _put(self, answer: Answer) -> None:
        while not self._stopped:
            try:
                self.outbox.put(answer, timeout=POLL)
                return
            except queue.Full:
                continue


def _failed(job: Job, fault: Fault) -> FileResult:
    """The result of a file over which workers have died twice: remembered by its content where that is to blame."""
    digest = None
    if not fault.machine:
        with contextlib.suppress(OSError):
            digest = hash_file(job.path)
    failures = (Failure(job.path, fault.reason),)
    return FileResult(job.path, job.id, digest, failures=failures, complete=False, machine_fault=fault.machine)


def _widen(pipe: BinaryIO) -> None:
    """Let a pipe hold more, where the system can (Linux).

    After each read this thread waits for its turn in the interpreter, while the worker waits for room in the pipe.
    """
    with contextlib.suppress(ImportError, AttributeError, OSError):
        import fcntl

        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE)
