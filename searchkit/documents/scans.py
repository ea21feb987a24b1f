"""Pages that are pictures of text: what is said of them, and how many they are.

They are no failure of a file, but what they say is not searched until OCR has read them. A file keeps the sentence among
its failures, so that every update and every list of failures knows of them without reading the file again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from searchkit.model import Failure

_REASON = re.compile(r"has (\d+) pages? without text to search \(")


def reason(pages: int) -> str:
    """The sentence for a file with so many scanned pages."""
    noun = "page" if pages == 1 else "pages"
    return (
        f"has {pages} {noun} without text to search (scans, or fonts without letters): searchkit index --ocr reads them"
    )


def pages(reason: str) -> int:
    """How many scanned pages the sentence speaks of; 0 for any other."""
    match = _REASON.search(reason)
    return int(match[1]) if match else 0


def divided(failures: Iterable[Failure]) -> tuple[list[Failure], list[Failure]]:
    """(those that failed, those that have scanned pages)."""
    failed: list[Failure] = []
    scanned: list[Failure] = []
    for failure in failures:
        (scanned if pages(failure.reason) else failed).append(failure)
    return failed, scanned
