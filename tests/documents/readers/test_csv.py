"""CSV."""

import io

import pytest

from searchkit.documents.readers import csv
from searchkit.errors import DocumentError
from searchkit.model import Failure


def read(content, encoding="utf-8"):
    return list(csv.read(io.BytesIO(content.encode(encoding)), "a.csv", "id"))


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "kz1048"])
def test_separators_and_encodings(separator, encoding):
    rows = [
        ["id", "Title", "TEXT", "language", "date", "source", "shelf"],
        ["1", "Жаңа кітап", '"Ұлттық, ""әрі""; кітапхана\r\nекінші"', "kk", "21.01.2026", "x", "Ә 5"],
    ]
    (document,) = read("\r\n".join(separator.join(row) for row in rows), encoding)
    assert document.id == "id#1"
    assert document.title == "Жаңа кітап"
    assert document.text == 'Ұлттық, "әрі"; кітапхана\nекінші'
    assert (document.language, document.date, document.source) == ("kk", "2026-01-21", "x")
    assert document.metadata == {"format": "csv", "line": 2, "shelf": "Ә 5"}


def test_lines_are_counted_as_in_an_editor():
    first, second = read('text\n"one\ntwo\nthree"\nfour\n')
    assert (first.id, second.id) == ("id#2", "id#5")


def test_separator_stated_by_excel():
    (document,) = read("sep=;\ntext;note\na, b;c\n")
    assert document.text == "a, b"
    assert document.metadata == {"format": "csv", "line": 3, "note": "c"}


def test_big_fields():
    (document,) = read(f'text\n"{"word " * 1_000_000}"\n')
    assert len(document.text) == 5_000_000


def test_short_rows_and_blank_lines():
    documents = read("text,note\nonly text\n\n,\nanother,one\n")
    assert [document.text for document in documents] == ["only text", "another"]


def test_nul_is_removed():
    assert read("text\none\0 " + "word " * 50 + "\n")[0].text.startswith("one word")


def test_broken_rows_cost_themselves_alone():
    results = read('id,text\n1,one\n2,two,and,more\n3,\n4,"four" and more\n5,five\n')
    assert [result.text for result in results if not isinstance(result, Failure)] == ["one", "five"]
    failures = [result.reason for result in results if isinstance(result, Failure)]
    assert failures[0].startswith("line 3 has 4 fields, but there are 2 columns")
    assert failures[1] == "line 4 has no text"
    assert failures[2].startswith("line 5 is broken")


def test_a_quotation_mark_that_is_never_closed():
    document, failure = read('text\none\n"two\nthree\nfour\n')
    assert document.text == "one"
    assert failure.reason.startswith("line 3 is broken: unexpected end of data")


def test_no_column_of_text():
    with pytest.raises(DocumentError, match=r"has no column named text \(its first line has name, body\)"):
        read("name,body\na,b\n")


def test_header_alone():
    with pytest.raises(DocumentError, match="holds no records"):
        read("id,text\n")


def test_rows_come_before_the_file_is_read_to_its_end():
    rows = io.BytesIO(b"text\n" + b"a record among many\n" * 500_000)
    documents = csv.read(rows, "a.csv", "id")
    next(documents)
    assert rows.tell() < 1 << 17
