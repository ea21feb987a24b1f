"""An answer in the order in which its documents came into the index, with every engine."""

import pytest

import searchkit
from searchkit import Document
from searchkit.collection import records

MINUTES = (
    "2024-12-31T23:59",
    "2025-01-01T00:00",
    "2026-11-30T17:28",
    "2026-11-30T17:29",
    "2026-11-30T18:05",
    "2026-12-01T09:00",
)


@pytest.fixture(params=["whoosh", "tantivy"])
def index(request, tmp_path, monkeypatch):
    """Two documents a minute, and one of before minutes were kept."""
    if request.param == "tantivy":
        pytest.importorskip("tantivy")
    minute = ""
    monkeypatch.setattr(records, "_now", lambda: minute)
    with searchkit.open(tmp_path / "index", create=True, engine=request.param) as index:
        index.add([Document("old", "A memorandum.")])
        for minute in MINUTES:
            index.add([Document(f"{minute}{letter}", f"A memorandum {letter}.") for letter in "ab"])
        yield index


def ids(index, query="memorandum", **settings):
    return [hit.id for hit in index.search(query, order="added", snippets=0, **settings)]


def test_what_was_added_last_comes_first(index):
    expected = [f"{minute}{letter}" for minute in reversed(MINUTES) for letter in "ab"] + ["old"]
    assert ids(index, limit=100) == expected
    assert ids(index, "memorandum a", limit=1) == ["2026-12-01T09:00a"]
    for size in (1, 3, 5):
        paged = [id for first in range(0, 15, size) for id in ids(index, limit=size, offset=first)]
        assert paged == expected
    assert ids(index, limit=5, offset=100) == []
    assert index.search("memorandum", order="added", limit=2).total == 13


def test_what_has_changed_comes_first_again(index):
    index.add([Document("2025-01-01T00:00a", "Another memorandum.")])
    assert ids(index, limit=2) == ["2025-01-01T00:00a", "2026-12-01T09:00a"]


def test_a_new_format_and_another_engine_keep_the_order(index, tmp_path):
    before = ids(index, limit=100)
    index.upgrade()
    index.convert("whoosh")
    assert ids(index, limit=100) == before
