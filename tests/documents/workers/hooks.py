"""Transforms for the tests of the pool: what a hostile file may make a parser do, by the words of the text."""

from __future__ import annotations

import errno
import os
import signal
import sys
import time
from pathlib import Path

from searchkit.errors import DocumentError
from searchkit.model import Document


def obey(document: Document, id: str) -> str:
    """Do what the text says; return it."""
    if "hang" in document.text:
        Path(f"{document.source}.hangs").touch()
        time.sleep(600)
    if "spin" in document.text:
        while True:
            pass
    if "once" in document.text and first_time(document):
        os.kill(os.getpid(), signal.SIGKILL)
    if "ended" in document.text:
        os.kill(os.getpid(), signal.SIGTERM)
    if "full" in document.text:
        try:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        except OSError as error:
            raise ValueError("cannot write my cache") from error
    if "eat" in document.text:
        eaten = []
        while True:
            eaten.append(bytearray(16 << 20))
    if "crash" in document.text:
        os.kill(os.getpid(), 11)
    if "exit" in document.text:
        os._exit(3)
    if "print" in document.text:
        print("noise " * 10_000)
        os.write(1, b"more noise\n")
        os.write(2, b"and on the other\n")
        sys.stdin.read()
    if "refuse" in document.text:
        raise DocumentError("is refused")
    if "raise" in document.text:
        raise ValueError("a mistake in the transform")
    if "slow" in document.text:
        time.sleep(0.3)
    return document.text


def first_time(document: Document) -> bool:
    """Whether this document of a file is met for the first time, by any process."""
    try:
        Path(f"{document.source}.{document.id.rpartition('#')[2]}.met").touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


def process(document: Document, id: str) -> int:
    return os.getpid()


def libraries(document: Document, id: str) -> list[str]:
    """Which of the large libraries the worker has loaded."""
    return [name for name in ("trafilatura", "lxml", "pypdfium2", "docx", "charset_normalizer") if name in sys.modules]


def unpicklable(document: Document, id: str) -> object:
    return lambda: document


def whose(document: Document, id: str) -> tuple[str, str]:
    return document.id, id


def numbered(document: Document, id: str) -> str:
    """Do what the text says; return the id."""
    obey(document, id)
    return document.id
