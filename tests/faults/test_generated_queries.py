"""Queries that nobody would write: each gets an answer, the same from both engines, or one sentence.

Twenty thousand on each engine, which takes a while, with SEARCHKIT_FAULTS=all.
"""

import os
import random

import pytest

import searchkit

QUERIES = 20_000 if os.environ.get("SEARCHKIT_FAULTS") == "all" else 150
TEXTS = (
    "The tulips of the garden bloomed in May.",
    "Бақтағы қызғалдақтар мамыр айында гүлдеді.",
    "Bogʻdagi lolalar may oyida gulladi.",
    "Тюльпаны в саду расцвели в мае.",
)
WORDS = [word.strip(".") for text in TEXTS for word in text.split()]
OPERATORS = [
    "AND",
    "OR",
    "NOT",
    "-",
    "+",
    "(",
    ")",
    '"',
    "*",
    "?",
    "~",
    "~2",
    "^",
    ":",
    "/",
    "\\",
    "=",
    "[",
    "]",
    "..",
    "NEAR",
]
FIELDS = ["title:", "path:", "language:", "date:", "author:", "none:", "from:", "name:"]
ODD = [
    "",
    "\0",
    "\ud800",
    "\u202e",
    "\U0010ffff",
    "a" * 300,
    "é",
    "e\u0301",
    "'",
    "ʻ",
    "\n",
    "2024-02-30",
    "99999999999",
    "٣",
    "😀",
]


def generated(chance):
    """One query: words, whole or cut, operators, fields and odd characters in any order, with or without spaces."""
    parts = []
    for _ in range(chance.randrange(1, 9)):
        kind = chance.choice([WORDS, WORDS, WORDS, OPERATORS, OPERATORS, FIELDS, ODD])
        part = chance.choice(kind)
        parts.append(part[: chance.randrange(1, 9)] if kind is WORDS and chance.random() < 0.3 else part)
    return chance.choice(["", " ", " ", " "]).join(parts)


def outcome(index, query):
    """The ids that are found, or "refused"."""
    try:
        return sorted(hit.id for hit in index.search(query, limit=10))
    except searchkit.SearchkitError:
        return "refused"


def test_each_gets_an_answer(tmp_path):
    pytest.importorskip("tantivy", reason="the tantivy engine is an extra")
    documents = [searchkit.Document(str(number), text) for number, text in enumerate(TEXTS)]
    chance = random.Random(11)
    with (
        searchkit.open(tmp_path / "whoosh", "whoosh", create=True) as first,
        searchkit.open(tmp_path / "tantivy", "tantivy", create=True) as second,
    ):
        first.add(documents)
        second.add(documents)
        found = 0
        for _ in range(QUERIES):
            query = generated(chance)
            answer = outcome(first, query)
            assert outcome(second, query) == answer, query
            found += answer not in ([], "refused")
    assert found > QUERIES / 10
