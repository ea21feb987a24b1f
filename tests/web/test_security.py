"""Who may ask what, and a collection that means harm."""

import os
import re
from urllib.parse import quote

import pytest

import searchkit
from searchkit import Document
from tests.web.conftest import made

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)> ]]> &lt;b&gt; {{7*7}} \u202egnp.exe\x1b[31m\x00 javascript:alert(3)"
IDS = [
    "<script>alert(4)</script>.txt",
    "a\"onmouseover=alert(5) b='.txt",
    "../../etc/passwd",
    "x\u202etxt.exe",
    "line\nbreak",
]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    base = tmp_path_factory.mktemp("hostile")
    with searchkit.open(base / "index", create=True) as index:
        index.add(
            Document(
                id,
                f"The memorandum of Gaziza Nurgalieva. {HOSTILE} memorandum.\f{HOSTILE}",
                title=f"{number} {HOSTILE}",
                language="en",
                date="2025",
                source=HOSTILE,
                metadata={HOSTILE: HOSTILE, "author": HOSTILE},
            )
            for number, id in enumerate(IDS)
        )
        index.add([Document("copy", f"The memorandum of Gaziza Nurgalieva. {HOSTILE} memorandum.\f{HOSTILE}")])
        index.add([Document("long", "memorandum " + "я" * 500_000)])
        yield made(index, notes=base / "notes.sqlite")


ADDRESSES = [
    "/",
    "/search?q=memorandum",
    f"/search?q={quote(HOSTILE)}",
    f"/search?q=memorandum&folder={quote(HOSTILE)}&type={quote(HOSTILE)}",
    f"/search?{quote(HOSTILE)}=1",
    "/search?q=zzz" + quote('"><script>'),
    *(f"/document?id={quote(id)}&q=memorandum" for id in IDS),
    f"/document?id={quote(HOSTILE)}",
    "/mentions?name=Gaziza+Nurgalieva",
    f"/mentions?name={quote(HOSTILE)}",
    f"/mentions?name=Gaziza+Nurgalieva&form={quote(HOSTILE)}&kind={quote(HOSTILE)}",
    "/concordance?q=memorandum&group=document",
    "/people",
    f"/people?q={quote(HOSTILE)}&letter={quote(HOSTILE)}",
    "/collection",
    "/collection/duplicates",
    f"/p/{quote('<script>', safe='')}",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_nothing_of_a_document_becomes_markup(hostile, address):
    reply = hostile(address)
    assert reply.status in (200, 400, 404)
    page = reply.html
    assert [script.get("src", "") for script in page.iter("script")] == [
        source for source in page.xpath("//script/@src") if source.startswith("/static/script.")
    ]
    assert len(page.xpath("//script")) == 1
    assert not page.xpath("//img | //iframe | //object | //*[@onerror] | //*[@onmouseover]")
    assert not [
        link for link in page.xpath("//@href | //@src | //@action") if link.lower().startswith(("javascript", "data:"))
    ]
    assert "49" not in "".join(page.xpath("//title/text()"))
    text = page.text_content()
    assert not re.search("[\x00\x1b\u202e]", text.replace("\x0c", ""))
    for attribute in page.xpath("//@*"):
        assert "\x1b" not in attribute


def test_marks_stand_on_the_very_letters(hostile):
    page = hostile("/search?q=memorandum").html
    assert {mark.text_content() for mark in page.xpath("//p[@class='passage']//mark")} == {"memorandum"}


def test_a_text_of_one_long_line_comes_in_parts(hostile):
    reply = hostile("/document?id=long&q=memorandum")
    assert reply.status == 200
    assert len(reply.body) < 400_000
    assert "part 1 of" in reply.html.text_content()


@pytest.mark.parametrize("form", ["csv", "ndjson", "ris", "bib", "atom"])
def test_files_hold_no_live_formula_and_no_control_characters(hostile, form):
    text = hostile(f"/api/v1/search.{form}?q=memorandum+-path:long").text
    assert not re.search("[\x00\x1b\u202e]", text)
    if form == "csv":
        assert text.startswith("\ufeff")
        assert "\r\n" in text
        assert not [line for line in text.splitlines() if line.startswith(("=", "+", "@"))]
    if form == "atom":
        import lxml.etree

        lxml.etree.fromstring(text.encode())


def test_json_carries_offsets_and_no_markup(hostile):
    for hit in hostile("/api/v1/search?q=memorandum+-path:long").json["hits"]:
        for passage in hit["passages"]:
            for mark in passage["highlights"]:
                assert passage["text"][mark["start"] : mark["end"]].lower() == "memorandum"
        assert "text" not in hit


HOSTS = ("127.0.0.1:8765", "localhost:8765", "archive.example")


@pytest.fixture(scope="module")
def guarded(seeds_index, tmp_path_factory):
    return made(seeds_index, hosts=HOSTS, notes=tmp_path_factory.mktemp("guarded") / "notes.sqlite")


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:8765", 200),
        ("LOCALHOST:8765", 200),
        ("archive.example", 200),
        ("127.0.0.1", 421),
        ("127.0.0.1:8765.evil.example", 421),
        ("evil.example", 421),
        ("localhost:8765@evil.example", 421),
        (None, 400),
    ],
)
def test_only_hosts_that_were_named(guarded, host, status):
    assert guarded("/help", host=host).status == status


