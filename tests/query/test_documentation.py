"""The page on the query language says what is true: its examples are understood."""

import re
from pathlib import Path

import pytest

from searchkit.query.parser import parse

PAGE = Path(__file__).parents[2] / "docs" / "query-language.md"
ROWS = [line.split(" | ") for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
EXAMPLES = [example for row in ROWS if len(row) == 3 for example in re.findall("`([^`]+)`", row[2])]
DATES = [example for row in ROWS for example in re.findall("`(date:[^`]+)`", row[0]) if example != "date:"]


def test_there_are_examples():
    assert len(EXAMPLES) > 20
    assert len(DATES) > 10


@pytest.mark.parametrize("query", EXAMPLES + DATES)
def test_examples_are_understood(query):
    parse(query)
