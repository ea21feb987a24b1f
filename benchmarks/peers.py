#!/usr/bin/env python3
"""searchkit beside its peers: indexing, querying, mentions, growth and start, each comparison inside one run.

    python benchmarks/peers.py indexing [--documents 10000] [--repeat 3] [--only NAME ...]
    python benchmarks/peers.py querying [--documents 100000] [--repeat 20] [--only NAME ...] [--keep FOLDER]
    python benchmarks/peers.py mentions [--documents 100000] [--repeat 3]
    python benchmarks/peers.py growth   [--documents 10000 100000 1000000]
    python benchmarks/peers.py start    [--repeat 15]

With --keep the corpus and the indexes stay in FOLDER, and those that are there are used as they are.
The engine opensearch takes part where SEARCHKIT_OPENSEARCH names a node (see docs/engines.md).
Peers: SQLite FTS5 (unicode61, optimised), bm25s, bare Whoosh and bare Tantivy with their default analysers; those that
are not installed are left out. searchkit finds languages, stems and indexes three fields; its peers split words.
Every measurement of indexing is a process of its own. Its peak memory is printed, with and without the files that are mapped
into it, and that of the largest worker process.
Figures are medians over the repetitions, ratios are to SQLite FTS5.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import corpus

import searchkit

BASE = "SQLite FTS5"


# ------------------------------------------------------------------ building
def build_searchkit(source: Path, target: Path, jobs: int, engine: str) -> None:
    with searchkit.open(target, engine=engine, create=True) as index:
        report = index.sync([source], jobs=jobs or None)
        assert not report.failed


def build_sqlite(source: Path, target: Path, jobs: int) -> None:
    target.mkdir()
    db = sqlite3.connect(target / "fts.sqlite")
    db.execute("CREATE VIRTUAL TABLE docs USING fts5(id UNINDEXED, text, tokenize='unicode61')")
    db.executemany("INSERT INTO docs VALUES (?, ?)", corpus.read(source))
    db.execute("INSERT INTO docs(docs) VALUES ('optimize')")
    db.commit()
    db.close()


def build_bm25s(source: Path, target: Path, jobs: int) -> None:
    import bm25s

    retriever = bm25s.BM25()
    retriever.index(bm25s.tokenize([text for _, text in corpus.read(source)], show_progress=False), show_progress=False)
    retriever.save(str(target))


def build_whoosh(source: Path, target: Path, jobs: int) -> None:
    from whoosh import fields, index

    target.mkdir()
    opened = index.create_in(target, fields.Schema(id=fields.ID(stored=True), text=fields.TEXT(stored=True)))
    writer = opened.writer(limitmb=256)
    for id, text in corpus.read(source):
        writer.add_document(id=id, text=text)
    writer.commit()


def build_tantivy(source: Path, target: Path, jobs: int) -> None:
    import tantivy

    target.mkdir()
    schema = tantivy.SchemaBuilder()
    schema.add_text_field("id", stored=True, tokenizer_name="raw")
    schema.add_text_field("text", stored=True)
    writer = tantivy.Index(schema.build(), path=str(target)).writer(num_threads=jobs or os.cpu_count() or 1)
    for id, text in corpus.read(source):
        writer.add_document(tantivy.Document(id=id, text=text))
    writer.commit()
    writer.wait_merging_threads()


BUILDERS: dict[str, Callable[..., None]] = {
    "searchkit on whoosh": lambda source, target, jobs: build_searchkit(source, target, jobs, "whoosh"),
    "searchkit on tantivy": lambda source, target, jobs: build_searchkit(source, target, jobs, "tantivy"),
    "searchkit on opensearch": lambda source, target, jobs: build_searchkit(source, target, jobs, "opensearch"),
    BASE: build_sqlite,
    "bm25s": build_bm25s,
    "bare Whoosh": build_whoosh,
    "bare Tantivy": build_tantivy,
}
NEEDS = {
    "searchkit on tantivy": "tantivy",
    "searchkit on opensearch": "opensearchpy",
    "bm25s": "bm25s",
    "bare Tantivy": "tantivy",
}


def installed() -> list[str]:
    away = "" if os.environ.get("SEARCHKIT_OPENSEARCH") else "searchkit on opensearch"
    return [name for name in BUILDERS if name != away and (name not in NEEDS or find_spec(NEEDS[name]))]


def build_here(name: str, source: Path, target: Path, jobs: int) -> None:
    """In a process of its own: build, and print seconds and peak memory in MB: its own, with the files that are mapped
    into it, and that of the largest worker."""
    peak = Peak()
    start = time.perf_counter()
    BUILDERS[name](source, target, jobs)
    seconds = time.perf_counter() - start
    mapped = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    workers = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "memory": peak.end() or mapped, "mapped": mapped, "worker": workers}))


class Peak:
    """Looks 20 times a second how much memory is the process's own, which no system call remembers; Linux alone."""

    def __init__(self) -> None:
        self._most = 0.0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def _watch(self) -> None:
        status = Path("/proc/self/status")
        while status.exists() and not self._ended.wait(0.05):
            own = next(
                (line for line in status.read_text().splitlines() if line.startswith("RssAnon")), "RssAnon: 0 kB"
            )
            self._most = max(self._most, int(own.split()[1]) / 1024)

    def end(self) -> float:
        """MB; 0 where it cannot be known."""
        self._ended.set()
        self._thread.join()
        return self._most


