"""An index that is named by its address, `https://host:9200/name`, so that any machine can go on with it.

A folder of this machine stands for it, in the user's own data folder. What an index keeps in files (its description, the list of files, the
folders that were given, the user's lexicon) is kept in the cluster as well, in an index of its own whose name ends in `-shared`: fetched when
the index is opened and before it is changed, and sent there after that. Who changes it holds a lease there, so only one
machine does at a time.

    head        {version, files: {name: [parts]}}      which files there are; a part is named by its checksum
    <part>      {content}
"""

from __future__ import annotations

import base64
import contextlib
import os
import zlib
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path
from typing import Any

from searchkit.engines import durable
from searchkit.engines.opensearch import cluster_address
from searchkit.engines.opensearch.cluster_address import Address
from searchkit.errors import NotReachableError, SearchkitError

VARIABLE = "SEARCHKIT_HOME"
ENGINE = "opensearch"
HEAD = "head"
PART = 2 << 20
"""Bytes of a part of a file, before they are compressed."""
_VERSION = "shared.version"
_LOCAL = (cluster_address.FILE_NAME, _VERSION, "write.lock")


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
        _Shared(index).fetch()


@contextlib.contextmanager
def changing(index: Path, wait: float = 1.0) -> Iterator[None]:
    """The right to change the files of an index, which are the newest, and are sent when the block is left. Any other index
    is left alone. Raises LockedIndexError, NotReachableError."""
    if not is_one(index):
        yield
        return
    from searchkit.engines.opensearch.lease import leased

    shared = _Shared(index)
    shared.create()
    with leased(shared.state, str(shared.address), wait):
        shared.fetch()
        try:
            yield
        finally:
            shared.send()


class _Shared:
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

    def fetch(self) -> None:
        """Fetch what is newer in the cluster."""
        for _ in range(3):
            head = self.state.read(HEAD) if self.state.exists() else None
            if head is None or head["version"] == self._version():
                return
            if self._fetched(head):
                durable.replace(self._index / _VERSION, head["version"].encode())
                return
        raise NotReachableError(f"The index at {self.address} is being changed all the time: try again.")

    def _fetched(self, head: dict[str, Any]) -> bool:
        """Put the files of a head in their places; False where another machine has replaced them meanwhile."""
        contents = {}
        for name, parts in head["files"].items():
            path = self._index / name
            if path.is_file() and list(_parts(path.read_bytes())) == parts:
                continue
            rows = [self.state.read(part) for part in parts]
            if any(row is None for row in rows):
                return False
            contents[path] = b"".join(zlib.decompress(base64.b64decode(row["content"])) for row in rows if row)
        for path in set(self._files()) - {self._index / name for name in head["files"]}:
            path.unlink()
        for path, content in contents.items():
            path.parent.mkdir(exist_ok=True)
            durable.replace(path, content)
        return True

    def send(self) -> None:
        """Send what is newer here. For the holder of the lease alone."""
        head = self.state.read(HEAD)
        before = {part for parts in head["files"].values() for part in parts} if head else set()
        files: dict[str, list[str]] = {}
        for path in self._files():
            parts = _parts(path.read_bytes())
            files[path.relative_to(self._index).as_posix()] = list(parts)
            for name, content in parts.items():
                if name not in before:
                    self.state.write(name, {"content": base64.b64encode(zlib.compress(content, 1)).decode("ascii")})
        if head and head["files"] == files:
            return
        version = os.urandom(8).hex()
        self.state.write(HEAD, {"version": version, "files": files})
        durable.replace(self._index / _VERSION, version.encode())
        for name in before - {part for parts in files.values() for part in parts}:
            self.state.delete(name)

    def _version(self) -> str:
        try:
            return (self._index / _VERSION).read_text()
        except OSError:
            return ""

    def _files(self) -> list[Path]:
        """The files of the index here: its own, its lexicon's, and the one that says where the engine's documents are."""
        own = (path for path in self._index.iterdir() if not path.name.startswith(_LOCAL))
        others = (*self._index.glob("lexicon/*"), *self._index.glob(f"opensearch*/{cluster_address.FILE_NAME}"))
        found = [path for path in (*own, *others) if path.is_file() and not path.name.startswith(".")]
        return sorted(path for path in found if not path.name.endswith(("-journal", "-wal", "-shm", ".new")))


def _parts(content: bytes) -> dict[str, bytes]:
    """The parts of a file, by their checksums, in their order."""
    pieces = (content[start : start + PART] for start in range(0, len(content), PART))
    return {blake2b(piece, digest_size=20).hexdigest(): piece for piece in pieces}
