"""Bring an index that is named by its address up to date: one source after the other, while other machines have others in hand."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from searchkit.collection import cluster_index, roots, sync
from searchkit.collection.file_names import Names
from searchkit.collection.roots import Root
from searchkit.collection.storage import Storage
from searchkit.collection.update_settings import Settings
from searchkit.documents.real_paths import composed, real_path
from searchkit.errors import LockedIndexError, SearchkitError
from searchkit.model import Progress, SyncReport
from searchkit.text.slash_names import is_at_or_below

WAITS = (0.0, 60.0)
"""Seconds that a source which another machine has in hand is waited for: all others come first. After the second time, a machine that was
stopped has lost it."""


class _Work(NamedTuple):
    """What is to be updated of a source."""

    name: str
    paths: list[str]
    settings: Settings
    apart: list[str]


def remember_roots(index: Path, paths: Sequence[str | os.PathLike[str]], settings: Settings) -> None:
    """As `sync.remember_roots`, for all machines."""
    with cluster_index.changing(index, WAITS[-1], cluster_index.FILES):
        sync.remember_roots(index, paths, settings)


def sync_paths(
    storage: Storage,
    index: Path,
    paths: Sequence[str | os.PathLike[str]],
    progress: Progress | None,
    settings: Settings,
) -> SyncReport:
    """As `sync.sync`: each path belongs to the innermost source that it is in."""
    names = Names(index)
    known = {root.name for root in _known(index)}
    by_source: dict[str, list[str]] = {}
    for path in [os.fspath(path) for path in paths]:
        name = names.of(composed(real_path(path)))
        outer = [source for source in known if is_at_or_below(name, source)]
        by_source.setdefault(max(outer, key=len, default=name), []).append(path)
    known |= by_source.keys()
    return _sync(
        storage,
        index,
        [_Work(name, those, settings, _within(name, known)) for name, those in by_source.items()],
        progress,
    )


def sync_roots(
    storage: Storage, index: Path, known: Sequence[Root], progress: Progress | None, settings: Settings
) -> SyncReport:
    """As `sync.sync_roots`."""
    names = Names(index)
    everything = {root.name for root in (*known, *_known(index))}
    work = []
    for root in known:
        apart = _within(root.name, everything)
        own = replace(settings, **root.options._asdict(), apart=apart)
        if settings.within is not None:
            own = replace(
                own, within=[path for path in settings.within if is_at_or_below(names.of(composed(path)), root.name)]
            )
            if not own.within:
                continue
        work.append(_Work(root.name, [names.path(root.name)], own, apart))
    report = _sync(storage, index, work, progress)
    if settings.prune:
        gone = [root.name for root in known if not os.path.exists(names.path(root.name))]
        with cluster_index.changing(index, WAITS[-1], cluster_index.FILES):
            roots.remember(index, [], gone)
    return report


def _sync(storage: Storage, index: Path, work: Sequence[_Work], progress: Progress | None) -> SyncReport:
    """Update sources, those last that others have in hand. Raises LockedIndexError where one of them stays so."""
    reports = []
    for turn, wait in enumerate(WAITS, start=1):
        held = []
        for one in work:
            try:
                with storage.updating(one.name, one.apart, wait, progress) as (source, manifest):
                    reports.append(sync.sync(index, source, one.paths, progress, one.settings, manifest))
            except LockedIndexError:
                if turn == len(WAITS):
                    raise
                held.append(one)
        work = held
    if _has_ocr(index):
        with cluster_index.changing(index, WAITS[-1], cluster_index.FILES):
            pass  # the pages that were read
    return sync.merged(reports)


def _has_ocr(index: Path) -> bool:
    from searchkit.documents import ocr

    return (index / ocr.CACHE).exists()


def _known(index: Path) -> list[Root]:
    try:
        return roots.read(index)
    except SearchkitError:
        return []


def _within(name: str, known: set[str]) -> list[str]:
    """The sources within another one, which are updated by themselves."""
    return sorted(inner for inner in known if inner != name and is_at_or_below(inner, name))
