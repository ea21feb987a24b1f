"""The messages between `pool` and `worker`: jobs one way, results of files the other."""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, BinaryIO, NamedTuple

from searchkit.documents.readers.columns import Choice
from searchkit.model import Failure, Notice


class Job(NamedTuple):
    """A file to read, and the id of its document. `known_hash`: what its hash was when it was last read, if ever.

    `columns`: which columns of a table the user has chosen for its text, title and so on (see `readers.columns`).
    `given`: so many documents of the file with the hash `given_hash` have been sent by a worker that died; they are not
    sent again.
    """

    path: str
    id: str
    known_hash: str | None = None
    given: int = 0
    given_hash: str | None = None
    columns: Choice = ()


@dataclass(frozen=True)
class FileResult:
    """A file that was read, or a part of one: a file of many documents comes in several, the `last` of them marked.

    `documents` are Documents, or what the transform made of each. `hash` is that of `hash_file`, None where the bytes
    could not be read. `same`: the hash is the job's `known_hash`, and the file was not read further. `failures` and
    `notices` are those of the whole file, and come with the last part. `complete`, there: whether the file was read to
    its end; where not, `failures` says why. `machine_fault`: the file is not to blame for what failed, and is to be read
    again as soon as may be.
    """

    path: str
    id: str
    hash: str | None
    documents: tuple[Any, ...] = ()
    failures: tuple[Failure, ...] = ()
    notices: tuple[Notice, ...] = ()
    last: bool = True
    same: bool = False
    complete: bool = True
    machine_fault: bool = False


def hash_file(path: str) -> str:
    """The hash of a file's bytes: BLAKE2b, 32 hexadecimal digits. Raises OSError where it cannot be read."""
    with open(path, "rb") as file:
        return hash_open(file, lambda: None)


def hash_open(file: BinaryIO, after_block: Callable[[], None]) -> str:
    """As `hash_file`, of an open file from where it stands; `after_block` is called at every MB."""
    digest = hashlib.blake2b(digest_size=16)
    while block := file.read(1 << 20):
        digest.update(block)
        after_block()
    return digest.hexdigest()


class Message(NamedTuple):
    """From a worker: pickled FileResults in order, none for a sign of life. `done`: all jobs it was given are answered.

    `retire`: it has used much memory and wants to be replaced. `error`: it could not start.
    """

    results: tuple[bytes, ...] = ()
    done: bool = False
    retire: bool = False
    error: str = ""


def send(stream: BinaryIO, message: object) -> None:
    """Write one message: eight bytes of length, then a pickle."""
    data = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
    stream.write(len(data).to_bytes(8, "big"))
    stream.write(data)
    stream.flush()


def receive(stream: BinaryIO) -> Any:
    """Read one message. Raises EOFError at the end of the stream, also within a message."""
    data = _exactly(stream, int.from_bytes(_exactly(stream, 8), "big"))
    return pickle.loads(data)


def _exactly(stream: BinaryIO, size: int) -> bytes:
    data = stream.read(size)
    if len(data) < size:
        raise EOFError
    return data
