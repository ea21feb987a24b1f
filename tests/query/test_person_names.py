"""Names in a query: what the collection knows as a name is not read as common words."""

import pytest

import searchkit
from searchkit import Document

TEXTS = {
    "may": "Prime Minister Theresa May spoke in the House.",
    "may, in Russian": "Тереза Мэй выступила в парламенте.",
    "month": "Съезд прошёл в мае.",
    "there": "There may be rain.",
    "tsar": "Депутат Олег Царёв выступил первым.",
    "kings": "Патшалар заманы. Олег деген кісі патша болған.",
    "army": "Red Army soldiers crossed the river.",
    "army, in Russian": "Красная армия перешла реку.",
}


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    with searchkit.open(tmp_path_factory.mktemp("names") / "index", create=True) as index:
        index.add(Document(id, text) for id, text in TEXTS.items())
        yield index


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("Theresa May", {"may", "may, in Russian"}),
        ("Олег Царёв", {"tsar"}),
        # two common words with capitals are no name
        ("Red Army", {"army", "army, in Russian"}),
    ],
)
def test_search(index, query, found):
    results = index.search(query)
    assert not results.relaxed
    assert {hit.id for hit in results} == found
