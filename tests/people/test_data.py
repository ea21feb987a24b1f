"""The tables: well formed, and true to what they say of themselves."""

# Tests as well, in searchkit/: people/spelling: data_files

import pytest

from searchkit.languages.name_grammar import name_endings
from searchkit.people.spelling.data_files import DATA, rows
from searchkit.people.spelling.phonemes import readings

FILES = sorted(path.name for path in DATA.glob("*.tsv"))
SOUNDS = set("aäeiıoöuüybvgğdžǰzkqlmnŋprstfhčšc")


@pytest.mark.parametrize("file", FILES)
def test_every_table_has_a_header_terms_and_equal_rows(file):
    lines = (DATA / file).read_text(encoding="utf-8").splitlines()
    comments = [line for line in lines if line.startswith("#")]
    heading = next(line for line in lines if not line.startswith("#"))
    assert any("MIT licence" in line or "CC0." in line for line in comments)
    width = heading.count("\t") + 1
    for row in rows(file):
        assert len(row) == width, row


@pytest.mark.parametrize("file", FILES)
def test_no_row_is_there_twice(file):
    assert len(set(rows(file))) == len(rows(file))


def test_letters_are_read_as_known_sounds():
    for convention, letters, sounds, _ in rows("letters.tsv"):
        assert letters == letters.lower()
        assert set(sounds) <= SOUNDS or sounds == "-", (convention, letters, sounds)


def test_costs_are_of_known_sounds_and_listed_once():
    seen = set()
    for a, b, cost, reason in rows("costs.tsv"):
        assert set(a + b) - {"-", "*"} <= SOUNDS
        assert 0 <= float(cost) < 1
        assert reason
        assert frozenset((a, b)) not in seen, (a, b)
        seen.add(frozenset((a, b)))


def test_endings_can_be_read():
    for table in name_endings().values():
        for row in table:
            assert row.name
            assert row.then in ("-", "cases", "3cases")
            assert row.forms
            assert all(readings(form) for form in row.forms)
