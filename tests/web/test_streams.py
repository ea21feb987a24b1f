"""Long lists go out as they are found: the first rows are there before the last place is found, and the end says how many."""

import asyncio
import json
import threading
import zlib

import pytest

import searchkit
from searchkit import Document
from searchkit.web import listing
from searchkit.web.pages import lines
from tests.web.conftest import made

DOCUMENTS = 60


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    with searchkit.open(tmp_path_factory.mktemp("streams") / "index", create=True) as index:
        index.add(
            Document(f"{number:03}", f"Word by word: memorandum {number} of Gaziza Nurgalieva.", date="2025")
            for number in range(DOCUMENTS)
        )
        yield index


@pytest.fixture
def ask(index, tmp_path, monkeypatch):
    monkeypatch.setattr(lines, "PATIENCE", 0.0)
    return made(index, notes=tmp_path / "notes.sqlite")


@pytest.fixture
def gate(index, monkeypatch):
    """Holds back the last place of every list until it is set."""
    opened = threading.Event()

    def held_back(real):
        def found(*args, **settings):
            places = list(real(*args, **settings))
            yield from places[:-1]
            assert opened.wait(20), "nothing was sent before the last place was found"
            yield places[-1]

        return found

    for name in ("mentions", "concordance"):
        monkeypatch.setattr(index, name, held_back(getattr(index, name)))
    return opened


def asked(application, address, packed=False, seen=lambda content: None):
    """(headers, body) of an answer; `seen` is told what has come so far, each time that more comes."""
    path, _, query = address.partition("?")
    headers, body = {}, bytearray()
    unpacker = zlib.decompressobj(31) if packed else None

    async def exchange():
        done = asyncio.Event()
        asked_for = [{"type": "http.request", "body": b"", "more_body": False}]

        async def receive():
            if asked_for:
                return asked_for.pop()
            await done.wait()
            return {"type": "http.disconnect"}

        async def send(message):
            if message["type"] == "http.response.start":
                headers.update({name.decode(): value.decode() for name, value in message["headers"]})
            else:
                content = message.get("body", b"")
                body.extend(unpacker.decompress(content) if unpacker else content)
                seen(bytes(body))

        scope = {
            "type": "http",
            "method": "GET",
            "path": path,
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "headers": [(b"host", b"127.0.0.1"), *([(b"accept-encoding", b"gzip")] if packed else [])],
            "scheme": "http",
            "server": ("127.0.0.1", 80),
        }
        await application(scope, receive, send)

    asyncio.run(exchange())
    return headers, bytes(body)


def rows(page):
    """The lines of a page as text."""
    return [one.text_content() for one in page.xpath("//tr[@data-step]")]


LISTS = [
    "/api/v1/mentions?name=Gaziza+Nurgalieva",
    "/api/v1/mentions.csv?name=Gaziza+Nurgalieva",
    "/api/v1/concordance?q=memorandum",
    "/api/v1/concordance.csv?q=memorandum",
    "/mentions?name=Gaziza+Nurgalieva&n=20",
    "/concordance?q=memorandum&n=20",
]


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gzip"])
@pytest.mark.parametrize("address", LISTS)
def test_the_first_rows_come_before_the_last_place_is_found(ask, gate, address, packed):
    def seen(content):
        if b"000" in content:
            gate.set()

    headers, body = asked(ask.application, address, packed, seen)
    assert headers.get("content-encoding") == ("gzip" if packed else None)
    assert b"059" in body or b"n=20" in body
    if address.startswith("/api") and "csv" not in address:
        *rows, last = map(json.loads, body.decode().splitlines())
        assert len(rows) == DOCUMENTS
        assert last["end"]["documents"] == last["end"]["searched"] == DOCUMENTS


