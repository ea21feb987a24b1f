#!/usr/bin/env python3
"""What the page costs: sizes, times to the first byte, memory, against the budgets of its design.

    python benchmarks/web.py INDEX

INDEX is a folder that `searchkit index` has filled, such as one of 10,000 documents made by corpus.py. The server is started as
a user starts it, and asked by one reader over one connection. Times to the first byte are of the clock, on whatever else the
machine does; beside them stands the processor time of the server for the same, which is what they are on a machine at rest.
"""

from __future__ import annotations

import argparse
import gzip
import http.client
import random
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from corpus import NAME, documents

QUERIES = (
    "library",
    "меморандум",
    "кітапхана",
    "kutubxona",
    "национальная библиотека",
    '"national library"',
    "history",
)
ROUNDS = 12
STATIC = Path(__file__).parents[1] / "searchkit" / "web" / "static"


class Server:
    """`searchkit serve`, started and ended."""

    def __init__(self, index: Path) -> None:
        started = time.perf_counter()
        command = [sys.executable, "-m", "searchkit", "serve", "--index", str(index), "--port", "0", "--read-only"]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8")
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        self.host = line.split("http://")[1].split("/")[0]
        self.connection = http.client.HTTPConnection(self.host, timeout=120)
        self.ask("/help")
        self.start = time.perf_counter() - started

    def ask(self, address: str) -> tuple[float, bytes, int]:
        """(seconds to the first byte, body, bytes sent with gzip)."""
        started = time.perf_counter()
        self.connection.request("GET", address, headers={"accept-encoding": "gzip"})
        reply = self.connection.getresponse()
        first = time.perf_counter() - started
        sent = reply.read()
        body = gzip.decompress(sent) if reply.getheader("content-encoding") == "gzip" else sent
        assert reply.status == 200, (reply.status, body[:300])
        return first, body, len(sent)

    def memory(self) -> float:
        """MB that are resident, without pages of files."""
        fields = Path(f"/proc/{self.process.pid}/status").read_text(encoding="utf-8").splitlines()
        return next(int(line.split()[1]) for line in fields if line.startswith("RssAnon")) / 1000

    def processor(self) -> float:
        """Seconds of processor time that its threads have taken, to the nanosecond."""
        threads = Path(f"/proc/{self.process.pid}/task").glob("*/schedstat")
        return sum(int(one.read_text(encoding="ascii").split()[0]) for one in threads) / 1e9

    def timed(self, address: str) -> tuple[float, float, bytes, int]:
        """(milliseconds to the first byte, of processor time, body, bytes sent with gzip)."""
        before = self.processor()
        first, body, sent = self.ask(address)
        return 1000 * first, 1000 * (self.processor() - before), body, sent

    def end(self) -> None:
        self.process.terminate()
        self.process.wait(20)


def new_queries() -> list[str]:
    """Words of the corpus, and pairs of them, none of which was asked before."""
    draw = random.Random(5)
    words = sorted({word for _, text in documents(200, seed=2) for word in re.findall(r"\w{4,}", text)})
    found = [draw.choice(words) for _ in range(40)] + [" ".join(draw.sample(words, 2)) for _ in range(20)]
    return list(dict.fromkeys(found))


def times(what: str, asked: list[tuple[float, float, bytes, int]]) -> Iterator[tuple[str, str, str]]:
    """What is to be said of some answers."""
    for name, place, budget in ((what, 0, "p95 50 ms"), (f"{what}, processor", 1, "")):
        values = sorted(float(one[place]) for one in asked)
        p95 = values[int(len(values) * 0.95)]
        yield name, f"p50 {statistics.median(values):.0f} ms, p95 {p95:.0f} ms", budget


def figures(server: Server) -> Iterator[tuple[str, str, str]]:
    """(what, measured, budget)."""
    yield "start to the first page", f"{1000 * server.start:.0f} ms", "700 ms"
    yield "processor time until then", f"{1000 * server.processor():.0f} ms", ""
    yield "memory after the first page", f"{server.memory():.0f} MB", ""
    address = f"/mentions?name={quote(NAME)}"
    server.ask("/api/v1/people")  # waits until what is counted once has been counted
    yield "memory when all is counted", f"{server.memory():.0f} MB", "150 MB above the index's"
    yield "first mention on screen", f"{1000 * server.ask(address)[0]:.0f} ms", "200 ms"
    for query in QUERIES:
        server.ask(f"/search?q={quote(query)}")
    asked = [server.timed(f"/search?q={quote(query)}") for query in new_queries()]
    yield from times("first byte, new query", asked)
    asked = [
        server.timed(f"/search?q={quote(query)}&page={number}") for number in range(2, ROUNDS + 2) for query in QUERIES
    ]
    yield from times("first byte, next page", asked)
    yield "HTML of 10 hits", f"at most {max(len(body) for _, _, body, _ in asked) / 1000:.0f} kB", "60 kB"
    yield "the same with gzip", f"at most {max(sent for _, _, _, sent in asked) / 1000:.0f} kB", "15 kB"
    facets = [
        1000 * server.ask(f"/api/v1/facets?field=lang&q={quote(query)}")[0] for query in QUERIES for _ in range(3)
    ]
    yield "all facets", f"p50 {statistics.median(facets):.0f} ms", "30 ms"
    for name, budget in (("style.css", 20), ("script.js", 15)):
        yield name, f"{(STATIC / name).stat().st_size / 1000:.1f} kB", f"{budget} kB"
    yield "memory at the end", f"{server.memory():.0f} MB", ""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("index", type=Path)
    server = Server(parser.parse_args().index)
    try:
        for what, measured, budget in figures(server):
            print(f"{what:<36}{measured:<32}{budget}")
    finally:
        server.end()


if __name__ == "__main__":
    main()
