"""What is particular to the Tantivy engine: its library, its traps, its files, and how it chooses candidates."""

# Tests as well, in searchkit/: engines/tantivy: encoding patterns schema

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

import pytest

from searchkit import engines
from searchkit.engines.tantivy import encoding, patterns, ranking, schema, snapshot, store
from searchkit.engines.tantivy.query_builder import MAX_DEPTH
from searchkit.errors import BrokenIndexError, EngineError, QueryError, SearchkitError, StorageError
from searchkit.terms import query_tree

from .conformance import found, group, record, word
from .reference import Reference
from .test_scores import Generator


@pytest.fixture
def opened(tmp_path: Path) -> Any:
    pytest.importorskip("tantivy")
    engine = engines.open("tantivy", tmp_path)
    yield engine
    engine.close()


def test_a_missing_library_is_named_with_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tantivy", None)
    with pytest.raises(SearchkitError, match=re.escape("pip install 'searchkit[tantivy]'")):
        engines.open("tantivy", tmp_path)


# ------------------------------------------------------------------ without the library


PANIC = type("PanicException", (BaseException,), {})


@pytest.mark.parametrize(
    "error", [PANIC("index out of bounds\nat some place"), ValueError("Phrase query exceeded max expansions")]
)
def test_what_tantivy_fails_at_is_no_damage_where_the_files_are_whole(
    opened: Any, tmp_path: Path, error: BaseException
) -> None:
    fill(opened, 3)
    with pytest.raises(EngineError, match=r"Tantivy failed .* is whole"), store.guarded(tmp_path):
        raise error


def test_what_tantivy_fails_at_is_damage_where_a_file_is_damaged(opened: Any, tmp_path: Path) -> None:
    fill(opened, 3)
    (file, *_) = tmp_path.glob("*.store")
    file.write_bytes(file.read_bytes()[::-1])
    told = rf"damaged \(.*{file.name} does not fit its checksum\)"
    with pytest.raises(BrokenIndexError, match=told), store.guarded(tmp_path):
        raise PANIC("index out of bounds")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("An IO error occurred: 'No space left on device (os error 28)'", "is full: free some space"),
        ("IO error: Os { code: 28, kind: StorageFull, message: ... }", "is full: free some space"),
        ("Input/output error (os error 5)", "fails to read or write: check the disk"),
        ("Permission denied (os error 13)", "There is no permission"),
        ("Too many open files (os error 24)", "Too many files are open"),
    ],
)
def test_what_the_system_refuses_tantivy_is_no_damage(tmp_path: Path, said: str, told: str) -> None:
    with pytest.raises(StorageError, match=told), store.guarded(tmp_path):
        raise ValueError(said)


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit, MemoryError])
def test_what_is_no_damage_goes_through(error: type[BaseException]) -> None:
    with pytest.raises(error), store.guarded(Path("folder")):
        raise error


def test_escaped_texts_keep_their_order_and_their_beginnings() -> None:
    texts = ["", "a", "\ud7fe", "\ud7ff", "\ud7ff\ud7ff", "\ud800", "\ud800a", "\udfff", "\ue000", "\U0001f600"]
    written = [encoding.escaped(text) for text in texts]
    assert [text.encode() for text in written] == sorted(text.encode() for text in written)
    assert [encoding.unescaped(text) for text in written] == texts
    assert encoding.escaped("\ud800a").startswith(encoding.escaped("\ud800"))


def test_entries_sort_as_ids_do() -> None:
    ids = ["", "\0", "\0\0", "\0a", "\1", "a", "a\0", "a\0\0b", "a\0b", "a\1", "ab", "\ud800", "\uffff"]
    entries = [encoding.entry(id, f"hash\0{number}", id) for number, id in enumerate(ids)]
    assert [entry.encode() for entry in entries] == sorted(entry.encode() for entry in entries)
    assert [encoding.of_entry(entry) for entry in entries] == [
        (id, f"hash\0{number}", id) for number, id in enumerate(ids)
    ]


def test_long_terms_and_ids_are_kept_apart_by_their_hash() -> None:
    one, two = encoding.cut("a" * 70000), encoding.cut("a" * 69999 + "b")
    assert one != two
    assert len(one.encode()) < 65530
    assert len(encoding.cut("\U0001f600" * 70000).encode()) < 65530


