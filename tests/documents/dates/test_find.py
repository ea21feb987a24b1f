"""Dates in text: `dates.tsv` has the forms, here are the rules of which date is the document's."""

import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.documents.dates.find import DAYS_AHEAD, HEAD, LEAD, find_date, parse_date
from searchkit.documents.tables import read_table

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
