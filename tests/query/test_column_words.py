"""Words that are to stand in one column: which documents they find, on every engine."""

import pytest

import searchkit
from searchkit import Document
from searchkit.query import lexer

DOCUMENTS = [
    Document("novel", "A novel of the steppe.", metadata={"Автор": "Сатпаев Т.", "Инв. №": "КП-5521/3", "Год": 1931}),
    Document("review", "Сатпаев is praised here.", metadata={"author": "Petrov I.", "Инв. №": "КП-99"}),
    Document("report", "A report on wells.", metadata={"author": ["Marat Satpayev", "Ivan Orlov"], "pages": 12}),
    Document("letter", "A letter on wells.", title="Wells", date="1931", metadata={"file_date": "2021-03-05"}),
    Document("draft", "A draft.", metadata={"file_date": "2019-12-31", "Note": "Orlov: see wells."}),
]

# (query, the documents that it finds)
QUERIES = [
    # the name of a column in any case, and by its other names; the name of a person in any alphabet and case
    ("автор:Сатпаев", {"novel", "report"}),
    ("AUTHOR:Satpayev", {"novel", "report"}),
    ("muallif:Сатпаевтың", {"novel"}),
    # a word without a column looks in the text
    ("Сатпаев", {"review"}),
    # values of a list, phrases, prefixes, misspellings, groups
    ('author:"Ivan Orlov"', {"report"}),
    ('author:"Orlov Ivan"', set()),
    ("author:orl*", {"report"}),
    ("author:Orlav~1", {"report"}),
    ("author:(Petrov OR Orlov)", {"review", "report"}),
    ("=author:Petrov", {"review"}),
    # columns by names as the table has them; what is no letter or digit may be left out
    ("инв:КП-5521/3", {"novel"}),
    ("Инв_№:КП-99", {"review"}),
    ("год:1931", {"novel"}),
    ("note:wells", {"draft"}),
    # whoever has the column, and who has not
    ("автор:*", {"novel", "review", "report"}),
    ("wells -author:*", {"letter"}),
    ("wells NOT author:Orlov", {"letter"}),
    # together with words
    ("author:Petrov praised", {"review"}),
    ("author:Orlov praised", set()),
    # names of fields that no document has as a column
    ("заглавие:wells", {"letter"}),
    ("дата:1931", {"letter"}),
    ("путь:lett", {"letter"}),
    # the day of the file: days, months, years, ranges
    ("file_date:2021", {"letter"}),
    ("file_date:2021-03", {"letter"}),
    ("file_date:2021-03-05", {"letter"}),
    ("file_date:2019-12-31..2021-03-04", {"draft"}),
    ("file_date:2019..2021", {"letter", "draft"}),
    ("file_date:..2020", {"draft"}),
    ("file_date:>2020", {"letter"}),
    ("wells file_date:none", {"report"}),
    ("date:2021", set()),
    # what only looks like a column is words
    ("nobody:Orlov", set()),
    # what readers note is no column
    ("pages:12", set()),
]


@pytest.fixture(scope="module", params=["whoosh", "tantivy"])
def index(request, tmp_path_factory):
    if request.param == "tantivy":
        pytest.importorskip("tantivy", reason="the tantivy engine is an extra")
    with searchkit.open(tmp_path_factory.mktemp("columns") / "index", request.param, create=True) as opened:
        opened.add(DOCUMENTS)
        yield opened


@pytest.mark.parametrize(("query", "expected"), QUERIES)
def test_what_a_column_finds(index, query, expected):
    assert {hit.id for hit in index.search(query)} == expected


def test_what_is_looked_for_in_a_column_is_marked_in_the_text(tmp_path):
    table = tmp_path / "books.csv"
    table.write_text("Автор;Аннотация\nСатпаев Т.;Роман о степи\n", encoding="utf-8")
    with searchkit.open(tmp_path / "index", create=True) as index:
        index.sync([table])
        (hit,) = index.search("автор:Сатпаев")
    snippet = hit.snippets[0]
    assert [snippet.text[one.start : one.end] for one in snippet.highlights] == ["Сатпаев"]


def test_a_row_that_says_where_it_is_from_is_found_by_that_path(tmp_path):
    table = tmp_path / "cards.csv"
    table.write_text("text;path\nA card about wells;box 7/scan 12.tif\n", encoding="utf-8")
    with searchkit.open(tmp_path / "index", create=True) as index:
        index.sync([table])
        for query in ('path:"box 7"', "path:cards.csv", 'path:"*scan 12.tif"'):
            assert [hit.id for hit in index.search(query)] == ["cards.csv#2"], query


# (query, its tokens): a column is a word that a value follows at once
TOKENS = [
    ("author:Orlov", [("field", ":author"), ("word", "Orlov")]),
    ('автор:"Ivan Orlov"', [("field", ":автор"), ("phrase", "Ivan Orlov")]),
    ("фонд_№:12", [("field", ":фонд_№"), ("word", "12")]),
    ("фонд-номер:12", [("field", ":фонд-номер"), ("word", "12")]),
    ("№:12", [("word", "№:12")]),
    ("note: Orlov", [("word", "note:"), ("word", "Orlov")]),
    ("https://example.org", [("word", "https://example.org")]),
    ("12:30", [("word", "12:30")]),
    ("title:wells", [("field", "title"), ("word", "wells")]),
]


@pytest.mark.parametrize(("query", "expected"), TOKENS)
def test_where_a_column_is_read(query, expected):
    assert list(lexer.tokens(query)) == expected


@pytest.mark.parametrize("query", ["author:==", "author:=)", "author:(", 'author:"', "author:AND", "author:(a OR (b))"])
def test_a_column_without_a_value_is_said_or_read(index, query):
    try:
        index.search(query)
    except searchkit.QueryError as error:
        assert "author" in str(error) or "nothing to search" in str(error)  # noqa: PT017
