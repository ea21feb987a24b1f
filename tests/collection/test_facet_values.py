"""Facets of an answer: counted as `search` finds, under all filters but each facet's own."""

import pytest

import searchkit

DOCUMENTS = [
    searchkit.Document("a", "A memorandum on libraries.", language="en", date="2025"),
    searchkit.Document("b", "Меморандумға қол қойылды.", language="kk", date="2026-01-21"),
    searchkit.Document("c", "Меморандум жарияланды.", language="kk", date="2025-06"),
    searchkit.Document("d", "The memorandum was signed.", language="en"),
    searchkit.Document("e", "A letter.", language="en", date="2024"),
]


@pytest.fixture(scope="module", params=["whoosh", "tantivy"])
def index(request, tmp_path_factory):
    if request.param == "tantivy":
        pytest.importorskip("tantivy")
    with searchkit.open(tmp_path_factory.mktemp("facets") / "index", request.param, create=True) as index:
        index.add(DOCUMENTS)
        yield index


@pytest.mark.parametrize(
    ("query", "filters", "languages", "years"),
    [
        ("memorandum", {}, {"en": 2, "kk": 2}, {"2025": 2, "2026": 1, "": 1}),
        # the languages stay as they are, and the years are those of the language
        ("memorandum", {"language": "kk"}, {"en": 2, "kk": 2}, {"2025": 1, "2026": 1}),
        ("memorandum", {"date": "2025"}, {"en": 1, "kk": 1}, {"2025": 2, "2026": 1, "": 1}),
        ("memorandum", {"language": "kk", "date": "2025"}, {"en": 1, "kk": 1}, {"2025": 1, "2026": 1}),
        # typed filters are part of the query
        ("memorandum lang:kk", {}, {"kk": 2}, {"2025": 1, "2026": 1}),
        # no document has both words: those that search shows instead
        ("letter memorandum", {}, {"en": 3, "kk": 2}, {"2024": 1, "2025": 2, "2026": 1, "": 1}),
        ("zebra", {}, {}, {}),
    ],
)
def test_facets_without_their_own_filter(index, query, filters, languages, years):
    found = index.facets(query, **filters)
    assert list(found) == ["language", "year", "type", "folder"]
    assert list(found["language"].items()) == list(languages.items())
    assert list(found["year"].items()) == list(years.items())


@pytest.mark.parametrize("query", ["memorandum", "letter memorandum", "letter", "memorandum NOT signed", "zebra"])
def test_a_choice_gives_as_many_as_its_number_says(index, query):
    for code, number in index.facets(query, ["language"])["language"].items():
        assert len([hit for hit in index.search(query, limit=100).hits if hit.document.language == code]) == number


def test_only_the_facets_that_are_asked_for(index):
    assert list(index.facets("memorandum", ["year"])) == ["year"]
    assert index.facets("memorandum", []) == {}


def test_a_query_that_cannot_be_understood(index):
    with pytest.raises(searchkit.QueryError):
        index.facets("lang:xx")
