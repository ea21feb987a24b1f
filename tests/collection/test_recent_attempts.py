"""What a query becomes is worked out once, as long as the answer would be the same; a hit says which words it lacks."""

import threading

import pytest

import searchkit
from searchkit import Document, QueryError
from searchkit.collection import recent_attempts
from searchkit.collection.recent_attempts import RecentAttempts
from searchkit.lexicon import user
from searchkit.query import relaxation

DOCUMENTS = [
    Document("a", "The museum opened an archive.", language="en", title="News"),
    Document("b", "The museum is closed.", language="en", title="Zebra"),
    Document("c", "Nothing is here.", language="en"),
]


@pytest.fixture
def index(tmp_path):
    with searchkit.open(tmp_path / "index", create=True) as index:
        index.add(DOCUMENTS)
        yield index


@pytest.fixture
def expanded(monkeypatch):
    """The queries that were really expanded."""
    found = []
    real = relaxation.attempts

    def noting(query, plain, options):
        found.append(query)
        return real(query, plain, options)

    monkeypatch.setattr("searchkit.query.attempts", noting)
    return found


def test_hits_facets_and_the_next_page_share_the_trees(index, expanded):
    index.search("museum")
    index.facets("museum")
    index.search("museum", offset=1, language="en", order="newest")
    assert expanded == ["museum"]
    index.search("museum", match="exact")
    assert expanded == ["museum"] * 2


def test_after_a_change_it_is_asked_again(index, expanded, tmp_path):
    assert index.search("museum").total == 2
    index.add([Document("d", "A museum.", language="en")])
    assert index.search("museum").total == 3
    words = tmp_path / "words.tsv"
    words.write_text("en\tkk\nfrobnicator\tтұғырнама\n", encoding="utf-8")
    index.add([Document("e", "Тұғырнама қабылданды.", language="kk")])
    assert index.search("frobnicator").total == 0
    user.add(index.folder, words)
    assert index.search("frobnicator").total == 1


def test_what_cannot_be_understood_is_said_each_time(index):
    for _ in range(2):
        with pytest.raises(QueryError):
            index.search("date:never")


def test_threads_get_all_attempts_and_each_is_made_once():
    made = []

    def attempts():
        for number in range(200):
            made.append(number)
            yield number

    recent, found = RecentAttempts(), []
    threads = [
        threading.Thread(target=lambda: found.append(list(recent.of("key", attempts))), daemon=True) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert made == list(range(200))
    assert found == [made] * 8


def test_who_asks_while_it_fails_is_told_as_well():
    def attempts():
        yield "first"
        raise QueryError("There is nothing to search for: write at least one word.")

    recent = RecentAttempts()
    one, other = recent.of("key", attempts), recent.of("key", attempts)
    assert (next(one), next(other)) == ("first", "first")
    for asking in (one, other):
        with pytest.raises(QueryError):
            next(asking)


def test_the_oldest_query_goes(monkeypatch):
    monkeypatch.setattr(recent_attempts, "KEPT", 2)
    recent, made = RecentAttempts(), []

    def ask(key):
        list(recent.of(key, lambda: iter(made.append(key) or [key])))

    for key in ("a", "b", "a", "c", "a", "b"):
        ask(key)
    assert made == ["a", "b", "c", "b"]


def test_a_hit_says_which_words_it_lacks(index):
    found = index.search("museum archive zebra")
    assert {hit.id: hit.missing for hit in found} == {"a": ("zebra",), "b": ("archive",)}
    assert [hit.missing for hit in index.search("museum archive")][0] == ()
    assert [hit.missing for hit in index.search("museum OR zebra")] == [(), ()]
