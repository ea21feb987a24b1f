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
    assert document.text == 'Ұлттық, "әрі"; кітапхана\nекінші\n\ndate: 21.01.2026\nshelf: Ә 5'
    assert (document.language, document.date, document.source) == ("kk", "2026-01-21", "x")
    assert document.metadata == {"format": "csv", "line": 2, "shelf": "Ә 5"}


def test_lines_are_counted_as_in_an_editor():
    first, second = read('text\n"one\ntwo\nthree"\nfour\n')
    assert (first.id, second.id) == ("id#2", "id#5")


def test_separator_stated_by_excel():
    (document,) = read("sep=;\ntext;note\na, b;c\n")
    assert document.text == "a, b\n\nnote: c"
    assert document.metadata == {"format": "csv", "line": 3, "note": "c"}


def test_big_fields():
    (document,) = read(f'text\n"{"word " * 1_000_000}"\n')
    assert len(document.text) == 5_000_000


def test_short_rows_and_blank_lines():
    documents = read("text,note\nonly text\n\n,\nanother,one\n")
    assert [document.text for document in documents] == ["only text", "another\n\nnote: one"]


def test_nul_is_removed():
    assert read("text\none\0 " + "word " * 50 + "\n")[0].text.startswith("one word")


def test_broken_rows_cost_themselves_alone():
    results = read('id,text\n1,one\n2,two,and,more\n3,\n4,"four" and more\n5,five\n')
    assert [result.text for result in results if not isinstance(result, Failure)] == ["one", "five"]
    failures = [result.reason for result in results if isinstance(result, Failure)]
    assert failures[0].startswith("line 3 has 4 fields, but there are 2 columns")
    assert failures[1].startswith("line 4 has no text")
    assert failures[2].startswith("line 5 is broken")


def test_a_row_with_nothing_in_the_column_of_the_text_is_its_other_columns():
    documents = read("Дело;Примечание\nПереписка о ремонте;\nПротоколы;на узб. яз.\n;\n")
    assert [document.text for document in documents] == ["Дело: Переписка о ремонте", "на узб. яз.\n\nДело: Протоколы"]


def test_a_quotation_mark_that_is_never_closed():
    document, failure = read('text\none\n"two\nthree\nfour\n')
    assert document.text == "one"
    assert failure.reason.startswith("line 3 is broken: unexpected end of data")


# Tables of catalogues: the lines of the file; text, title, date, language of its last row.
TABLES = [
    # Columns with names that nobody foresaw: all of them are the text.
    (["Shelf,Keeper", "Б-14,Алия Сатова"], ("Shelf: Б-14\nKeeper: Алия Сатова", "", None, None)),
    # Names in four languages.
    (
        ["Инв. №;Название;Автор;Год издания;Описание;Язык", "КП-7/3;Устав;Ли О.;1911;Тетрадь в коже;русский"],
        ("Тетрадь в коже\n\nИнв. №: КП-7/3\nАвтор: Ли О.\nГод издания: 1911", "Устав", "1911", "ru"),
    ),
    (
        ["Атауы\tЖылы\tСипаттамасы\tТілі", "Хат\t1927\tҚолжазба\tқазақша"],
        ("Қолжазба\n\nЖылы: 1927", "Хат", "1927", "kk"),
    ),
    (["Nomi,Yili,Matni,Tili", "Xat,1927,Qo'lyozma,o'zbek"], ("Qo'lyozma\n\nYili: 1927", "Xat", "1927", "uz")),
    # A better name for the text comes first, the other one is a column like others.
    (["notes,full_text", "faded,The whole letter"], ("The whole letter\n\nnotes: faded", "", None, None)),
    # A date that is none stays.
    (["ID;Дата;Текст", "9;весна;Письмо"], ("Письмо\n\nДата: весна", "", None, None)),
    # No names at all.
    (
        ["1,12.03.1934,Акт о колодце", "2,13.03.1934,Акт о мосте"],
        ("column 1: 2\ncolumn 2: 13.03.1934\ncolumn 3: Акт о мосте", "", None, None),
    ),
    # Two columns of one name, one without, and separators at the end.
    (["text,mark,mark,", "one,x,y,z,,"], ("one\n\nmark: x\nmark 2: y\ncolumn 4: z", "", None, None)),
    # An archive's inventory.
    (
        ["№ п/п;Заголовок дела;Крайние даты;Кол-во листов", "2;Переписка о ремонте;12.01.1961 – 30.12.1963;98"],
        (
            "№ п/п: 2\nКрайние даты: 12.01.1961 – 30.12.1963\nКол-во листов: 98",
            "Переписка о ремонте",
            "1961-01-12",
            None,
        ),
    ),
]


@pytest.mark.parametrize(("lines", "expected"), TABLES)
def test_tables_with_any_columns(lines, expected):
    document = read("\n".join(lines))[-1]
    assert (document.text, document.title, document.date, document.language) == expected


def test_other_columns_are_metadata_under_their_own_names():
    (document,) = read("Название;Автор;Зал\nУстав;Ли О.;\n")
    assert document.metadata == {"format": "csv", "line": 2, "Автор": "Ли О."}


def test_header_alone():
    with pytest.raises(DocumentError, match="holds no records"):
        read("id,text\n")


def test_rows_come_before_the_file_is_read_to_its_end():
    rows = io.BytesIO(b"text\n" + b"a record among many\n" * 500_000)
    documents = csv.read(rows, "a.csv", "id")
    next(documents)
    assert rows.tell() < 1 << 17
