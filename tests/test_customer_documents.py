"""The main jobs on the customer's own five documents, which are not part of the project."""

from pathlib import Path

import pytest

import searchkit

SEEDS = Path(__file__).parent.parent.parent / "shared" / "seeds"

pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="the customer's documents are not beside the project")


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    with searchkit.open(tmp_path_factory.mktemp("customer") / "index", create=True) as opened:
        report = opened.sync([SEEDS])
        assert (report.added, report.failed) == (5, ())
        yield opened


def number(id):
    """ "003" of ".../003_650d6525b96470cd.txt"."""
    return id.rpartition("/")[2][:3]


@pytest.mark.parametrize("query", ["memorandum", "меморандум", "меморандумы", "memorandumlar"])
def test_two_documents_speak_of_a_memorandum(index, query):
    hits = list(index.search(query))
    assert {number(hit.id) for hit in hits} == {"003", "004"}
    for hit in hits:
        marked = {s.text[h.start : h.end].lower() for s in hit.snippets for h in s.highlights}
        assert marked
        assert all(word.startswith(("memorandum", "меморандум")) for word in marked)


@pytest.mark.parametrize(
    ("name", "texts"),
    [
        ("Meiram Bektembayev", ["Meiram Bektembayev", "Meiram Bektembayev", "Meiram Bektembaev"]),
        ("Мейрам Бектембаев", ["Meiram Bektembayev", "Meiram Bektembayev", "Meiram Bektembaev"]),
        ("Daniyar Kadyrov", ["Daniyar Kadyrov", "D.Kadyrov"]),
        ("Gaziza Nurgaliyeva", ["Ғазиза Нұрғалиева"]),
        ("Judit Gerencser", ["Judit Gerencsér", "Judit Gerencsér"]),
        ("Lorinc Nacsa", ["Lőrinc Nacsa"]),
        ("Касым-Жомарт Токаев", ["Kassym-Jomart Tokayev"]),
        ("Vydas Gedvilas", ["Vidasom Gjadvilasom"]),
    ],
)
def test_mentions(index, name, texts):
    assert [mention.text for mention in index.mentions(name)] == texts


def test_manuscripts_by_stem(index):
    assert [number(hit.id) for hit in index.search("қолжазбалар")] == ["004"]


def test_languages_and_dates(index):
    facts = {number(hit.id): (hit.document.language, hit.document.date) for hit in index.search("path:*")}
    assert facts["000"] == ("en", "2025-06-25")
    assert facts["001"] == ("en", "2025-12-04")
    assert facts["002"] == ("en", "2023-07-27")
    assert facts["004"] == ("kk", "2026-01-21")
