"""Bring an index up to date with files: the folders that were given to it, each by an `Update`."""

from __future__ import annotations

import gc
import os
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from searchkit.collection import roots
from searchkit.collection.description import MANIFEST
from searchkit.collection.file_names import Names
from searchkit.collection.file_update import Update
from searchkit.collection.manifest import Manifest
from searchkit.collection.update_settings import Settings
from searchkit.documents.readers.columns import Choice
from searchkit.documents.real_paths import composed, is_utf8, real_path
from searchkit.engines.base import Written
from searchkit.errors import SearchkitError
from searchkit.model import Progress, SyncReport
from searchkit.text.slash_names import is_at_or_below

GARBAGE = 100_000
"""New objects after which garbage is looked for."""


def sync(
    folder: Path,
    engine: Written,
    paths: Iterable[str | os.PathLike[str]],
    progress: Progress | None = None,
    settings: Settings = Settings(),  # noqa: B008
    manifest: str = MANIFEST,
) -> SyncReport:
    """See `Index.sync`; `folder` is the index's own, where the file `manifest` is the list of files, and the caller holds its
    write lock."""
    with _opened(folder / manifest, engine) as opened, _garbage_seldom():
        return Update(folder, engine, opened, progress, settings).run([os.fspath(path) for path in paths])


def sync_roots(
    folder: Path, engine: Written, known: Sequence[roots.Root], progress: Progress | None, settings: Settings
) -> SyncReport:
    """As `sync`, for roots, each with its own options."""
    names = Names(folder)
    reports: list[SyncReport] = []
    for options, those in roots.groups(known):
        within = settings.within
        if within is not None:
            within = [path for path in within if any(is_at_or_below(names.of(composed(path)), name) for name in those)]
            if not within:
                continue
        apart = [
            root.name
            for root in known
            if root.name not in those and any(is_at_or_below(root.name, outer) for outer in those)
        ]
        own = replace(settings, **options._asdict(), apart=apart, within=within)
        reports.append(sync(folder, engine, [names.path(name) for name in those], progress, own))
    if settings.prune:
        roots.remember(folder, [], [root.name for root in known if not os.path.exists(names.path(root.name))])
    return merged(reports)


def remember_roots(folder: Path, paths: Iterable[str | os.PathLike[str]], settings: Settings) -> list[roots.Root]:
    """Note the given paths that are there, for the updates that are given none; returns all that are given."""
    names = Names(folder)
    options = roots.RootOptions(tuple(settings.exclude), settings.follow_links, settings.columns)
    given = {
        path: names.of(composed(real_path(path)))
        for path in [os.fspath(path) for path in paths]
        if is_utf8(real_path(path))
    }
    there = [roots.Root(name, options) for path, name in given.items() if os.path.exists(path)]
    gone = [name for path, name in given.items() if settings.prune and not os.path.exists(path)]
    roots.remember(folder, there, gone)
    return [roots.Root(name, options) for name in given.values()]


def chooses_other_columns(folder: Path, paths: Iterable[str | os.PathLike[str]], columns: Choice) -> bool:
    """Whether other columns were chosen for files below the given paths when they were last read."""
    names = Names(folder)
    before = (roots.columns_of(folder, names.of(composed(real_path(os.fspath(path))))) for path in paths)
    return any(chosen is not None and chosen != columns for chosen in before)


def merged(reports: Sequence[SyncReport]) -> SyncReport:
    """The report of several updates as one."""
    skipped: Counter[str] = Counter()
    for report in reports:
        skipped.update(dict(report.skipped))
    return SyncReport(
        sum(report.added for report in reports),
        sum(report.updated for report in reports),
        sum(report.moved for report in reports),
        sum(report.removed for report in reports),
        sum(report.unchanged for report in reports),
        tuple(failure for report in reports for failure in report.failed),
        tuple(notice for report in reports for notice in report.notices),
        tuple(failure for report in reports for failure in report.scans),
        tuple(skipped.most_common()),
    )


def read_again(folder: Path, engine: Written, names: Iterable[str], progress: Progress | None = None) -> SyncReport:
    """Read the files of these names, whatever is known of them, and leave all others alone."""
    with _opened(folder / MANIFEST, engine) as opened, _garbage_seldom():
        return Update(folder, engine, opened, progress, Settings()).read(list(names))


@contextmanager
def _opened(file: Path, engine: Written) -> Iterator[Manifest]:
    try:
        opened = Manifest(file, engine.generation, engine.ids)
        try:
            yield opened
        finally:
            opened.close()
    except sqlite3.Error as error:
        raise SearchkitError(f"The list of files in {file.parent} cannot be used ({error}): update again.") from error


@contextmanager
def _garbage_seldom() -> Iterator[None]:
    """Have garbage looked for less often within the block: records pass through by the thousand, and none is garbage."""
    before = gc.get_threshold()
    gc.set_threshold(max(GARBAGE, before[0]) if before[0] else 0, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