@pytest.mark.parametrize(
    "address", ["/", "/search?q=x", "/nowhere", "/api/v1/search?q=lang:xx", "/static/none", "/original?id=x"]
)
def test_every_answer_is_guarded(ask, address):
    headers = ask(address).headers
    assert headers["content-security-policy"].startswith("default-src 'none'")
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert not [name for name in headers if name.startswith("access-control")]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"sec_fetch_site": "cross-site", "origin": "http://127.0.0.1"}, 403),
        ({"sec_fetch_site": "same-site"}, 403),
        ({"origin": "http://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"sec_fetch_site": "same-origin"}, 400),
        ({"origin": "http://127.0.0.1"}, 400),
        ({}, 400),
    ],
)
def test_forms_of_other_sites_are_refused(ask, headers, status):
    assert ask("/judge", "POST", b"name=x", **headers).status == status


def test_limits_of_size(ask):
    assert ask("/search?q=" + "x" * 9000).status == 414
    assert ask("/judge", "POST", b"x" * 70_000).status == 413
    assert ask("/judge", "POST", b"x" * 70_000, content_length="70000").status == 413
    assert ask("/help", "DELETE").status == 405


def test_a_password(seeds_index):
    import base64

    ask = made(seeds_index, password="тайна")
    assert ask("/").status == 401
    assert ask("/", authorization="Basic " + base64.b64encode("reader:тайна".encode()).decode()).status == 200
    assert ask("/", authorization="Basic " + base64.b64encode(b"reader:other").decode()).status == 401
    assert ask("/", authorization="Basic !").status == 401
    token = made(seeds_index, token="abc")
    assert token("/api/v1/health", authorization="Bearer abc").status == 200
    assert token("/api/v1/health", authorization="Bearer abd").status == 401


def test_originals_of_the_index_alone(ask, by_name, seeds_index, tmp_path):
    pdf = by_name["kazakh-guests-in-budapest.pdf"]
    reply = ask(f"/original?id={quote(pdf)}")
    assert reply.body.startswith(b"%PDF")
    assert reply.headers["content-security-policy"] == "sandbox; default-src 'none'"
    assert reply.headers["content-disposition"].startswith("inline")
    html = ask(f"/original?id={quote(by_name['diaspora-ministers-in-budapest.html'])}")
    assert html.headers["content-type"] == "application/octet-stream"
    assert html.headers["content-disposition"].startswith("attachment")
    for id in ("/etc/passwd", "../../etc/passwd", pdf + "/../x", ""):
        assert ask(f"/original?id={quote(id)}").status == 404
    closed = made(seeds_index, originals=False, notes=tmp_path / "notes.sqlite")
    assert closed(f"/original?id={quote(pdf)}").status == 404
    assert closed(f"/page-image?id={quote(pdf)}&page=1").status == 404


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_a_link_out_of_the_folder_is_not_followed(tmp_path):
    (tmp_path / "papers").mkdir()
    (tmp_path / "secret.txt").write_text("secret")
    paper = tmp_path / "papers" / "a.txt"
    paper.write_text("A memorandum.")
    with searchkit.open(tmp_path / "index", create=True) as index:
        index.sync([tmp_path / "papers"], jobs=1)
        ask = made(index)
        [id] = index.ids()
        assert ask(f"/original?id={quote(id)}").status == 200
        paper.unlink()
        paper.symlink_to(tmp_path / "secret.txt")
        assert ask(f"/original?id={quote(id)}").status == 404


def test_a_reading_room_changes_nothing(seeds_index, tmp_path):
    ask = made(seeds_index, read_only=True, notes=tmp_path / "notes.sqlite")
    assert ask("/judge", "POST", b"name=x&fingerprint=a&start=1&end=2&verdict=right").status == 403
    assert not ask("/mentions?name=Gaziza+Nurgalieva").html.xpath("//form[@method='post']")
    assert not (tmp_path / "notes.sqlite").exists()


def test_what_the_server_says_of_a_fault_holds_no_path_and_no_trace(seeds_index, monkeypatch, tmp_path):
    ask = made(seeds_index, notes=tmp_path / "notes.sqlite")
    monkeypatch.setattr(type(seeds_index), "_search", lambda *args, **more: 1 / 0)
    for address in ("/search?q=x", "/api/v1/search?q=x"):
        reply = ask(address)
        assert reply.status == 500
        assert "Traceback" not in reply.text
        assert "division" not in reply.text