@pytest.mark.parametrize(
    ("length", "rounded"),
    [(0, 0), (1, 1), (40, 40), (41, 40), (42, 42), (55, 54), (56, 56), (59, 56), (95, 88), (96, 96), (151, 144)]
    + [(152, 152), (167, 152), (2071, 1944), (2072, 2072), (9239, 8216), (12312, 12312)],
)
def test_lengths_are_rounded_as_tantivy_does(length: int, rounded: int) -> None:
    assert schema.fieldnorm(length) == rounded


# ------------------------------------------------------------------ with it


def fill(engine: Any, count: int, batches: int = 1) -> None:
    for part in range(batches):
        with engine.write() as batch:
            for number in range(part, count, batches):
                text = " ".join(["word"] * (number % 7 + 1) + ["other"] * (number % 11))
                batch.add(record(f"{number:04}", text, title="word" if number % 5 == 0 else "title"))


def test_a_tree_that_is_too_deep_is_a_query_error(opened: Any) -> None:
    fill(opened, 3)
    deep: query_tree.Node = word("word")
    for _ in range(MAX_DEPTH + 2):
        deep = query_tree.Or((deep, word("absent")))
    for ask in (opened.search, lambda query: list(opened.select(query))):
        with pytest.raises(QueryError, match=f"more than {MAX_DEPTH} levels"):
            ask(deep)
    assert len(found(opened, word("word"))) == 3


def read(folder: Path) -> None:
    engine = engines.open("tantivy", folder)
    engine.search(word("word"))
    engine.fetch(["0001"])


