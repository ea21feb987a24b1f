"""Text of scanned pages, by Tesseract, page by page.

Tesseract is a program that is installed beside searchkit, with a file of data for each language. It is called for each page
and not through ocrmypdf: a page is then read within a limit of time, is remembered as soon as it is read, and needs no
file on the disk and no Ghostscript. What was read is remembered by the picture's content and the languages, so that no page
is read twice, whatever becomes of the file around it.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import os
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from searchkit.errors import SearchkitError
from searchkit.languages.profile import profile

PROGRAM = "tesseract"
USUAL_DATA = "kaz+rus+eng"
"""The data that pages are read by, but in collections of a language that has others: those for Kazakh take Uzbek қ and ҳ for к and х."""
CACHE = "ocr.sqlite"
"""In the folder of an index: the pages that have been read."""
RESOLUTION = 300  # dots an inch
SECONDS = 120.0  # for one page

_HYPHENATED = re.compile(r"(?<=[^\W\d_])[-¬]\n(?=[^\W\d_])")
_SCHEMA = """
CREATE TABLE IF NOT EXISTS pages (key TEXT PRIMARY KEY, text TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS languages (chosen TEXT NOT NULL);
"""


class Ocr(NamedTuple):
    """`languages` as Tesseract names them, joined by +; `cache` is the file in which the pages are remembered."""

    languages: str
    cache: str


class PageTooSlowError(Exception):
    """A page that Tesseract has not read in `SECONDS`."""


class DamagedPictureError(Exception):
    """A picture that Tesseract does not open."""


_chosen: Ocr | None = None


def use(chosen: Ocr | None) -> None:
    """Have scanned pages read in this process, or not."""
    global _chosen
    _chosen = chosen


def is_on() -> bool:
    """Whether scanned pages are read in this process."""
    return _chosen is not None


def languages_for(documents: Mapping[str, int]) -> str:
    """The languages to read, for a collection of so many `documents` a language."""
    most = max(documents, key=documents.__getitem__, default="")
    return profile(most).scanned or USUAL_DATA


def missing(languages: str) -> str:
    """The programs and data to install before these languages can be read, in one sentence; "" where all is there."""
    if not shutil.which(PROGRAM):
        return (
            "To read scanned pages install Tesseract with its languages (Debian, Ubuntu: apt install tesseract-ocr"
            f" {' '.join(_package(code) for code in languages.split('+'))}), and try again."
        )
    lacking = [code for code in languages.split("+") if code not in _installed()]
    if not lacking:
        return ""
    packages = " ".join(_package(code) for code in lacking)
    return (
        f"Tesseract has no data for {', '.join(lacking)}: install them (Debian, Ubuntu: apt install {packages}), or name"
        " other languages with --ocr-languages."
    )


def choose(
    wanted: bool | None, languages: str | None, folder: Path, documents: Callable[[], Mapping[str, int]]
) -> Ocr | None:
    """How an update of the index in `folder` reads scanned pages, which the next one remembers; None for not at all.

    `wanted` None and no `languages`: as the last update did. Raises SearchkitError where something must be installed.
    """
    cache = str(folder / CACHE)
    if wanted is None and languages is None:
        return _remembered(cache)
    if wanted is False:
        return None
    languages = languages or languages_for(documents())
    if lacking := missing(languages):
        raise SearchkitError(lacking)
    _remember(chosen := Ocr(languages, cache))
    return chosen


def _remember(chosen: Ocr) -> None:
    with _cache(chosen.cache) as cache, contextlib.suppress(sqlite3.Error):
        if cache:
            cache.execute("DELETE FROM languages")
            cache.execute("INSERT INTO languages VALUES (?)", (chosen.languages,))
            cache.commit()


def _remembered(cache: str) -> Ocr | None:
    """How the last update read scanned pages; None where it did not, or what it needs is no longer there."""
    if not os.path.exists(cache):
        return None
    with _cache(cache) as table:
        row = table.execute("SELECT chosen FROM languages").fetchone() if table else None
    return Ocr(row[0], cache) if row and not missing(row[0]) else None


def remember_all(file: Path, other: bytes) -> None:
    """Put what another file of pages, of this content, holds into `file`, where its own pages stay."""
    beside = file.with_name(file.name + ".new")
    beside.write_bytes(other)
    try:
        with _cache(str(file)) as cache:
            if cache:
                cache.execute("ATTACH ? AS other", (str(beside),))
                cache.execute("INSERT OR IGNORE INTO pages SELECT key, text FROM other.pages")
                cache.execute("DELETE FROM languages")
                cache.execute("INSERT INTO languages SELECT chosen FROM other.languages")
                cache.commit()
    except sqlite3.Error:
        return  # the pages are read again
    finally:
        beside.unlink()


def read(picture: bytes) -> str:
    """The text of a picture (PNM, PNG, JPEG, TIFF), its pages joined by form feeds.

    Raises PageTooSlowError, DamagedPictureError and OSError, after which nothing is remembered.
    """
    assert _chosen is not None
    key = hashlib.blake2b(picture, digest_size=16, person=_chosen.languages.encode()[:16]).hexdigest()
    with _cache(_chosen.cache) as cache:
        known = cache.execute("SELECT text FROM pages WHERE key = ?", (key,)).fetchone() if cache else None
        if known:
            return str(known[0])
        text = _recognise(picture, _chosen.languages)
        if cache:
            with contextlib.suppress(sqlite3.Error):
                cache.execute("INSERT OR REPLACE INTO pages VALUES (?, ?)", (key, text))
                cache.commit()
    return text


def greyscale(width: int, height: int, stride: int, pixels: bytes) -> bytes:
    """A picture as PGM: rows of one byte a pixel, `stride` bytes apart in `pixels`."""
    rows = b"".join(pixels[row * stride : row * stride + width] for row in range(height))
    return b"P5 %d %d 255\n" % (width, height) + rows


def _recognise(picture: bytes, languages: str) -> str:
    # Mode 1 turns pages that lie on their side, for which it has data of its own.
    mode = "1" if "osd" in _installed() else "3"
    command = [PROGRAM, "stdin", "stdout", "-l", languages, "--psm", mode, "--dpi", str(RESOLUTION)]
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}  # the workers share the cores already
    try:
        done = subprocess.run(
            command, input=picture, capture_output=True, timeout=SECONDS, env=environment, check=False
        )
    except subprocess.TimeoutExpired:
        raise PageTooSlowError from None
    if done.returncode < 0:
        raise OSError(f"{PROGRAM} was ended by signal {-done.returncode}")
    if done.returncode:
        raise DamagedPictureError
    pages = done.stdout.decode("utf-8", "replace").split("\f")
    return "\f".join(_tidied(page) for page in pages).rstrip("\f")


def _tidied(page: str) -> str:
    lines = [line.rstrip() for line in page.strip().split("\n")]
    return _HYPHENATED.sub("", re.sub(r"\n{3,}", "\n\n", "\n".join(lines)))


@contextlib.contextmanager
def _cache(file: str) -> Iterator[sqlite3.Connection | None]:
    """The table of the pages read, or None: where it cannot be used, pages are read all the same."""
    try:
        cache = sqlite3.connect(file, timeout=30)
        cache.executescript(_SCHEMA)
    except sqlite3.Error:
        yield None
        return
    try:
        yield cache
    finally:
        cache.close()


@functools.lru_cache(maxsize=1)
def _installed() -> frozenset[str]:
    done = subprocess.run([PROGRAM, "--list-langs"], capture_output=True, check=False)
    return frozenset(done.stdout.decode("utf-8", "replace").split("\n")[1:])


def _package(code: str) -> str:
    return f"tesseract-ocr-{code.replace('_', '-')}"
