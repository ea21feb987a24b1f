"""Filters: dates in the notations people type, languages by code and name, paths."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.errors import QueryError
from searchkit.query.filtering import date_range, filters, in_language, in_path
from searchkit.terms.query_tree import DateRange, InLanguage, InPath, Or


@pytest.mark.parametrize(
    ("value", "low", "high"),
    [
        ("2025", "2025", "2025"),
        ("2025-06", "2025-06", "2025-06"),
        ("2025-06-25", "2025-06-25", "2025-06-25"),
        ("2025-6-5", "2025-06-05", "2025-06-05"),
        ("2025/06/25", "2025-06-25", "2025-06-25"),
        ("25.06.2025", "2025-06-25", "2025-06-25"),
        ("2025..2026", "2025", "2026"),
        ("2025-06..", "2025-06", ""),
        ("..2024", "", "2024"),
        ("25.06.2025..30.06.2025", "2025-06-25", "2025-06-30"),
        ("2026..2025", "2025", "2026"),
        ("2025-06..2025", "2025-06", "2025"),
        ("2025..2025-06", "2025", "2025-06"),
        ("2019-2021", "2019", "2021"),
        ("2019–2021", "2019", "2021"),
        (">2024", "2025", ""),
        (">=2024", "2024", ""),
        ("<2024", "", "2023"),
        ("<=2024-02", "", "2024-02"),
        (">2024-12", "2025-01", ""),
        ("<2024-01", "", "2023-12"),
        (">2024-02-28", "2024-02-29", ""),
        ("<2024-01-01", "", "2023-12-31"),
    ],
)
def test_dates(value, low, high):
    assert date_range(value) == DateRange(low, high)


@pytest.mark.parametrize(
    "value",
    [
        "",
        "..",
        "soon",
        "25",
        "2025-13",
        "2025-02-30",
        "0000",
        "30.02.2025",
        ">9999",
        "<0001-01-01",
        "2025...x",
        "1" * 5000,
    ],
)
def test_what_is_no_date_is_refused_with_examples(value):
    with pytest.raises(QueryError, match=r"date:2025\.\.2026") as caught:
        date_range(value)
    assert len(str(caught.value)) < 250


@given(st.dates(), st.dates())
def test_ranges_are_ordered(first, second):
    found = date_range(f"{first.isoformat()}..{second.isoformat()}")
    assert (found.low, found.high) == tuple(sorted([first.isoformat(), second.isoformat()]))


@given(st.dates(min_value=datetime.date(2, 1, 1), max_value=datetime.date(9998, 12, 31)))
def test_after_and_before_leave_out_the_day_alone(day):
    one = datetime.timedelta(days=1)
    assert date_range(f">{day.isoformat()}").low == (day + one).isoformat()
    assert date_range(f"<{day.isoformat()}").high == (day - one).isoformat()


def test_languages():
    assert in_language("kk") == in_language(" KK ") == in_language("Kazakh") == InLanguage("kk")
    assert in_language("kk,uz,kk") == Or((InLanguage("kk"), InLanguage("uz")))


@pytest.mark.parametrize("value", ["xx", "", ",", "kk,xx", "k" * 9000])
def test_unknown_languages_list_the_known(value):
    with pytest.raises(QueryError, match=r"ru \(Russian\)") as caught:
        in_language(value)
    assert len(str(caught.value)) < 250


def test_paths():
    assert in_path(" annual reports ") == InPath("annual reports")
    with pytest.raises(QueryError, match="path:reports"):
        in_path(" ")


def test_filters_as_arguments():
    assert filters() == filters(language="", date=None, path="") == ()
    assert filters("uz", ">2024", "*.pdf") == (InLanguage("uz"), DateRange("2025", ""), InPath("*.pdf"))
