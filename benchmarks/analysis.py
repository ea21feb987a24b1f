#!/usr/bin/env python3
"""Words a second of analysis on one core, beside a bare regular expression in the same run as the limit.

    python benchmarks/analysis.py [--repeat 5] [--join 1] [--documents 1000]

The texts are those of ../shared/eval, or of seeds/ where that folder is not there. Every measurement is a process of its
own, so that the first sight of each distinct word is counted, in analysis and in the stemmers; loading tables and the
model of py3langid is not. One row more is of a second pass, in which every word was met before. `--join 20` makes documents of 20 texts each: most texts are single sentences. Printed are
medians over the repetitions.
"""

from __future__ import annotations

import argparse
import gc
import json
import multiprocessing
import re
import statistics
import time
from pathlib import Path

from searchkit.analysis import analyse, vocabulary
from searchkit.documents.workers.worker import GARBAGE

ROOT = Path(__file__).resolve().parent.parent
EVAL = ROOT.parent / "shared" / "eval"
WORD = re.compile(r"\w+")

WARM_UP = (
    ("en", "Warm words for tables"),
    ("ru", "Слова для таблиц"),
    ("kk", "Кестелерге арналған сөздер qazaqşa sözder"),
    ("uz", "Jadvallar uchun soʻzlar жадваллар учун сўзлар"),
    ("tr", "Tablolar için sözler"),
    ("hu", "Szavak a táblázatokhoz"),
    (None, "Budapest Toshkent Nazarbayev"),
)
"""Loads every table, and the model with the last text, which the rules leave open."""


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


def documents(join: int, most: int | None = None) -> list[str]:
    """Documents of so many texts each; `most` of them at most."""
    parts = texts()
    return ["\n".join(parts[i : i + join]) for i in range(0, len(parts), join)][:most]


# ------------------------------------------------------------------ what is measured


def limit(document: str) -> None:
    for _ in WORD.finditer(document):
        pass


def identify(document: str) -> None:
    analyse.find_passages(document)


def terms(document: str) -> None:
    analyse.stream(document, analyse.find_passages(document))


def analyze(document: str) -> None:
    analyse.analyze(document)


MEASURED = {
    r"re.finditer(r'\w+')": (limit, False),
    "languages of passages alone": (identify, False),
    "terms, as indexing makes them": (terms, False),
    "analyze, with tokens": (analyze, False),
    "terms, words met before": (terms, True),
}
"""What runs, and whether over texts whose words the process has met before, as most words of a large collection are."""


def seconds(name: str, join: int, most: int | None) -> float:
    """The time that a fresh process takes over all documents."""
    (run, again), parts = MEASURED[name], documents(join, most)
    for language, text in WARM_UP:
        analyse.analyze(text, language)
    vocabulary._vocabulary.cache_clear()
    gc.freeze()
    gc.set_threshold(GARBAGE)  # as in the workers that read files
    if again:
        for document in parts:
            run(document)
    began = time.perf_counter()
    for document in parts:
        run(document)
    return time.perf_counter() - began


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeat", type=int, default=5, metavar="N", help="repetitions (default 5)")
    parser.add_argument("--join", type=int, default=1, metavar="N", help="texts a document (default 1)")
    parser.add_argument("--documents", type=int, metavar="N", help="so many documents at most (default all)")
    options = parser.parse_args()

    parts = documents(options.join, options.documents)
    words = [word for document in parts for word in WORD.findall(document)]
    print(f"{len(parts):,} documents, {len(words):,} words, {len(set(words)):,} distinct")
    bound = 0.0
    with multiprocessing.get_context("spawn").Pool(1, maxtasksperchild=1) as pool:
        for name in MEASURED:
            taken = statistics.median(
                pool.apply(seconds, (name, options.join, options.documents)) for _ in range(options.repeat)
            )
            bound = bound or taken
            print(f"{name:32s} {len(words) / taken:12,.0f} words/s   {taken / bound:5.1f} × the limit's time")


if __name__ == "__main__":
    main()
