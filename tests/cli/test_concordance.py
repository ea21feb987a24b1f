"""searchkit concordance: every place of the words of a query."""

# Tests as well, in searchkit/: highlight: occurrences

import json

import pytest

import searchkit

DOCUMENTS = [
    searchkit.Document(
        "a", "The National Library opened. A national museum, a library. National library!", language="en"
    ),
    searchkit.Document("b", "Ұлттық кітапхана ашылды. Кітапхананың қоры бай.", language="kk"),
    searchkit.Document("c", "A short report.", title="Library news", language="en"),
    searchkit.Document("d", "Nothing here.", language="en"),
]


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    with searchkit.open(tmp_path_factory.mktemp("concordance") / "index", create=True) as index:
        index.add(DOCUMENTS)
        yield index


@pytest.mark.parametrize(
    ("query", "options", "places"),
    [
        ("library", {"translate": False}, [("a", "Library"), ("a", "library"), ("a", "library"), ("c", "Library")]),
        ("кітапхана", {"translate": False}, [("b", "кітапхана"), ("b", "Кітапхананың")]),
        # the words of a phrase are one place
        ('"national library"', {"translate": False}, [("a", "National Library"), ("a", "National library")]),
        ("library", {"language": "kk"}, [("b", "кітапхана"), ("b", "Кітапхананың")]),
        ("library NOT museum", {"translate": False}, [("c", "Library")]),
        ("museum report", {}, [("a", "museum"), ("c", "report")]),  # no document has both
        ("lang:en", {}, []),
        ("zebra", {}, []),
    ],
)
def test_every_place_in_reading_order(index, query, options, places):
    found = list(index.concordance(query, **options))
    assert [(place.document_id, place.text) for place in found] == places
    for place in found:
        document = index.get(place.document_id)
        text = document.title if place.field == "title" else document.text
        assert text[place.start : place.end] == place.text
        assert text[place.context_start :].startswith(place.context)
        assert place.context_start <= place.start < place.end <= place.context_start + len(place.context)


def test_what_is_known_of_a_place(index):
    (*_, title) = index.concordance("library", translate=False)
    assert (title.field, title.page, title.document_title, title.language) == ("title", None, "Library news", "en")
    place = next(index.concordance("library", language="kk"))
    assert (place.reason, place.query, place.language) == ("translation", "library", "kk")


def test_pages_and_languages_of_places_in_a_long_document(tmp_path):
    """Each is that of the document at the place, however many there are of both."""
    page = "The library opened today in the city. Бүгін қалада жаңа кітапхана ашылды."
    with searchkit.open(tmp_path / "index", create=True) as index:
        index.add([searchkit.Document("book", "\f".join([page] * 50))])
        found = list(index.concordance("library"))
        document = index.get("book")
    assert len(found) == 100
    assert [place.page for place in found] == [document.page_at(place.start) for place in found]
    assert [place.language for place in found] == ["en", "kk"] * 50


def test_places_are_those_that_a_search_marks(index):
    """In the text of every hit, `show` marks the same."""
    for query in ("library", "national", "кітапхана"):
        places = {}
        for place in index.concordance(query):
            if place.field == "text":
                places.setdefault(place.document_id, []).append((place.start, place.end))
        for id, spans in places.items():
            (whole,) = index.show(id, query).snippets
            assert [(mark.start, mark.end) for mark in whole.highlights] == spans


def test_the_command(indexed):
    result = indexed("concordance", "memorandum")
    assert result.exit_code == 0
    assert "papers/two.txt  " in result.stdout
    assert "**меморандумға**" in result.stdout
    assert result.stdout.endswith("2 places in 2 of 2 documents.\n")
    assert indexed("concordance", "zebra").exit_code == 1
    assert indexed("concordance", "lang:xx").exit_code == 2
    first = json.loads(indexed("concordance", "memorandum", "--json").stdout.splitlines()[0])
    assert (first["document_id"], first["text"], first["start"]) == ("papers/one.txt", "memorandum", 2)
