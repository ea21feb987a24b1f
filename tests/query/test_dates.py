"""A date in any form finds the same date in any other."""

from __future__ import annotations

import pytest

import searchkit
from searchkit.query.dates import of_text

FORMS = {
    "numbers": "Приказ от 03.02.1987 отменён.",
    "russian": "Подписано 3 февраля 1987 года.",
    "kazakh": "Қаулы 1987 жылғы 3 ақпанда шықты.",
    "uzbek": "Qaror 1987-yil 3-fevralda chiqdi.",
    "english": "It was signed on February 3, 1987.",
    "british": "It was signed on 3 February 1987.",
    "roman": "Дело начато 3.II.1987.",
    "iso": "Created 1987-02-03.",
}
OTHERS = {"day": "4 февраля 1987", "year": "3 февраля 1988", "month": "3 марта 1987", "parted": "3 февраля было в 1987"}


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    with searchkit.open(tmp_path_factory.mktemp("dates") / "index", create=True) as made:
        made.add([searchkit.Document(key, text) for key, text in {**FORMS, **OTHERS}.items()])
        yield made


@pytest.mark.parametrize(
    "query",
    [
        "03.02.1987",
        "3.2.1987",
        '"3 февраля 1987"',
        '"February 3, 1987"',
        "1987-02-03",
        "3.II.1987",
        '"1987 жылғы 3 ақпан"',
    ],
)
def test_every_form_finds_every_other(index, query):
    assert {hit.id for hit in index.search(query, limit=50)} == FORMS.keys()


@pytest.mark.parametrize("query", ["3 февраля 1987", "3 February 1987", "приказ 3 февраля 1987"])
def test_without_quotes_the_date_comes_first(index, query):
    assert {hit.id for hit in index.search(query, limit=8)} >= {"numbers"}


@pytest.mark.parametrize(
    "text", ["1987", "февраль 1987", "3 февраля", "3 февраля 1987 и 4 марта 1988", "31.02.1987", "", "a 3.2.1987 b"]
)
def test_what_is_no_full_date_has_no_forms(text):
    assert of_text(text) == ()