def build(name: str, source: Path, target: Path, jobs: int) -> dict[str, float]:
    command = [sys.executable, __file__, "build", name, str(source), str(target), str(jobs)]
    measured: dict[str, float] = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
    measured["bytes"] = sum(file.stat().st_size for file in target.rglob("*") if file.is_file())
    return measured


# ------------------------------------------------------------------ the comparisons
@contextmanager
def workplace(kept: Path | None) -> Iterator[Path]:
    """A folder to build in: one that stays, or one that is deleted at the end."""
    if kept:
        kept.mkdir(parents=True, exist_ok=True)
        yield kept
    else:
        with tempfile.TemporaryDirectory() as folder:
            yield Path(folder)


@contextmanager
def written(documents: int) -> Iterator[tuple[Path, int]]:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "corpus"
        yield source, corpus.write(source, documents)


def indexing(options: argparse.Namespace) -> None:
    names = options.only or installed()
    with written(options.documents[0]) as (source, words), tempfile.TemporaryDirectory() as folder:
        rounds: dict[str, list[dict[str, float]]] = {name: [] for name in names}
        for number in range(options.repeat):
            for name in names:
                rounds[name].append(build(name, source, Path(folder) / f"{name}-{number}", options.jobs))
        print(f"{options.documents[0]:,} documents, {words:,} words")
        print(
            f"{'':22} {'docs/s':>9} {'words/s':>11} {'MB':>6} {'mapped':>7} {'worker':>7} {'bytes/doc':>10} {'to FTS5':>8}"
        )
        seconds = {name: statistics.median(each["seconds"] for each in rounds[name]) for name in names}
        for name in names:
            last = rounds[name][-1]
            ratio = f"{seconds[BASE] / seconds[name]:8.2f}" if BASE in seconds else ""
            print(
                f"{name:22} {options.documents[0] / seconds[name]:9,.0f} {words / seconds[name]:11,.0f} {last['memory']:6.0f}"
                f" {last['mapped']:7.0f} {last['worker']:7.0f} {last['bytes'] / options.documents[0]:10,.0f} {ratio}"
            )


