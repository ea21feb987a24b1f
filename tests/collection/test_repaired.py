"""Which documents were mended, on every engine."""

import pytest

import searchkit
from searchkit import Document

DOCUMENTS = [
    Document("a", "A text.", metadata={"repairs": ["letters were mended", "halves were replaced"]}),
    Document("b", "A text.", metadata={"repairs": ["letters were mended"]}),
    Document("c", "letters were mended"),
]


@pytest.mark.parametrize("engine", ["whoosh", "tantivy"])
def test_what_was_mended_where(tmp_path, engine):
    if engine == "tantivy":
        pytest.importorskip("tantivy", reason="the tantivy engine is an extra")
    with searchkit.open(tmp_path / "index", engine, create=True) as index:
        index.add(DOCUMENTS)
        assert [(notice.path, notice.text) for notice in index.repaired()] == [
            ("a", "letters were mended"),
            ("b", "letters were mended"),
            ("a", "halves were replaced"),
        ]
        assert index.statistics()["repaired"] == [
            {"reason": "letters were mended", "documents": 2, "examples": ["a", "b"]},
            {"reason": "halves were replaced", "documents": 1, "examples": ["a"]},
        ]
        index.remove(["a"])
        assert [notice.path for notice in index.repaired()] == ["b"]
