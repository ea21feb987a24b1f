"""The user's own words come before their translations."""

import pytest

import searchkit
from searchkit import Document

TEXTS = {
    "own": "Қаладағы музей жаңа көрме залын ашты, оған мыңдаған адам келеді, онда кешкі концерттер де өтеді.",
    "english": "Exhibition. The exhibition of exhibitions: exhibition news, exhibition hours.",
    "russian": "Выставка, выставка и ещё одна выставка.",
}


@pytest.mark.parametrize("query", ["көрме", "körme", "көрмелер"])
def test_a_form_of_the_own_word_comes_before_translations_that_are_more_frequent(tmp_path, query):
    with searchkit.open(tmp_path / "index", create=True) as index:
        index.add(Document(id, text) for id, text in TEXTS.items())
        results = index.search(query)
        assert [hit.id for hit in results][0] == "own"
        assert {hit.id for hit in results} == set(TEXTS)
        # the marks are those of the query, each once
        assert [(mark.reason, mark.query) for mark in results[0].snippets[0].highlights] in (
            [("exact", query)],
            [("stem", query)],
            [("transliteration", query)],
        )
