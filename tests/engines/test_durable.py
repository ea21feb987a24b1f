"""Files that survive a crash: what is synced when, and what Windows does not let be done at once."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from searchkit import engines
from searchkit.engines import durable
from searchkit.errors import BrokenIndexError

from .conformance import record


def refusing(real: Callable[..., Any], times: int) -> tuple[Callable[..., Any], list[int]]:
    """An operation that Windows refuses so many times, since somebody has the file open."""
    calls: list[int] = []

    def refused(*arguments: Any, **named: Any) -> Any:
        calls.append(1)
        if len(calls) <= times:
            raise PermissionError(13, "The process cannot access the file")
        return real(*arguments, **named)

    return refused, calls


def test_a_file_that_a_reader_has_open_is_replaced_as_soon_as_it_is_let_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused, calls = refusing(os.replace, 3)
    monkeypatch.setattr(durable.os, "replace", refused)
    monkeypatch.setattr(durable.os, "name", "nt")
    monkeypatch.setattr(durable.time, "sleep", lambda seconds: None)
    (tmp_path / "commit.json").write_bytes(b"old")
    durable.rename(_written(tmp_path / "new", b"new"), tmp_path / "commit.json")
    assert (tmp_path / "commit.json").read_bytes() == b"new"
    assert len(calls) == 4


def test_elsewhere_a_refusal_is_one_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refused, calls = refusing(os.replace, 3)
    monkeypatch.setattr(durable.os, "replace", refused)
    monkeypatch.setattr(durable.os, "name", "posix")
    with pytest.raises(PermissionError):
        durable.rename(_written(tmp_path / "new", b"new"), tmp_path / "old")
    assert len(calls) == 1


def test_patience_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refused, calls = refusing(os.replace, 10**9)
    clock = iter(range(1000))
    monkeypatch.setattr(durable.os, "replace", refused)
    monkeypatch.setattr(durable.os, "name", "nt")
    monkeypatch.setattr(durable.time, "sleep", lambda seconds: None)
    monkeypatch.setattr(durable.time, "monotonic", lambda: next(clock))
    with pytest.raises(PermissionError):
        durable.rename(_written(tmp_path / "new", b"new"), tmp_path / "old")
    assert len(calls) < 10


def test_a_file_that_cannot_be_deleted_is_left_for_later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As one that is mapped into memory on Windows: the next writer tries again."""
    refused, _ = refusing(os.unlink, 1)
    monkeypatch.setattr(durable.os, "unlink", refused)
    path = _written(tmp_path / "segment", b"x")
    durable.delete(path)
    assert path.exists()
    durable.delete(path)
    assert not path.exists()


def test_a_checked_value_comes_back_and_any_other_byte_is_damage(tmp_path: Path) -> None:
    path = tmp_path / "commit.json"
    durable.replace_checked(path, {"a": [1, "ә"]}, 70)
    assert durable.read_checked(path) == {"a": [1, "ә"]}
    content = path.read_bytes()
    for place in range(len(content)):
        for bit in range(8):
            path.write_bytes(content[:place] + bytes([content[place] ^ 1 << bit]) + content[place + 1 :])
            with pytest.raises(BrokenIndexError, match="checksum"):
                durable.read_checked(path)


@pytest.mark.skipif(not os.path.exists("/proc/self/fd"), reason="only Linux tells which file a descriptor is")
@pytest.mark.in_files
def test_all_files_of_a_state_are_synced_before_the_file_that_names_them(
    engine_name: str, engine: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with engine.write() as batch:
        batch.add(record("old", "word"))
    events: list[tuple[str, str]] = []
    real_sync, real_replace = os.fsync, os.replace

    def fsync(descriptor: int) -> None:
        events.append(("sync", os.path.basename(os.readlink(f"/proc/self/fd/{descriptor}"))))
        real_sync(descriptor)

    def replace(source: Any, target: Any) -> None:
        events.append(("replace", os.path.basename(target)))
        real_replace(source, target)

    before = set(os.listdir(tmp_path))
    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", fsync)
        patched.setattr(os, "replace", replace)
        with engine.write() as batch:
            batch.add(record("new", "word"))
            batch.remove(["old"])
    committed = max(place for place, event in enumerate(events) if event == ("replace", "commit.json"))
    synced = [name for kind, name in events[:committed] if kind == "sync"]
    new = {name for name in set(os.listdir(tmp_path)) - before if not name.startswith(".")}
    assert new
    for name in (*new, "commit.json.new"):
        assert [one for one in synced if one.startswith(name)], f"{name} is committed before it is on the disk"
    assert ("sync", tmp_path.name) in events[:committed]
    assert events[committed + 1] == ("sync", tmp_path.name)


@pytest.mark.parametrize("name", ["../whoosh", "/etc", "", "whoosh/../../x", "WHOOSH", "lucene"])
def test_the_name_of_an_engine_is_never_a_path(tmp_path: Path, name: str) -> None:
    from searchkit.errors import SearchkitError

    with pytest.raises(SearchkitError, match="There is no engine"):
        engines.open(name, tmp_path)
    assert list(tmp_path.iterdir()) == []


def _written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path
