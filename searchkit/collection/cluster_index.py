"""An index that is named by its address, `https://host:9200/name`, so that any machine can go on with it.

A folder of this machine stands for it, in the user's own data folder. What an index keeps in files (its description, the folders that were
given, the user's lexicon, the scanned pages that were read) is kept in the cluster as well, in an index of its own whose name ends in
`-shared`: fetched when the index is opened and before it is changed, and sent there after that. Who changes it holds a lease
there. Of everything there is one at a time; of sources, see `cluster_sources`, each may be updated by another machine.

    head        {version, epoch, files: {name: [parts]}}      which files there are; a part is named by its checksum
    <part>      {content}

The epoch is another one after each change of everything: what was noted of sources before is then compared with the documents.
"""

from __future__ import annotations

import base64
import contextlib
import os
import re
import zlib
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

from searchkit.engines import durable
from searchkit.engines.opensearch import cluster_address
from searchkit.engines.opensearch.cluster_address import Address
from searchkit.errors import NotReachableError, SearchkitError

if TYPE_CHECKING:
    from searchkit.engines.opensearch.lease import Lease

VARIABLE = "SEARCHKIT_HOME"
ENGINE = "opensearch"
HEAD = "head"
PART = 2 << 20
"""Bytes of a part of a file, before they are compressed."""
_CHECKSUM = 20
"""Bytes of the checksum that names a part."""
PATIENCE = 10.0
"""Seconds that work of an index which is just being made waits for what else is done to it."""
EVERYTHING = ("",)
FILES = ("files",)
"""What a lease is for; sources go by their names, which are absolute."""
_VERSION = "shared.version"
_OF_THIS_MACHINE = (cluster_address.FILE_NAME, _VERSION, "write.lock", "manifest")
"""How the names of files begin that are not sent, or not with the others."""


def folder_of(address: str | os.PathLike[str]) -> Path:
    """The folder of this machine that stands for the index at an address; made where it is not there. Raises SearchkitError."""
    parsed = cluster_address.parsed(os.fspath(address))
    home = os.environ.get(VARIABLE) or os.environ.get("XDG_DATA_HOME")
    base = Path(home) if home else Path.home() / ".local" / "share"
    name = "".join(letter if letter.isalnum() or letter in "-_." else "_" for letter in str(parsed).partition("//")[2])
    folder = base / "searchkit" / name
    folder.mkdir(parents=True, exist_ok=True)
    if not cluster_address.is_written(folder):
        cluster_address.write(folder, parsed)
    return folder


def is_one(index: Path) -> bool:
    """Whether the index in a folder is that of an address."""
    return cluster_address.is_written(index)


def check_engine(index: Path, engine: str) -> None:
    """Raises SearchkitError where the index of an address is to be kept by another engine than the cluster."""
    if engine != ENGINE and is_one(index):
        raise SearchkitError(
            f"The index at {cluster_address.read(index)} is kept by its cluster: for the engine {engine}, name a folder with --index."
        )


def fetch(index: Path) -> None:
    """Bring the files in the folder up to what the cluster has; nothing happens to any other index. Raises NotReachableError."""
    if is_one(index):
        SharedFiles(index).fetch()


@contextlib.contextmanager
def changing(index: Path, wait: float = 1.0, what: tuple[str, ...] = EVERYTHING) -> Iterator[None]:
    """The right to change an index, or only its `FILES`, which are the newest, and are sent when the block is left. Any other index
    is left alone. Raises LockedIndexError, NotReachableError."""
    if not is_one(index):
        yield
        return
    from searchkit.engines.opensearch.lease import leased

    shared = SharedFiles(index)
    shared.create()
    with leased(shared.state, str(shared.address), wait, what) as lease:
        shared.fetch()
        try:
            yield
        finally:
            shared.send(lease, anew=what == EVERYTHING)


