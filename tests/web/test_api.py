"""/api/v1: the same answers for programs."""

import io
import json
import zipfile
from urllib.parse import quote

import pytest

from searchkit.web.api import shapes
from searchkit.web.api.problems import ADVICE, TITLES


def test_a_search(ask):
    reply = ask("/api/v1/search?q=memorandum&n=2")
    found = reply.json
    assert (found["total"], len(found["hits"]), found["relaxed"]) == (6, 2, False)
    assert reply.headers["link"] == f'<{found["links"]["next"]}>; rel="next"'
    second = ask(found["links"]["next"]).json
    assert [hit["id"] for hit in second["hits"]] == [
        hit["id"] for hit in ask("/api/v1/search?q=memorandum&n=2&page=2").json["hits"]
    ]
    changed = ask("/api/v1/search?q=memorandum&n=2&after=2-0123456789abcdef")
    assert (changed.status, changed.json["code"]) == (409, "index-changed")
    assert found["links"]["html"] == "/search?q=memorandum&n=2"
    assert {one["value"]: one["count"] for one in found["facets"]["lang"]} == {"kk": 2, "uz": 2, "en": 1, "ru": 1}
    assert found["index"]["documents"] == 15
    hit = found["hits"][0]
    assert hit["url"] == f"/p/{hit['fingerprint']}"
    assert hit["passages"][0]["language"] == "uz"
    everything = [
        hit["id"] for page in (1, 2, 3) for hit in ask(f"/api/v1/search?q=memorandum&n=2&page={page}").json["hits"]
    ]
    assert len(set(everything)) == 6


def test_a_long_query_by_post(ask):
    body = json.dumps({"q": "memorandum", "lang": ["kk", "uz"], "n": 1}).encode()
    found = ask("/api/v1/search", "POST", body, content_type="application/json").json
    assert found["total"] == 4
    assert ask("/api/v1/search", "POST", b"[1]", content_type="application/json").status == 400


@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        ("/api/v1/search?q=lang:xx", 400, "query-syntax"),
        ("/api/v1/search?q=x&limit=5", 400, "unknown-parameter"),
        ("/api/v1/search?q=x&sort=best", 400, "query-syntax"),
        ("/api/v1/documents?id=none", 404, "no-document"),
        ("/api/v1/nothing", 404, "not-found"),
        ("/api/v1/mentions", 400, "unknown-parameter"),
        ("/api/v1/search.exe?q=x", 404, "not-found"),
        ("/api/v1/people/reconcile?queries=x", 400, "body"),
    ],
)
def test_errors_are_problems(ask, address, status, code):
    reply = ask(address, accept_language="ru")
    assert reply.status == status
    assert reply.headers["content-type"].startswith("application/problem+json")
    assert reply.json["code"] == code
    assert reply.json["type"] == f"/problems/{code}"


def test_the_detail_of_an_error_is_in_the_readers_language(ask):
    detail = ask("/api/v1/search?q=lang:xx", accept_language="ru").json["detail"]
    assert detail.startswith("Нет языка «xx»")


@pytest.mark.parametrize(
    ("address", "noun", "count"),
    [
        ("/api/v1/search.ndjson?q=memorandum", "documents", 6),
        ("/api/v1/mentions?name=Gaziza+Nurgalieva", "mentions", 11),
        ("/api/v1/concordance?q=memorandum&lang=ru", "places", 5),
        ("/api/v1/people.ndjson", "people", None),
    ],
)
def test_a_stream_ends_with_its_totals(ask, address, noun, count):
    *entries, last = ask(address).lines
    assert last["end"][noun] == len(entries)
    assert count in (None, len(entries))
    assert last["end"]["searched"] == 15


def test_a_place_is_where_it_says(ask, seeds_index):
    *mentions, _ = ask("/api/v1/mentions?name=Gaziza+Nurgalieva").lines
    for mention in mentions:
        text = seeds_index[mention["document"]].text
        assert text[mention["start"] : mention["end"]] == mention["text"]
        context = mention["context"]
        assert text[context["start"] : context["end"]] == context["text"]


@pytest.mark.parametrize("form", ["xlsx", "csv"])
@pytest.mark.parametrize(
    "path", ["search.{}?q=memorandum", "mentions.{}?name=Gaziza+Nurgalieva", "concordance.{}?q=library", "people.{}"]
)
def test_tables_open_whole(ask, path, form):
    reply = ask("/api/v1/" + path.format(form))
    assert reply.status == 200
    assert reply.headers["content-disposition"].startswith("attachment")
    if form == "csv":
        assert reply.text.startswith("\ufeff")
        assert "Ғазиза" in reply.text or "Қолжазба" in reply.text or "кітапхана" in reply.text
    else:
        book = zipfile.ZipFile(io.BytesIO(reply.body))
        assert book.testzip() is None
        strings = book.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in strings


def test_documents_and_stretches_of_text(ask, by_name, seeds_index):
    id = by_name["library-accord-russian.txt"]
    found = ask(f"/api/v1/documents?id={quote(id)}").json
    assert (found["language"], found["date"], found["length"]) == ("ru", "2026-01-21", len(seeds_index[id].text))
    assert "text" not in found
    assert ask(f"/api/v1/documents?id={quote(id)}&fields=text").json["text"] == seeds_index[id].text
    stretch = ask(f"/api/v1/documents/text?id={quote(id)}&from=3&to=9").json
    assert stretch["text"] == seeds_index[id].text[3:9]