@pytest.mark.parametrize("pattern", ["*.store", "*.idx", "*.term", "*.pos", "*.fast", "*.fieldnorm"])
@pytest.mark.parametrize("damage", ["missing", "empty", "cut"])
def test_missing_and_cut_files_are_found(opened: Any, tmp_path: Path, pattern: str, damage: str) -> None:
    fill(opened, 30)
    opened.close()
    (file, *_) = tmp_path.glob(pattern)
    content = file.read_bytes()
    if damage == "missing":
        file.unlink()
    else:
        file.write_bytes(b"" if damage == "empty" else content[: len(content) // 2])
    with pytest.raises(BrokenIndexError, match=r"damaged .*: `searchkit verify --repair`"):
        read(tmp_path)


def test_a_lock_that_is_written_while_links_are_deleted_leaves_no_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Tantivy watches for new states with a thread of its own, which takes its lock when it likes."""
    (tmp_path / "mirror").mkdir()
    (tmp_path / "mirror" / "meta.json").write_text("{}")
    unlink = store.os.unlink

    def unlinked(path: str) -> None:
        unlink(path)
        if path.endswith("meta.json"):
            (tmp_path / "mirror" / ".tantivy-meta.lock").touch()

    monkeypatch.setattr(store.os, "unlink", unlinked)
    store._delete_mirror(str(tmp_path / "mirror"))
    assert not (tmp_path / "mirror").exists()


def test_an_index_without_its_description_is_not_begun_anew(opened: Any, tmp_path: Path) -> None:
    fill(opened, 3)
    (tmp_path / "commit.json").unlink()
    with pytest.raises(BrokenIndexError, match="gone"):
        len(opened)
    with pytest.raises(BrokenIndexError, match=r"commit\.json is missing"):
        engines.open("tantivy", tmp_path)


def test_no_files_but_those_of_the_state_that_holds(opened: Any, tmp_path: Path) -> None:
    """Neither merges nor handles that saw an older state leave segments behind, once the next batch is written."""
    other = engines.open("tantivy", tmp_path)
    for turn in range(40):
        with opened.write() as batch:
            batch.add(record(f"{turn % 9}", "word"))
        assert len(other) == min(turn + 1, 9)
    living = {
        part["segment_id"].replace("-", "") for part in json.loads((tmp_path / "meta.json").read_text())["segments"]
    }
    files = [path for path in tmp_path.iterdir() if path.suffix in (".store", ".idx", ".term", ".pos", ".fast")]
    assert {path.stem.split(".")[0] for path in files} <= living
    other.close()


def test_a_large_batch_is_written_in_order(opened: Any) -> None:
    with opened.write() as batch:
        for turn in range(3):
            for number in range(400):
                batch.add(record(f"{number:03}", f"turn{turn}"))
        for number in range(0, 400, 2):
            assert batch.remove([f"{number:03}"])
    odd = [f"{number:03}" for number in range(1, 400, 2)]
    assert found(opened, word("turn2")) == odd
    assert found(opened, query_tree.Or((word("turn0"), word("turn1")))) == []


def test_of_many_matches_the_page_has_exact_scores_and_a_true_total(
    opened: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beyond EXACT matches only candidates are scored by the formula; what they score does not change by that."""
    generator = Generator(77)
    records = {(made := generator.record(number)).id: made for number in range(300)}
    with opened.write() as batch:
        for made in records.values():
            batch.add(made)
    reference = Reference(list(records.values()))
    monkeypatch.setattr(ranking, "EXACT", 20)
    monkeypatch.setattr(ranking, "_CHOSEN", 40)
    checked = 0
    for text in ("ана", "бала", "ел", "балама"):
        forms = group(*(query_tree.Term(field, text) for field in ("word", "stem", "title_word", "title_stem")))
        for query in (
            forms,
            query_tree.And((forms, query_tree.Not(word("absent")))),
            query_tree.Or((forms, word("book"))),
        ):
            expected = reference.search(query)
            page = opened.search(query, 10)
            assert page.total == len(expected)
            all_scores = dict(expected)
            assert dict(page.matches) == pytest.approx({id: all_scores[id] for id, _ in page.matches}, rel=1e-6)
            assert [score for _, score in page.matches] == sorted((row[1] for row in page.matches), reverse=True)
            assert page.matches[0][1] >= 0.95 * expected[0][1]
            checked += page.total > 40
    assert checked >= 6


def test_counts_are_exact_where_terms_stand_often(opened: Any) -> None:
    rows = {f"{count:04}": "word " * count + "other " * (3000 - count) for count in (1, 2, 40, 41, 500, 2999)}
    with opened.write() as batch:
        for id, text in rows.items():
            batch.add(record(id, text))
        batch.add(record("short", "word"))
    reference = Reference([record(id, text) for id, text in rows.items()] + [record("short", "word")])
    for query in (word("word"), group(query_tree.Prefix("word", "wo"), query_tree.Term("stem", "word"))):
        assert dict(opened.search(query).matches) == pytest.approx(dict(reference.search(query)), rel=1e-6)


def test_two_rows_of_terms_are_counted_in_one_search(opened: Any) -> None:
    """The counts of two terms are read from one score, where they are small enough, else from two."""
    counts = [(1, 1), (1, 9), (9, 1), (3, 30), (30, 3), (40, 2), (60, 60), (2, 400), (500, 1), (500, 500)]
    records = [
        record(
            f"{number:02}", "one " * one + "two " * two + "other " * number * 7, stem="_ " * (one + two + number * 7)
        )
        for number, (one, two) in enumerate(counts)
    ]
    with opened.write() as batch:
        for each in records:
            batch.add(each)
    words = group(
        *(query_tree.Term("word", text, weight) for text, weight in (("one", 1.0), ("two", 0.3), ("other", 0.1)))
    )
    expected = dict(Reference(records).search(words))
    assert dict(opened.search(words).matches) == pytest.approx(expected, rel=1e-6)


def test_a_collection_of_titles_alone(opened: Any) -> None:
    records = [record(f"{number}", title=" ".join(["a"] * number + ["b"] * (number % 3))) for number in range(1, 9)]
    with opened.write() as batch:
        for each in records:
            batch.add(each)
    query = group(query_tree.Term("title_word", "a"), query_tree.Term("title_stem", "b"))
    assert dict(opened.search(query).matches) == pytest.approx(dict(Reference(records).search(query)), rel=1e-6)


@pytest.mark.parametrize("endings", [3, 30])
def test_a_prefix_in_a_sequence_whether_few_terms_begin_with_it_or_many(opened: Any, endings: int) -> None:
    records = [
        record(f"{number:02}", f"go home{number} now go away{number} now home{number}") for number in range(endings)
    ]
    with opened.write() as batch:
        for each in records:
            batch.add(each)
    sequence = query_tree.Sequence(
        ((query_tree.Term("word", "go"),), (query_tree.Prefix("word", "ho"), query_tree.Prefix("stem", "home")))
    )
    for query in (group(sequence), group(sequence, query_tree.Term("word", "home1"), query_tree.Term("word", "away2"))):
        expected = Reference(records).search(query)
        assert opened.search(query, 100).total == len(expected)
        assert dict(opened.search(query, 100).matches) == pytest.approx(dict(expected), rel=1e-6)


def test_a_search_shared_among_threads_finds_the_same(opened: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    generator = Generator(5)
    records = {}
    for _ in range(7):
        with opened.write() as batch:
            for _ in range(30):
                made = generator.record(generator.random.randrange(150))
                records[made.id] = made
                batch.add(made)
    reference = Reference(list(records.values()))
    monkeypatch.setattr(snapshot, "_MUCH", 0)
    monkeypatch.setattr(snapshot, "_MOST_PARTS", 4)
    monkeypatch.setattr(snapshot.os, "cpu_count", lambda: 4)
    assert len(opened._current()._parts) > 1
    for turn in range(20):
        query = generator.node()
        expected = dict(reference.search(query))
        page = opened.search(query, 1000)
        assert page.total == len(expected), turn
        assert dict(page.matches) == pytest.approx(expected, rel=1e-6, abs=1e-9), turn
        assert opened.search(query, 7).matches == page.matches[:7], turn


def test_a_prefix_too_long_for_an_automaton(opened: Any) -> None:
    with opened.write() as batch:
        batch.add(record("long", "x" * 5000 + "y"))
    assert found(opened, group(query_tree.Prefix("word", "x" * 3000))) == ["long"]
    assert found(opened, group(query_tree.Prefix("word", "x" * 100_000))) == []


@pytest.mark.parametrize("pattern", [".+", "(a", "[a]", "a|b", "\\", "a{2}", "^a$", "?????????????????????*b?????"])
def test_signs_of_regular_expressions_stand_for_themselves(opened: Any, pattern: str) -> None:
    with opened.write() as batch:
        batch.add(record("with", f"{pattern}x y", path=f"path {pattern.replace('?', '.')} end"))
        batch.add(record("without", "aax y", path="a aa b"))
    assert found(opened, group(query_tree.Prefix("word", pattern))) == ["with"]
    phrase = query_tree.Sequence(
        ((query_tree.Prefix("word", pattern), query_tree.Term("word", "absent")), (query_tree.Term("word", "y"),))
    )
    assert found(opened, group(phrase)) == ["with"]
    if "?" not in pattern:
        assert found(opened, query_tree.InPath(pattern)) == ["with"]


def test_a_prefix_of_more_forms_than_a_phrase_may_take_in(opened: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tantivy refuses phrases of patterns that fit more than 16,384 terms; they are asked for in parts."""
    records = [record(f"{n:03}", " ".join(f"pre{n * 10 + k:04} next" for k in range(10))) for n in range(40)]
    with opened.write() as batch:
        for one in records:
            batch.add(one)
    monkeypatch.setattr(patterns, "EXPANSIONS", 30)
    beginning = query_tree.Prefix("word", "pre")
    sequence = query_tree.Sequence(((beginning,), (query_tree.Prefix("word", "nex"),)))
    for query in (group(beginning), group(beginning, query_tree.Term("word", "next")), group(sequence)):
        expected = Reference(records).search(query)
        assert dict(opened.search(query, 100).matches) == pytest.approx(dict(expected), rel=1e-6)
        assert len(found(opened, query)) == 40


@pytest.mark.parametrize("terms", [["a"], ["a", "ab", "abc", "abd", "b"], ["x" * 700 + letter for letter in "abc"]])
@pytest.mark.parametrize("most", [1, 2, 100])
def test_the_parts_of_a_prefix_take_in_each_term_once(terms: list[str], most: int) -> None:
    parts = list(patterns.split(terms, "", most))
    for term in terms:
        fit = [part for part in parts if term == part.text or part.beginning and term.startswith(part.text)]
        assert len(fit) == 1
    assert sum(part.terms for part in parts) == len(terms)
    assert all(part.terms <= most for part in parts)