def questions(source: Path) -> dict[str, str]:
    """A query of each kind, chosen by how many documents hold its words."""
    counts: dict[str, int] = {}
    sample = [text for _, (_, text) in zip(range(2_000), corpus.read(source), strict=False)]
    for text in sample:
        for word in set(text.lower().split()):
            if word.isalpha() and len(word) > 3:
                counts[word] = counts.get(word, 0) + 1
    ranked = sorted(counts, key=lambda word: (-counts[word], word))
    phrase = next(
        f"{a} {b}"
        for a, b in zip(sample[0].split(), sample[0].split()[1:], strict=False)
        if a.isalpha() and b.isalpha()
    )
    return {
        "one rare word": ranked[-1],
        "one common word": ranked[0],
        "three words": " ".join(ranked[40:43]),
        "a phrase": f'"{phrase}"',
        "a name": "Нұрсұлтан Назарбаев",
        "a cross-language word": "library",
    }


def querying(options: argparse.Namespace) -> None:
    with workplace(options.keep) as folder:
        source = folder / "corpus"
        if not source.exists():
            corpus.write(source, options.documents[0])
        names = (BASE, *(name for name in options.only or installed() if name.startswith("searchkit")))
        indexes = {name: folder / name for name in names}
        for name, target in indexes.items():
            if not target.exists():
                build(name, source, target, options.jobs)
        db = sqlite3.connect(indexes[BASE] / "fts.sqlite")
        opened = {name: searchkit.open(target, create=True) for name, target in indexes.items() if name != BASE}

        def ask(name: str, query: str) -> Any:
            if name == BASE:
                return db.execute(
                    "SELECT id, snippet(docs, 1, '[', ']', '…', 30) FROM docs WHERE docs MATCH ? ORDER BY rank LIMIT 10",
                    (query,),
                ).fetchall()
            return [hit.snippets for hit in opened[name].search(query)]

        print(f"{options.documents[0]:,} documents; p50 / p95 in ms, with snippets of ten hits")
        print(f"{'':24}" + "".join(f"{name:>24}" for name in indexes))
        for kind, query in questions(source).items():
            times: dict[str, list[float]] = {name: [] for name in indexes}
            for _ in range(options.repeat):
                for name in indexes:
                    start = time.perf_counter()
                    ask(name, query)
                    times[name].append((time.perf_counter() - start) * 1000)
            cells = (
                f"{statistics.median(t):13.1f} /{statistics.quantiles([*t, *t[:1]], n=20)[-1]:8.1f}"
                for t in times.values()
            )
            print(f"{kind:24}" + " ".join(cells))


NAMES = Path(__file__).with_name("names.txt")


