"""Dates in text: `dates.tsv` has the forms, here are the rules of which date is the document's."""

# Tests as well, in searchkit/: documents: data_tables; documents/dates: date_words forms years

import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.documents.data_tables import read_table
from searchkit.documents.dates.date_finder import DAYS_AHEAD, HEAD, LEAD, find_date, parse_date

TODAY = datetime.date(2026, 11, 21)
ROWS = [
    line.split("\t")
    for line in (Path(__file__).parent / "dates.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
FILLER = "Words that say nothing of any day stand here. "


@pytest.mark.parametrize(("text", "date", "comment"), ROWS, ids=[row[0] for row in ROWS])
def test_date_in_text(text, date, comment):
    assert (find_date(text, TODAY) or "-") == date, comment


@pytest.mark.parametrize(
    ("value", "date"),
    [
        ("2025", "2025"),
        ("2025-06", "2025-06"),
        ("2025/06", "2025-06"),
        ("06.2025", "2025-06"),
        ("2025-06-25", "2025-06-25"),
        ("20250625", "2025-06-25"),
        (" 2025-06-25T10:00:00Z ", "2025-06-25"),
        ("2025 жыл", "2025"),
        ("2025-yil", "2025"),
        ("2025 г.", "2025"),
        ("5 марта 2024 года", "2024-03-05"),
        ("2026 жылғы 21 қаңтар", "2026-01-21"),
        ("Wed, 25 Jun 2025 13:55:00 +0500", "2025-06-25"),
        ("Опубликовано: 25.06.2025, 10:00", "2025-06-25"),
        ("2099-01-01", "2099-01-01"),
        ("1960-1961", "1960"),
        ("1926-1928 жж.", "1926"),
        ("[1915]", "1915"),
        ("[1915?]", "1915"),
        ("cop. 1987", "1987"),
        ("c1987", "1987"),
        ("ок. 1890 г.", "1890"),
        ("шамамен 1915 ж.", "1915"),
        ("12.01.1961 – 30.12.1963", "1961-01-12"),
        ("3 мая 1961 г. - 4 июня 1962 г.", "1961-05-03"),
        ("1.2.2020, 3.2.2020", None),
        ("около 1934 книг", None),
        ("[б. г.]", None),
        ("2025-13", None),
        ("2025-02-30", None),
        ("1234567890", None),
        ("soon", None),
        ("On July 27, 2023, the library hosted deputies", None),
        ("", None),
    ],
)
def test_value_that_is_a_date(value, date):
    assert parse_date(value) == date


def test_a_date_on_its_own_line_counts_further_down_than_one_in_a_sentence():
    below_lead = FILLER * (LEAD // len(FILLER) + 1)
    assert find_date(f"{below_lead}\nIt took place on 5 March 2024 in the hall of the library.", TODAY) is None
    assert find_date(f"{below_lead}\n5 March 2024\n", TODAY) == "2024-03-05"


def test_a_date_deep_in_a_long_text_is_not_the_documents():
    deep = FILLER * (HEAD // len(FILLER) + 1)
    assert find_date(f"{deep}\n5 March 2024\n{deep}", TODAY) is None


def test_a_letter_may_be_dated_at_its_end():
    text = FILLER * (HEAD // len(FILLER) + 1)
    assert find_date(f"{text}\n\nАлматы, 5 марта 2024 года\n", TODAY) == "2024-03-05"
    assert find_date(f"{text}\n\nIt was signed on 5 March 2024 by all who had come.\n", TODAY) is None


# A text; the date of the document that it is, which is not that of another one.
OF_ANOTHER = [
    ("In his letter of 3 May 1921 the director asks for books. The committee met on 5 June 1921.", "1921-06-05"),
    ("Letter of 3 May 1921\n\nDear Sir,", "1921-05-03"),
    ("Как сказано в письме от 3 мая 1921 года, книги высланы. Совет собрался 5 июня 1921 года.", "1921-06-05"),
    ("Письмо от 3 мая 1921 года\n\nУважаемый коллега!", "1921-05-03"),
    ("Приказ директора № 14 от 3 мая 1921 года", "1921-05-03"),
    ("Во исполнение приказа директора № 14 от 3 мая 1921 года назначить Ли О. сторожем.", None),
    ("1921 жылғы 3 мамырдағы № 14 бұйрығына сәйкес кітаптар жіберілді.", None),
    ("1921-yil 3-maydagi qarori bilan kutubxona ochildi.", None),
    ("On 3 May 2021, Ann Lee wrote:\n> Please send the books.", None),
    ("3 мая 2021 г. в 10:00 Анна Ли написала:\n> Пришлите книги.", None),
    ("Thank you.\n\n> Date: 3 May 2021\n> Please send the books.\n\n5 May 2021", "2021-05-05"),
    ("Thank you.\n\n-----Original Message-----\nSent: 3 May 2021\n\nPlease send the books.\n\n3 May 2021", None),
    ("-----Original Message-----\nSent: 3 May 2021\n\nPlease send the books.", "2021-05-03"),
]


@pytest.mark.parametrize(("text", "date"), OF_ANOTHER)
def test_the_date_of_another_document(text, date):
    assert find_date(text, TODAY) == date


# Values and lines with years alone: what the value is, what a document is dated that has it for a line.
YEARS = [
    ("1937–1938 гг.", "1937", "1937"),
    ("1934—1991", "1934", "1934"),
    ("1934-35 годы", "1934", "1934"),
    ("1990s", "1990", "1990"),
    ("1990-е годы", "1990", "1990"),
    ("1990-жылдары", "1990", "1990"),
    ("1990-yillar", "1990", "1990"),
    ("1937–1938 жж.", "1937", "1937"),
    ("1934 год", "1934", "1934"),
    ("1934", "1934", None),  # may be a number of anything
    ("Алма-Ата, 1986", None, "1986"),
    ("М., 1934", None, "1934"),
    ("Протоколы собраний кружка. 1937–1938 гг.", None, "1937"),
    ("Ахмет Сатов (1901–1937 гг.)", None, None),
    ("Родился в Ауле, 1901", None, None),
    ("В кружке 1934 книги", None, None),
    ("1938–1937", None, None),
    ("№ 1934", None, None),
    ("тел. 45-1934", None, None),
]


@pytest.mark.parametrize(("text", "value", "line"), YEARS)
def test_years_without_a_day(text, value, line):
    assert parse_date(text) == value
    assert find_date(f"Опись дел\n{text}\n\nЗаписи кружка в тетради.", TODAY) == line


def test_a_day_counts_before_years():
    assert find_date("Алма-Ата, 1986\n\nПодписано 5 марта 1985 года в музее.", TODAY) == "1985-03-05"


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("05.03.98", "1998-03-05"),
        ("Дата: 5/3/24", "2024-03-05"),
        ("05.03.28", None),  # of which century?
        ("45.13.98", None),
        ("Глава 05.03.98", None),
        ("05.03.98.1", None),
    ],
)
def test_two_digits_for_the_year(line, date):
    assert find_date(f"Справка\n\n{line}\n\nФонд принят.", TODAY) == date


def test_the_first_date_wins():
    assert find_date("Title\n\n2025/06/25\n\nOn 17th June 2025 the delegation visited.", TODAY) == "2025-06-25"


def test_dates_far_ahead_are_passed_over():
    ahead = TODAY + datetime.timedelta(days=DAYS_AHEAD)
    assert find_date(ahead.isoformat(), TODAY) == ahead.isoformat()
    assert find_date((ahead + datetime.timedelta(days=1)).isoformat(), TODAY) is None
    assert find_date("The plan runs to 1 January 2090. It was signed on 5 March 2024.", TODAY) == "2024-03-05"


def test_a_birth_does_not_hide_the_date_of_the_news():
    text = "He was born on 5 May 1950 in Almaty.\nOn 5 March 2024 the museum opened a show of his work."
    assert find_date(text, TODAY) == "2024-03-05"


MONTHS = [
    (row["language"], int(row["month"]), name) for row in read_table("months.tsv") for name in row["names"].split()
]


@pytest.mark.parametrize(("language", "month", "name"), MONTHS, ids=[f"{row[0]}-{row[2]}" for row in MONTHS])
def test_every_name_of_a_month_is_read(language, month, name):
    assert parse_date(f"5 {name} 2024") == f"2024-{month:02}-05"
    assert parse_date(f"5 {name.upper()} 2024") == f"2024-{month:02}-05"


@given(st.dates(datetime.date(1500, 1, 1), datetime.date(2099, 12, 31)))
def test_numeric_forms_round_trip(date):
    assert parse_date(date.isoformat()) == date.isoformat()
    assert parse_date(f"{date.day:02}.{date.month:02}.{date.year}") == date.isoformat()


@given(st.text(alphabet="0123456789 -./:жылғы года мартmarchyil,\n«»'", max_size=80))
def test_no_text_breaks_it(text):
    for date in (find_date(text, TODAY), parse_date(text)):
        assert date is None or datetime.date.fromisoformat((date + "-01-01")[:10])