class SharedFiles:
    """The files of an index, here and in the cluster."""

    def __init__(self, index: Path) -> None:
        from searchkit.engines.opensearch.connection import connect
        from searchkit.engines.opensearch.shared_state import SharedState

        self._index = index
        self.address: Address = cluster_address.read(index)
        self._connection = connect(self.address)
        self.state = SharedState(self._connection, f"{self.address.name}-shared")

    def create(self) -> None:
        """Make the place in the cluster where it is not there."""
        self._connection.check_version()
        self.state.create(int(os.environ.get("SEARCHKIT_OPENSEARCH_REPLICAS", "0")))

    def head(self) -> dict[str, Any] | None:
        """What there is in the cluster; None where nothing was sent."""
        return self.state.read(HEAD) if self.state.exists() else None

    def fetch(self) -> None:
        """Fetch what is newer in the cluster."""
        for _ in range(3):
            head = self.head()
            if head is None or head["version"] == self._version():
                return
            if self._fetched(head):
                durable.replace(self._index / _VERSION, head["version"].encode())
                return
        raise NotReachableError(f"The index at {self.address} is being changed all the time: try again.")

    def _fetched(self, head: dict[str, Any]) -> bool:
        """Put the files of a head in their places; False where another machine has replaced them meanwhile."""
        from searchkit.documents import ocr

        contents = {}
        for name, parts in head["files"].items():
            path = self._index / name
            content = self.content(path, parts)
            if content is None:
                return False
            contents[path] = content
        for path in set(self._files()) - {self._index / name for name in head["files"]} - {self._index / ocr.CACHE}:
            path.unlink()
        for path, content in contents.items():
            if path.is_file() and path.read_bytes() == content:
                continue
            path.parent.mkdir(exist_ok=True)
            if path.name == ocr.CACHE and path.exists():
                ocr.remember_all(path, content)
            else:
                durable.replace(path, content)
        return True

    def content(self, path: Path, parts: list[str], prefix: str = "") -> bytes | None:
        """A file of these parts, of which those that are in the file at `path` are not fetched; None where one is gone."""
        known = dict(_parts(path.read_bytes(), prefix)) if path.is_file() else {}
        found = []
        for part in parts:
            if part in known:
                found.append(known[part])
                continue
            row = self.state.read(part)
            if row is None:
                return None
            found.append(zlib.decompress(base64.b64decode(row["content"])))
        return b"".join(found)

    def send(self, lease: Lease, anew: bool) -> None:
        """Send what is newer here; `anew`: another epoch begins. Raises LockedIndexError where the lease for it is lost."""
        head = self.head() or {"files": {}, "epoch": ""}
        before = {part for parts in head["files"].values() for part in parts}
        files = {
            path.relative_to(self._index).as_posix(): self.put(path.read_bytes(), before) for path in self._files()
        }
        if head["files"] == files and not anew:
            return
        version = os.urandom(8).hex()
        epoch = os.urandom(8).hex() if anew else head["epoch"]
        lease.check()
        self.state.write(HEAD, {"version": version, "epoch": epoch, "files": files})
        durable.replace(self._index / _VERSION, version.encode())
        self.sweep(lease, {part for parts in files.values() for part in parts})

    def put(self, content: bytes, before: set[str], prefix: str = "") -> list[str]:
        """Send the parts of a file that are not there `before`; returns their names, which begin with `prefix`."""
        parts = _parts(content, prefix)
        for name, piece in dict(parts).items():
            if name not in before:
                self.state.write(name, {"content": base64.b64encode(zlib.compress(piece, 1)).decode("ascii")})
        return [name for name, _ in parts]

    def sweep(self, lease: Lease, needed: set[str], prefix: str = "") -> None:
        """Delete the parts that begin with `prefix` but those that are `needed`: of earlier states, and of machines that were stopped or lost
        their lease when they had sent parts only. What another machine has put there meanwhile stays. Raises LockedIndexError where the
        lease for these files is lost."""
        from opensearchpy.exceptions import ConflictError

        is_part = re.compile(re.escape(prefix) + f"[0-9a-f]{{{2 * _CHECKSUM}}}").fullmatch
        left = {name: as_it_was for name, as_it_was in self.state.names().items() if is_part(name)}
        lease.check()
        for name in left.keys() - needed:
            with contextlib.suppress(ConflictError):
                self.state.delete(name, **left[name])

    def _version(self) -> str:
        try:
            return (self._index / _VERSION).read_text()
        except OSError:
            return ""

    def _files(self) -> list[Path]:
        """The files of the index here: its own, its lexicon's, and the one that says where the engine's documents are."""
        own = (path for path in self._index.iterdir() if not path.name.startswith(_OF_THIS_MACHINE))
        others = (*self._index.glob("lexicon/*"), *self._index.glob(f"opensearch*/{cluster_address.FILE_NAME}"))
        found = [path for path in (*own, *others) if path.is_file() and not path.name.startswith(".")]
        return sorted(path for path in found if not path.name.endswith(("-journal", "-wal", "-shm", ".new")))


def _parts(content: bytes, prefix: str) -> list[tuple[str, bytes]]:
    """The parts of a file with their names, which are their checksums, in their order."""
    pieces = (content[start : start + PART] for start in range(0, len(content), PART))
    return [(prefix + blake2b(piece, digest_size=_CHECKSUM).hexdigest(), piece) for piece in pieces]
