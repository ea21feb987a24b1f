"""One worker process and the thread that attends to it: jobs out, results in, and its end if it is late or dies."""

from __future__ import annotations

import contextlib
import os
import pickle
import queue
import subprocess
import sys
import threading
import time
from collections import deque
from dataclasses import dataclass, field
from typing import Any, BinaryIO, cast

from searchkit.documents.workers.protocol import FileResult, Job, Message, receive, send
from searchkit.model import Failure

POLL = 0.25  # seconds between two looks at the clock, or at whether all is to stop
_PIPE = 1 << 20  # bytes; the most that Linux gives to anybody who asks
_START = 120.0  # seconds in which a worker must start, its transform loaded

# `-c` and not `-m`: the current folder must not come before the standard library, since it may hold a csv.py.
_PROGRAM = (
    "import sys; sys.path[:] = sys.argv[1].split('\\n'); from searchkit.documents.workers.worker import main; main()"
)


@dataclass(eq=False)
class Batch:
    jobs: list[Job]
    outbox: queue.Queue[Answer]


@dataclass(frozen=True)
class Answer:
    """Results of a batch; `error` is for the caller, not for a file."""

    results: tuple[FileResult, ...] = ()
    done: bool = False
    error: str = ""


@dataclass
class Attendant:
    """The thread that keeps one worker process busy."""

    inbox: queue.SimpleQueue[Batch | None]
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

    def look_at_the_clock(self) -> None:
        """End the process if it is late."""
        with self._lock:
            if self._process and self._deadline is not None and time.monotonic() > self._deadline:
                self._late = True
                self._process.kill()

    def _run(self) -> None:
        try:
            while (batch := self.inbox.get()) is not None and not self._stopped:
                self._serve(batch)
        finally:
            self._end_process()

    def _serve(self, batch: Batch) -> None:
        """Have a batch read, and answer for every job of it, whatever becomes of the worker."""
        waiting = deque(batch.jobs)
        alone = False
        while waiting and not self._stopped:
            error = self._start_process()
            if error:
                self._put(batch, Answer(error=error))
                return
            # When a worker dies over several files, nobody knows which was to blame: each is tried alone.
            tried = [waiting[0]] if alone else list(waiting)
            reason = self._exchange(batch, tried, waiting)
            if reason:
                if len(tried) == 1:
                    job = waiting.popleft()
                    self._put(
                        batch,
                        Answer(
                            (FileResult(job.path, job.id, None, failures=(Failure(job.path, reason),), complete=False),)
                        ),
                    )
                alone = True
        self._put(batch, Answer(done=True))

    def _exchange(self, batch: Batch, jobs: list[Job], waiting: deque[Job]) -> str:
        """Send `jobs` and pass on their results, taking from `waiting` what is answered; why it failed, or ""."""
        process = cast("subprocess.Popen[bytes]", self._process)
        try:
            send(cast(BinaryIO, process.stdin), jobs)
            while True:
                message = self._receive(self.settings["seconds"])
                results: tuple[FileResult, ...] = tuple(map(pickle.loads, message.results))
                for result in results:
                    if result.last:
                        waiting.popleft()
                if results:
                    self._put(batch, Answer(results))
                if message.retire:
                    self._end_process()
                if message.done:
                    return ""
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

    def _cause_of_death(self) -> str:
        late = self._late
        code = self._end_process()
        if late or code == -14:  # the worker's own alarm
            return f"took longer than {self.settings['seconds']:g} seconds to read: split it or save it anew"
        if code == -9:
            return "ended its reader for want of memory: split it into smaller files"
        return f"crashed its reader (exit code {code}): open it in its program and save it anew"

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
            self._process = subprocess.Popen(
                [sys.executable, "-W", "ignore", "-c", _PROGRAM, path],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=environment,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        _widen(cast(BinaryIO, self._process.stdout))
        try:
            send(cast(BinaryIO, self._process.stdin), self.settings)
            error = self._receive(_START).error
        except (EOFError, OSError):
            error = f"it ended with exit code {self._end_process()}"
        if error:
            self._end_process()
        return error

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

    def _put(self, batch: Batch, answer: Answer) -> None:
        while not self._stopped:
            try:
                batch.outbox.put(answer, timeout=POLL)
                return
            except queue.Full:
                continue


def _widen(pipe: BinaryIO) -> None:
    """Let a pipe hold more, where the system can (Linux).

    After each read this thread waits for its turn in the interpreter, while the worker waits for room in the pipe.
    """
    with contextlib.suppress(ImportError, AttributeError, OSError):
        import fcntl

        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE)