def mentions(options: argparse.Namespace) -> None:
    """All mentions of a name that stands in one document of a hundred, by a process that opens the index for it; then those of
    the names in `names.txt`, each asked of an index that is open."""
    names = [name for name in installed() if name.startswith("searchkit")]
    with written(options.documents[0]) as (source, _), tempfile.TemporaryDirectory() as folder:
        for name in names:
            build(name, source, Path(folder) / name, options.jobs)
        print(f"{options.documents[0]:,} documents; seconds from opening the index to the first and the last mention")
        for name in names:
            command = [sys.executable, __file__, "name", str(Path(folder) / name)]
            runs = [json.loads(subprocess.check_output(command, text=True)) for _ in range(options.repeat)]
            first, last = (statistics.median(run[key] for run in runs) for key in ("first", "last"))
            print(f"{name:22} {first:6.3f} {last:6.3f}   {runs[0]['mentions']:,} in {runs[0]['documents']:,} documents")
        asked = [line for line in NAMES.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
        print(f"{len(asked)} names; processor seconds a name: median, worst, and which that is")
        for name in names:
            seconds = dict(_asked(Path(folder) / name, asked))
            worst = max(seconds, key=lambda each: seconds[each])
            print(f"{name:22} {statistics.median(seconds.values()):6.3f} {seconds[worst]:6.3f}   {worst}")


def _asked(target: Path, names: list[str]) -> Iterator[tuple[str, float]]:
    """Each name, and how much processor time its mentions take."""
    with searchkit.open(target, create=True) as index:
        for name in names:
            start = time.process_time()
            for _ in index.mentions(name):
                pass
            yield name, time.process_time() - start


def mentions_here(target: Path) -> None:
    start = time.perf_counter()
    with searchkit.open(target, create=True) as index:
        found = index.mentions(corpus.NAME)
        documents = [next(found).document_id]
        first = time.perf_counter() - start
        documents += [mention.document_id for mention in found]
    last = time.perf_counter() - start
    print(json.dumps({"first": first, "last": last, "mentions": len(documents), "documents": len(set(documents))}))


def growth(options: argparse.Namespace) -> None:
    names = options.only or [name for name in installed() if name.startswith("searchkit")]
    print(f"{'':22} {'documents':>10} {'ms a document':>14} {'MB':>6} {'mapped':>7} {'bytes/doc':>10}")
    for documents in options.documents:
        with written(documents) as (source, _), tempfile.TemporaryDirectory() as folder:
            for name in names:
                made = build(name, source, Path(folder) / name, options.jobs)
                each = made["seconds"] / documents * 1000
                print(
                    f"{name:22} {documents:10,} {each:14.3f} {made['memory']:6.0f} {made['mapped']:7.0f}"
                    f" {made['bytes'] / documents:10,.0f}",
                    flush=True,
                )


def start(options: argparse.Namespace) -> None:
    seeds = Path(__file__).resolve().parent.parent / "seeds"
    with tempfile.TemporaryDirectory() as folder:
        commands = {"import click": [sys.executable, "-c", "import click"]}
        for engine in ("whoosh", "tantivy") if find_spec("tantivy") else ("whoosh",):
            with searchkit.open(Path(folder) / engine, engine=engine, create=True) as index:
                index.sync([seeds])
            run = "import sys; from searchkit.cli import main; sys.argv[0] = 'searchkit'; main()"
            arguments = ["search", "--index", str(Path(folder) / engine), "memorandum"]
            commands[f"search, {engine}"] = [sys.executable, "-c", run, *arguments]
        times: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(options.repeat):
            for name, command in commands.items():
                begun = time.perf_counter()
                subprocess.run(command, stdout=subprocess.DEVNULL, check=True, env={**os.environ, "NO_COLOR": "1"})
                times[name].append(time.perf_counter() - begun)
        base = statistics.median(times["import click"])
        for name, each in times.items():
            print(
                f"{name:22} {statistics.median(each) * 1000:7.0f} ms {statistics.median(each) / base:6.1f} × import click"
            )


def main() -> None:
    if sys.argv[1:2] == ["build"]:
        name, source, target, jobs = sys.argv[2:]
        build_here(name, Path(source), Path(target), int(jobs))
        return
    if sys.argv[1:2] == ["name"]:
        mentions_here(Path(sys.argv[2]))
        return
    comparisons = {"indexing": indexing, "querying": querying, "mentions": mentions, "growth": growth, "start": start}
    defaults = {
        "indexing": [10_000],
        "querying": [100_000],
        "mentions": [100_000],
        "growth": [10_000, 100_000, 1_000_000],
        "start": [0],
    }
    repeats = {"indexing": 3, "querying": 20, "mentions": 3, "growth": 1, "start": 15}
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("comparison", choices=comparisons)
    parser.add_argument("--documents", type=int, nargs="+")
    parser.add_argument("--jobs", type=int, default=0, help="worker processes [default: what each takes by itself]")
    parser.add_argument("--repeat", type=int)
    parser.add_argument("--only", nargs="+", choices=BUILDERS)
    parser.add_argument("--keep", type=Path, metavar="FOLDER")
    options = parser.parse_args()
    options.documents = options.documents or defaults[options.comparison]
    options.repeat = options.repeat or repeats[options.comparison]
    comparisons[options.comparison](options)


if __name__ == "__main__":
    main()
