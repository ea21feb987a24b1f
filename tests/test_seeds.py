"""The main jobs on the documents of `seeds/`, held against the facts that `seeds_facts.json` lists."""

import json
from pathlib import Path

import pytest

import searchkit

ROOT = Path(__file__).parent.parent
FACTS = json.loads((ROOT / "tests" / "seeds_facts.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    folder = tmp_path_factory.mktemp("seeds")
    with searchkit.open(folder / "index", create=True) as opened:
        report = opened.sync([ROOT / "seeds"])
        assert not report.failed
        yield opened


def name(id):
    """The document's id without the folder."""
    return id.rpartition("seeds/")[2]


def found(index, query, **options):
    return {name(hit.id) for hit in index.search(query, limit=100, **options)}


def test_every_document_is_there_and_a_second_run_changes_nothing(index):
    again = index.sync([ROOT / "seeds"])
    assert (again.unchanged, again.added, again.updated, again.removed) == (len(index), 0, 0, 0)


@pytest.mark.parametrize("document", FACTS["documents"])
def test_language_date_and_title(index, document):
    expected = FACTS["documents"][document]
    (hit,) = index.search(f'path:"{document}"', limit=100)
    assert hit.document.language == expected["language"]
    assert hit.document.date == expected["date"]
    if "title" in expected:
        assert hit.document.title == expected["title"]
    if "pages" in expected:
        assert hit.document.metadata["pages"] == expected["pages"]


@pytest.mark.parametrize("query", ["memorandum", "меморандум", "меморандумы", "memorandumlar", "memorandumnıñ"])
def test_memorandum(index, query):
    assert found(index, query) == set(FACTS["memorandum"])
    for hit in index.search(query, limit=100):
        marked = [s.text[h.start : h.end].lower() for s in hit.snippets for h in s.highlights]
        assert marked, hit.id
        assert all(word.startswith(("memorandum", "меморандум")) for word in marked)


@pytest.mark.parametrize("query", ["қолжазбалар", "qoljazbalar", "қолжазбаның"])
def test_manuscripts_by_stem(index, query):
    assert found(index, query) >= set(FACTS["qoljazba_kazakh"])


def test_a_word_hyphenated_at_the_end_of_a_line(index):
    for word, documents in FACTS["hyphenated"].items():
        assert found(index, word) >= set(documents)


def test_menus_are_not_text(index):
    for document, phrases in FACTS["not_the_main_text"].items():
        for phrase in phrases:
            assert document not in found(index, f'"{phrase}"'), phrase


def test_a_hit_in_a_pdf_names_its_page(index):
    pages = {s.page for hit in index.search('"Judit Gerencsér" path:*.pdf') for s in hit.snippets}
    assert pages
    assert pages <= {1, 2, 3}


@pytest.mark.parametrize("person", FACTS["people"])
def test_every_mention_of_a_person(index, person):
    places = [[name(mention.document_id), mention.text] for mention in index.mentions(person)]
    expected = FACTS["people"][person]
    assert sorted(places) == sorted(expected)
    for document in {document for document, _ in expected}:
        assert [text for key, text in places if key == document] == [text for key, text in expected if key == document]


@pytest.mark.parametrize(
    "spelling",
    ["Ғазиза Нұрғалиева", "Газиза Нургалиева", "Нургалиева Газиза", "Ğaziza Nūrğalieva", "gaziza nurgaliyeva"],
)
def test_a_person_is_found_from_any_spelling(index, spelling):
    expected = {document for document, _ in FACTS["people"]["Gaziza Nurgalieva"]}
    assert {name(mention.document_id) for mention in index.mentions(spelling)} == expected


def test_a_misspelling_finds_what_sounds_alike_and_brings_a_suggestion(index):
    results = index.search("qoldjazba")
    found = {hit.id for hit in results}
    assert found
    assert found <= {hit.id for hit in index.search("қолжазба", limit=100)}
    assert results.suggestion == "qoljazbalar"


SEARCHES = [
    line.split("\t")
    for line in (ROOT / "tests" / "lexicon" / "searches.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize(("query", "documents", "forbidden", "why"), SEARCHES, ids=[row[0] for row in SEARCHES])
def test_across_languages(index, query, documents, forbidden, why):
    ids = found(index, query)
    assert ids >= set(documents.split()), why
    assert not ids & set(forbidden.split()), why
