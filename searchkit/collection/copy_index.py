"""Copy an index to another place: from a folder to an address in a cluster, back, or from one to another of the same kind.

Documents, the list of files, the folders that were given, the user's lexicon and the scanned pages that were read go along; the sources are
not read. Files are called as they are from the new place (see `file_names`), and so are their documents. The old index stays as
it is. A copy that was interrupted is begun anew: the new index must be empty.
"""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from searchkit.analysis.version import ANALYSIS
from searchkit.collection import cluster_index, cluster_sources, convert, description, roots
from searchkit.collection.description import MANIFEST
from searchkit.collection.file_names import Names
from searchkit.collection.manifest import Changes, FileState, Manifest
from searchkit.collection.roots import Root
from searchkit.collection.storage import Storage
from searchkit.documents import ocr
from searchkit.engines.base import Written
from searchkit.errors import SearchkitError
from searchkit.model import Progress
from searchkit.text.slash_names import is_at_or_below

Name = Callable[[str], str]


def copy(source: Path, old: Storage, target: Path, new: Storage, progress: Progress | None) -> None:
    """Fill the index in `target`, which is empty, with what is in `source`. The caller holds the right to change `source`.
    Raises SearchkitError, LockedIndexError."""
    name = _renamed(Names(source), Names(target))
    if cluster_index.is_one(source):
        cluster_sources.gather(source, old.engine)
    with contextlib.closing(Manifest(source / MANIFEST, old.engine.generation, old.engine.ids)) as known:
        found = (known.file(path) for path in known.paths())
        files = [replace(state, path=name(state.path)) for state in found if state is not None]
        mounts = [name(path) for path in known.mounts()]
    described = description.read(source)
    with new.writing() as engine:
        convert.fill(old.engine, engine, progress, described is None or described.analysis != ANALYSIS, name)
        _copy_beside(source, target)
        with contextlib.suppress(SearchkitError):
            roots.remember(target, [root._replace(name=name(root.name)) for root in roots.read(source)])
        if not cluster_index.is_one(target):
            _write_list(target / MANIFEST, engine, files, mounts)
    if cluster_index.is_one(target):
        _send_lists(new, target, files, mounts)


def _renamed(old: Names, new: Names) -> Name:
    def name(file: str) -> str:
        return new.of(old.path(file))

    return name


def _copy_beside(source: Path, target: Path) -> None:
    """The user's words, and the scanned pages that were read."""
    if (source / "lexicon").is_dir():
        shutil.copytree(source / "lexicon", target / "lexicon", dirs_exist_ok=True)
    if (source / ocr.CACHE).is_file():
        shutil.copyfile(source / ocr.CACHE, target / ocr.CACHE)


def _write_list(file: Path, engine: Written, states: Iterable[FileState], mounts: list[str]) -> None:
    """Make a list of files from what is known of them."""
    made = Manifest(file, engine.generation, engine.ids)
    try:
        made.apply(Changes(read={state.path: state for state in states}, mounts=mounts), engine.generation)
        made.set_complete(engine.generation)
    finally:
        made.close()


def _send_lists(new: Storage, target: Path, states: list[FileState], mounts: list[str]) -> None:
    known: list[Root] = []
    with contextlib.suppress(SearchkitError):
        known = roots.read(target)
    for root in known:
        apart = [inner.name for inner in known if inner != root and is_at_or_below(inner.name, root.name)]

        def is_own(path: str, root: Root = root, apart: list[str] = apart) -> bool:
            return is_at_or_below(path, root.name) and not any(is_at_or_below(path, inner) for inner in apart)

        with new.updating(root.name, apart, cluster_index.PATIENCE, None) as (source, manifest):
            own = [state for state in states if is_own(state.path)]
            _write_list(target / manifest, source, own, [path for path in mounts if is_own(path)])
