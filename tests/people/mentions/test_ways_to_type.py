"""Romanisations of catalogues, decomposed and mixed letters, cases of neighbouring languages: through the whole analysis, as a document is
read."""

# Tests as well, in searchkit/: people/names: languages_beside

import re
from pathlib import Path

import pytest

from searchkit.analysis import analyse
from searchkit.people import WordFilter, find, parse
from searchkit.people.mentions.capitalised import capitalised_words

CASES = [
    line.split("\t")
    for file in ("ways_to_type.tsv", "neighbours.tsv")
    for line in (Path(__file__).parent / file).read_text(encoding="utf-8").split("\n")
    if line and not line.startswith(("#", "name\t"))
]


@pytest.mark.parametrize(("name", "language", "marked", "why"), CASES, ids=[" / ".join(case[:3]) for case in CASES])
def test_every_way_to_type_a_name_is_read(name, language, marked, why, is_candidate):
    text = re.sub(r"[\[\]]", "", marked)
    wanted = re.findall(r"\[([^\]]*)\]", marked)
    tokens = analyse.analyze(text)
    assert [text[found.start : found.end] for found in find(parse(name), tokens, text)] == wanted, f"{language}: {why}"
    if wanted:
        assert is_candidate(name, tokens)
        assert WordFilter(parse(name)).words(capitalised_words([text])) != []
