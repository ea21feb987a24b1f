"""What can be on a disk after the process was killed, or the power cut: replays the operations that `shim.c` wrote down.

A process that is killed leaves what it has done up to then ("stopped"), the last of it perhaps a part of a write ("half").

POSIX promises of a write only what was synced afterwards, and of a name only what its folder was synced for. So after each
operation three states are possible, among many between them:

- lost: files have what was last synced of them, folders the names that they had when they were last synced;
- cut: folders have their newest names, files what was last synced of them;
- garbage: folders have their newest names, and what was not synced of a file has its size but other bytes.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

STATES = {"power": ("lost", "cut", "garbage"), "stopped": ("stopped", "half")}
"""By what ended the process. "stopped" is the whole of what "kill" and "half" leave, without a process to be killed each time."""


class Operation(NamedTuple):
    """One line of the log, and its data."""

    name: str
    inode: int
    offset: int
    data: bytes
    path: str
    second: str


def read_log(file: Path) -> list[Operation]:
    """The operations in their order."""
    content, place, operations = file.read_bytes(), 0, []
    while place < len(content):
        end = content.index(b"\n", place)
        name, inode, offset, size, path, second = content[place:end].decode().split("\t")
        place = end + 1 + int(size)
        operations.append(Operation(name, int(inode), int(offset), content[end + 1 : place], path, second))
    return list(_with_renames_of_tantivy(operations))


def _with_renames_of_tantivy(operations: list[Operation]) -> Iterator[Operation]:
    """Tantivy gives its lists their names by a system call that does not pass the C library: right after they are synced."""
    written: dict[str, bytes] = {}
    for operation in operations:
        yield operation
        path = Path(operation.path)
        if path.name.startswith(".tmp"):
            written[operation.path] = written.get(operation.path, b"") + operation.data
            if operation.name == "sync":
                name = "meta.json" if written[operation.path].lstrip().startswith(b"{") else ".managed.json"
                yield operation._replace(name="rename", second=str(path.with_name(name)))


class _File:
    def __init__(self, content: bytes = b"") -> None:
        self.content = bytearray(content)
        self.synced = content


class Disk:
    """A folder: its files and folders by name (None is a folder), as programs see them and as the disk has them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._names: dict[str, _File | None] = {str(folder): None} if folder.exists() else {}
        for path in folder.rglob("*"):
            self._names[str(path)] = None if path.is_dir() else _File(path.read_bytes())
        self._synced = dict(self._names)

    def do(self, operation: Operation) -> None:
        """Follow one operation."""
        path, names = operation.path.removesuffix(" (deleted)"), self._names
        file = names.get(path)
        if operation.name == "create":
            names[path] = _File()
        elif operation.name == "mkdir":
            names[path] = None
        elif operation.name == "unlink":
            names.pop(path, None)
        elif operation.name == "rename":
            names[operation.second] = names.pop(path)
        elif operation.name == "sync" and file is None:
            self._sync_folder(path)
        elif file is not None:
            self._change(file, operation)

    def _change(self, file: _File, operation: Operation) -> None:
        if operation.name == "sync":
            file.synced = bytes(file.content)
        elif operation.name in ("truncate", "cut"):
            size = operation.offset if operation.name == "cut" else 0
            file.content[size:] = bytes(max(0, size - len(file.content)))
        else:
            end = operation.offset + len(operation.data)
            file.content.extend(bytes(max(0, end - len(file.content))))
            file.content[operation.offset : end] = operation.data

    def _sync_folder(self, folder: str) -> None:
        def inside(path: str) -> bool:
            return str(Path(path).parent) == folder or path == folder

        self._synced = {path: file for path, file in self._synced.items() if not inside(path)}
        self._synced.update((path, file) for path, file in self._names.items() if inside(path))

    def write(self, state: str) -> None:
        """Put what may be left after a cut into the folder."""
        shutil.rmtree(self._folder, ignore_errors=True)
        names = self._synced if state == "lost" else self._names
        for path, file in sorted(names.items()):
            if not Path(path).parent.exists():
                continue  # the folder itself was lost
            if file is None:
                Path(path).mkdir(exist_ok=True)
            else:
                Path(path).write_bytes(_CONTENTS[state](file))


def _garbage(file: _File) -> bytes:
    """What is synced, and other bytes in the place of what is not."""
    content, synced = bytes(file.content), file.synced.ljust(len(file.content), b"\0")
    return bytes(new if new == old else new ^ 0x5A for new, old in zip(content, synced, strict=False))


_CONTENTS = {
    "lost": lambda file: file.synced,
    "cut": lambda file: file.synced,
    "garbage": _garbage,
    "stopped": lambda file: file.content,
    "half": lambda file: file.content,
}


def states(folder: Path, operations: list[Operation], kinds: tuple[str, ...]) -> Iterator[tuple[int, str, Disk]]:
    """(number of operations done, kind of state, the disk to be written) for each state after each operation."""
    disk = Disk(folder)
    for number, operation in enumerate(operations, start=1):
        if "half" in kinds and len(operation.data) > 1:
            disk.do(operation._replace(data=operation.data[: len(operation.data) // 2]))
            yield number, "half", disk
        disk.do(operation)
        for kind in kinds:
            if kind != "half":
                yield number, kind, disk
