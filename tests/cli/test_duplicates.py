"""searchkit duplicates: documents of one text."""

# Tests as well, in searchkit/: display: duplicates

import json

import pytest

import searchkit

TEXTS = {
    "d": "two",
    "a": "three",
    "b": "one",
    "c": "three",
    "e": "two",
    "f": "three",
    "g": "Three:\n",
    "h": "others",
    "i": "…",
}


@pytest.fixture
def copies(run):
    with searchkit.open("index", create=True) as index:
        index.add([searchkit.Document(id, text, language="en") for id, text in TEXTS.items()])
    return run


def test_the_largest_group_comes_first(copies):
    with searchkit.open("index", create=True) as index:
        found = index.duplicates()
        assert [group.ids for group in found] == [("a", "c", "f", "g"), ("d", "e")]
        assert index.duplicates(language="ru") == []


def test_a_text_is_known_by_it_wherever_it_stands():
    assert searchkit.Document("", "Қазақ").fingerprint == searchkit.Document("", "Қазақ").fingerprint
    assert searchkit.Document("", "Қазақ").fingerprint != searchkit.Document("", "Қазак").fingerprint
    assert len(searchkit.Document("", "\ud800").fingerprint) == 16


def test_the_command(copies):
    shown = copies("duplicates").stdout.splitlines()
    assert shown[0].startswith("4 documents of one text  ")
    assert shown[1:5] == ["   a", "   c", "   f", "   g"]
    assert shown[-1] == "2 texts in 6 documents."
    *groups, end = map(json.loads, copies("duplicates", "--json").stdout.splitlines())
    assert [group["ids"] for group in groups] == [["a", "c", "f", "g"], ["d", "e"]]
    assert end == {"end": {"groups": 2, "documents": 6}}
    rows = copies("duplicates", "--csv").stdout_bytes.decode("utf-8-sig").splitlines()
    assert (rows[0], rows[1][:2], rows[6][:2]) == ("group,fingerprint,id", "1,", "2,")


def test_where_there_is_none(indexed):
    result = indexed("duplicates")
    assert (result.exit_code, result.stdout) == (1, "No two documents have the same text.\n")


@pytest.mark.parametrize("engine", ["whoosh", "tantivy"])
def test_a_hit_says_how_many_others_have_its_text(tmp_path, engine):
    if engine == "tantivy":
        pytest.importorskip("tantivy", reason="the tantivy engine is an extra")
    with searchkit.open(tmp_path / "index", engine, create=True) as index:
        index.add([searchkit.Document(id, text) for id, text in TEXTS.items()])
        assert {hit.id: hit.same_text for hit in index.search("three OR other")} == dict.fromkeys("acfg", 3) | {"h": 0}
        index.remove(["c"])
        assert {hit.id: hit.same_text for hit in index.search("three")} == dict.fromkeys("afg", 2)
        assert [group.ids for group in index.duplicates()] == [("a", "f", "g"), ("d", "e")]


def test_a_hit_shows_it(copies):
    assert "same text as 3 others" in copies("search", "three").stdout


def test_a_copy_in_another_format_is_one(run, tmp_path):
    words = "Саттар Ерубаев was born in Turkestan, where his mother taught at a school."
    (tmp_path / "papers" / "a.txt").write_bytes(f"{words}\n".encode("cp1251"))
    (tmp_path / "papers" / "b.html").write_text(f"<html><body><p>{words}</p></body></html>", encoding="utf-8")
    run("index", "papers")
    groups = json.loads(run("duplicates", "--json").stdout.splitlines()[0])
    assert groups["ids"] == ["papers/a.txt", "papers/b.html"]


def test_what_is_nearly_the_same(run):
    page = " ".join(f"word{number}" for number in range(100))
    with searchkit.open("index", create=True) as index:
        index.add(
            [searchkit.Document("a", page), searchkit.Document("b", page + " more"), searchkit.Document("c", "more")]
        )
    shown = run("duplicates", "--near").stdout.splitlines()
    assert shown == [
        "2 documents of nearly one text  at least 99 % of their passages are the same",
        "   a",
        "   b",
        "",
        "1 text in 2 documents.",
    ]
    assert run("duplicates").exit_code == 1
    (group, end) = map(json.loads, run("duplicates", "--near", "--json").stdout.splitlines())
    assert (group["ids"], end) == (["a", "b"], {"end": {"groups": 1, "documents": 2}})
    assert run("duplicates", "--near", "--csv").stdout_bytes.decode("utf-8-sig").splitlines()[1] == "1,0.99,a"
