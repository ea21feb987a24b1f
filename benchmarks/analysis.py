#!/usr/bin/env python3
"""Words a second of analysis on one core, beside a bare regular expression in the same run as the limit.

    python benchmarks/analysis.py [--repeat 5] [--join 1]

The texts are those of ../shared/eval, or of seeds/ where that folder is not there. Every repetition begins with no word
remembered, so that the first sight of each distinct word is counted, and finds the languages again; loading tables and
the model of py3langid is not counted. `--join 20` makes documents of 20 texts each: most texts are single sentences.
Printed are medians over the repetitions.
"""

from __future__ import annotations

import argparse
import gc
import json
import re
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from searchkit import analysis

ROOT = Path(__file__).resolve().parent.parent
EVAL = ROOT.parent / "shared" / "eval"


def texts() -> list[str]:
    """Each distinct text once: Kazakh sentences and contexts, and news in four languages."""
    if not EVAL.exists():
        files = sorted(path for path in (ROOT / "seeds").rglob("*") if path.suffix in (".txt", ".md"))
        return [path.read_text(encoding="utf-8", errors="replace") for path in files]
    found: dict[str, None] = {}
    for name, key in (("mentions/kk_sentences.jsonl", "text"), ("passages/kk_kazqad.jsonl", "context")):
        for line in (EVAL / name).read_text(encoding="utf-8").splitlines():
            found[json.loads(line)[key]] = None
    for path in sorted((EVAL / "crosslang").glob("*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            found.update(dict.fromkeys(line.split("\t")[1:]))
    return list(found)


def median_seconds(run: Callable[[], object], repeat: int) -> float:
    seconds = []
    for _ in range(repeat):
        analysis.vocabulary_of.cache_clear()
        gc.collect()
        began = time.perf_counter()
        run()
        seconds.append(time.perf_counter() - began)
    return statistics.median(seconds)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeat", type=int, default=5, metavar="N", help="repetitions (default 5)")
    parser.add_argument("--join", type=int, default=1, metavar="N", help="texts a document (default 1)")
    options = parser.parse_args()

    parts = texts()
    documents = ["\n".join(parts[i : i + options.join]) for i in range(0, len(parts), options.join)]
    bare = re.compile(r"\w+")
    words = [word for document in documents for word in bare.findall(document)]
    passages = [analysis.find_passages(document) for document in documents]
    for document in documents:
        analysis.analyze(document)  # loads tables

    def limit() -> None:
        for document in documents:
            for _ in bare.finditer(document):
                pass

    def identify() -> None:
        for document in documents:
            analysis.find_passages(document)

    def terms() -> None:
        for document in documents:
            analysis.terms(document, analysis.find_passages(document))

    def analyze() -> None:
        for document in documents:
            analysis.analyze(document)

    def analyze_stored() -> None:
        for document, found in zip(documents, passages, strict=True):
            analysis.analyze(document, passages=found)

    print(f"{len(documents):,} documents, {len(words):,} words, {len(set(words)):,} distinct")
    limit_seconds = median_seconds(limit, options.repeat)
    rows = (
        (r"re.finditer(r'\w+')", limit_seconds),
        ("languages of passages alone", median_seconds(identify, options.repeat)),
        ("terms (indexing)", median_seconds(terms, options.repeat)),
        ("analyze", median_seconds(analyze, options.repeat)),
        ("analyze, passages stored", median_seconds(analyze_stored, options.repeat)),
    )
    for name, seconds in rows:
        print(f"{name:30s} {len(words) / seconds:12,.0f} words/s   {seconds / limit_seconds:6.1f} × the limit's time")


if __name__ == "__main__":
    main()
