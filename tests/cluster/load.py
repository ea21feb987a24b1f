"""What goes on while a fault happens: writers of documents, a searcher, and an account of what the cluster must hold.

An account is of what was acknowledged and of what is under way: a batch that ended in an error may have been done or not, until its
writer has sent it once more and was told that it is.
"""

from __future__ import annotations

import random
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from searchkit import engines
from searchkit.engines.base import Record
from searchkit.engines.opensearch import cluster_address
from searchkit.errors import SearchkitError
from searchkit.terms.query_tree import Group, Term
from searchkit.terms.wire import TermStreams

ALL = "everywhere"
WORDS = 60
"""Words of a document, beside those by which it is found."""


def record(id: str, version: int) -> Record:
    """A version of a document: a word that all have, one that only this version has, and others."""
    draw = random.Random(f"{id} {version}")
    words = [ALL, own_word(id, version), *(f"word{draw.randrange(3_000)}" for _ in range(WORDS))]
    stream = " ".join(f"w{word} s{word} n" for word in words)
    return Record(id, f"hash {version}", TermStreams(stream, ""), f"{id} {version}".encode())


def own_word(id: str, version: int) -> str:
    """The word that only one version of a document has."""
    return f"{id}v{version}"


def word(text: str) -> Group:
    """A query for a word."""
    return Group((Term("word", text),))


@dataclass
class Account:
    """Id -> the version that is there, 0 for none; and those that may be there meanwhile."""

    lock: threading.RLock = field(default_factory=threading.RLock)
    held: dict[str, int] = field(default_factory=dict)
    under_way: dict[str, int] = field(default_factory=dict)
    begun: int = 0
    """Batches so far."""
    touched: dict[str, int] = field(default_factory=dict)
    """Id -> the last batch that changed it."""

    def begin(self, changes: dict[str, int]) -> None:
        """A batch is going to be sent."""
        with self.lock:
            self.begun += 1
            self.under_way.update(changes)
            self.touched.update(dict.fromkeys(changes, self.begun))

    def acknowledge(self, changes: dict[str, int]) -> None:
        """A batch was done."""
        with self.lock:
            for id, version in changes.items():
                del self.under_way[id]
                self.held[id] = version

    def present(self) -> dict[str, int]:
        """What is there for sure and is not about to change."""
        with self.lock:
            return {id: version for id, version in self.held.items() if version and id not in self.under_way}


@dataclass
class Tally:
    """What was counted."""

    batches: int = 0
    refused: int = 0
    searches: int = 0
    unanswered: int = 0
    wrong: list[str] = field(default_factory=list)


def opened(folder: Path, address: str, name: str) -> Any:
    """The engine, as a machine of its own has it."""
    folder.mkdir(parents=True, exist_ok=True)
    if not cluster_address.is_written(folder):
        cluster_address.write(folder, cluster_address.parsed(address, name))
    return engines.open("opensearch", folder)


class Load:
    """Writers and a searcher at work."""

    def __init__(self, folder: Path, address: str, name: str, account: Account, writers: int = 2) -> None:
        self._folder = folder
        self._address = address
        self._name = name
        self.account = account
        self.tally = Tally()
        self._done = threading.Event()
        self._threads = [threading.Thread(target=self._write, args=(place,), daemon=True) for place in range(writers)]
        self._threads.append(threading.Thread(target=self._search, daemon=True))

    def __enter__(self) -> Load:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._done.set()
        for thread in self._threads:
            if kind is None:  # else the cluster may be gone, and a writer waits for it for ever
                thread.join()

    def wait_for_batches(self, count: int, seconds: float = 600.0) -> None:
        """Wait until so many more were acknowledged. Raises TimeoutError."""
        wanted, deadline = self.tally.batches + count, time.monotonic() + seconds
        while self.tally.batches < wanted:
            if time.monotonic() > deadline:
                raise TimeoutError("no batch is done any more")
            time.sleep(0.05)

    # -------------------------------------------------------------- writing
    def _write(self, place: int) -> None:
        draw = random.Random(f"{self._name} {place} {time.time_ns()}")
        number = 0
        while not self._done.is_set():
            changes = self._changes(draw, place, number)
            number += 1
            self.account.begin(changes)
            while True:  # as an update that failed is run again, also at the end: what is under way comes to its end
                try:
                    engine = opened(self._folder / f"writer{place}", self._address, self._name)
                    with engine.write() as batch:
                        for id, version in changes.items():
                            if version:
                                batch.add(record(id, version))
                        batch.remove([id for id, version in changes.items() if not version])
                    engine.close()
                    break
                except SearchkitError:
                    self.tally.refused += 1
                    time.sleep(0.5)
            self.account.acknowledge(changes)
            self.tally.batches += 1

    def _changes(self, draw: random.Random, place: int, number: int) -> dict[str, int]:
        """Some new documents, some of which there is a version, and some that go; each writer has its own."""
        stamp = time.time_ns()
        changes = {f"d{place}x{stamp}x{one}": 1 for one in range(draw.choice((5, 20, 120)))}
        own = [id for id in self.account.present() if id.startswith(f"d{place}x")]
        for id in draw.sample(own, min(len(own), 8)):
            changes[id] = self.account.held[id] + 1 if draw.random() < 0.6 else 0
        return changes

    # -------------------------------------------------------------- searching
    def _search(self) -> None:
        draw = random.Random(time.time_ns())
        engine = None
        while not self._done.is_set():
            try:
                engine = engine or opened(self._folder / "searcher", self._address, self._name)
                self._look(engine, draw)
                self.tally.searches += 1
            except SearchkitError:
                self.tally.unanswered += 1
                engine = None
                time.sleep(0.2)
            time.sleep(0.02)

    def _look(self, engine: Any, draw: random.Random) -> None:
        account = self.account
        with account.lock:
            before, begun, present = set(account.under_way), account.begun, account.present()
        some = draw.sample(sorted(present), min(len(present), 3))
        answers = {id: engine.search(word(own_word(id, present[id]))) for id in some}
        total = engine.search(word(ALL), limit=1).total
        with account.lock:
            changed = before | {id for id, batch in account.touched.items() if batch > begun}
        for id, page in answers.items():
            if id not in changed and [found for found, _ in page.matches] != [id]:
                self.tally.wrong.append(f"{id} version {present[id]} was not found, but {page.matches}")
        sure = present.keys() - changed
        if not len(sure) <= total <= len(sure) + len(changed):
            self.tally.wrong.append(f"{total} documents, where there are {len(sure)}, and {len(changed)} under way")


def compare(engine: Any, account: Account) -> tuple[list[str], list[str]]:
    """What is lost, or not in its last version, or there although it was removed; and what is there twice."""
    expected = {id: version for id, version in account.held.items() if version}
    assert not account.under_way
    rows = list(engine.ids())
    ids = [id for id, *_ in rows]
    twice = sorted({id for id in ids if ids.count(id) > 1}) if len(set(ids)) < len(ids) else []
    there = {id: hash for id, hash, _ in rows}
    lost = [f"{id}: {there.get(id)}" for id, version in expected.items() if there.get(id) != f"hash {version}"]
    lost += [f"{id} was removed" for id in there.keys() - expected.keys()]
    stored = engine.fetch(expected)
    lost += [id for id, version in expected.items() if stored.get(id) != f"{id} {version}".encode()]
    if engine.search(word(ALL), limit=1).total != len(expected):
        lost.append("the number of matches is another than that of the documents")
    return lost, twice
