"""Index end to end, through the public API."""

# Tests as well, in searchkit/: collection: answer fetching fingerprints index_documents index_names index_queries
#   mentions open_index results same_text statistics storage

import json

import pytest

import searchkit
from searchkit import Document
from searchkit.terms import query_tree

DOCUMENTS = [
    Document("en", "The two libraries signed a memorandum of cooperation.", title="Library news", date="2025-06-25"),
    Document("kk", "Екі кітапхана меморандумға қол қойды. Бұл маңызды қадам болды.", date="2026-01-21", language="kk"),
    Document("uz", "Ikki kutubxona oʻzaro memorandumni imzoladi.", date="2026", language="uz"),
    Document("ru", "Библиотеки подписали соглашение. О меморандуме речи не было.", language="ru"),
    Document("none", "An unrelated text about the weather."),
]


@pytest.fixture
def index(tmp_path):
    with searchkit.open(tmp_path / "index", create=True) as opened:
        opened.add(DOCUMENTS)
        yield opened


def ids(results):
    return {hit.id for hit in results}


@pytest.mark.parametrize(
    "query", ["memorandum", "меморандум", "меморандумы", "memorandumlar", "MEMORANDUM", "меморандумға"]
)
def test_a_word_is_found_in_every_language_script_and_case(index, query):
    assert ids(index.search(query)) == {"en", "kk", "uz", "ru"}


def test_every_hit_marks_the_word_as_it_was_written(index):
    for hit in index.search("memorandum"):
        marked = [s.text[h.start : h.end].lower() for s in hit.snippets for h in s.highlights]
        assert marked
        assert all(word.startswith(("memorandum", "меморандум")) for word in marked)
        for snippet in hit.snippets:
            if snippet.field == "text":
                assert snippet.text == hit.document.text[snippet.start : snippet.end]


def test_reasons_name_the_script(index):
    reasons = {hit.id: {h.reason for s in hit.snippets for h in s.highlights} for hit in index.search("memorandum")}
    assert reasons["en"] == {"exact"}
    assert reasons["kk"] == {"transliteration"}
    assert reasons["uz"] == {"stem"}


def test_total_counts_all_matches_and_pages_do_not_overlap(index):
    first = index.search("memorandum", limit=3)
    second = index.search("memorandum", limit=3, offset=3)
    assert first.total == second.total == 4
    assert (len(first), len(second)) == (3, 1)
    assert first[-1] in first
    assert len(ids(first)) == 3
    assert len(ids(second)) == 1
    assert not ids(first) & ids(second)


def test_filters(index):
    assert ids(index.search("memorandum", language="kk")) == {"kk"}
    assert ids(index.search("memorandum lang:uz")) == {"uz"}
    assert ids(index.search("memorandum", date="2026")) == {"kk", "uz"}
    assert ids(index.search("memorandum date:..2025")) == {"en"}


def test_order_by_date(index):
    assert [hit.id for hit in index.search("memorandum", order="newest")][:2] == ["kk", "uz"]
    assert [hit.id for hit in index.search("memorandum", order="oldest")][0] == "en"


def test_exact_wants_the_surface_word_alone(index):
    assert ids(index.search("=memorandum")) == {"en"}


def test_all_words_are_wanted_and_some_are_offered_where_none_has_all(index):
    strict = index.search("memorandum weather")
    assert strict.relaxed
    assert "none" in ids(strict)
    assert not index.search("memorandum cooperation").relaxed


# Three words, held all, in part or not at all; the last is long so that its score is low.
HOLDINGS = {
    "one": "harvest harvest harvest",
    "two": "The harvest and the wheat, the wheat and the harvest.",
    "other two": "The wheat of Kostanay.",
    "all": "The harvest of a long summer, told at length to those who listen: wheat, and then to Kostanay and back home.",
    "none": "The summer of the steppe.",
}


