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


ALIKE = {
    "en": "The new bank was opened beside the stadium on Thursday, reports our correspondent, and the film was shown.",
    "uz": "Bank, bank va yana bank: film, film.",
    "kk": "Банк, банк және тағы банк: фильм, фильм. Теңге қымбаттады.",
    "ru": "Банк, банк и ещё банк: фильм, фильм. Сколько это будет стоить?",
}


@pytest.mark.parametrize(
    ("query", "first", "later"),
    [
        # English words beside them make bank and film English
        ("bank opened", "en", "uz kk ru"),
        ("bank stadium", "en", "uz kk ru"),
        ("the film shown", "en", "uz kk ru"),
        # in Latin letters alone they may be English, and are not Russian
        ("bank", "en", "ru"),
        ("film", "en", "ru"),
        # nor English in Cyrillic letters
        ("банк", "kk", "en"),
        ("фильм", "ru", "en"),
        # a Kazakh and a Russian word decide between these
        ("банк теңге", "kk", "en uz ru"),
        ("банк стоить", "ru", "en uz kk"),
    ],
)
def test_words_that_languages_write_alike_do_not_drown_those_of_the_query(tmp_path, query, first, later):
    with searchkit.open(tmp_path / "index", create=True) as index:
        index.add(Document(id, text) for id, text in ALIKE.items())
        found = [hit.id for hit in index.search(query)]
        assert first in found
        assert [id for id in found[: found.index(first)] if id in later.split()] == []


def test_a_term_of_several_words_is_the_own_one_where_each_word_is(tmp_path):
    with searchkit.open(tmp_path / "index", create=True) as index:
        index.add(
            [
                Document(
                    "own", "The bank raised its interest rate on Monday, as the governor said at noon in the hall."
                ),
                Document("kk", "Банк пайыз мөлшерлемесін көтерді."),
                Document("uz", "Bank foiz stavkasini oshirdi."),
            ]
        )
        assert [hit.id for hit in index.search("bank interest rate")][0] == "own"
