"""The sources of an index that is named by its address: the folders that were given, each of which one machine at a time may update.

So several machines bring one index up to date at once. Each source has a list of its files of its own (see `manifest`), which is
kept in the cluster and names the state of the source that it describes:

    sources             {names}                      all that there are
    source-<key>        {name, token, parts}         the token is another one before each commit of the source's documents
    <key>-<part>        {content}                    of its list of files

A machine that is stopped leaves a list that does not describe the token, or none; whoever updates the source next compares it with the
documents, as everywhere. The lease of such a machine runs out; should it go on after that, it is refused (`engines.opensearch.lease`).
"""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

from searchkit.collection import manifest, roots
from searchkit.collection.cluster_index import SharedFiles
from searchkit.collection.description import MANIFEST
from searchkit.collection.manifest import FileState, Manifest
from searchkit.engines import durable
from searchkit.engines.base import Batch, Written
from searchkit.errors import SearchkitError
from searchkit.text.slash_names import is_at_or_below

if TYPE_CHECKING:
    from searchkit.engines.opensearch.engine import OpenSearchEngine
    from searchkit.engines.opensearch.lease import Lease

NAMES = "sources"
_copying = threading.Lock()


class LeasedSource:
    """A source under a lease: the documents of an index as its update sees them, and the list of its files."""

    def __init__(
        self, engine: OpenSearchEngine, shared: SharedFiles, lease: Lease, name: str, apart: Sequence[str]
    ) -> None:
        self._engine = engine
        self._shared = shared
        self._lease = lease
        self._name = name
        self._apart = apart
        self._row: dict[str, Any] = {"name": name, "token": "", "parts": []}
        head = shared.head()
        self._epoch = head["epoch"] if head else ""

    # -------------------------------------------------------------- what an update asks
    @property
    def generation(self) -> str:
        """Names the committed state of the source's documents."""
        return f"{self._epoch}-{self._row['token']}"

    def write(self) -> AbstractContextManager[Batch]:
        """As that of the engine, under the lease of the source: a machine that lost it while it waited its turn changes nothing."""
        return self._engine.write(self._name_new_state)

    def _name_new_state(self) -> None:
        self._lease.check()
        self._row["token"] = os.urandom(8).hex()
        self._shared.state.write(_of(self._name), self._row)

    def fetch(self, ids: Iterable[str]) -> dict[str, bytes]:
        """As that of the engine."""
        return self._engine.fetch(ids)

    def ids(self) -> Iterator[tuple[str, str, str]]:
        """Those of the documents of the source's files."""
        return (row for row in self._engine.ids() if self._is_own(row[2]))

    def _is_own(self, file: str) -> bool:
        return is_at_or_below(file, self._name) and not any(is_at_or_below(file, inner) for inner in self._apart)

    # -------------------------------------------------------------- its list of files
    def fetch_list(self, file: Path) -> None:
        """Put the list into a file of this machine, as far as there is one."""
        row = self._shared.state.read(_of(self._name))
        if row:
            self._row = {name: row[name] for name in ("name", "token", "parts")}
        else:
            _note(self._shared, self._name)
        _fetch(self._shared, self._row, file)

    def send_list(self, file: Path) -> None:
        """Send the list, if the update came to an end with it."""
        if not manifest.is_sealed(file):
            return
        prefix = _key(self._name) + "-"
        parts = self._shared.put(file.read_bytes(), set(self._row["parts"]), prefix)
        if parts != self._row["parts"]:
            self._lease.check()
            self._row["parts"] = parts
            self._shared.state.write(_of(self._name), self._row)
            self._shared.sweep(self._lease, set(parts), prefix)