@pytest.mark.parametrize(
    ("query", "order", "complete", "found"),
    [
        # all words first, then those that lack one, then those that have any
        ("harvest wheat kostanay", "score", 1, ["all", "other two", "two", "one"]),
        ("harvest kostanay", "score", 1, ["all", "other two", "one", "two"]),
        # a phrase, an exact word and a field are meant as they stand
        ('"harvest of" kostanay', "score", 1, ["all"]),
        ("=harvest =kostanay", "score", 1, ["all"]),
        # a stop word is no word that a document could lack, nor is it enough
        ("the harvest of kostanay", "score", 1, ["all", "other two", "one", "two"]),
        # where none has all, those that lack one come before those that have one
        ("harvest wheat samarkand", "score", 0, ["two", "all", "other two", "one"]),
        # what is required stays required, what is forbidden forbidden
        ("harvest wheat kostanay +summer", "score", 1, ["all", "none"]),
        ("harvest wheat kostanay -summer", "score", 0, ["other two", "two", "one"]),
        # by date nothing is mixed in
        ("harvest wheat kostanay", "newest", 1, ["all"]),
    ],
)
def test_documents_that_lack_a_word_are_offered_below(tmp_path, query, order, complete, found):
    with searchkit.open(tmp_path / "index", create=True) as index:
        index.add(Document(id, text) for id, text in HOLDINGS.items())
        results = index.search(query, order=order)
        assert results.complete == complete
        assert sorted(hit.id for hit in results) == sorted(found)
        assert [hit.id for hit in results][:2] == found[:2]
        pages = [index.search(query, order=order, limit=1, offset=start) for start in range(results.total)]
        assert [hit.id for page in pages for hit in page] == [hit.id for hit in results]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("Botagoz Serikbayeva", ["whole"]),
        ("botagoz serikbayeva", ["whole"]),
        ("Theresa May", ["of common words"]),
        ("Botagoz Qasymova", ["other", "whole"]),
    ],
)
def test_a_part_of_a_name_is_offered_only_where_none_holds_the_whole(tmp_path, query, found):
    with searchkit.open(tmp_path / "index", create=True) as index:
        index.add(
            [
                Document("whole", "The archive of Botagoz Serikbayeva is open."),
                Document("other", "Botagoz Temirova wrote of the archive."),
                Document("of common words", "Theresa May spoke in the library."),
                Document("month", "It may rain in May."),
            ]
        )
        assert sorted(hit.id for hit in index.search(query)) == found


def test_nothing_found_suggests_what_would_be(index):
    results = index.search("ьуьщкфтвгь")
    assert results.total == 0
    assert results.suggestion == "memorandum"


def test_little_found_suggests_more(index):
    # Documents answer by words that sound alike, or by the other word alone.
    assert index.search("memorandvm").suggestion == "memorandum"
    results = index.search("cooperation ьуьщкфтвгь")
    assert results.relaxed
    assert results.suggestion == "cooperation memorandum"
    assert index.search("cooperation memorandum").suggestion is None
    assert index.search("qoldjazba").suggestion is None


def test_plain_never_raises_and_reads_no_operators(index):
    assert ids(index.search('memorandum AND ( "', plain=True)) >= {"en", "kk", "uz", "ru"}
    assert index.search("", plain=True).total == 0


def test_adding_again_replaces(index):
    index.add([Document("en", "Now about gardens.")])
    assert len(index) == len(DOCUMENTS)
    assert ids(index.search("gardens")) == {"en"}
    assert "en" not in ids(index.search("memorandum"))


def test_a_failing_add_leaves_everything_as_it_was(index):
    def documents():
        yield Document("new", "A memorandum that must not be found.")
        raise RuntimeError("the source broke")

    with pytest.raises(RuntimeError):
        index.add(documents())
    assert len(index) == len(DOCUMENTS)
    assert "new" not in ids(index.search("memorandum"))
    index.add([Document("new", "A memorandum after all.")])
    assert "new" in ids(index.search("memorandum"))


def test_remove(index):
    assert index.remove(["en", "absent"]) == 1
    assert "en" not in ids(index.search("memorandum"))


@pytest.mark.parametrize(
    "document", [Document("", "text"), Document("x", None), Document("x", "text", date="yesterday")]
)
def test_documents_that_cannot_be_indexed_say_why(index, document):
    with pytest.raises(searchkit.DocumentError, match="give|not like"):
        index.add([document])


def test_documents_come_back_as_they_went_in(index):
    document = Document(
        "odd",
        "Text \ud800 with a lone surrogate,\n\ttabs and 🙂.",
        "Title",
        "en",
        "2024-02",
        "https://example.org",
        {"box": 7},
    )
    index.add([document])
    assert index.get("odd") == document
    assert index.get("absent") is None


def test_an_index_remembers_itself(tmp_path):
    with searchkit.open(tmp_path / "i", engine="whoosh", create=True) as index:
        index.add(DOCUMENTS)
    with searchkit.open(tmp_path / "i", create=True) as index:
        assert len(index) == len(DOCUMENTS)


