"""A whole collection on a cluster: moved there and back, it answers as before, also to those who ask over HTTP. Needs a node."""

# Tests as well, in searchkit/: collection: copy_index

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

import searchkit
from searchkit.collection import convert
from searchkit.engines.opensearch import cluster_address
from searchkit.errors import SearchkitError

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


def without(base: str, found: Any) -> Any:
    """Answers in which files go by their names below a folder."""
    if isinstance(found, str):
        return found.replace(base, "")
    if isinstance(found, dict):
        return {without(base, key): without(base, value) for key, value in found.items()}
    if isinstance(found, (list, tuple)):
        return type(found)(without(base, one) for one in found) if type(found) in (list, tuple) else found
    return found


def asked_over_http(index: Any, base: str) -> list[Any]:
    """What the page and the API say."""
    pytest.importorskip("fastapi", reason="the page needs pip install 'searchkit[web]'")
    from ...web.conftest import made

    ask = made(index)
    pages = [ask(f"/{address}") for address in ("?q=library", "people", "mentions?name=Gaziza+Nurgalieva", "browse")]
    replies = [
        ask(f"/api/v1/{address}")
        for address in ("search?q=library", "facets?field=year&q=library", "people", "mentions?name=Gaziza+Nurgalieva")
    ]
    assert {reply.status for reply in replies} == {200}
    assert pages[0].status == 200
    found, years, people, mentions = replies
    hits = [(hit["id"], hit["passages"]) for hit in found.json["hits"]]
    return without(base, [[reply.status for reply in pages], hits, years.json, len(people.json), len(mentions.lines)])


def test_a_collection_is_copied_to_an_address_and_back(
    files: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files go by their whole paths there, and by their old names in a folder beside them."""
    server = os.environ["SEARCHKIT_OPENSEARCH"].rstrip("/")
    monkeypatch.setenv("SEARCHKIT_HOME", str(folder / "home"))
    monkeypatch.delenv("SEARCHKIT_OPENSEARCH")
    monkeypatch.setattr(convert, "DOCUMENTS_OF_A_BATCH", 3)
    monkeypatch.setattr(convert, "DOCUMENTS_HELD", 2)
    address, base = f"{server}/test-{os.urandom(6).hex()}", f"{folder}/"
    count = len(TEXTS) + len(NAMES)
    with searchkit.open(folder / "index", create=True) as index:
        assert index.sync([files]).added == count
        before, page = answers(index), asked_over_http(index, base)
        (index.folder / "lexicon").mkdir()
        (index.folder / "lexicon" / "own.tsv").write_text("en\tkk\nword\tсөз\n", encoding="utf-8")
        assert index.copy(address) == count
        with pytest.raises(SearchkitError, match="documents in"):
            index.copy(address)
        assert answers(index) == before, "the old one stays"
    with searchkit.open(address) as index:
        assert without(base, answers(index)) == before
        assert asked_over_http(index, base) == page
        report = index.sync()
        assert (report.unchanged, report.added, report.updated, report.removed) == (count, 0, 0, 0)
        assert index.copy(folder / "back") == count
    with searchkit.open(folder / "back") as index:
        assert answers(index) == before
        assert (index.folder / "lexicon" / "own.tsv").is_file()
        report = index.sync()
        assert (report.unchanged, report.added, report.updated, report.removed) == (count, 0, 0, 0)


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