@contextlib.contextmanager
def updating(
    index: Path, engine: OpenSearchEngine, name: str, apart: Sequence[str], wait: float
) -> Iterator[tuple[LeasedSource, str]]:
    """The right to update a source, and the name of the file in the folder `index` that has its list of files. The sources `apart`, within
    it, are updated by themselves. Raises LockedIndexError."""
    from searchkit.engines.opensearch.lease import leased

    shared = SharedFiles(index)
    with leased(shared.state, str(shared.address), wait, (name,)) as lease:
        source = LeasedSource(engine, shared, lease, name, apart)
        file = index / _file(name)
        source.fetch_list(file)
        try:
            yield source, file.name
        finally:
            source.send_list(file)


def failures(index: Path) -> list[tuple[str, str]]:
    """(path, reason) of what the last updates of all sources could not read. The lists are read from copies of their own, since an
    update of this machine may be at work on the others. A source that is part of another by now has none."""
    shared = SharedFiles(index)
    found: list[tuple[str, str]] = []
    for name in _current(index, _names(shared)):
        row = shared.state.read(_of(name))
        copy = index / f"{_file(name)}.seen"
        with _copying:
            if row and _copied(shared, row, copy):
                found += manifest.failures(copy) or ()
    return found


def _current(index: Path, names: Iterable[str]) -> list[str]:
    """Those of the sources that are folders which were given; all where it is not known which were."""
    known: set[str] = set()
    with contextlib.suppress(SearchkitError):
        known = {root.name for root in roots.read(index)}
    return [name for name in names if not known or name in known]


def _copied(shared: SharedFiles, row: dict[str, Any], file: Path) -> bool:
    """Bring a copy of a list up to what the cluster has of it, for reading alone; False where it has none."""
    content = shared.content(file, row["parts"], _key(row["name"]) + "-")
    if content and not (file.is_file() and file.read_bytes() == content):
        with contextlib.suppress(FileNotFoundError):  # another process has put it there at the same time
            durable.replace(file, content)
    return bool(content) and file.is_file()


def fetch_lists(index: Path) -> list[Path]:
    """The lists of all sources, as they are now in the cluster, in files of this machine. For the holder of the right to change everything."""
    shared = SharedFiles(index)
    found = []
    for name in _names(shared):
        row = shared.state.read(_of(name))
        file = index / _file(name)
        if row and _fetch(shared, row, file):
            found.append(file)
    return found


def gather(index: Path, engine: Written) -> None:
    """Make one list of files of those of all sources. For the holder of the right to change everything."""
    known: dict[str, FileState] = {}
    mounts: list[str] = []
    for file in fetch_lists(index):
        states, of_file_systems = manifest.sound_files(file)
        known.update((state.path, state) for state in states)
        mounts += of_file_systems
    manifest.forget(index / MANIFEST)
    made = Manifest(index / MANIFEST, engine.generation, engine.ids, known.values())
    made.apply(manifest.Changes(mounts=mounts), engine.generation)
    made.set_complete(engine.generation)
    made.close()


def _names(shared: SharedFiles) -> list[str]:
    row = shared.state.read(NAMES) if shared.state.exists() else None
    return list(row["names"]) if row else []


def _note(shared: SharedFiles, name: str) -> None:
    """Have a source among the names of all."""

    def more(row: dict[str, Any] | None) -> dict[str, Any] | None:
        names = row["names"] if row else []
        return None if name in names else {"names": sorted([*names, name])}

    shared.state.change(NAMES, more)


def _fetch(shared: SharedFiles, row: dict[str, Any], file: Path) -> bool:
    """Bring a list in a file of this machine up to what the cluster has of it; False where it has none."""
    content = shared.content(file, row["parts"], _key(row["name"]) + "-")
    if not content:
        manifest.forget(file)
        return False
    if not manifest.is_sealed(file) or file.read_bytes() != content:
        manifest.forget(file)
        durable.replace(file, content)
        manifest.seal(file)
    return True


def _key(name: str) -> str:
    return blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _of(name: str) -> str:
    return f"source-{_key(name)}"


def _file(name: str) -> str:
    return f"manifest-{_key(name)}.sqlite"
