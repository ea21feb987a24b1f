"""The files of a Tantivy index: opening, creating, and what to say where they are damaged or the library is missing."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from searchkit.engines import durable, faults
from searchkit.engines.tantivy import commits, positions
from searchkit.engines.tantivy.commits import META, Commit
from searchkit.engines.tantivy.schema import schema
from searchkit.errors import BrokenIndexError, EngineError, LockedIndexError, QueryError, SearchkitError

if TYPE_CHECKING:
    from tantivy import Index

Row = TypeVar("Row")
_OS_ERROR = re.compile(r"\(os error (\d+)\)|\bcode: (\d+), kind:")
"""How Rust ends the message of an error of the system."""

Stamp = tuple[int, ...]


class State(NamedTuple):
    """A committed state, opened; `meta` is the content of meta.json."""

    commit: Commit
    meta: bytes
    index: Index


def require() -> None:
    """Raises SearchkitError, with what to do, where Tantivy is not installed."""
    try:
        import tantivy  # noqa: F401
    except ImportError:
        raise SearchkitError(
            "The engine tantivy needs a library that is not installed: pip install 'searchkit[tantivy]', on Python 3.11 or newer."
        ) from None


@contextmanager
def guarded(folder: Path) -> Iterator[None]:
    """Turns Tantivy's exceptions into errors that say what to do: of the system, of damaged files, or of Tantivy itself.

    Its panics are no Exception. It says by words alone what went wrong, so that the files are looked at before they are
    called damaged.
    """
    try:
        yield
    except (SearchkitError, GeneratorExit):
        raise
    except (ValueError, OSError) as error:
        raise _explained(folder, error) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise _explained(folder, error) from None


@contextmanager
def guarded_writing(folder: Path) -> Iterator[None]:
    """As `guarded`, for what Tantivy writes in threads of its own: what went wrong there it does not say, so it is tried."""
    try:
        with guarded(folder):
            yield
    except EngineError:
        with faults.explained(folder):
            faults.try_to_write(folder)
        raise


def guarded_rows(folder: Path, rows: Iterator[Row]) -> Iterator[Row]:
    """The items of an iterator, each fetched within `guarded`."""
    with guarded(folder):
        yield from rows


def _explained(folder: Path, error: BaseException) -> SearchkitError:
    said = " ".join(str(error).split())
    if isinstance(error, OSError) and error.errno is not None:
        return faults.storage_error(error.filename or folder, error.errno)
    number = _OS_ERROR.search(said)
    # A file that is missing is damage, if the state that holds needs it.
    if number and _number(number) != errno.ENOENT:
        return faults.storage_error_of(folder, _number(number))
    if "LockBusy" in said:
        return LockedIndexError(
            f"The index in {folder} is being updated by another process: try again when it is done."
        )
    try:
        problem = next(commits.problems(folder), "")
        outdated = commits.read(folder).format != commits.FORMAT
    except OSError:
        problem, outdated = f"{META} or the commit file is missing", False
    if problem or outdated:
        return _damaged(folder, problem or said)
    return EngineError(
        f"Tantivy failed ({said[:200]}), although the index in {folder} is whole: please report what you asked for."
    )


def create(folder: Path) -> None:
    """Begin an empty index. Raises BrokenIndexError where there are files of an index whose commit file is lost."""
    from tantivy import Index

    if any(path.suffix in (".store", ".idx", ".term") for path in folder.iterdir()):
        raise _damaged(folder, "commit.json is missing")
    for leftover in (META, ".managed.json"):
        durable.delete(folder / leftover)
    with guarded(folder):
        Index(schema(), os.fspath(folder))
    commits.begin(folder, None)
    commits.finish(folder)


def open_to_write(folder: Path) -> Index:
    """The index in a folder, for the holder of the write lock."""
    from tantivy import Index

    return _prepared(Index.open(os.fspath(folder)))


def stamp(folder: Path) -> Stamp:
    """As `commits.stamp`. Raises BrokenIndexError where the index is gone."""
    try:
        return commits.stamp(folder)
    except FileNotFoundError:
        raise durable.gone(folder) from None


def open_to_read(folder: Path, before: State | None) -> tuple[Stamp, State]:
    """The state that holds, with its stamp; the index of `before` is taken where it is of the same state.

    Nothing is written to the folder, and the writer is not asked to wait: where it goes on meanwhile, and deletes files, the
    state is read anew. Raises BrokenIndexError.
    """
    known = stamp(folder)
    while True:
        try:
            with faults.explained(folder):
                return known, _open_to_read(folder, before)
        except (BrokenIndexError, OSError) as error:
            newer = stamp(folder)
            if newer == known:
                if isinstance(error, FileNotFoundError):
                    raise durable.damaged(Path(error.filename), "it is missing") from None
                raise
            known = newer


def _open_to_read(folder: Path, before: State | None) -> State:
    commit = commits.read(folder)
    meta = commit.meta
    if commit.pending:
        # Tantivy writes meta.json for its own user alone; another sees the state before a little longer.
        with contextlib.suppress(PermissionError):
            meta = (folder / META).read_bytes()
    if before and before.meta == meta:
        return before._replace(commit=commit)
    if not commit.pending:
        for name, (size, _) in commit.files.items():
            actual = os.stat(folder / name).st_size
            if actual != size:
                raise durable.damaged(folder / name, f"it has {actual} bytes instead of {size}")
    with guarded(folder), _mirror(folder, meta) as place:
        return State(commit, meta, _open(place))


def _open(place: Path) -> Index:
    from tantivy import Index

    return _prepared(Index.open(os.fspath(place)))


def _prepared(index: Index) -> Index:
    positions.register(index)
    # Whoever searches looks for a new state himself; the other policy would be told of it half a second late.
    index.config_reader("manual")
    index.reload()
    return index


_TRIES = 10


@contextmanager
def _mirror(folder: Path, meta: bytes) -> Iterator[Path]:
    """A folder of links to the files of a state, in which Tantivy may write the lock that it wants for reading.

    It has all files mapped into memory when it has opened an index, so that the links are needed no longer then; and the
    thread with which it watches for new states finds nothing to open behind our back. Links in memory take 0.02 ms each.
    """
    in_memory = "/dev/shm" if os.access("/dev/shm", os.W_OK | os.X_OK) else None
    place = tempfile.mkdtemp(prefix="searchkit-", dir=in_memory)
    try:
        linked = _link(os.path.realpath(folder), commits.named(folder, meta), place, meta)
        yield Path(place) if linked else folder
    finally:
        _delete_mirror(place)


def _delete_mirror(place: str) -> None:
    """Tantivy's thread may just be writing its lock again, so this is tried more than once. What is left in the end is empty,
    and in a folder that is emptied by the system."""
    for _ in range(_TRIES):
        with contextlib.suppress(OSError):
            for name in os.listdir(place):
                os.unlink(os.path.join(place, name))
            os.rmdir(place)
        if not os.path.exists(place):
            return


def _link(folder: str, names: Iterable[str], place: str, meta: bytes) -> bool:
    """False where links are not to be had: on Windows they take a right that few users have."""
    try:
        for name in names:
            os.symlink(os.path.join(folder, name), os.path.join(place, name))
    except OSError:
        if os.name != "nt":
            raise
        return False
    with open(os.path.join(place, META), "wb") as file:
        file.write(meta)
    return True


def _number(match: re.Match[str]) -> int:
    return int(match[1] or match[2])


def _damaged(folder: Path, what: str) -> BrokenIndexError:
    return BrokenIndexError(f"The index in {folder} is damaged ({what[:300].rstrip('.')}): {durable.REPAIR}.")


def too_deep(limit: int) -> QueryError:
    return QueryError(f"The query is nested more than {limit} levels deep: write it with fewer brackets.")
