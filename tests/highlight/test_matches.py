"""Which words of a text answer a query; reasons and marks are tested in test_snippets.py."""

# Tests as well, in searchkit/: highlight: term_table

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchkit.analysis.vocabulary import vocabulary_in
from searchkit.highlight import matches, term_table
from searchkit.highlight.matches import Matcher
from searchkit.query.expansion import expand
from searchkit.query.parser import parse
from searchkit.text.words import surfaces

PARTS = ["library", "Libraries,", "«кітапхана»", "kitap-", "\n", "\n\n", "mem-\norandum", "10\u00a0000", "‘bogʻ’", "bo ‘ ycha",
         "natural gas", "табиғи", "газ", "tabiiy gaz", "gas", "тоғ’", "o'", "'Koʻk togʻ'", "Kassym-Jomart", "–", "_a_", "2015", "3.5", "x" * 80, "a.b", "\f", "ʻʻ"]  # fmt: skip
texts = st.lists(st.sampled_from(PARTS), max_size=30).map(" ".join)
queries = st.sampled_from(
    ["library", "кітапхана", "memorandum", "lib*", "libary~1", "2015", "10000", '"kassym jomart"', '"a b"', "toʻgʻ", "bogʻ",
     "o", "natural gas", '"natural gas"', "природный газ library", "title:x", "xx*", '"library * kitap"', "Kassym-Jomart library"]
)  # fmt: skip


def find(text, query, language, matcher=None):
    return (matcher or Matcher(expand(parse(query)))).find(text, [(0, len(text), language)] if text else [])


@settings(max_examples=200)
@given(texts, queries, st.sampled_from(["en", "uz", "kk", "ru"]))
def test_the_signature_rules_out_no_match(text, query, language):
    found = find(text, query, language)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(term_table, "signature", lambda word: -1)
        assert find(text, query, language) == found
    words = surfaces(text, vocabulary_in(language, text, 0, len(text)).apostrophes, 0, len(text))
    assert all(text[one.start : one.end] in words for one in found)
    assert all(one.end <= other.start for one, other in zip(found, found[1:], strict=False))


def test_one_matcher_serves_all_texts_of_a_page():
    matcher = Matcher(expand(parse("library OR memorandum")))
    for text, words in [
        ("A library. A memorandum.", ["library", "memorandum"]),
        ("Nothing here.", []),
        ("A library, a memorandum; libraries.", ["library", "memorandum", "libraries"]),
    ]:
        assert [text[one.start : one.end] for one in find(text, "", "en", matcher)] == words


def test_a_word_that_is_analysed_only_once(monkeypatch):
    """Each distinct word of a page is looked up once a query."""
    looked_up = []
    table = matches.TermTable
    monkeypatch.setattr(table, "look_up", lambda self, surface, *terms: looked_up.append(surface) or (), raising=True)
    matcher = Matcher(expand(parse("library")))
    for _ in range(3):
        find("library libraries library " * 50, "", "en", matcher)
    assert sorted(looked_up) == ["libraries", "library"]


def test_the_other_words_of_a_translation_are_looked_at_where_its_rarest_is():
    matcher = Matcher(expand(parse('"prime minister"')))
    text = "Vazirlar keldi. Bosh vazir ham keldi, vazirlar bosh eg‘di."
    assert [text[one.start : one.end] for one in find(text, "", "uz", matcher)] == ["Bosh", "vazir"]
    assert find("Vazirlar keldi.", "", "uz", matcher) == []
