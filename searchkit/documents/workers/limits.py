"""Limits of time and memory on what this process does; it is ended when it breaks one.

Time is the processor's, so that a busy machine costs no file its reading, and by the clock as a last resort, for a process
that waits for ever. Where the system has timers and holds to a limit of address space, as Linux does, it sees to them.
Elsewhere (Windows; memory on macOS) a thread looks every `POLL` seconds.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator

POLL = 0.1  # seconds between two looks at what the process has used

# Exit codes of a process that has broken a limit; BSD's sysexits.h leaves those above 78 free.
OVER_TIME = 85
OVER_MEMORY = 86
OUT_OF_MEMORY = 87  # the machine has no more, or allows no more, although the limit is not reached


class Limits:
    """`seconds` of processor time, `clock` seconds by the clock, and `memory` bytes by which the process may grow."""

    def __init__(self, seconds: float, clock: float, memory: int) -> None:
        self._seconds = seconds
        self._clock = clock
        self._memory = memory
        self._watchdog = None if _has_timers() and _limits_memory() else _Watchdog()

    @contextlib.contextmanager
    def hold(self) -> Iterator[None]:
        """Hold to the limits within the block. Memory beyond them ends the process, or is a MemoryError."""
        with self._limited_memory():
            self.renew()
            try:
                yield
            finally:
                self._set_timers(0, 0)
                if self._watchdog:
                    self._watchdog.rest()

    def renew(self) -> None:
        """Give the full time once more."""
        self._set_timers(self._seconds, self._clock)
        if self._watchdog:
            self._watchdog.watch(
                None if _has_timers() else time.process_time() + self._seconds,
                None if _limits_memory() else self._memory,
            )

    @contextlib.contextmanager
    def waiting(self) -> Iterator[None]:
        """Do not count the time by the clock within the block: another process is to blame for it."""
        if not _has_timers() or not signal.setitimer(signal.ITIMER_REAL, 0)[0]:
            yield
            return
        yield
        self.renew()

    def exit_code(self) -> int:
        """With which code to end the process after a MemoryError."""
        return OVER_MEMORY if self._is_own_limit else OUT_OF_MEMORY

    _is_own_limit = False

    def _set_timers(self, seconds: float, clock: float) -> None:
        if not _has_timers():
            return
        for number, timer, length in (
            (signal.SIGPROF, signal.ITIMER_PROF, seconds),
            (signal.SIGALRM, signal.ITIMER_REAL, clock),
        ):
            signal.signal(number, signal.SIG_DFL)  # which ends the process
            signal.setitimer(timer, length)

    @contextlib.contextmanager
    def _limited_memory(self) -> Iterator[None]:
        if not _limits_memory():
            yield
            return
        import resource

        soft, hard = resource.getrlimit(resource.RLIMIT_AS)
        limit = address_space() + self._memory
        self._is_own_limit = hard == resource.RLIM_INFINITY or limit <= hard
        try:
            resource.setrlimit(resource.RLIMIT_AS, (limit if self._is_own_limit else hard, hard))
        except (ValueError, OSError):
            self._is_own_limit = False
        try:
            yield
        finally:
            with contextlib.suppress(ValueError, OSError):
                resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


class _Watchdog:
    """The thread that ends the process where the system does not."""

    def __init__(self) -> None:
        self._deadline: float | None = None
        self._ceiling: int | None = None
        threading.Thread(target=self._run, name="searchkit watchdog", daemon=True).start()

    def watch(self, deadline: float | None, memory: int | None) -> None:
        """From now on: until `deadline` of processor time, and `memory` bytes more than are in use."""
        self._deadline = deadline
        if self._ceiling is None and memory is not None:
            self._ceiling = memory_in_use() + memory

    def rest(self) -> None:
        self._deadline = self._ceiling = None

    def _run(self) -> None:
        while True:
            time.sleep(POLL)
            deadline, ceiling = self._deadline, self._ceiling
            if deadline is not None and time.process_time() > deadline:
                os._exit(OVER_TIME)
            if ceiling is not None and memory_in_use() > ceiling:
                os._exit(OVER_MEMORY)


def memory_in_use() -> int:
    """Bytes that this process holds, or has held at most (macOS tells no other); 0 where the system does not tell."""
    if sys.platform == "win32":
        return _windows_memory()
    if sys.platform == "darwin":
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # in bytes there
    return address_space()


def address_space() -> int:
    """Bytes of address space in use; 0 where the system does not tell."""
    return _pages(0)


def resident_memory() -> int:
    """Bytes of memory proper in use; elsewhere than on Linux as `memory_in_use`."""
    return _pages(1) or memory_in_use()


def _pages(field: int) -> int:
    try:
        with open("/proc/self/statm", "rb") as file:
            return int(file.read().split()[field]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        return 0


def _windows_memory() -> int:
    """The private bytes of this process, by PROCESS_MEMORY_COUNTERS_EX of the Windows API."""
    import ctypes

    class Counters(ctypes.Structure):
        _fields_ = [
            ("cb", ctypes.c_uint32),
            ("PageFaultCount", ctypes.c_uint32),
            *((name, ctypes.c_size_t) for name in ("PeakWorkingSetSize", "WorkingSetSize", "QuotaPeakPagedPoolUsage")),
            *((name, ctypes.c_size_t) for name in ("QuotaPagedPoolUsage", "QuotaPeakNonPagedPoolUsage")),
            *((name, ctypes.c_size_t) for name in ("QuotaNonPagedPoolUsage", "PagefileUsage", "PeakPagefileUsage")),
            ("PrivateUsage", ctypes.c_size_t),
        ]

    counters = Counters(cb=ctypes.sizeof(Counters))
    kernel = ctypes.WinDLL("kernel32", use_last_error=True)  # type: ignore[attr-defined, unused-ignore]
    kernel.GetCurrentProcess.restype = ctypes.c_void_p
    done = kernel.K32GetProcessMemoryInfo(
        ctypes.c_void_p(kernel.GetCurrentProcess()), ctypes.byref(counters), counters.cb
    )
    return int(counters.PrivateUsage) if done else 0


def _has_timers() -> bool:
    return hasattr(signal, "setitimer")


def _limits_memory() -> bool:
    """Whether the system holds a process to RLIMIT_AS: macOS accepts the limit and does nothing."""
    return sys.platform.startswith(("linux", "freebsd"))
