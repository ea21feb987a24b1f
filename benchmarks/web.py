#!/usr/bin/env python3
"""What the page costs: sizes, times to the first byte, memory, against the budgets of its design.

    python benchmarks/web.py INDEX

INDEX is a folder that `searchkit index` has filled, such as one of 10,000 documents made by corpus.py. The server is started as
a user starts it, and asked by one reader over one connection. Times are of the clock, on whatever else the machine does.
"""

from __future__ import annotations

import argparse
import gzip
import http.client
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from corpus import NAME

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
        """Seconds of processor time that it has taken."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def end(self) -> None:
        self.process.terminate()
        self.process.wait(20)


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
    times, sizes, packed = [], [], []
    before = server.processor()
    for number in range(ROUNDS):
        for query in QUERIES:
            first, body, sent = server.ask(f"/search?q={quote(query)}&page={number + 1}")
            times.append(1000 * first)
            sizes.append(len(body) / 1000)
            packed.append(sent / 1000)
    taken = 1000 * (server.processor() - before) / len(times)
    times.sort()
    p95 = times[int(len(times) * 0.95)]
    yield "first byte of a search", f"p50 {statistics.median(times):.0f} ms, p95 {p95:.0f} ms", "p95 50 ms"
    yield "processor time of a search", f"{taken:.0f} ms on average", ""
    yield "HTML of 10 hits", f"at most {max(sizes):.0f} kB", "60 kB"
    yield "the same with gzip", f"at most {max(packed):.0f} kB", "15 kB"
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
            print(f"{what:<30}{measured:<32}{budget}")
    finally:
        server.end()


if __name__ == "__main__":
    main()