def test_folders_that_are_no_index_are_refused(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(searchkit.BrokenIndexError, match="holds other files"):
        searchkit.open(tmp_path, create=True)
    with pytest.raises(searchkit.BrokenIndexError, match="make one"):
        searchkit.open(tmp_path / "absent", create=False)
    assert not (tmp_path / "absent").exists()


def test_another_format_says_what_to_do(tmp_path):
    searchkit.open(tmp_path / "i", create=True).close()
    description = tmp_path / "i" / "searchkit.json"
    description.write_text(json.dumps({"format": 999, "engine": "whoosh"}))
    with pytest.raises(searchkit.BrokenIndexError, match="use the newer searchkit"):
        searchkit.open(tmp_path / "i", create=True)


def test_statistics(index):
    statistics = index.statistics()
    assert statistics["documents"] == len(DOCUMENTS)
    assert statistics["languages"] == {"en": 2, "kk": 1, "uz": 1, "ru": 1}
    assert (statistics["earliest"], statistics["latest"]) == ("2025-06-25", "2026-01-21")
    assert statistics["bytes"] > 0


def test_mentions_stream_in_reading_order(tmp_path):
    text = "Ғазиза Нұрғалиева келді.\fКейін Г. Нұрғалиеваның сөзі тыңдалды."
    with searchkit.open(tmp_path / "i", create=True) as index:
        index.add([Document("a", text, language="kk"), Document("b", "Gaziza Nurgaliyeva came.", language="en")])
        found = list(index.mentions("Газиза Нургалиева"))
    assert [mention.document_id for mention in found] == ["a", "a", "b"]
    assert [mention.page for mention in found] == [1, 2, None]
    for mention in found:
        document = text if mention.document_id == "a" else "Gaziza Nurgaliyeva came."
        assert document[mention.start : mention.end] == mention.text
        assert document[mention.context_start : mention.context_end] == mention.context
        assert mention.context_start <= mention.start < mention.end <= mention.context_end


def test_a_search_asks_once_a_commit_which_languages_there_are(tmp_path, monkeypatch):
    with searchkit.open(tmp_path / "index", create=True) as index:
        index.add([Document("1", "The library is open to all readers of the city.")])
        asked = []
        search = index._engine.search
        monkeypatch.setattr(
            index._engine, "search", lambda tree, *rest, **named: asked.append(tree) or search(tree, *rest, **named)
        )
        for _ in range(3):
            index.search("library")
        assert len([tree for tree in asked if isinstance(tree, query_tree.InLanguage)]) == 2
        # Turkish is read as Turkish from the moment that a document is.
        index.add([Document("2", "Kütüphanelerimizde bütün okuyucular için yeni kitaplar var.", language="tr")])
        assert [hit.id for hit in index.search("kütüphaneleri")] == ["2"]


@pytest.mark.parametrize(
    ("query", "match", "found"),
    [
        ("library", "exact", {"same"}),
        ("library", "forms", {"same", "form"}),
        ("kitaphana", "forms", set()),
        ("kitaphana", "scripts", {"script"}),
        ("library", "scripts", {"same", "form"}),
        ("library", "meanings", {"same", "form", "script"}),
        ("city library", "exact", {"same"}),
        ('"city library"', "exact", {"same"}),
        ("=library", "meanings", {"same"}),
    ],
)
def test_how_far_a_match_may_go(tmp_path, query, match, found):
    with searchkit.open(tmp_path / "index", create=True) as index:
        index.add(
            [
                Document("same", "The city library is open."),
                Document("form", "Cities have libraries."),
                Document("script", "Қалалық кітапхана ашық."),
            ]
        )
        results = index.search(query, match=match)
        assert {hit.id for hit in results} == found
        assert not results.relaxed


def test_a_hit_says_how_often_and_on_which_pages(index):
    pages = "A memorandum.\fNothing here.\fThe national library. Memorandums of the national library."
    index.add(
        [Document("paged", pages, title="Papers"), Document("titled", "Nothing of the kind.", title="Memorandum")]
    )
    by_id = {hit.id: hit for hit in index.search("memorandum", limit=20)}
    assert (by_id["paged"].places, by_id["paged"].pages) == (2, (1, 3))
    assert (by_id["titled"].places, by_id["titled"].pages) == (0, ())
    # the words of a phrase make one place
    [phrase] = [hit for hit in index.search('"national library"') if hit.id == "paged"]
    assert (phrase.places, phrase.pages) == (2, (3,))


def test_passages_know_their_language(index):
    mixed = (
        "The library opened. " * 5
        + "\n\nКеше Ұлттық кітапханада меморандумға қол қойылды. Құжатқа директор қол қойды.\n"
    )
    index.add([Document("mixed", mixed)])
    [hit] = [hit for hit in index.search("қойылды") if hit.id == "mixed"]
    assert [snippet.language for snippet in hit.snippets] == ["kk"]
