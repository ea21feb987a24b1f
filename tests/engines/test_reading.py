"""Paging, orders, ids, fetching, frequencies, suggestions, and ids and terms of every kind."""

# Tests as well, in searchkit/: engines/whoosh: snapshot; engines/tantivy: external_merge snapshot

from __future__ import annotations

from typing import Any

import pytest

from searchkit.terms import query_tree

from .conformance import found, group, record, word


def fill(engine: Any, *records: Any, batches: int = 3) -> None:
    """Write the records in several batches."""
    size = -(-len(records) // batches)
    for start in range(0, len(records), size):
        with engine.write() as batch:
            for one in records[start : start + size]:
                batch.add(one)


# ------------------------------------------------------------------ pages and orders


def test_the_best_come_first_and_ties_in_order_of_id(engine: Any) -> None:
    rows = [record(id, "word other other") for id in "dbfaec"] + [record("zz", "word word word")]
    fill(engine, *rows)
    page = engine.search(word("word"))
    assert [id for id, _ in page.matches] == ["zz", *"abcdef"]
    scores = [score for _, score in page.matches]
    assert scores[0] > scores[1]
    assert len(set(scores[1:])) == 1


def test_pages_put_together_are_the_whole(engine: Any) -> None:
    fill(
        engine,
        *(record(f"{number:02}", "word " * (number % 3 + 1) + "other " * (number % 4)) for number in range(40)),
        batches=5,
    )
    query = query_tree.Or((word("word"), word("other")))
    whole = engine.search(query, limit=100).matches
    assert len(whole) == 40
    for size in (1, 3, 7, 39, 40, 41):
        pages = [engine.search(query, limit=size, offset=start) for start in range(0, 40, size)]
        assert [page.total for page in pages] == [40] * len(pages)
        assert sum((page.matches for page in pages), ()) == whole


def test_pages_of_documents_that_all_score_alike(engine: Any) -> None:
    fill(engine, *(record(f"{number * 7 % 40:02}", "word") for number in range(40)), batches=4)
    for query in (query_tree.Everything(), word("word"), query_tree.Not(word("absent"))):
        pages = [engine.search(query, limit=7, offset=start).matches for start in range(0, 40, 7)]
        assert [id for page in pages for id, _ in page] == [f"{number:02}" for number in range(40)]


def test_a_page_beyond_the_end_is_empty(engine: Any) -> None:
    fill(engine, record("a", "word"))
    assert engine.search(word("word"), limit=10, offset=1).matches == ()
    assert engine.search(word("word"), limit=10, offset=10**9).total == 1


def test_a_page_of_no_length_counts_only(engine: Any) -> None:
    fill(engine, record("a", "word"), record("b", "word"))
    page = engine.search(word("word"), limit=0)
    assert (page.total, page.matches) == (2, ())


def test_order_by_date(engine: Any) -> None:
    dates = {
        "a": "2025",
        "b": "",
        "c": "2025-06",
        "d": "2024-12-31",
        "e": "2025-06-25",
        "f": "2025-06-25",
        "g": "",
        "h": "2026",
    }
    words = {"f": "word word", "g": "word word"}
    fill(engine, *(record(id, words.get(id, "word other"), date=date) for id, date in dates.items()))
    newest = [id for id, _ in engine.search(word("word"), order="newest").matches]
    oldest = [id for id, _ in engine.search(word("word"), order="oldest").matches]
    assert newest == ["h", "f", "e", "c", "a", "d", "g", "b"]
    assert oldest == ["d", "a", "c", "f", "e", "h", "g", "b"]
    for order, ids in (("newest", newest), ("oldest", oldest)):
        pages = [engine.search(word("word"), limit=3, offset=start, order=order).matches for start in range(0, 8, 3)]
        assert [id for page in pages for id, _ in page] == ids


def test_the_score_is_given_in_every_order(engine: Any) -> None:
    fill(engine, record("a", "word", date="2020"), record("b", "word word", date="2021"))
    by_score = dict(engine.search(word("word")).matches)
    assert dict(engine.search(word("word"), order="oldest").matches) == by_score
    assert by_score["b"] > by_score["a"] > 0


def test_filters_alone_score_nothing(engine: Any) -> None:
    fill(engine, record("a", "word", languages=("kk",), date="2020", path="x"))
    for query in (
        query_tree.Everything(),
        query_tree.InLanguage("kk"),
        query_tree.DateRange("2020"),
        query_tree.InPath("x"),
        query_tree.Not(word("y")),
    ):
        assert engine.search(query).matches == (("a", 0.0),)


# ------------------------------------------------------------------ ids, fetch


ODD_IDS = [
    "a",
    "A",
    "ә",
    "\U0001f600",
    "\uffff",
    "\ud800",
    "\udfff.txt",
    "e\u0301",
    "\u00e9",
    "a\nb",
    "a\0",
    "a\0b",
    " ",
    "",
    "AND",
    "id:a*?~\"'\\()",
    "x" * 65536,
    "x" * 65535,
    "x" * 65535 + "y",
    "ұ" * 30000,
]


def test_ids_of_every_kind(engine: Any) -> None:
    fill(engine, *(record(id, "word", hash=str(number), file=id[::-1]) for number, id in enumerate(ODD_IDS)), batches=4)
    expected = sorted((id, str(number), id[::-1]) for number, id in enumerate(ODD_IDS))
    assert list(engine.ids()) == expected
    assert found(engine, word("word")) == [id for id, *_ in expected]
    assert set(engine.fetch(ODD_IDS)) == set(ODD_IDS)
    with engine.write() as batch:
        for id in ODD_IDS[::2]:
            batch.add(record(id, "new", hash="new"))
        for id in ODD_IDS[1::2]:
            assert batch.remove([id])
    assert list(engine.ids()) == sorted((id, "new", "") for id in ODD_IDS[::2])


def test_stored_bytes_come_back_as_they_were(engine: Any) -> None:
    stored = {"empty": b"", "zero": b"\0", "all": bytes(range(256)), "long": bytes(range(251)) * 20000}
    records = [record(id, "word") for id in stored]
    fill(engine, *(type(row)(row.id, row.hash, row.fields, stored[row.id]) for row in records))
    assert engine.fetch(["long", "absent", "empty", "all", "zero", "long"]) == stored


def test_ids_come_in_order_of_id_whatever_the_order_of_arrival(engine: Any) -> None:
    ids = [f"{number * 37 % 101:03}" for number in range(101)]
    fill(engine, *(record(id, "word") for id in ids), batches=7)
    assert [id for id, *_ in engine.ids()] == sorted(ids)
    assert list(engine.select(word("word"))) == sorted(ids)


# ------------------------------------------------------------------ terms


def test_terms_of_every_kind(engine: Any) -> None:
    terms = [
        "a",
        "A",
        "ә",
        "\U0001f600",
        "\ud800",
        "a\0b",
        "a\nb",
        "AND",
        "*",
        "a" * 1023,
        "a" * 70000,
        "a" * 69999 + "b",
    ]
    rows = [record(str(number)) for number in range(len(terms))]
    records = [
        type(row)(row.id, row.hash, {**row.fields, "word": [term], "stem": [term], "name": [""]}, b"")
        for row, term in zip(rows, terms, strict=True)
    ]
    fill(engine, *records)
    for number, term in enumerate(terms):
        assert found(engine, word(term)) == [str(number)]
        assert engine.frequency("stem", term) == 1


def test_frequency_counts_living_documents(engine: Any) -> None:
    fill(engine, *(record(str(number), "word word", title="title") for number in range(6)))
    assert engine.frequency("word", "word") == 6
    with engine.write() as batch:
        batch.remove(["0"])
        batch.add(record("1", "other"))
    assert engine.frequency("word", "word") == 4
    assert engine.frequency("title_stem", "title") == 4
    assert engine.frequency("name", "word") == 0
    assert engine.frequency("word", "absent") == 0


def test_suggestions_are_nearest_first_then_most_frequent(engine: Any) -> None:
    words = {"кітап": 1, "кітабы": 1, "кітаб": 2, "кітапх": 3, "кіатп": 1, "мәтін": 5, "кіта": 2, "кт": 9}
    rows = [record(f"{term} {number}", term) for term, count in words.items() for number in range(count)]
    fill(engine, *rows)
    assert engine.suggest("word", "кітап", limit=10) == [
        ("кітап", 1),
        ("кітапх", 3),
        ("кіта", 2),
        ("кітаб", 2),
        ("кіатп", 1),
        ("кітабы", 1),
    ]
    assert engine.suggest("word", "кітап", distance=1, limit=2) == [("кітап", 1), ("кітапх", 3)]
    assert engine.suggest("word", "ітап", distance=1) == [("кітап", 1)]
    assert engine.suggest("word", "кітап", distance=0) == [("кітап", 1)]
    assert engine.suggest("title_word", "кітап") == []
    assert engine.suggest("word", "") == [("кт", 9)]


def test_words_of_removed_documents_are_not_suggested(engine: Any) -> None:
    fill(engine, record("a", "word"), record("b", "wort"))
    with engine.write() as batch:
        batch.remove(["b"])
    assert engine.suggest("word", "wort") == [("word", 1)]


def test_statistics(engine: Any) -> None:
    fill(engine, record("a", "word"), record("b", "word"), record("c", "word"))
    with engine.write() as batch:
        batch.remove(["a"])
    statistics = engine.statistics()
    assert statistics["documents"] == len(engine) == 2
    assert statistics["bytes"] > 100


# ------------------------------------------------------------------ scores by hand


def test_a_group_scores_as_one_term(engine: Any) -> None:
    """All forms of a word together count like so many occurrences of one form."""
    fill(engine, record("a", "one two other"), record("b", "one one other"), record("c", "other other other"))
    forms = group(query_tree.Term("word", "one"), query_tree.Term("word", "two"))
    scores = dict(engine.search(forms).matches)
    assert scores["a"] == pytest.approx(scores["b"])
    apart = dict(engine.search(query_tree.Or((word("one"), word("two")))).matches)
    assert apart["a"] > scores["a"]


def test_the_score_of_a_term_by_hand(engine: Any) -> None:
    fill(engine, record("a", "x y"), record("b", "y y y y"), record("c", "y"), record("d", "_"))
    # N 4, df 1, length 2 of a mean (2 + 4 + 1 + 0) / 4: idf = ln(1 + 3.5 / 1.5), tf = 0.5 / (0.25 + 0.75 * 2 / 1.75)
    idf, tf = 1.2039728043259361, 0.45161290322580644
    assert engine.search(word("x")).matches == (("a", pytest.approx(idf * tf * 2.2 / (tf + 1.2), rel=1e-6)),)
    assert engine.search(group(query_tree.Term("word", "x"), boost=3)).matches == (
        ("a", pytest.approx(3 * idf * tf * 2.2 / (tf + 1.2), rel=1e-6)),
    )


def test_the_version_changes_with_each_commit_alone(engine: Any) -> None:
    versions = [engine.generation]
    for batch in ([record("a", "word")], [record("b", "word")], [record("a", "other")]):
        fill(engine, *batch)
        assert engine.generation == engine.generation
        engine.search(word("word"))
        versions.append(engine.generation)
    assert len(set(versions)) == 4


def test_terms_by_their_beginning(engine: Any) -> None:
    fill(engine, record("a", "kitap kitob қала book", stem="k l m bo"), record("b", "kitap kit", title="kite"))
    assert sorted(engine.terms("word", "kit")) == ["kit", "kitap", "kitob"]
    assert sorted(engine.terms("word", "қ")) == ["қала"]
    assert sorted(engine.terms("stem", "k")) == ["k", "kit", "kitap"]
    assert sorted(engine.terms("title_word", "")) == ["kite"]
    assert list(engine.terms("name", "kit")) == []
