"""The index brought up to date from its page, where that is allowed."""

import contextlib
import sqlite3
import threading
import time

import pytest

import searchkit
from tests.web.conftest import made

OWN = {"sec_fetch_site": "same-origin"}


@pytest.fixture
def collection(tmp_path):
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "one.txt").write_text("A memorandum.", encoding="utf-8")
    with searchkit.open(tmp_path / "index", create=True) as index:
        index.sync([folder], jobs=1)
        yield folder, index


def waited(ask):
    """The page of the collection when the update is over."""
    for thread in threading.enumerate():
        if thread.name == "searchkit-update":
            thread.join(120)
    return ask("/collection").html


def test_a_reader_updates_and_sees_what_was_done(collection):
    folder, index = collection
    ask = made(index, allow_update=True)
    (button,) = ask("/collection?ui=kk").html.xpath("//form[@action='/update']/button")
    assert button.text == "Қазір жаңарту"
    (folder / "two.txt").write_text("Another memorandum.", encoding="utf-8")
    reply = ask("/update", "POST", **OWN)
    assert (reply.status, reply.headers["location"]) == (303, "/collection")
    page = waited(ask)
    assert [one.text for one in page.find_class("note")] == ["The update is done: 1 added, 1 unchanged."]
    assert ask("/search?q=memorandum").html.findtext(".//h1").split()[0] == "2"


def test_the_page_says_how_far_an_update_is(collection, monkeypatch):
    _, index = collection
    ask = made(index, allow_update=True)
    going, over = threading.Event(), threading.Event()

    def slow(self, paths, progress):
        progress(1_200, 3_000, "x")
        going.set()
        assert over.wait(120)
        raise searchkit.SearchkitError("The system cannot watch these files (x): raise its limit.")

    monkeypatch.setattr(searchkit.Index, "sync", slow)
    ask("/update", "POST", **OWN)
    assert going.wait(120)
    page = ask("/collection")
    assert "The index is being updated: 1,200 of 3,000 files." in page.text
    assert page.html.xpath("//noscript/meta[@http-equiv='refresh']")
    assert not page.html.xpath("//form[@action='/update']")
    ask("/update", "POST", **OWN)  # a second one does not begin
    assert [thread.name for thread in threading.enumerate()].count("searchkit-update") == 1
    over.set()
    assert "raise its limit" in waited(ask).find_class("note")[0].text


def test_who_is_not_allowed_cannot(collection):
    folder, index = collection
    (folder / "two.txt").write_text("Another memorandum.", encoding="utf-8")
    ask = made(index)
    assert not ask("/collection").html.xpath("//form[@action='/update']")
    assert ask("/update", "POST", **OWN).status == 403
    allowed = made(index, allow_update=True)
    assert allowed("/update", "POST", sec_fetch_site="cross-site").status == 403
    assert allowed("/update").status in (404, 405)
    time.sleep(0.2)
    assert len(index) == 1


def test_after_an_update_that_was_interrupted_a_reader_can_update(collection):
    _, index = collection
    with contextlib.closing(sqlite3.connect(index.folder / "manifest.sqlite")) as files:
        files.execute("UPDATE meta SET complete = 0")
        files.commit()
    ask = made(index, allow_update=True)
    page = ask("/collection")
    assert "its last update was interrupted" in page.text
    assert page.html.xpath("//form[@action='/update']")
    ask("/update", "POST", **OWN)
    assert "The update is done" in waited(ask).find_class("note")[0].text
