"""A whole collection on a cluster: moved there and back, it answers as before. Needs a node."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import searchkit
from searchkit.engines.opensearch import cluster_address

from ..test_real_queries import QUERIES, TEXTS

NAMES = {
    "named-1": "Ғазиза Нұрғалиева кітапхананы ашты. Г. Нұрғалиеваның кітабы оқылды.",
    "named-2": "Директор библиотеки Газиза Нургалиева приняла гостей из Ташкента.",
    "named-3": "Gaziza Nurgaliyeva signed the memorandum on behalf of the library.",
}


@pytest.fixture
def files(folder: Path) -> Path:
    """A folder of text files of two kinds and two years."""
    made = folder / "files"
    for number, (name, text) in enumerate({**TEXTS, **NAMES}.items()):
        path = made / ("old" if number % 2 else "new") / f"{name}.{'md' if number % 3 else 'txt'}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return made


def answers(index: Any) -> dict[str, Any]:
    """What a reader can ask an index."""
    found: dict[str, Any] = {}
    for query in [*QUERIES, "liibrary", "Nurgalieva"]:
        results = index.search(query, limit=20)
        found[query] = [results.total, [(hit.id, pytest.approx(hit.score, rel=1e-5)) for hit in results]]
        found[f"passages {query}"] = {hit.id: [snippet.text for snippet in hit.snippets] for hit in results}
    found["mentions"] = sorted(
        (one.document_id, one.start, one.end, one.text) for one in index.mentions("Gaziza Nurgalieva")
    )
    found["people"] = [str(person) for person in index.people()]
    found["facets"] = index.facets("library OR кітапхана OR библиотека OR kutubxona")
    found["ids"] = list(index.ids())
    found["copies"] = list(index.duplicates())
    return found


def test_a_collection_moves_to_a_cluster_and_back(files: Path, folder: Path) -> None:
    with searchkit.open(folder / "index", create=True) as index:
        assert index.sync([files]).added == len(TEXTS) + len(NAMES)
        before = answers(index)
        assert len({document for document, *_ in before["mentions"]}) == len(NAMES)
        assert before["people"]
        assert index.convert("opensearch") == len(before["ids"])
        (name,) = (folder / "index").glob("opensearch-*")
        address = cluster_address.read(name)
        try:
            assert answers(index) == before
            report = index.sync()
            assert (report.added, report.updated, report.removed, report.failed) == (0, 0, 0, ())
            (files / "new" / "later.txt").write_text("A manuscript of the library was found later.", encoding="utf-8")
            assert index.sync().added == 1
            (files / "new" / "later.txt").unlink()
            assert index.sync().removed == 1
            assert answers(index) == before
            assert index.verify().problems == ()
            assert index.convert("whoosh") == len(before["ids"])
            assert answers(index) == before
        finally:
            # The folder that says where it was is gone with the move back.
            cluster_address.write(files, address)
