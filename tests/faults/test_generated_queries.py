"""Queries that nobody would write: each gets an answer, the same from both engines to the score, or one sentence.

Twenty thousand on each engine, which takes a while, with SEARCHKIT_FAULTS=all.
"""

import os
import random
from collections import Counter

import pytest

import searchkit
from searchkit.errors import QueryError

QUERIES = 20_000 if os.environ.get("SEARCHKIT_FAULTS") == "all" else 150
DOCUMENTS = 60
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
FIELDS = [
    "title:",
    "path:",
    "lang:",
    "date:",
    "author:",
    "none:",
    "file_date:",
    "name:",
    "page:",
    "-title:",
    "+",
    "=",
    "!",
]
WHOLE = [
    "tul*",
    "тюль*",
    "қызғ*",
    "lol*",
    "*",
    "Tulps~",
    "Тюльпны~2",
    "=garden",
    '"garden bloomed"',
    '"the * of"',
    '="in May"',
    "«в саду»",
    "title:tulips",
    'title:"in the garden"',
    "title:(tulips OR тюльпаны)",
    "lang:kk",
    "lang:Kazakh,uz",
    "-lang:en",
    "date:2024",
    "date:2024-05",
    "date:25.05.2024",
    "date:2023..2024",
    "date:..2023",
    "date:>=2024",
    "date:none",
    "file_date:none",
    "path:a/*",
    "path:?/1*",
    "author:Сейфуллин",
    "author:*",
    "-author:*",
    "page:[1 TO 3]",
    "Gaziza Nurgaliyeva",
    "Ғазиза Нұрғалиева",
    "Нургалиевой Г.",
]
"""What the syntax has, as it is meant."""
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


NAMES = ("Gaziza Nurgaliyeva", "Газизы Нургалиевой", "Ғазиза Нұрғалиева", "Gʻaziza Nurgʻaliyeva", "С. Сейфуллин", "")


def document(number, chance):
    """A few words and a name; some with a title, a date, a path and an author."""
    text = " ".join(chance.choices(WORDS, k=chance.randrange(3, 40)))
    return searchkit.Document(
        str(number),
        f"{text}. {chance.choice(NAMES)} {chance.choice(TEXTS)}",
        title=chance.choice(("", chance.choice(TEXTS), chance.choice(WORDS))),
        date=chance.choice((None, "2023", "2024-05", "2024-05-25")),
        source=chance.choice((None, f"a/{number}.txt", f"b/c/{number}.txt")),
        metadata=chance.choice(({}, {"author": chance.choice(NAMES[:5])})),
    )


def generated(chance):
    """One query: words, whole or cut, operators, fields and odd characters in any order, with or without spaces."""
    parts = []
    for _ in range(chance.randrange(1, 9)):
        kind = chance.choice([WORDS, WORDS, WORDS, WHOLE, WHOLE, OPERATORS, OPERATORS, FIELDS, ODD])
        part = chance.choice(kind)
        parts.append(part[: chance.randrange(1, 9)] if kind is WORDS and chance.random() < 0.3 else part)
    return chance.choice(["", " ", " ", " "]).join(parts)


def outcome(index, query, snippets=0):
    """How many are found, and those of the first page with their scores; or "refused"."""
    try:
        results = index.search(query, limit=10, snippets=snippets)
    except QueryError:
        return "refused"
    return results.total, {hit.id: hit.score for hit in results.hits}


def is_same(first, second):
    """Whether both were refused, or found the same with the same scores: Tantivy counts with fewer digits, so of those that are
    alike to the sixth the last on a page may be others."""
    if "refused" in (first, second):
        return first == second
    scores = [sorted(found.values(), reverse=True) for _, found in (first, second)]
    least = min(scores[0], default=0.0)
    certain = [{id for id, score in found.items() if score > least * (1 + 1e-5) + 1e-9} for _, found in (first, second)]
    alike = all(first[1][id] == pytest.approx(second[1][id], rel=1e-5) for id in first[1].keys() & second[1].keys())
    return (
        first[0] == second[0] and scores[0] == pytest.approx(scores[1], rel=1e-5) and certain[0] == certain[1] and alike
    )


def test_each_gets_an_answer(tmp_path):
    pytest.importorskip("tantivy", reason="the tantivy engine is an extra")
    chance = random.Random(11)
    documents = [searchkit.Document(str(number), text) for number, text in enumerate(TEXTS)]
    documents += [document(number, chance) for number in range(len(TEXTS), DOCUMENTS)]
    with (
        searchkit.open(tmp_path / "whoosh", "whoosh", create=True) as first,
        searchkit.open(tmp_path / "tantivy", "tantivy", create=True) as second,
    ):
        first.add(documents)
        second.add(documents)
        outcomes = Counter()
        for _ in range(QUERIES):
            query = generated(chance)
            answers = outcome(first, query, snippets=2), outcome(second, query)
            assert is_same(*answers), (query, answers)
            refused = answers[0] == "refused"
            outcomes["refused" if refused else "found" if answers[0][0] else "nothing"] += 1
    print(dict(outcomes))
    assert outcomes["found"] > QUERIES / 10
