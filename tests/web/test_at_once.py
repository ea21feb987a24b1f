"""Many readers at once on one open index, while it is updated."""

import threading
from types import SimpleNamespace

import pytest

import searchkit
from searchkit import Document
from searchkit.collection import cluster_index
from searchkit.model import Failure
from searchkit.web.holdings import Holdings
from tests.web.conftest import made


class Changing:
    """An index that is another after each question."""

    folder = None

    def __init__(self):
        self.states = iter(["one", "one", "two", "two", "two", "two"])

    @property
    def generation(self):
        return next(self.states)


def test_nothing_is_kept_in_place_of_an_answer_that_went_with_a_change():
    holdings = Holdings(Changing())
    assert holdings.once(("lines",), lambda: ["a line"]) == ["a line"]
    assert holdings.kept(("lines",)) in (None, ["a line"])
    assert holdings.once(("lines",), lambda: ["another"]) == ["another"]


def test_what_failed_on_other_machines_is_asked_again_after_a_minute(tmp_path, monkeypatch):
    now = [1_000.0]
    monkeypatch.setattr("searchkit.web.holdings.time.monotonic", lambda: now[0])
    monkeypatch.setattr(cluster_index, "is_one", lambda folder: True)
    answers = iter([[Failure("a", "is damaged")], []])
    holdings = Holdings(SimpleNamespace(folder=tmp_path, generation="one", failures=lambda: next(answers)))
    assert [one.path for one in holdings.failures()] == ["a"]
    assert [one.path for one in holdings.failures()] == ["a"]
    now[0] += 60
    assert holdings.failures() == []


@pytest.mark.parametrize("engine", ["whoosh", "tantivy"])
def test_many_readers_while_the_index_changes(tmp_path, engine):
    if engine == "tantivy":
        pytest.importorskip("tantivy")
    with searchkit.open(tmp_path / "index", engine, create=True) as index:
        index.add(
            Document(f"{number}", f"A memorandum, number {number}, of Gaziza Nurgalieva.") for number in range(40)
        )
        ask = made(index)
        wrong = []

        def read(address, total):
            for _ in range(8):
                reply = ask(address)
                if reply.status != 200 or not 40 <= total(reply) <= 60:
                    wrong.append((address, reply.status, reply.text[:300]))

        readers = [
            threading.Thread(target=read, args=(address, total))
            for address, total in (
                ("/api/v1/search?q=memorandum", lambda reply: reply.json["total"]),
                ("/api/v1/search?q=memorandum&n=50", lambda reply: len(reply.json["hits"])),
                ("/api/v1/facets?field=lang&q=memorandum", lambda reply: reply.json["values"][0]["count"]),
                ("/search?q=number", lambda reply: int(reply.html.findtext(".//h1").split()[0])),
                ("/people", lambda reply: 40 if "Nurgalieva" in reply.text else 0),
                ("/document?id=7&q=memorandum", lambda reply: 40 if "number 7" in reply.html.text_content() else 0),
            )
        ]
        for reader in readers:
            reader.start()
        with searchkit.open(tmp_path / "index") as writer:
            for number in range(40, 60, 5):
                writer.add(
                    Document(f"{one}", "A memorandum, number two, of Gaziza Nurgalieva.")
                    for one in range(number, number + 5)
                )
        for reader in readers:
            reader.join()
        assert not wrong, wrong[0]
        assert ask("/api/v1/search?q=memorandum").json["total"] == 60


def test_the_next_page_has_what_an_update_brought(tmp_path):
    with searchkit.open(tmp_path / "index", create=True) as index:
        index.add([Document("a", "A memorandum.")])
        ask = made(index)
        first = ask("/search?q=memorandum")
        with searchkit.open(tmp_path / "index") as writer:
            writer.add([Document("b", "A memorandum.")])
        again = ask("/search?q=memorandum", if_none_match=first.headers["etag"])
        assert again.status == 200
        assert again.html.findtext(".//h1").startswith("2 documents")
        assert again.html.xpath("//li[@class='hit']//p[contains(text(), 'same text')]")
