#!/usr/bin/env python3
"""Makes a corpus of any size: sentences drawn at random into documents of 100 to 600 words.

    python benchmarks/corpus.py FOLDER [--documents 10000]

The sentences are those of `analysis.texts`; one document in a hundred has one of `NAMED` more. The documents go into .jsonl files of 1,000 each; the same number and seed
give the same files.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator
from pathlib import Path

from analysis import texts

IN_A_FILE = 1_000

NAME = "Zhamilya Tansykbayeva"
NAMED = (
    "Кездесуде Жәмила Таңсықбаева сөз сөйледі.",
    "Выставку открыла Жамиля Тансыкбаева.",
    "Об этом рассказали Жамиле Тансыкбаевой.",
    "The letter was signed by Zhamilya Tansykbayeva.",
    "Kitobni J. Tansiqboyeva tarjima qilgan.",
    "Жәмила Таңсықбаеваның мұрағаты қалаға берілді.",
)
"""Sentences that name one person, who stands in none of the texts."""
NAMED_EVERY = 100
"""One document in so many holds one of them."""


def documents(count: int, seed: int = 1) -> Iterator[tuple[str, str]]:
    """(id, text) of each document."""
    draw = random.Random(seed)
    sentences = [(text, text.count(" ") + 1) for text in texts() if text.strip()]
    for number in range(count):
        words, wanted, parts = 0, draw.randint(100, 600), []
        while words < wanted:
            text, length = draw.choice(sentences)
            parts.append(text)
            words += length
        if number % NAMED_EVERY == 0:
            parts.insert(len(parts) // 2, NAMED[number // NAMED_EVERY % len(NAMED)])
        yield f"{number:07}", "\n".join(parts)


def write(folder: Path, count: int) -> int:
    """Write the corpus; returns how many words it has."""
    folder.mkdir(parents=True, exist_ok=True)
    words, file = 0, None
    for number, (id, text) in enumerate(documents(count)):
        if number % IN_A_FILE == 0:
            if file:
                file.close()
            file = (folder / f"{number // IN_A_FILE:05}.jsonl").open("w", encoding="utf-8")
        assert file is not None
        file.write(json.dumps({"id": id, "text": text}, ensure_ascii=False) + "\n")
        words += len(text.split())
    if file:
        file.close()
    return words


def read(folder: Path) -> Iterator[tuple[str, str]]:
    """The documents of a written corpus."""
    for path in sorted(folder.glob("*.jsonl")):
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                record = json.loads(line)
                yield record["id"], record["text"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--documents", type=int, default=10_000)
    options = parser.parse_args()
    print(f"{write(options.folder, options.documents):,} words")


if __name__ == "__main__":
    main()