def test_names_in_a_table_are_matched_with_persons(ask):
    manifest = ask("/api/v1/people/reconcile").json
    assert manifest["versions"] == ["0.2"]
    queries = quote(json.dumps({"q0": {"query": "Газиза Нургалиева", "limit": 3}, "q1": {"query": "Zebra Nobody"}}))
    for reply in (
        ask(f"/api/v1/people/reconcile?queries={queries}"),
        ask("/api/v1/people/reconcile", "POST", b"queries=" + queries.encode()),
    ):
        best = reply.json["q0"]["result"][0]
        assert best["match"] is True
        assert "азиза" in best["name"]
        assert reply.json["q1"]["result"] == []


def test_many_queries_at_once(ask):
    found = ask("/api/v1/batch", "POST", b"memorandum\nkutubxona\nlang:xx\n").json["queries"]
    assert [one["total"] for one in found] == [6, found[1]["total"], None]
    assert "There is no language" in found[2]["error"]


def test_the_description_is_openapi_3_1_and_names_every_address(ask):
    description = ask("/api/v1/openapi.json").json
    assert description["openapi"].startswith("3.1")
    assert {"/api/v1/search", "/api/v1/mentions", "/api/v1/people/reconcile"} <= set(description["paths"])
    for methods in description["paths"].values():
        for entry in methods.values():
            assert entry["summary"]


def test_a_browser_may_take_the_collection_into_its_list(ask):
    import lxml.etree

    description = lxml.etree.fromstring(ask("/opensearch.xml").body)
    assert description.tag.endswith("OpenSearchDescription")
    assert ask("/help").html.xpath("//link[@rel='search']/@href") == ["/opensearch.xml"]


def test_any_page_has_its_json(ask):
    reply = ask("/search.json?q=memorandum")
    assert (reply.status, reply.headers["location"]) == (308, "/api/v1/search?q=memorandum")


@pytest.mark.parametrize(
    "address",
    [
        "suggest?q=nurgal",
        "analyze?text=x",
        "explain?q=x",
        "lexicon?word=library",
        "collection",
        "failures",
        "duplicates",
        "health",
        "facets?field=year&q=library",
    ],
)
def test_the_rest_answers(ask, address):
    assert ask(f"/api/v1/{address}").status == 200


def test_a_third_long_list_at_once_is_told_to_wait(ask, monkeypatch):
    from searchkit.web import listing

    class Taken:
        def acquire(self, blocking):
            return False

    monkeypatch.setattr(listing, "_making", Taken())
    for address in ("/mentions?name=Ular+Muqajanov", "/api/v1/mentions?name=Ular+Muqajanov"):
        reply = ask(address)
        assert (reply.status, reply.headers["retry-after"]) == (503, "5")


def test_words_of_the_query_and_what_a_hit_lacks(ask):
    answer = ask("/api/v1/search?q=library+memorandum+zebra").json
    (library, *_) = answer["query"]["words"]
    assert library["word"] == "library"
    assert {"text": "кітапхана", "language": "kk", "reason": "translation"} in library["forms"]
    assert answer["relaxed"]
    assert answer["hits"][0]["missing"] == ["zebra"]
    assert {hit["type"] for hit in answer["hits"]} <= {"md", "txt", "docx", "pdf", "html", "csv", "jsonl"}
    assert ask("/api/v1/search?q=library&match=exact").json["query"]["words"] == []


def test_persons_as_a_facet(ask):
    everybody = {one["name"]: one["documents"] for one in ask("/api/v1/people?n=1000").json["people"]}
    found = ask("/api/v1/facets?field=person&q=memorandum").json["values"]
    assert found[0]["count"] == max(one["count"] for one in found) == 5
    assert all(everybody[one["value"]] >= one["count"] for one in found)
    for one in found[:3]:
        *_, end = ask(one["url"]).lines
        assert end["end"]["documents"] >= one["count"]
    assert ask("/api/v1/facets?field=colour").status == 400


def test_all_values_of_a_facet_are_all_persons(ask, monkeypatch):
    monkeypatch.setattr(shapes, "MOST_PERSONS", 1)
    monkeypatch.setattr(shapes.facets, "__defaults__", (1,))
    ask("/api/v1/people")
    assert len(ask("/api/v1/search?q=memorandum").json["facets"]["person"]) == 1
    values = ask("/api/v1/facets?field=person&q=memorandum").json["values"]
    last = values[-1]["value"]
    assert len(values) > 1
    assert last in [
        one["value"] for one in ask(f"/api/v1/facets?field=person&q=memorandum&prefix={quote(last)}").json["values"]
    ]


@pytest.mark.parametrize("code", sorted(TITLES))
def test_every_problem_has_a_page_that_says_what_to_do(ask, code):
    for language in ("en", "kk", "uz", "ru"):
        page = ask(f"/problems/{code}?ui={language}")
        assert page.status == 200
        title, advice = page.html.findtext(".//h1"), page.html.find_class("note")[0].text
        assert (title == TITLES[code]) == (language == "en")
        assert (advice == ADVICE[code]) == (language == "en")
    assert ask("/problems/nothing").status == 404