@pytest.mark.parametrize(("address", "noun"), [(LISTS[4], "mentions"), (LISTS[5], "places")])
def test_a_page_that_went_out_line_by_line_is_whole(ask, gate, address, noun):
    gate.set()
    reply = ask(address)
    page = reply.html
    assert reply.status == 200
    assert len(rows(page)) == 20
    (closing,) = [one.text_content() for one in page.find_class("closing")]
    assert closing == f"{DOCUMENTS} {noun} in {DOCUMENTS} documents; {DOCUMENTS} documents were searched."
    assert page.xpath("//nav[@class='pager']/a/text()") == ["1", "2", "3"]
    assert page.get_element_by_id("filters").findall(".//table")
    # From then on the number is known, and stands above.
    again = ask(address).html
    assert again.findtext(".//h1").strip() == f"{DOCUMENTS} {noun}"
    assert len(again.find_class("closing")) == 2
    assert rows(again) == rows(page)


def test_an_order_that_needs_all_places_waits_for_them(ask, gate):
    gate.set()
    page = ask("/concordance?q=memorandum&sort=left").html
    assert page.findtext(".//h1").strip() == f"{DOCUMENTS} places"


def test_a_reader_who_goes_away_frees_the_place_of_another(index, ask):
    for _ in range(listing.AT_ONCE + 1):
        places = listing.stream_places(ask.application._inner.app.state.site.holdings, listing.AskedFor(q="memorandum"))
        next(places)
        places.close()
    assert ask("/api/v1/concordance?q=memorandum").lines[-1]["end"]["places"] == DOCUMENTS


def test_what_cannot_be_understood_or_has_to_wait_is_no_cut_list(ask, index):
    for ending in ("", ".csv"):
        assert ask(f"/api/v1/concordance{ending}?q=date:never").status == 400
    holdings = ask.application._inner.app.state.site.holdings
    busy = [listing.stream_places(holdings, listing.AskedFor(q=f"memorandum {number}")) for number in range(2)]
    for places in busy:
        next(places)
    for ending in ("", ".csv"):
        reply = ask(f"/api/v1/concordance{ending}?q=word")
        assert (reply.status, reply.headers["retry-after"]) == (503, "5")
    assert ask("/concordance?q=word").status == 503
    for places in busy:
        places.close()
    assert ask("/concordance?q=word").status == 200


def test_hits_are_sent_before_what_narrows_them_is_counted(ask, index, monkeypatch):
    real, counted = index.facets, threading.Event()

    def facets(*args, **settings):
        assert counted.wait(20), "nothing was sent before the facets were counted"
        return real(*args, **settings)

    monkeypatch.setattr(index, "facets", facets)

    def seen(content):
        if b'id="h10"' in content and b"</ol>" in content:
            counted.set()

    headers, body = asked(ask.application, "/search?q=memorandum+gaziza", packed=True, seen=seen)
    assert b'name="type"' in body or b'<details class="filters"' in body
    assert body.rstrip().endswith(b"</html>")
    assert headers["etag"]


def test_the_count_is_sent_before_the_passages_are_chosen(ask, index, monkeypatch):
    real, sent = index._hit, threading.Event()

    def hit(*args):
        assert sent.wait(20), "nothing was sent before the passages were chosen"
        return real(*args)

    monkeypatch.setattr(index, "_hit", hit)
    asked(ask.application, "/search?q=memorandum+word", seen=lambda content: sent.set() if b"<h1" in content else None)
    assert sent.is_set()


def test_a_search_that_fails_on_the_way_says_so(ask, index, monkeypatch):
    def broken(*args, **settings):
        raise searchkit.SearchkitError("The index is damaged.")

    monkeypatch.setattr(index, "facets", broken)
    page = ask("/search?q=memorandum+by")
    assert page.status == 200
    assert [one.text_content() for one in page.html.find_class("note")] == ["The index is damaged."]
    assert page.html.get_element_by_id("h1") is not None
    monkeypatch.setattr(index, "_hit", broken)
    assert "The index is damaged." in ask("/search?q=memorandum+of").text
