"""What is remembered of texts finds what looking at every word finds."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchkit.analysis import analyse
from searchkit.highlight import surface_cache
from searchkit.highlight.matches import Matcher
from searchkit.highlight.surface_cache import ANALYSED, LONGEST, Seen, kinds_like, seen_in
from searchkit.query.expansion import expand
from searchkit.query.parser import parse
from searchkit.text.words import surfaces

PARTS = ["library", "Libraries,", "«кітапхана»", "kitap-", "\n", "\n\n", "mem-\norandum", "10\u00a0000", "‘bogʻ’", "bo ‘ ycha",
         "тоғ’", "o'", "'Koʻk togʻ'", "Kassym-Jomart", "–", "_a_", "2015", "3.5", "x" * (LONGEST + 5), "a.b", "\f", "ʻʻ"]  # fmt: skip
texts = st.lists(st.sampled_from(PARTS), max_size=30).map(" ".join)
VOCABULARIES = [("en", "Latn"), ("uz", "Latn"), ("kk", "Latn"), ("kk", "Cyrl"), ("ru", "Cyrl")]


@pytest.fixture(autouse=True)
def nothing_seen(monkeypatch):
    monkeypatch.setattr(surface_cache, "_seen", {})


@settings(max_examples=200, deadline=None)
@given(texts, st.sampled_from(VOCABULARIES), st.integers(0, 5))
def test_stretches_hold_the_words_of_a_passage(text, vocabulary, start):
    seen = Seen(analyse.vocabulary_of(*vocabulary))
    language = seen.vocabulary.cut_as
    start = min(start, len(text))
    for _ in range(2):
        passage = seen.passage(text, start, len(text))
        words = [word for one in passage.stretches for word in surfaces(one, language, 0, len(one))]
        assert words == surfaces(text, language, start, len(text))
        assert len(passage.kinds) == len(passage.stretches)
        for one in passage.stretches:
            seen.learn(one)


def test_a_stretch_that_was_analysed_is_found_by_its_terms():
    seen = Seen(analyse.vocabulary_of("en", "Latn"))
    assert seen.learn("«Libraries»,")[:2] == ["libraries", "librari"]
    assert seen.passage("the «Libraries»,", 0, 16).kinds[1] == ANALYSED
    assert seen.of_term("librari") == seen.of_term("libraries") == ["«Libraries»,"]
    assert seen.of_term("library") == []
    assert set(seen.of_prefix("lib")) == set(seen.of_prefix("li")) == set(seen.of_prefix("libra")) == {"«Libraries»,"}
    assert set(seen.near("librery", 2)) == set(seen.near("libraris", 1)) == {"«Libraries»,"}
    assert not list(seen.of_prefix("lob"))
    assert not list(seen.near("ribrari", 1))


def test_what_cannot_be_remembered_is_looked_at_each_time():
    seen = Seen(analyse.vocabulary_of("uz", "Latn"))
    assert seen.learn("x" * (LONGEST + 1)) is None
    assert seen.learn("bo'") is None
    kinds = seen.passage(f"{'x' * (LONGEST + 1)} bo'", 0, LONGEST + 5).kinds
    assert [kinds_like(1, 1)[kind] for kind in kinds] == [1, 1]


def test_an_earlier_query_finds_what_a_later_one_had_analysed():
    text = "A library, a memorandum; libraries and memorandums."
    passages = [(0, len(text), "en")]
    first, second = Matcher(expand(parse("library"))), Matcher(expand(parse("memorandum")))
    before = [matcher.find("A library. A memorandum.", [(0, 24, "en")]) for matcher in (first, second)]
    assert [len(found) for found in before] == [1, 1]
    assert [text[one.start : one.end] for one in second.find(text, passages)] == ["memorandum", "memorandums"]
    assert [text[one.start : one.end] for one in first.find(text, passages)] == ["library", "libraries"]


def test_too_much_is_forgotten(monkeypatch):
    monkeypatch.setattr(surface_cache, "MAX_STRETCHES", 3)
    vocabulary = analyse.vocabulary_of("en", "Latn")
    seen = seen_in(vocabulary)
    matcher = Matcher(expand(parse("library")))
    for _ in range(3):
        assert len(matcher.find("one two three four library", [(0, 26, "en")])) == 1
    assert seen_in(vocabulary) is not seen


queries = st.sampled_from(
    ["library", "кітапхана", "memorandum", "lib*", "libary~1", "2015", "10000", '"kassym jomart"', '"a b"', "toʻgʻ", "bogʻ",
     "o", "title:x", "xx*", '"library * kitap"', "Kassym-Jomart library"]
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(texts, queries), min_size=1, max_size=5), st.sampled_from(["en", "uz", "kk", "ru"]))
def test_what_was_met_before_changes_no_match(searches, language):
    def find(text, query):
        return Matcher(expand(parse(query))).find(text, [(0, len(text), language)] if text else [])

    fresh = []
    for text, query in searches:
        surface_cache._seen.clear()
        fresh.append(find(text, query))
    surface_cache._seen.clear()
    assert [find(text, query) for text, query in searches] == fresh
    assert [find(text, query) for text, query in searches] == fresh
    for (text, _), found in zip(searches, fresh, strict=True):
        words = surfaces(text, analyse.vocabulary_in(language, text, 0, len(text)).cut_as, 0, len(text))
        assert all(text[one.start : one.end] in words for one in found)
        assert all(one.end <= other.start for one, other in zip(found, found[1:], strict=False))
