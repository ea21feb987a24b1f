"""Trees as real queries become them: dozens of forms, sequences and translations a word, in every engine as in `reference`.

The trees are those of `query.expand`, so that what the query language comes to make is tried here without being written down.
"""

# Tests as well, in searchkit/: query: relaxation; terms: query_tree

from __future__ import annotations

from typing import Any

import pytest

from searchkit import query as queries
from searchkit.collection import records
from searchkit.engines.base import Record
from searchkit.model import Document
from searchkit.terms.query_tree import Node

from .reference import Reference

TEXTS = {
    "en-1": "The national library keeps old manuscripts. The library was opened by the minister in 1998.",
    "en-2": "A memorandum was signed by the prime minister of Uzbekistan and the president of Kazakhstan in Astana.",
    "en-3": "Water, bread and school books were sent to children of the district. Teachers thanked the prime minister.",
    "ru-1": "Национальная библиотека хранит старинные рукописи. Библиотеку открыл министр культуры.",
    "ru-2": "Премьер-министр Узбекистана и президент Казахстана подписали в Астане меморандум о сотрудничестве.",
    "ru-3": "Школьникам района отправили книги и хлеб. Учителя благодарили людей, которые пришли на помощь.",
    "kk-1": "Ұлттық кітапхана көне қолжазбаларды сақтайды. Кітапхананы мәдениет министрі ашты.",
    "kk-2": "Қазақстан президенті мен Өзбекстан премьер-министрі Астанада меморандумға қол қойды.",
    "kk-3": "Ulttyq kitaphana köne qoljazbalardy saqtaidy. Mektep oquşylaryna kitaptar berildi.",
    "uz-1": "Milliy kutubxona qadimiy qoʻlyozmalarni saqlaydi. Kutubxonani madaniyat vaziri ochdi.",
    "uz-2": "Ўзбекистон Бош вазири ва Қозоғистон президенти Остонада меморандум имзолади.",
    "uz-3": "Maktab oʻquvchilariga kitob va non yuborildi. Oʻqituvchilar odamlarga rahmat aytdi.",
}

QUERIES = [
    "library manuscripts",
    "библиотека",
    "кітапхана қолжазба",
    "kutubxona",
    "кутубхона қўлёзма",
    '"prime minister"',
    '"премьер-министр Узбекистана"',
    '"национальная библиотека"',
    '"ұлттық кітапхана" OR "milliy kutubxona"',
    "bosh vazir memorandum",
    "президент меморандум Астана",
    "мектеп кітап -астана",
    "NOT library",
    "учитель школа книга хлеб",
    "children school bread water",
    "minist*",
    '"old manu*"',
    "liibrary~1",
    "=библиотеку",
    "title:library",
    "kitap lang:kk",
    "memorandum (astana OR остона) date:1990..2030",
    "Гүлнәр Ахметова",
    "Uzbekistan president signed",
    '"signed by * prime minister"',
    "мәдениет министрі кітапхананы ашты ма екен деп сұрады",
]


@pytest.fixture(scope="module")
def collection() -> list[Record]:
    made = [Document(id, text, title=text.split(".")[0], date="2024") for id, text in TEXTS.items()]
    return [records.record(document) for document in made]


@pytest.fixture(scope="module")
def expected(collection: list[Record]) -> list[tuple[str, Node, Any]]:
    """Each query with its tree, and what is to be found."""
    reference = Reference(collection)
    trees = [(text, queries.expand(queries.parse(text))) for text in QUERIES]
    return [(text, tree, reference.search(tree)) for text, tree in trees]


@pytest.fixture
def filled(engine: Any, collection: list[Record]) -> Any:
    for start in range(0, len(collection), 7):
        with engine.write() as batch:
            for record in collection[start : start + 7]:
                batch.add(record)
    return engine


def test_trees_of_real_queries_in_four_languages(filled: Any, expected: list[tuple[str, Node, Any]]) -> None:
    for text, tree, found in expected:
        page = filled.search(tree, 100)
        assert page.total == len(found), text
        assert dict(page.matches) == pytest.approx(dict(found), rel=1e-6), text
        assert list(filled.select(tree)) == sorted(id for id, _ in found), text
        assert filled.search(tree, 3).matches == page.matches[:3], text


def test_most_of_them_find_something(expected: list[tuple[str, Node, Any]]) -> None:
    assert sum(bool(found) for _, _, found in expected) >= len(QUERIES) - 4
