"""Names by sound: the rows of `by_sound.tsv`."""

from pathlib import Path

import pytest

from searchkit.people.names.key_prefixes import part_key_prefixes
from searchkit.people.names.name_parser import make_part
from searchkit.people.names.part_match import match
from searchkit.people.spelling.phonetic_key import key

_LINES = (Path(__file__).parent / "by_sound.tsv").read_text(encoding="utf-8").splitlines()
_ROWS = [line.split("\t") for line in _LINES if line[:1] != "#"][1:]


@pytest.mark.parametrize(("spelling", "word", "language", "expected", "why"), _ROWS)
def test_a_word_says_a_name_or_does_not(spelling, word, language, expected, why):
    found = match(make_part(spelling), word, language, True)
    assert (found is not None) == (expected == "yes"), (why, found)


@pytest.mark.parametrize(("spelling", "word", "language", "expected", "why"), _ROWS)
def test_the_query_foresees_the_key_of_what_it_matches(spelling, word, language, expected, why):
    if expected == "yes":
        assert key(word, word.lower(), language).startswith(part_key_prefixes(make_part(spelling))), why
