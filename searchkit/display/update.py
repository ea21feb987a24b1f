"""Progress and report of an update, failures, and the state of an index."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from searchkit.display.screen import count, safe
from searchkit.documents import scans
from searchkit.model import Failure, Notice, SyncReport

FAILURES_SHOWN = 20
"""Failures of one reason beyond this many are only counted."""
PATH_SHOWN = 40
"""Columns for the path behind the progress bar."""


def progress(path: str | None) -> str:
    """The text behind the progress bar: the end of the path that was just read. It goes to click and not through
    `screen`, so it is made safe here."""
    shown = safe(path or "")
    return shown if len(shown) <= PATH_SHOWN else "…" + shown[1 - PATH_SHOWN :]


def report(done: SyncReport, documents: int) -> Iterator[str]:
    """The report of an update, in one line."""
    names = ("added", "updated", "moved", "removed", "unchanged")
    parts = [f"{getattr(done, name):,} {name}" for name in names if getattr(done, name)]
    if done.failed:
        parts.append(f"{count(len(done.failed), 'file')} failed")
    yield f"{', '.join(parts) or 'Nothing to do'}. The index holds {count(documents, 'document')}."


def notices(noted: Sequence[Notice]) -> Iterator[str]:
    """Remarks on files that did not fail."""
    yield from (f"Note: {notice.path}: {notice.text}" for notice in noted)


def scanned(files: Sequence[Failure]) -> Iterator[str]:
    """How many pages are pictures, in one line."""
    if files:
        pages = sum(scans.pages(file.reason) for file in files)
        yield (
            f"{count(pages, 'page')} of {count(len(files), 'file')} are scans, whose text is not found: searchkit index --ocr"
            " reads them."
        )


def skipped(reasons: Sequence[tuple[str, int]]) -> Iterator[str]:
    """How many files were passed over, a kind a line, the most frequent ones first."""
    for reason, number in reasons[:FAILURES_SHOWN]:
        yield f"Passed over {count(number, 'file')}: {reason.removeprefix('is ')}"
    rest = sum(number for _, number in reasons[FAILURES_SHOWN:])
    if rest:
        yield f"Passed over {count(rest, 'file')} of other kinds"


def failures(failed: Sequence[Failure]) -> Iterator[str]:
    """Each failed file with its reason; many of one reason are cut short."""
    reasons = Counter(failure.reason for failure in failed)
    shown: Counter[str] = Counter()
    for failure in failed:
        shown[failure.reason] += 1
        if shown[failure.reason] <= FAILURES_SHOWN:
            yield f"Failed: {failure.path}: {failure.reason}"
        elif shown[failure.reason] == reasons[failure.reason]:
            yield f"Failed: {reasons[failure.reason] - FAILURES_SHOWN:,} more: {failure.reason}"


def by_reason(failed: Iterable[Failure]) -> Iterator[str]:
    """All failed files under their reasons, the most frequent reason first."""
    yield from _grouped(failed, "file", "Every file could be read.")


def by_repair(mended: Iterable[Failure]) -> Iterator[str]:
    """All mended documents under what was mended, the most frequent first."""
    yield from _grouped(mended, "document", "No document had to be mended.")


def _grouped(failed: Iterable[Failure], noun: str, none: str) -> Iterator[str]:
    paths: dict[str, list[str]] = {}
    for failure in failed:
        paths.setdefault(failure.reason, []).append(failure.path)
    if not paths:
        yield none
    for reason, those in sorted(paths.items(), key=lambda item: (-len(item[1]), item[0])):
        yield f"{count(len(those), noun)}: {reason}"
        yield from (f"   {path}" for path in those)


def statistics(counts: dict[str, Any]) -> Iterator[str]:
    """The figures of an index, a line each."""
    yield f"documents: {counts['documents']:,}"
    yield "languages: " + (", ".join(f"{code} {number:,}" for code, number in counts["languages"].items()) or "none")
    if counts["earliest"]:
        yield f"dates: {counts['earliest']} to {counts['latest']}"
    yield f"size: {counts['bytes'] / 1e6:,.1f} MB"
    yield f"engine: {counts['engine']}"
    for mended in counts["repaired"]:
        yield f"documents in which {mended['reason']}: {mended['documents']:,}"
        yield from _some(mended["examples"], "searchkit failures --repaired", mended["documents"])
    if counts["failed"] is None:
        yield "files that could not be read: not known until searchkit index has come to its end"
        return
    yield f"files that could not be read: {len(counts['failed']):,}"
    yield from _some([f"{one['path']}: {one['reason']}" for one in counts["failed"]], "searchkit failures")
    pages = sum(file["pages"] for file in counts["scans"])
    yield f"pages without text to search, which searchkit index --ocr reads: {pages:,}"
    yield from _some([f"{one['path']}: {count(one['pages'], 'page')}" for one in counts["scans"]], "--json")


def _some(lines: Sequence[str], where: str, number: int | None = None) -> Iterator[str]:
    """The first lines of a list; `where` are the others, of `number` in all."""
    yield from (f"  {line}" for line in lines[:FAILURES_SHOWN])
    more = (len(lines) if number is None else number) - FAILURES_SHOWN
    if more > 0:
        yield f"  and {more:,} more, all of them: {where}"
