#!/usr/bin/env python3
"""The Whoosh engine beside Whoosh's own writer, codec and searcher, on the same terms in the same run.

    python benchmarks/engine.py [--documents 5000] [--repeat 5]

Whoosh is measured twice: as it comes, and with its codec used as well as it can be for this: one block a term instead of blocks
of 128 postings, and the positions of a posting as one value of differences instead of a pickled list. Phrases are asked of Whoosh as it comes alone.
Documents of 100 to 600 words are drawn at random from the texts of `benchmarks/analysis.py`; their terms are made before
the clock starts. Whoosh gets them joined by blanks, with a tokeniser that does nothing but split. Queries are run on both
with their terms in the same four fields; what is printed are medians over the repetitions. Whoosh's searcher counts all
matches here, as the engine always does.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from array import array
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from analysis import texts
from whoosh import fields, index
from whoosh import query as theirs
from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.codec.whoosh3 import W3Codec
from whoosh.formats import Positions

from searchkit import engines
from searchkit.collection import records
from searchkit.engines.base import Record
from searchkit.model import Document
from searchkit.terms import query_tree
from searchkit.terms.fields import FIELDS

QUERY_FIELDS = ("word", "stem", "title_word", "title_stem")


def documents(count: int) -> list[Record]:
    draw = random.Random(1)
    sentences = [text for text in texts() if text.strip()]
    made = []
    for number in range(count):
        words, wanted, parts = 0, draw.randint(100, 600), []
        while words < wanted:
            parts.append(draw.choice(sentences))
            words += parts[-1].count(" ") + 1
        made.append(records.record(Document(f"{number:07}", "\n".join(parts), title=parts[0][:60])))
    return made


def timed(action: Callable[[], Any]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def fill_ours(engine: Any, made: list[Record]) -> None:
    with engine.write() as batch:
        for record in made:
            batch.add(record)


def schema(used_well: bool) -> Any:
    text = fields.TEXT(analyzer=SpaceSeparatedTokenizer())
    if used_well:
        text.format = PackedPositions()
    return fields.Schema(id=fields.ID(unique=True, stored=True), stored=fields.STORED(), **dict.fromkeys(FIELDS, text))


def count(searcher: Any, query: Any) -> int:
    return len(searcher.search(query, limit=10))


def fill_theirs(opened: Any, made: list[Record], codec: Any) -> None:
    writer = opened.writer(limitmb=128, codec=codec)
    for record in made:
        terms = {field: " ".join(filter(None, record.fields[field])) for field in FIELDS}
        writer.add_document(id=record.id, stored=record.stored, **terms)
    writer.commit()


def queries(made: list[Record]) -> dict[str, tuple[query_tree.Node, Any]]:
    """The same question to the engine and to Whoosh: words by how many documents hold them, and a phrase."""
    frequencies: dict[str, int] = {}
    for record in made:
        for word in set(record.fields["word"]):
            frequencies[word] = frequencies.get(word, 0) + 1
    ranked = sorted((word for word in frequencies if word), key=lambda word: (-frequencies[word], word))
    common, others, rare = ranked[0], ranked[20:23], ranked[len(ranked) // 2]

    def ours(word: str) -> query_tree.Node:
        return query_tree.Group(tuple(query_tree.Term(field, word) for field in QUERY_FIELDS))

    def of_whoosh(word: str) -> Any:
        return theirs.Or([theirs.Term(field, word) for field in QUERY_FIELDS])

    phrase = ranked[0], ranked[1]
    sequence = query_tree.Sequence(tuple((query_tree.Term("word", word),) for word in phrase))
    return {
        f"a rare word ({frequencies[rare]})": (ours(rare), of_whoosh(rare)),
        f"a common word ({frequencies[common]})": (ours(common), of_whoosh(common)),
        "three words": (query_tree.And(tuple(map(ours, others))), theirs.And(list(map(of_whoosh, others)))),
        "a phrase": (query_tree.Group((sequence,)), theirs.Phrase("word", list(phrase))),
    }


class PackedPositions(Positions):  # type: ignore[misc]
    """Positions as the bytes of an array, which take one step to read and none where they are not asked for."""

    def word_values(self, value: Any, analyzer: Any, **options: Any) -> Any:
        seen: dict[str, array[int]] = {}
        options["positions"] = True
        for token in analyzer(value, **options):
            seen.setdefault(token.text, array("I")).append(token.pos)
        for text, places in seen.items():
            yield text, len(places), float(len(places)), places.tobytes()


def report(label: str, ours: float, *others: float | None) -> None:
    columns = "".join(
        f" {other * 1000:10.2f} ms {other / ours:6.1f}" if other is not None else " " * 21 for other in others
    )
    print(f"{label:32} {ours * 1000:10.2f} ms{columns}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=5000)
    parser.add_argument("--repeat", type=int, default=5)
    options = parser.parse_args()
    made = documents(options.documents)
    print(f"{len(made)} documents{'':18} {'searchkit':>13} {'Whoosh':>13} {'ratio':>6} {'used well':>13} {'ratio':>6}")
    with tempfile.TemporaryDirectory() as folder:
        places = [Path(folder, name) for name in ("ours", "theirs", "well")]
        for place in places:
            place.mkdir()
        engine = engines.open("whoosh", places[0])
        opened = [index.create_in(place, schema(well)) for place, well in zip(places[1:], (False, True), strict=True)]
        codecs = None, W3Codec(blocklimit=1 << 30)
        taken = [timed(partial(fill_theirs, one, made, codec)) for one, codec in zip(opened, codecs, strict=True)]
        report("indexing", timed(lambda: fill_ours(engine, made)), *taken)
        sizes = [sum(file.stat().st_size for file in place.iterdir()) / len(made) for place in places]
        print(
            f"{'bytes a document':32} {sizes[0]:13.0f} {sizes[1]:13.0f} {sizes[1] / sizes[0]:6.1f}"
            f" {sizes[2]:13.0f} {sizes[2] / sizes[0]:6.1f}"
        )
        with opened[0].searcher() as searcher, opened[1].searcher() as used_well:
            for label, (ours, whoosh) in queries(made).items():
                asked: list[Callable[[], Any]] = [partial(engine.search, ours)]
                asked.append(partial(count, searcher, whoosh))
                if not isinstance(whoosh, theirs.Phrase):
                    asked.append(partial(count, used_well, whoosh))
                rows = [[timed(ask) for ask in asked] for _ in range(options.repeat)]
                report(label, *(statistics.median(column) for column in zip(*rows, strict=True)))


if __name__ == "__main__":
    main()
