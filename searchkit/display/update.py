"""Progress and report of an update, failures, and the state of an index."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from searchkit.display.screen import count, safe
from searchkit.documents import scans
from searchkit.locale import N_
from searchkit.locale.spoken import say, sentence, spoken
from searchkit.model import Failure, Notice, SyncReport

FAILURES_SHOWN = 20
"""Failures of one reason beyond this many are only counted."""
PATH_SHOWN = 40
"""Columns for the path behind the progress bar."""


DONE = {
    "added": N_("%(num)s added"),
    "updated": N_("%(num)s updated"),
    "moved": N_("%(num)s moved"),
    "removed": N_("%(num)s removed"),
    "unchanged": N_("%(num)s unchanged"),
}
"""What an update did with documents."""


def progress(path: str | None) -> str:
    """The text behind the progress bar: the end of the path that was just read. It goes to click and not through
    `screen`, so it is made safe here."""
    shown = safe(path or "")
    return shown if len(shown) <= PATH_SHOWN else "…" + shown[1 - PATH_SHOWN :]


def report(done: SyncReport, documents: int) -> Iterator[str]:
    """The report of an update, in one line."""
    number = spoken().number
    parts = [say(text, num=number(getattr(done, name))) for name, text in DONE.items() if getattr(done, name)]
    if done.failed:
        parts.append(say("%(files)s failed", files=count(len({failure.path for failure in done.failed}), "file")))
    holds = say("The index holds %(documents)s.", documents=count(documents, "document"))
    changes = ", ".join(parts) or say("Nothing to do")
    yield f"{changes}. {holds}"


def notices(noted: Sequence[Notice]) -> Iterator[str]:
    """Remarks on files that did not fail."""
    yield from (say("Note: %(path)s: %(text)s", path=one.path, text=sentence(one.text)) for one in noted)


def scanned(files: Sequence[Failure]) -> Iterator[str]:
    """How many pages are pictures, in one line."""
    if files:
        pages = sum(scans.pages(file.reason) for file in files)
        yield say(
            "%(pages)s of %(files)s are scans, whose text is not found: searchkit index --ocr reads them.",
            pages=count(pages, "page"),
            files=count(len(files), "file"),
        )


def skipped(reasons: Sequence[tuple[str, int]]) -> Iterator[str]:
    """How many files were passed over, a kind a line, the most frequent ones first."""
    for reason, number in reasons[:FAILURES_SHOWN]:
        files = count(number, "file")
        yield say("Passed over %(files)s: %(reason)s", files=files, reason=sentence(reason).removeprefix("is "))
    rest = sum(number for _, number in reasons[FAILURES_SHOWN:])
    if rest:
        yield say("Passed over %(files)s of other kinds", files=count(rest, "file"))


def failures(failed: Sequence[Failure]) -> Iterator[str]:
    """Each failed file with its reason; many of one reason are cut short."""
    reasons = Counter(failure.reason for failure in failed)
    shown: Counter[str] = Counter()
    for failure in failed:
        shown[failure.reason] += 1
        if shown[failure.reason] <= FAILURES_SHOWN:
            yield say("Failed: %(path)s: %(reason)s", path=failure.path, reason=sentence(failure.reason))
        elif shown[failure.reason] == reasons[failure.reason]:
            more = spoken().number(reasons[failure.reason] - FAILURES_SHOWN)
            yield say("Failed: %(num)s more: %(reason)s", num=more, reason=sentence(failure.reason))


def by_reason(failed: Iterable[Failure]) -> Iterator[str]:
    """All failed files under their reasons, the most frequent reason first."""
    yield from _grouped(failed, "file", say("Every file could be read."))


def by_repair(mended: Iterable[Failure]) -> Iterator[str]:
    """All mended documents under what was mended, the most frequent first."""
    yield from _grouped(mended, "document", say("No document had to be mended."))


def _grouped(failed: Iterable[Failure], noun: str, none: str) -> Iterator[str]:
    paths: dict[str, list[str]] = {}
    for failure in failed:
        paths.setdefault(failure.reason, []).append(failure.path)
    if not paths:
        yield none
    for reason, those in sorted(paths.items(), key=lambda item: (-len(item[1]), item[0])):
        yield f"{count(len(those), noun)}: {sentence(reason)}"
        yield from (f"   {path}" for path in those)


def statistics(counts: dict[str, Any]) -> Iterator[str]:
    """The figures of an index, a line each."""
    number = spoken().number
    yield say("documents: %(num)s", num=number(counts["documents"]))
    each = ", ".join(f"{code} {number(amount)}" for code, amount in counts["languages"].items())
    yield say("languages: %(each)s", each=each or say("none"))
    if counts["earliest"]:
        yield say("dates: %(first)s to %(last)s", first=counts["earliest"], last=counts["latest"])
    if counts["bytes"] < 1e6:
        yield say("size: %(num)s KB", num=number(round(counts["bytes"] / 1e3)))
    else:
        yield say("size: %(num)s MB", num=number(counts["bytes"] / 1e6))
    yield say("engine: %(name)s", name=counts["engine"])
    for mended in counts["repaired"]:
        what = sentence(mended["reason"])
        yield say("documents in which %(what)s: %(num)s", what=what, num=number(mended["documents"]))
        yield from _some(mended["examples"], "searchkit failures --repaired", mended["documents"])
    if counts["failed"] is None:
        yield say("files that could not be read: not known until searchkit index has come to its end")
        return
    yield say("files that could not be read: %(num)s", num=number(len(counts["failed"])))
    yield from _some(list(_each_or_by_reason(counts["failed"])), "searchkit failures")
    pages = sum(file["pages"] for file in counts["scans"])
    yield say("pages without text to search, which searchkit index --ocr reads: %(num)s", num=number(pages))
    yield from _some([f"{one['path']}: {count(one['pages'], 'page')}" for one in counts["scans"]], "--json")


def _each_or_by_reason(failed: Sequence[dict[str, str]]) -> Iterator[str]:
    """A few failed files one by one; many by their reasons, the most frequent first, with one file of each."""
    paths: dict[str, list[str]] = {}
    for one in failed:
        paths.setdefault(one["reason"], []).append(one["path"])
    if len(failed) <= FAILURES_SHOWN:
        yield from (f"{one['path']}: {sentence(one['reason'])}" for one in failed)
        return
    for reason, those in sorted(paths.items(), key=lambda item: (-len(item[1]), item[0])):
        files = count(len(those), "file")
        yield say("%(files)s, such as %(path)s: %(reason)s", files=files, path=those[0], reason=sentence(reason))


def _some(lines: Sequence[str], where: str, number: int | None = None) -> Iterator[str]:
    """The first lines of a list; `where` are the others, of `number` in all."""
    yield from (f"  {line}" for line in lines[:FAILURES_SHOWN])
    more = (len(lines) if number is None else number) - FAILURES_SHOWN
    if more > 0:
        yield "  " + say("and %(num)s more, all of them: %(where)s", num=spoken().number(more), where=where)
